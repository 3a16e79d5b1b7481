"""A change of key: the older key vouches for the newer one, and the newer one for it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from keti.ledger.rules.ed25519 import verified
from keti.ledger.rules.notes import DASH, Key, decoded, read_key

CHANGE = "keti-key-change v1"
_SHAPE = re.compile(
    rf"{CHANGE}\nfrom (.+)\nto (.+)\nat (\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\n"
    rf"\n{DASH} (\S+) (\S+)\n{DASH} (\S+) (\S+)\n"
)


@dataclass(frozen=True, slots=True)
class KeyChange:
    """Which key follows which, since when, and the signatures of both over that."""

    old: Key
    new: Key
    at: str
    signatures: tuple[bytes, bytes] = (b"", b"")

    def body(self) -> str:
        """The four lines that are signed."""
        return f"{CHANGE}\nfrom {self.old.text()}\nto {self.new.text()}\nat {self.at}\n"

    def text(self) -> str:
        """The lines, an empty one, and the signature of the older and of the newer key."""
        first, second = self.signatures
        return f"{self.body()}\n{self.old.line(first)}{self.new.line(second)}"

    def sound(self) -> bool:
        """Did both keys sign it?"""
        text = self.body().encode()
        pairs = zip((self.old, self.new), self.signatures, strict=True)
        return all(verified(key.public, text, given) for key, given in pairs)


def read_changes(text: str) -> list[KeyChange]:
    """Parse a file of changes, one after the other; raises ValueError where it is spelt otherwise
    or a signature is not good."""
    parts = [CHANGE + one for one in text.split(CHANGE)[1:]]
    found = [_read_change(one) for one in parts]
    if not found or "".join(one.text() for one in found) != text:
        raise ValueError("a change of key is spelt otherwise")
    if not all(one.sound() for one in found):
        raise ValueError("a change of key is not signed by both keys")
    return found


def _read_change(text: str) -> KeyChange:
    told = _SHAPE.fullmatch(text)
    if told is None:
        raise ValueError("a change of key has four lines and two signatures")
    old, new, at, _, first, _, second = told.groups()
    signatures = (decoded(first)[4:], decoded(second)[4:])
    return KeyChange(read_key(old), read_key(new), at, signatures)


def vouched(held: Key, changes: Iterable[KeyChange]) -> set[Key]:
    """The keys of the house whose key is held: those it became, and those it came from."""
    known, rest = {held}, list(changes)
    while True:
        near = [one for one in rest if (one.old in known) != (one.new in known)]
        if not near:
            return known
        known |= {key for one in near for key in (one.old, one.new)}
