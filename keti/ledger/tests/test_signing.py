"""Signatures: the facts of RFC 8032, the spelling of keys and notes, against another library."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from keti.ledger import rules
from keti.ledger.rules.tree import digest

# RFC 8032, 7.1: secret, public, message, signature.
VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9"
        "b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f1"
        "1d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984d"
        "c6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]
SIGNER = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(VECTORS[0][0]))
KEY = rules.Key("keti.example", SIGNER.public_key().public_bytes_raw())
HEAD = rules.Checkpoint("keti/cast", 8, digest(b"root"))
NOTE = HEAD.text() + "\n" + KEY.line(SIGNER.sign(HEAD.text().encode()))


@pytest.mark.parametrize(("secret", "public", "text", "signature"), VECTORS)
def test_the_facts_of_the_standard(secret, public, text, signature):
    key, said, signed = (bytes.fromhex(one) for one in (public, text, signature))
    assert Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret)).sign(said) == signed
    assert rules.verified(key, said, signed)
    assert not rules.verified(key, said + b"!", signed)


@settings(max_examples=25)
@given(st.binary(max_size=40), st.integers(0, 511))
def test_a_signature_of_another_library_is_good_and_any_bit_of_it_counts(text, bit):
    signed = bytearray(SIGNER.sign(text))
    assert rules.verified(KEY.public, text, bytes(signed))
    signed[bit // 8] ^= 1 << bit % 8
    assert not rules.verified(KEY.public, text, bytes(signed))


def test_a_scalar_beyond_the_order_is_refused():
    """Else one signature has many spellings."""
    order = 2**252 + 27742317777372353535851937790883648493
    signed = SIGNER.sign(b"x")
    larger = (int.from_bytes(signed[32:], "little") + order).to_bytes(32, "little")
    assert not rules.verified(KEY.public, b"x", signed[:32] + larger)
    assert not rules.verified(b"\xff" * 32, b"x", signed)
    assert not rules.verified(KEY.public[:31], b"x", signed)


def test_a_key_is_one_line_and_reads_back():
    assert rules.read_key(KEY.text()) == KEY
    name, told, data = KEY.text().split("+", 2)
    assert (name, len(told), len(data)) == ("keti.example", 8, 44)
    for wrong in ("", "keti.example", f"other+{told}+{data}", f"{name}+00000000+{data}"):
        with pytest.raises(ValueError, match=r"."):
            rules.read_key(wrong)


def test_a_signed_note_reads_back_and_tells_its_key():
    note = rules.read_note(NOTE)
    assert (note.checkpoint, note.text()) == (HEAD, NOTE)
    assert note.signed_by(KEY)
    assert not note.signed_by(rules.Key("another", KEY.public))
    assert rules.read_checkpoint(NOTE) == HEAD
    moved = rules.read_note(NOTE.replace("\n8\n", "\n9\n"))
    assert not moved.signed_by(KEY)


@pytest.mark.parametrize(
    "text", [NOTE.replace("— ", "- "), NOTE.replace("\n8\n", "\n08\n"), NOTE + "— x\n", NOTE[:-4]]
)
def test_what_is_no_note_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        rules.read_note(text)
