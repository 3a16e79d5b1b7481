"""Canonical lines, the RFC 6962 tree over them, checkpoints, and their verification."""

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


def canonical(value: object) -> str:
    """The one text of a JSON value: sorted keys, no spaces, UTF-8, no floats."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def leaf_hash(leaf: str) -> bytes:
    """Hash of one leaf (RFC 6962, 2.1)."""
    return digest(b"\x00" + leaf.encode())


def commitment(salt: str, content: object) -> str:
    """Salted hash of what a line says of people and texts; the leaf holds only this."""
    return digest(canonical([salt, content]).encode()).hex()


def grown(edge: Sequence[bytes], size: int, leaf: bytes) -> list[bytes]:
    """The right edge of a tree of `size` leaves after one more: the roots of its full subtrees, one
    for every bit of its size, the widest first."""
    standing, node = list(edge), leaf
    while size & 1:
        node = digest(b"\x01" + standing.pop() + node)
        size >>= 1
    return [*standing, node]


def crown(edge: Sequence[bytes]) -> bytes:
    """The Merkle tree head above a right edge."""
    if not edge:
        return digest(b"")
    *wider, node = edge
    for left in reversed(wider):
        node = digest(b"\x01" + left + node)
    return node


def root(hashes: Sequence[bytes]) -> bytes:
    """Merkle tree head over leaf hashes (RFC 6962, 2.1), in linear time."""
    edge: list[bytes] = []
    for size, leaf in enumerate(hashes):
        edge = grown(edge, size, leaf)
    return crown(edge)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Origin, size and root of a book at one moment (C2SP checkpoint body)."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Three lines: origin, size, root in base64."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"

    def short(self) -> str:
        """Size and fingerprint, for a page or a printed sheet."""
        return f"{self.size}-{self.root.hex()[:12]}"


def read_checkpoint(text: str) -> Checkpoint:
    """Parse a checkpoint; raises ValueError when it is not one."""
    lines = text.strip().splitlines()
    if len(lines) != 3:
        raise ValueError("a checkpoint has three lines: origin, size, root")
    head = b64decode(lines[2], validate=True)
    if len(head) != 32:
        raise ValueError("the root of a checkpoint is 32 bytes")
    return Checkpoint(lines[0], int(lines[1]), head)


def line(leaf: str, salt: str, content: object) -> str:
    """One line of `ledger.jsonl`."""
    return canonical({"content": content, "leaf": json.loads(leaf), "salt": salt})


def sealed_line(hashed: str) -> str:
    """A line that is not told yet: only the hash of its leaf, in hex, so that the tree stands."""
    return canonical({"sealed": hashed})


def checkpoint_line(checkpoint: Checkpoint) -> str:
    """The last line of `ledger.jsonl`."""
    return canonical({"checkpoint": checkpoint.text()})


def verify(lines: Iterable[str], trusted: str = "") -> list[tuple[int, str]]:
    """Check an exported ledger; returns (line number, code) of everything wrong, [] when sound.

    A sealed line stands for itself: what it says is not told yet, and cannot be checked before.

    `trusted` is a checkpoint text held elsewhere (printed in the report or the chronicle).
    """
    rows = list(lines)
    faults: list[tuple[int, str]] = []
    try:
        own = _last_checkpoint(rows)
    except (ValueError, RecursionError):
        return [(len(rows), "ledger.no-checkpoint")]
    hashes: list[bytes] = []
    for number, row in enumerate(rows[:-1], start=1):
        fault, hashed = _check_line(row, number)
        if fault:
            faults.append((number, fault))
        hashes.append(hashed)
    if not faults and (own.size != len(hashes) or own.root != root(hashes)):
        faults.append((len(rows), "ledger.head-differs"))
    if trusted and not faults:
        faults += _against(trusted, hashes, own)
    return faults


def _last_checkpoint(rows: Sequence[str]) -> Checkpoint:
    if not rows:
        raise ValueError("empty")
    value = json.loads(rows[-1])
    if not isinstance(value, dict) or set(value) != {"checkpoint"}:
        raise ValueError("no checkpoint")
    checkpoint = read_checkpoint(str(value["checkpoint"]))
    if checkpoint_line(checkpoint) != rows[-1]:
        raise ValueError("not canonical")
    return checkpoint


def _check_line(row: str, number: int) -> tuple[str, bytes]:
    try:
        value = json.loads(row)
        if set(value) == {"sealed"}:
            return _check_sealed(row, value["sealed"])
        leaf, salt, content = value["leaf"], value["salt"], value["content"]
        if canonical(value) != row or set(value) != {"leaf", "salt", "content"}:
            return "ledger.not-canonical", b""
        if leaf["seq"] != number:
            return "ledger.out-of-order", b""
        if leaf["content"] != commitment(salt, content):
            return "ledger.content-differs", b""
    except (ValueError, KeyError, TypeError, RecursionError):
        return "ledger.unreadable-line", b""
    return "", leaf_hash(canonical(leaf))


def _check_sealed(row: str, hashed: str) -> tuple[str, bytes]:
    """A sealed line says nothing that could be wrong, but its hash: the head tells that."""
    found = bytes.fromhex(hashed)
    if len(found) != 32 or sealed_line(found.hex()) != row:
        return "ledger.not-canonical", b""
    return "", found


def _against(trusted: str, hashes: Sequence[bytes], own: Checkpoint) -> list[tuple[int, str]]:
    try:
        held = read_checkpoint(trusted)
    except ValueError:
        return [(0, "ledger.bad-checkpoint")]
    if held.origin != own.origin or held.size > len(hashes):
        return [(0, "ledger.not-the-trusted-history")]
    if root(hashes[: held.size]) != held.root:
        return [(0, "ledger.not-the-trusted-history")]
    return []
