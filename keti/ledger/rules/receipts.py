"""The receipt of one line: the line, its way into the tree, and a signed checkpoint."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from keti.ledger.rules.checking import Fault, unsigned
from keti.ledger.rules.lines import check_line
from keti.ledger.rules.notes import Key, Note, decoded, encoded, read_key, read_note
from keti.ledger.rules.tree import included

RECEIPT = "keti-receipt v1"
PROOF = "c2sp.org/tlog-proof@v1"
FIRST_HASH = 7
"""The line on which the proof's hashes begin."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """One line of a ledger and what proves that it stands there."""

    line: str
    index: int
    proof: tuple[bytes, ...]
    note: Note
    key: Key

    def text(self) -> str:
        """The file; from its fifth line on it is a C2SP transparency log proof."""
        way = "".join(f"{encoded(one)}\n" for one in self.proof)
        return (
            f"{RECEIPT}\nkey {self.key.text()}\nline {self.line}\n\n"
            f"{PROOF}\nindex {self.index}\n{way}\n{self.note.text()}"
        )


def read_receipt(text: str) -> Receipt:
    """Parse a receipt; raises ValueError when it is none."""
    top, _, rest = text.partition("\n\n")
    way, _, note = rest.partition("\n\n")
    first, key, line = top.split("\n")
    second, index, *hashes = way.split("\n")
    told = index.removeprefix("index ")
    if (first, second) != (RECEIPT, PROOF) or not told.isascii() or not told.isdigit():
        raise ValueError("a receipt begins with its two headings and the place of the line")
    proof = tuple(decoded(one) for one in hashes)
    found = Receipt(
        line.removeprefix("line "),
        int(told),
        proof,
        read_note(note),
        read_key(key.removeprefix("key ")),
    )
    return found


def check_receipt(text: str, held: Key | None = None) -> tuple[Receipt | None, list[Fault]]:
    """Check one receipt by itself: what it says, and what is wrong with it, on which line.

    The signature tells the parts apart: where it is good the checkpoint is, and what does not lead
    there is at fault; where the way leads to the checkpoint, the signature is.
    """
    try:
        receipt = read_receipt(text)
    except ValueError:
        return None, [(_broken(text), "ledger.receipt-unreadable")]
    if receipt.text() != text:
        return receipt, [(_differing(text, receipt.text()), "ledger.receipt-spelling")]
    return receipt, _wrong(receipt, held)


def _wrong(receipt: Receipt, held: Key | None) -> list[Fault]:
    head, foot = receipt.note.checkpoint, FIRST_HASH + len(receipt.proof) + 1
    fault, hashed, leaf = check_line(receipt.line, receipt.index + 1)
    signed = unsigned(receipt.note, receipt.key, held)
    if not fault and not leaf:
        fault = "ledger.unreadable-line"
    if fault:
        return [(3, fault)]
    reached = included(hashed, receipt.index, head.size, receipt.proof, head.root)
    if not signed:
        return [] if reached else [(FIRST_HASH - 1, "ledger.receipt-way")]
    if signed == ["ledger.another-key"]:
        return [(2, "ledger.another-key")]
    return [(foot, "ledger.receipt-signature" if reached else "ledger.receipt-checkpoint")]


def _broken(text: str) -> int:
    """The first line of a receipt that cannot be one."""
    rows = text.split("\n")
    tops = (RECEIPT, "key ", "line ", "", PROOF, "index ")
    for number, (row, top) in enumerate(zip(rows, tops, strict=False), start=1):
        told = row[len(top) :] if row.startswith(top) else None
        if told is None or (top in (RECEIPT, "", PROOF) and told):
            return number
        if (top == "key " and _fails(read_key, told)) or (top == "index " and not told.isdigit()):
            return number
    number = FIRST_HASH
    while number <= len(rows) and rows[number - 1]:
        if _fails(decoded, rows[number - 1]):
            return number
        number += 1
    return _broken_note(rows, number + 1)


def _broken_note(rows: Sequence[str], first: int) -> int:
    """The same below the proof, whose note begins on line `first`."""
    body, under = rows[first - 1 : first + 2], rows[first + 3 :]
    if _fails(read_note, "\n".join(body)):
        return first
    for number, row in enumerate(under, start=first + 4):
        if row and _fails(read_note, "\n".join([*body, "", row])):
            return number
    return min(first + 3, len(rows))


def _fails(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return True
    return False


def _differing(text: str, other: str) -> int:
    """The first line that two texts do not share."""
    pairs = zip_longest(text.split("\n"), other.split("\n"))
    return next(number for number, (one, two) in enumerate(pairs, start=1) if one != two)
