"""Checkpoints and who signed them: the signed notes of C2SP (signed-note, tlog-checkpoint)."""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from keti.ledger.rules.ed25519 import is_key, verified
from keti.ledger.rules.tree import HASH_BYTES, digest

ED25519 = b"\x01"
COSIGNER = b"\x04"
"""Marks the key of who signs a checkpoint beside the house (C2SP tlog-cosignature)."""
COSIGNATURE = "cosignature/v1"
OWN_KIND = b"\xff"
"""Marks a signature of a kind of our own (C2SP signed-note, "Signature types")."""
DASH = "—"
CONFIRMED = "keti-confirmed v1"
BY_UNIT = "/confirmed/"
"""What stands between the key's name and the unit's in the name of a confirmation."""
MOMENT_BYTES = 8
LATEST = 1 << 63


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Origin, size and root of a book at one moment (C2SP checkpoint body)."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Three lines: origin, size, root in base64."""
        return f"{self.origin}\n{self.size}\n{encoded(self.root)}\n"

    def short(self) -> str:
        """Size and fingerprint, for a page or a printed sheet."""
        return f"{self.size}-{self.root.hex()[:12]}"


@dataclass(frozen=True, slots=True)
class Key:
    """A name and the public half of an Ed25519 key."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes by which a signature tells whose it is."""
        return digest(self.name.encode() + b"\n" + ED25519 + self.public)[:4]

    def text(self) -> str:
        """The one line by which a key is handed on: name, id, key."""
        return f"{self.name}+{self.id.hex()}+{encoded(ED25519 + self.public)}"

    def short(self) -> str:
        """Sixteen signs of the key's own hash, for a printed sheet."""
        return digest(self.public).hex()[:16]

    def line(self, signature: bytes) -> str:
        """A signature as it stands under a note."""
        return f"{DASH} {self.name} {encoded(self.id + signature)}\n"


@dataclass(frozen=True, slots=True)
class UnitKey:
    """The public half of a unit's own Ed25519 key, and the name under which it signs beside the
    house: a cosigner of C2SP's tlog-cosignature."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes by which a signature tells whose it is."""
        return digest(self.name.encode() + b"\n" + COSIGNER + self.public)[:4]

    def text(self) -> str:
        """The one line by which the key is handed on."""
        return f"{self.name}+{self.id.hex()}+{encoded(COSIGNER + self.public)}"

    def short(self) -> str:
        """Sixteen signs of the key's own hash, to be compared by eye or by telephone."""
        return digest(self.public).hex()[:16]

    def message(self, head: Checkpoint, at: int) -> bytes:
        """What the unit signs: that it saw this checkpoint at this moment (seconds since 1970)."""
        return f"{COSIGNATURE}\ntime {at}\n{head.text()}".encode()

    def line(self, at: int, signature: bytes) -> tuple[str, bytes]:
        """The signature as it stands under a note."""
        return self.name, self.id + at.to_bytes(MOMENT_BYTES, "big") + signature


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Somebody of a unit compared a checkpoint with what they held: the unit's name as it stands in
    the line, and when (seconds since 1970). The house signs it as a witness of that act: it is the
    house's word, not the unit's own signature."""

    unit: str
    at: int

    def text(self, name: str, head: Checkpoint) -> bytes:
        """What the house signs."""
        return f"{CONFIRMED}\n{name}\ntime {self.at}\n{head.text()}".encode()

    def name(self, key: Key) -> str:
        """By whose word, and which unit."""
        return f"{key.name}{BY_UNIT}{self.unit}"

    def id(self, key: Key) -> bytes:
        """Four bytes by which a confirmation tells itself from other lines."""
        own = OWN_KIND + CONFIRMED.encode() + key.public
        return digest(self.name(key).encode() + b"\n" + own)[:4]

    def line(self, key: Key, signature: bytes) -> tuple[str, bytes]:
        """The signature as it stands under a note."""
        moment = self.at.to_bytes(MOMENT_BYTES, "big")
        return self.name(key), self.id(key) + moment + signature


def as_named(unit: str) -> str:
    """A unit's name as a line may hold it: without blanks and plus signs."""
    return "_".join(unit.split()).replace("+", "＋")


