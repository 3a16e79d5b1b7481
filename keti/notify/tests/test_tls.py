"""Mail over TLS from the first byte (port 465), to a real server."""

import ssl
from datetime import UTC, datetime
from ipaddress import ip_address

import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from keti.notify.actions import deliver_due
from keti.notify.enums import DeliveryState as S
from keti.notify.tests.conftest import NOW, mails
from tests.office import Office, free_port


@pytest.fixture
def sealed(tmp_path, monkeypatch):
    """A certificate of this machine that this process trusts, and the server's side of it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    first, last = datetime(2020, 1, 1, tzinfo=UTC), datetime(2120, 1, 1, tzinfo=UTC)
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(first)
        .not_valid_after(last).add_extension(alternative, critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = tmp_path / "server.pem"
    pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret = tmp_path / "server.key"
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)
    return context


@pytest.fixture
def office(mailing, settings, sealed):
    office = Office()
    settings.EMAIL_PORT = office.port = free_port()
    settings.EMAIL_USE_SSL = True
    server = Controller(office, hostname="127.0.0.1", port=office.port, ssl_context=sealed)
    server.start()
    yield office
    server.stop()


def test_letters_go_out_over_tls_from_the_first_byte(office, crowd):
    crowd(3)
    assert deliver_due(NOW) == 3
    assert len(office.kept) == 3


def test_a_server_that_nobody_vouches_for_gets_nothing(office, crowd, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    crowd(1)
    assert deliver_due(NOW) == 0
    assert office.kept == []
    assert set(mails(key="crowd").values_list("state", "attempts")) == {(S.WAITING, 0)}


def test_who_speaks_plainly_to_it_delivers_nothing(office, crowd, settings):
    settings.EMAIL_USE_SSL, settings.EMAIL_USE_TLS = False, False
    crowd(1)
    assert deliver_due(NOW) == 0
    assert office.kept == []
