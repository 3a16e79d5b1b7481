"""A whole ledger and a receipt, checked from their texts alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from keti.ledger.rules.lines import check_line, read_checkpoint_line
from keti.ledger.rules.notes import Checkpoint, Key, Note, read_note
from keti.ledger.rules.tree import crown, grown

Fault = tuple[int, str]
"""The number of the line, from 1 (0: the whole), and the code of what is wrong."""


@dataclass(slots=True)
class Book:
    """An exported ledger as read: its faults, leaf hashes, and the note under it; how many lines
    are not told to its reader, and of how many the content was erased."""

    faults: list[Fault] = field(default_factory=list)
    hashes: list[bytes] = field(default_factory=list)
    note: Note | None = None
    key: Key | None = None
    sealed: int = 0
    erased: int = 0

    def roots(self, sizes: Iterable[int]) -> dict[int, bytes]:
        """The root over the first so many lines, for each of these sizes."""
        wanted, edge, found = set(sizes), list[bytes](), {}
        for size, leaf in enumerate([*self.hashes, b""]):
            if size in wanted:
                found[size] = crown(edge)
            edge = grown(edge, size, leaf) if size < len(self.hashes) else edge
        return found


def read_book(lines: Iterable[str], key: Key | None = None) -> Book:
    """Check an exported ledger by itself. `key`, held elsewhere, must have signed its checkpoint;
    without it the key in the file is asked, where one is."""
    rows = list(lines)
    book = Book()
    try:
        book.note, book.key = read_checkpoint_line(rows[-1] if rows else "")
    except ValueError:
        book.faults = [(len(rows), "ledger.no-checkpoint")]
        return book
    before = ""
    for number, row in enumerate(rows[:-1], start=1):
        fault, hashed, leaf = check_line(row, number)
        book.hashes.append(hashed)
        book.sealed += not leaf
        book.erased += row.endswith('"salt":null}')
        recorded = leaf.get("recorded", before)
        if not fault and recorded < before:
            fault = "ledger.time-went-back"
        before = recorded if not fault else before
        if fault:
            book.faults.append((number, fault))
    book.faults += _foot(book, book.note, len(rows), key)
    return book


def _foot(book: Book, note: Note, last: int, key: Key | None) -> list[Fault]:
    """What is wrong with the last line: whose signature, how many lines, which root."""
    found = [(last, code) for code in unsigned(note, book.key, key)]
    if book.faults:
        return found
    size = len(book.hashes)
    if note.checkpoint.size != size or note.checkpoint.root != book.roots([size])[size]:
        found.append((last, "ledger.head-differs"))
    return found


def unsigned(note: Note, told: Key | None, held: Key | None) -> list[str]:
    """What is wrong with the signature of a note: [] when its key signed it, and it is ours."""
    if held is not None and told is not None and held != told:
        return ["ledger.another-key"]
    key = held or told
    if key is None:
        return ["ledger.not-signed"] if note.signatures else []
    return [] if note.signed_by(key) else ["ledger.not-signed"]


def verify(lines: Iterable[str], trusted: str = "", key: Key | None = None) -> list[Fault]:
    """Check an exported ledger; returns (line number, code) of everything wrong, [] when sound.

    A sealed line stands for itself: what it says is not told yet, and cannot be checked before.

    `trusted` is a checkpoint text held elsewhere (printed in the report or the chronicle).
    """
    book = read_book(lines, key)
    if not trusted or book.faults:
        return book.faults
    try:
        held = read_note(trusted).checkpoint
    except ValueError:
        return [(0, "ledger.bad-checkpoint")]
    return [(0, code) for code in another_history(book, [held])]


def another_history(book: Book, held: Sequence[Checkpoint]) -> list[str]:
    """For each checkpoint held elsewhere that is not of this history: the code that says so."""
    roots = book.roots(one.size for one in held)
    own = book.note.checkpoint.origin if book.note else ""
    return [
        "ledger.not-the-trusted-history"
        for one in held
        if one.origin != own or roots.get(one.size) != one.root
    ]
