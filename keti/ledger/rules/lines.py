"""The lines of `ledger.jsonl`: their one spelling, what they seal, and what is wrong with one."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from keti.ledger.rules.notes import Checkpoint, Key, Note, read_key, read_note, read_unit_key
from keti.ledger.rules.tree import digest, leaf_hash

_SPELL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
WHOLE = {"content", "hash", "leaf", "salt"}
OF_OLD = {"content", "leaf", "salt"}
SIGNED_BY = {"checkpoint", "key", "units"}


def canonical(value: object) -> str:
    """The one text of a JSON value: sorted keys, no spaces, UTF-8, no floats."""
    return _SPELL(value)


def commitment(salt: str, content: object) -> str:
    """Salted hash of what a line says of people and texts; the leaf holds only this."""
    return digest(canonical([salt, content]).encode()).hex()


def state_hash(state: str) -> str:
    """What the leaf holds of the rows an act wrote: the hash of their canonical text."""
    return digest(state.encode()).hex()


def line(leaf: str, salt: str | None, content: object) -> str:
    """One line of `ledger.jsonl`. Without salt and content it was erased, and still proves."""
    told = {"leaf": json.loads(leaf), "hash": leaf_hash(leaf).hex()}
    return canonical(told | {"content": content, "salt": salt})


def sealed_line(hashed: str) -> str:
    """A line that is not told yet: only the hash of its leaf, in hex, so that the tree stands; and
    a sum, by which a slip of the pen in the hash is found."""
    return canonical({"sealed": hashed, "sum": digest(hashed.encode()).hex()[:8]})


def checkpoint_line(note: Note, key: Key | None = None) -> str:
    """The last line of `ledger.jsonl`: the checkpoint with its signatures, and the key; in
    `checkpoints.jsonl` with the keys of the units that signed it, where some did."""
    units = {"units": [one.text() for one in note.units]} if note.units else {}
    return canonical({"checkpoint": note.text()} | ({"key": key.text()} if key else {}) | units)


def history_line(origin: str) -> str:
    """The first line of `checkpoints.jsonl`; below it stands one checkpoint a line, by size."""
    return canonical({"checkpoints": origin})


def read_history(rows: Sequence[str]) -> list[tuple[int, Note, Key]]:
    """Parse `checkpoints.jsonl`: number, note and key of each line that is spelt as it must be and
    has its place: it is of this origin, and of more lines than the one above."""
    return [(number, note, key) for number, note, key in _history(rows) if note and key]


def broken_history(rows: Sequence[str]) -> list[int]:
    """The numbers of the other lines."""
    return [number for number, note, _ in _history(rows) if note is None]


def _history(rows: Sequence[str]) -> Iterator[tuple[int, Note | None, Key | None]]:
    last, top = -1, rows[0] if rows else ""
    for number, row in enumerate(rows[1:], start=2):
        try:
            note, key = read_checkpoint_line(row)
        except ValueError:
            yield number, None, None
            continue
        head = note.checkpoint
        if key is None or history_line(head.origin) != top or head.size <= last:
            yield number, None, None
            continue
        last = head.size
        yield number, note, key


def read_checkpoint_line(row: str) -> tuple[Note, Key | None]:
    """Parse the last line; raises ValueError when it is none."""
    value = read(row)
    if not isinstance(value, dict) or not {"checkpoint"} <= set(value) <= SIGNED_BY:
        raise ValueError("no checkpoint")
    units = value.get("units", [])
    if not isinstance(units, list):
        raise ValueError("no list of keys")
    keys = [read_unit_key(str(one)) for one in units]
    note = read_note(str(value["checkpoint"])).under((), keys)
    key = read_key(str(value["key"])) if "key" in value else None
    if checkpoint_line(note, key) != row:
        raise ValueError("not canonical")
    return note, key


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no whole number")


_READ = json.JSONDecoder(parse_float=_no_number, parse_constant=_no_number).decode


def read(row: str) -> Any:
    """The value of a line; raises ValueError where it is no JSON, or has a number with a point."""
    try:
        return _READ(row)
    except RecursionError as deep:
        raise ValueError("nested beyond reading") from deep


def check_line(row: str, number: int) -> tuple[str, bytes, dict[str, Any]]:
    """What is wrong with line `number` ("" when nothing), its hash, and its leaf ({} if sealed)."""
    try:
        value = read(row)
        if isinstance(value, dict) and "sealed" in value:
            return (*_check_sealed(row, value["sealed"]), {})
        leaf = value["leaf"]
        if set(value) not in (WHOLE, OF_OLD) or canonical(value) != row:
            return "ledger.not-canonical", b"", {}
        hashed = leaf_hash(canonical(leaf))
        return _judged(value, number, hashed), hashed, leaf
    except (ValueError, KeyError, TypeError, RecursionError):
        return "ledger.unreadable-line", b"", {}


def _judged(value: dict[str, Any], number: int, hashed: bytes) -> str:
    leaf, salt, content = value["leaf"], value["salt"], value["content"]
    erased = salt is None and content is None
    if value.get("hash", hashed.hex()) != hashed.hex():
        return "ledger.hash-differs"
    if leaf["seq"] != number:
        return "ledger.out-of-order"
    if not erased and leaf["content"] != commitment(salt, content):
        return "ledger.content-differs"
    if leaf.get("happened", "") > leaf.get("recorded", ""):
        return "ledger.happened-after-recorded"
    return ""


def _check_sealed(row: str, hashed: str) -> tuple[str, bytes]:
    """A sealed line says nothing that could be wrong, but its hash: the head tells that."""
    found = bytes.fromhex(hashed)
    of_old = canonical({"sealed": found.hex()})
    if len(found) != 32 or row not in (sealed_line(found.hex()), of_old):
        return "ledger.not-canonical", b""
    return "", found


def headed(checkpoint: Checkpoint) -> str:
    """The last line of a ledger nobody signed."""
    return checkpoint_line(Note(checkpoint))
