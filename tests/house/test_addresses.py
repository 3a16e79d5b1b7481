"""Every address given to somebody outside begins with KETI_URL, whatever the visitor's browser
said; and who asks from where is settled in one place."""

import ast
import re
from ipaddress import ip_network

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from keti.accounts.actions import PersonFacts, enter_person, open_account
from keti.kernel.addresses import visitor
from tests.cast import Cast
from tests.house.sources import literals, name, templates, trees

OURS = "https://keti.example"
ONLY_HERE = {
    "KETI_URL": {
        "keti/settings.py",
        "keti/commands.py",
        "keti/kernel/addresses.py",
        "keti/kernel/envfile.py",  # the name of a setting that may stand in the data folder
        "keti/site/doctor.py",
        "keti/ledger/queries/signing.py",  # the name under which the installation signs
    },
    "REMOTE_ADDR": {"keti/kernel/addresses.py"},
    "get_host": {"keti/kernel/addresses.py"},
    "build_absolute_uri": {"keti/site/middleware.py"},
}
FORWARDED = re.compile(r"HTTP_(X_)?FORWARDED\w*|HTTP_X_REAL_IP|X-Forwarded-\w+|X-Real-IP")


def words() -> dict[str, set[str]]:
    """Name or text -> the files that use it."""
    found: dict[str, set[str]] = {}
    for file, tree in trees():
        used = {text for _, text in literals(tree)}
        used |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        used |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        for one in used:
            found.setdefault(one, set()).add(name(file))
    return found


def test_nothing_outside_one_module_builds_a_full_address_or_asks_for_the_peer():
    used = words()
    assert {one: used.get(one, set()) - kept for one, kept in ONLY_HERE.items()} == {
        one: set() for one in ONLY_HERE
    }
    reads = {file for one, files in used.items() if FORWARDED.fullmatch(one) for file in files}
    assert reads <= {"keti/kernel/addresses.py", "keti/settings.py"}


def test_no_page_asks_for_the_host_it_was_called_by():
    asks = re.compile(r"request\.(get_host|build_absolute_uri|META)|site_domain|current_site")
    assert [name(one) for one in templates() if asks.search(one.read_text())] == []


@pytest.fixture
def reset(db: None, settings: object) -> None:
    settings.KETI_URL = OURS
    user = open_account(enter_person(PersonFacts("孟远（演示）", mail="meng@example.org")))
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


@pytest.mark.parametrize("host", ["localhost:6666", "127.0.0.1:1", "[::1]:80"])
def test_a_letter_leads_to_the_configured_address(reset, host):
    answer = Client(headers={"host": host}).post(
        "/accounts/password/reset/", {"email": "meng@example.org"}
    )
    assert answer.status_code == 302
    text = mail.outbox[0].subject + mail.outbox[0].body
    assert f"{OURS}/accounts/password/reset/key/" in text
    assert host not in text
    assert set(re.findall(r"https?://[^/\s]+", text)) == {OURS}


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["evil.example", "keti.example.evil.org", "a b", "x" * 300, ""])
def test_a_host_that_is_not_ours_is_answered_400(settings, host):
    settings.ALLOWED_HOSTS = ["keti.example", "127.0.0.1", "localhost", "[::1]"]
    for way in ("get", "post"):
        call = getattr(Client(headers={"host": host}), way)
        assert call("/accounts/password/reset/", {"email": "x@example.org"}).status_code == 400
    assert mail.outbox == []


def test_feeds_and_pages_show_the_configured_address(cast: Cast, settings):
    settings.KETI_URL = OURS
    client = cast.qin.client
    feed = f"/cal/{cast.qin.person.feed_token}.ics"
    for path in ("/me/", "/p/cast/desk/"):
        page = client.get(path, headers={"host": "localhost:6666"}).content.decode()
        assert f"webcal://keti.example{feed}" in page
        assert "localhost" not in page
    calendar = client.get(feed, headers={"host": "localhost:6666"}).content.decode()
    assert "localhost" not in calendar


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("trusted", "seen"), [((), "127.0.0.1"), (("127.0.0.0/8",), "198.51.100.9")]
)
def test_limits_count_by_the_address_that_a_trusted_proxy_names(
    settings, monkeypatch, trusted, seen
):
    settings.KETI_TRUSTED_PROXY = tuple(ip_network(one) for one in trusted)
    asked = []
    for asking in ("adapter", "doors"):
        monkeypatch.setattr(
            f"keti.accounts.{asking}.visitor",
            lambda request: asked.append(visitor(request)) or asked[-1],
        )
    spoofed = {"x-forwarded-for": "6.6.6.6, 198.51.100.9", "x-real-ip": "7.7.7.7"}
    facts = {"login": "nobody@example.org", "password": "x"}
    Client(headers=spoofed).post("/accounts/login/", facts)
    assert set(asked) == {seen}
