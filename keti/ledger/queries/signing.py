"""The installation's own key: it signs checkpoints, so that others can show what they hold."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from keti.ledger.rules import (
    Checkpoint,
    Confirmed,
    Key,
    KeyChange,
    Note,
    as_named,
    read_note,
    signature_text,
)
from keti.ledger.rules.notes import ED25519, decoded, encoded
from keti.ledger.rules.tree import digest

FILE = "record-key"
NEXT = "record-key.next"
FIRST = "PRIVATE+KEY"
FICTIONAL = "demo.keti.example"
"""In a folder that is played the key follows from its name: everybody can sign with it."""


def key_file() -> Path:
    """Where the private half lies, its owner's alone. Whoever loses it signs with a new one."""
    return Path(settings.KETI_DATA) / FILE


def public_key() -> Key:
    """The public half, as it is printed."""
    return _key(*_secret())


def signed(head: Checkpoint) -> Note:
    """The checkpoint under the installation's signature."""
    name, seed = _secret()
    line = _key(name, seed).line(_private(seed).sign(head.text().encode()))
    return read_note(f"{head.text()}\n{line}")


def witnessed(head: Checkpoint, unit: str, at: datetime) -> str:
    """The line by which the installation bears witness that somebody of this unit compared the
    checkpoint with what they held."""
    name, seed = _secret()
    key = _key(name, seed)
    one = Confirmed(as_named(unit), int(at.timestamp()))
    signature = _private(seed).sign(one.text(one.name(key), head))
    return signature_text(one.line(key, signature))


def prepared_change(at: datetime) -> KeyChange:
    """A fresh key beside the one that signs, and what both sign about it: that it follows. Asked
    again before it is taken, the same key is offered."""
    name, seed = _secret()
    file = key_file().with_name(NEXT)
    new_name, new_seed = _at(file)
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    change = KeyChange(_key(name, seed), _key(new_name, new_seed), moment)
    text = change.body().encode()
    return replace(change, signatures=(_private(seed).sign(text), _private(new_seed).sign(text)))


def take_next() -> None:
    """From now on the prepared key signs; the older one is gone."""
    folder = key_file().parent
    key_file().with_name(NEXT).replace(key_file())
    handle = os.open(folder, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def _secret() -> tuple[str, bytes]:
    """Name and seed; made when they are first asked for."""
    if settings.KETI_MODE != "normal":
        return FICTIONAL, digest(FICTIONAL.encode())
    return _at(key_file())


def _at(file: Path) -> tuple[str, bytes]:
    if not file.exists():
        _made(file)
    told = file.stat()
    return _read(file, told.st_ino, told.st_mtime_ns)


@lru_cache(maxsize=4)
def _read(file: Path, _which: int, _changed: int) -> tuple[str, bytes]:
    """Read again where another file took its place: two may be written at one tick of the clock."""
    text = file.read_text(encoding="utf-8").strip().removeprefix(f"{FIRST}+")
    name, _told, data = text.split("+", 2)
    return name, decoded(data)[1:]


def _made(file: Path) -> None:
    """A fresh key, written whole before it bears its name; who comes second takes the first's."""
    name = urlsplit(settings.KETI_URL).hostname or "keti"
    seed = Ed25519PrivateKey.generate().private_bytes_raw()
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    told = _key(name, seed).id.hex()
    os.write(handle, f"{FIRST}+{name}+{told}+{encoded(ED25519 + seed)}\n".encode())
    os.fsync(handle)
    os.close(handle)
    try:
        os.link(fresh, file)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def _private(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)


@lru_cache(maxsize=4)
def _key(name: str, seed: bytes) -> Key:
    return Key(name, _private(seed).public_key().public_bytes_raw())