@dataclass(frozen=True, slots=True)
class Note:
    """A checkpoint and the signatures under it: (name, id and signature). `units` are the keys of
    those units that have signed it with their own."""

    checkpoint: Checkpoint
    signatures: tuple[tuple[str, bytes], ...] = ()
    units: tuple[UnitKey, ...] = ()

    def text(self) -> str:
        """The checkpoint; and, where somebody signed, a blank line and one line a signature."""
        rows = "".join(f"{DASH} {name} {encoded(data)}\n" for name, data in self.signatures)
        return self.checkpoint.text() + (f"\n{rows}" if rows else "")

    def signed_by(self, key: Key) -> bool:
        """Is one of the signatures that of this key?"""
        text = self.checkpoint.text().encode()
        return any(
            name == key.name and data[:4] == key.id and verified(key.public, text, data[4:])
            for name, data in self.signatures
        )

    def confirmed(self, key: Key) -> list[tuple[Confirmed, bool]]:
        """Which units confirmed it by the word of this key, and whether the key did say so."""
        found = []
        for name, data in self.signatures:
            top, between, unit = name.partition(BY_UNIT)
            if top == key.name and between:
                moment = data[4 : 4 + MOMENT_BYTES]
                one = Confirmed(unit, int.from_bytes(moment, "big"))
                text = one.text(name, self.checkpoint)
                good = verified(key.public, text, data[4 + MOMENT_BYTES :])
                found.append((one, good and data[:4] == one.id(key)))
        return found

    def cosigned(self, unit: UnitKey) -> list[int]:
        """When (seconds since 1970) this unit signed it with its own key, by each of its lines
        that is good."""
        found = []
        for name, data in self.signatures:
            if name == unit.name and data[:4] == unit.id:
                at = int.from_bytes(data[4 : 4 + MOMENT_BYTES], "big")
                text = unit.message(self.checkpoint, at)
                good = verified(unit.public, text, data[4 + MOMENT_BYTES :])
                found += [at] if good and at < LATEST else []
        return found

    def under(self, more: Sequence[tuple[str, bytes]], units: Iterable[UnitKey] = ()) -> "Note":
        """The same checkpoint with more lines under it, some of them by the keys of units."""
        known = {one.text(): one for one in (*self.units, *units)}
        keys = tuple(known[text] for text in sorted(known))
        return Note(self.checkpoint, (*self.signatures, *more), keys)


def encoded(data: bytes) -> str:
    """Base64."""
    return b64encode(data).decode()


def decoded(text: str) -> bytes:
    """The bytes of base64 in its one spelling; raises ValueError."""
    data = b64decode(text, validate=True)
    if encoded(data) != text:
        raise ValueError("base64 in another spelling")
    return data


def read_key(text: str) -> Key:
    """Parse the line of a key; raises ValueError when it is none."""
    name, _, rest = text.strip().partition("+")
    public = decoded(rest.partition("+")[2])
    key = Key(name, public[1:])
    if public[:1] != ED25519 or len(key.public) != HASH_BYTES or key.text() != text.strip():
        raise ValueError("a key is its name, id and Ed25519 key, joined by +")
    return key


def read_unit_key(text: str) -> UnitKey:
    """Parse the line of a unit's key; raises ValueError when it is none, or one with which anybody
    could sign."""
    name, _, rest = text.strip().partition("+")
    public = decoded(rest.partition("+")[2])
    key = UnitKey(name, public[1:])
    if public[:1] != COSIGNER or not is_name(name) or key.text() != text.strip():
        raise ValueError("a unit's key is its name, id and Ed25519 cosigner key, joined by +")
    if not is_key(key.public):
        raise ValueError("these bytes are no key of one holder alone")
    return key


def is_name(name: str) -> bool:
    """May a key be called so: without blanks, plus signs and what is not shown?"""
    return bool(name) and name.isprintable() and name == as_named(name)


def read_checkpoint(text: str) -> Checkpoint:
    """Parse a checkpoint, signed or not; raises ValueError when it is not one."""
    return read_note(text).checkpoint


def read_note(text: str) -> Note:
    """Parse a checkpoint and the signatures under it; raises ValueError when it is not one."""
    body, _, signed = text.strip().replace("\r", "").partition("\n\n")
    lines = body.split("\n")
    if len(lines) != 3:
        raise ValueError("a checkpoint has three lines: origin, size, root")
    head = decoded(lines[2])
    if len(head) != HASH_BYTES:
        raise ValueError("the root of a checkpoint is 32 bytes")
    if not lines[1].isascii() or not lines[1].isdigit() or str(int(lines[1])) != lines[1]:
        raise ValueError("the size of a checkpoint is a number")
    rows = tuple(_signature(row) for row in signed.split("\n") if row)
    return Note(Checkpoint(lines[0], int(lines[1]), head), rows)


def _signature(row: str) -> tuple[str, bytes]:
    dash, name, data = row.split(" ")
    if dash != DASH or not name:
        raise ValueError("a signature begins with a dash and a name")
    return name, decoded(data)


def signature_text(line: tuple[str, bytes]) -> str:
    """A line under a note, as a row of its own keeps it."""
    return f"{DASH} {line[0]} {encoded(line[1])}"


def read_signature(row: str) -> tuple[str, bytes]:
    """Parse such a line; raises ValueError when it is none."""
    return _signature(row)
