"""Random public ids, salts and keys; seeded only in a play or demo folder while it is played."""

import secrets
from base64 import b32encode
from random import Random

_seeded: dict[str, Random] = {}


def seed(number: int) -> None:
    """From now on ids follow from `number`. Only `keti play` and `keti demo` call this."""
    _seeded["source"] = Random(number)


def unseed() -> None:
    """Back to the system's randomness."""
    _seeded.clear()


def _bytes(n: int) -> bytes:
    source = _seeded.get("source")
    return source.randbytes(n) if source else secrets.token_bytes(n)


def new_id() -> str:
    """A public id of 130 random bits: 26 lower-case letters and digits."""
    return b32encode(_bytes(17)).decode().rstrip("=").lower()[:26]


def new_salt() -> str:
    """A 128-bit salt in hexadecimal."""
    return _bytes(16).hex()


def new_token() -> str:
    """A secret for a personal link: 160 bits, safe in a URL."""
    return b32encode(_bytes(20)).decode().lower()
