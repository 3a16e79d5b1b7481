"""Two people in one section: what each changed is put together piece by piece. Pure.

The pieces of typed text are its sentences, of a document its blocks. What both began from is known
by the hashes of its pieces alone: that is all a page has to remember.
"""

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from keti.documents.rules.doc1.plain import words
from keti.documents.rules.doc1.schema import Doc, blank, checked, read, runs_of, write
from keti.kernel.refusals import Refused

HASH = 10
TOO_MANY = "-"
MOST_PIECES = 4000
MOST_WORK = 4_000_000
"""Comparisons of pieces beyond which two texts are put together by hand."""
_SENTENCE = re.compile(
    r"\n*(?:[^\n。！？；!?;.]|\.(?!\s|\Z))*(?:[。！？；!?;]+|\.+(?=\s|\Z))?[”’』」）)\"]*"
)
_ENDED = re.compile(r"(?:[。！？；!?;.\n])[”’』」）)\"]*\Z")
Pieces = Sequence[str]


@dataclass(frozen=True, slots=True)
class _Edit:
    """One side's change: `said` instead of the pieces from `low` to before `high` of the base."""

    low: int
    high: int
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Kind:
    """How pieces of one kind are told apart: `longer` gives the side that only goes on where the
    other ends, None where neither does; `apart` a piece as it stands after another's."""

    longer: Callable[[Pieces, Pieces], Pieces | None]
    apart: Callable[[str, str], str]


def sentences(text: str) -> list[str]:
    """The sentences of typed text, the empty lines before each with it; together the text."""
    return [one.group() for one in _SENTENCE.finditer(text) if one.group()]


def blocks(doc: str) -> list[str]:
    """The blocks of a stored document, each as its text."""
    return [_text(one) for one in read(doc)["blocks"]]


def _text(block: object) -> str:
    return json.dumps(block, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprints(pieces: Pieces) -> str:
    """The hashes of the pieces, one after the other; `TOO_MANY` where there are more."""
    if len(pieces) > MOST_PIECES:
        return TOO_MANY
    return "".join(_hash(one) for one in pieces)


def _hash(piece: str) -> str:
    return hashlib.sha256(piece.encode()).hexdigest()[:HASH]


def woven_text(base: str, stored: str, typed: str) -> str | None:
    """Both texts in one; `base` is the `fingerprints` of what both began from. None where both
    changed the same sentence."""
    found = _woven(base, sentences(stored), sentences(typed), _TEXT)
    return None if found is None else "".join(found)


def woven_doc(base: str, stored: str, typed: str) -> str | None:
    """Both documents in one, as stored; None where both changed the same block."""
    found = _woven(base, blocks(stored), blocks(typed), _DOC)
    if found is None:
        return None
    doc = blank([json.loads(one) for one in found])
    said = {name for run in runs_of(doc["blocks"]) for name in run.get("said", ())}
    comments = _comments(read(stored), read(typed), said)
    try:
        return None if comments is None else write(checked(doc | {"comments": comments}))
    except Refused:  # one name for two blocks
        return None


def _comments(stored: Doc, typed: Doc, said: set[str]) -> Doc | None:
    theirs, mine = stored["comments"], typed["comments"]
    if any(mine[name] != theirs[name] for name in mine.keys() & theirs.keys()):
        return None
    return {name: one for name, one in (theirs | mine).items() if name in said}


def _woven(base: str, stored: Pieces, typed: Pieces, kind: _Kind) -> list[str] | None:
    if base == TOO_MANY or max(len(stored), len(typed)) > MOST_PIECES:
        return None
    known = [base[at : at + HASH] for at in range(0, len(base), HASH)]
    theirs, mine = _edits(known, stored), _edits(known, typed)
    if theirs is None or mine is None:
        return None
    mine = _unheard(theirs, mine, set(known))
    old = _standing(known, [*stored, *typed])
    out: list[str] = []
    at = 0
    while theirs or mine:
        low, high, left, right = _together(theirs, mine)
        both = _applied(old, low, high, left), _applied(old, low, high, right)
        found = _one(*both, high - low, kind) if left and right else both[not left]
        if found is None:
            return None
        out += [*old[at:low], *found]
        at = high
    return out + old[at:]


def _standing(known: Pieces, pieces: Pieces) -> list[str]:
    """The pieces of the base; nothing in the place of one that neither side has kept."""
    named = {_hash(one): one for one in pieces}
    return [named.get(name, "") for name in known]


def _edits(known: Pieces, pieces: Pieces) -> list[_Edit] | None:
    """What was changed of the base; None where finding it would take too long."""
    old, new, head = list(known), [_hash(one) for one in pieces], 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    old, new = old[head:], new[head:]
    while old and new and old[-1] == new[-1]:
        old.pop(), new.pop()
    if len(old) * len(new) > MOST_WORK:
        return None
    found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [
        _Edit(head + a, head + b, tuple(pieces[head + c : head + d]))
        for kind, a, b, c, d in found
        if kind != "equal"
    ]


def _together(theirs: list[_Edit], mine: list[_Edit]) -> tuple[int, int, list[_Edit], list[_Edit]]:
    """The next changes that touch each other, taken out of both lists, and the place of the base
    they change; of two that only stand side by side the first alone."""
    first = min([*theirs[:1], *mine[:1]], key=lambda one: (one.low, one.high))
    low, high = first.low, first.high
    taken: tuple[list[_Edit], list[_Edit]] = ([], [])
    grown = True
    while grown:
        grown = False
        for source, some in zip((theirs, mine), taken, strict=True):
            while source and _touches(source[0], low, high):
                some.append(source.pop(0))
                high, grown = max(high, some[-1].high), True
    return low, high, *taken


def _unheard(theirs: list[_Edit], mine: list[_Edit], known: set[str]) -> list[_Edit]:
    """One side's changes without new pieces that the other has right beside them: what was sent
    again because its answer was never heard is there already."""
    out: list[_Edit] = []
    for one in mine:
        there = {piece for other in theirs if _beside(one, other) for piece in other.said}
        said = tuple(piece for piece in one.said if piece not in there or _hash(piece) in known)
        if said or one.low == one.high:
            one = _Edit(one.low, one.high, said)
        out += [one] if one.said or one.low < one.high else []
    return out


def _beside(one: _Edit, other: _Edit) -> bool:
    """Whether two changes end where the other begins, and have nothing in common."""
    return (one.low, one.high) != (other.low, other.high) and (
        one.high == other.low or other.high == one.low
    )


def _touches(one: _Edit, low: int, high: int) -> bool:
    if (one.low, one.high) == (low, high):
        return True
    return max(one.low, low) < min(one.high, high) or low < one.low == one.high < high


def _applied(old: list[str], low: int, high: int, edits: list[_Edit]) -> list[str]:
    """One side's pieces in a place of the base."""
    out: list[str] = []
    at = low
    for one in edits:
        out += [*old[at : one.low], *one.said]
        at = one.high
    return out + old[at:high]


def _one(theirs: list[str], mine: list[str], size: int, kind: _Kind) -> Pieces | None:
    """What stands where both changed something of `size` pieces; None where both said another
    thing of the same ones. What one took out and the other gave other words stands in these."""
    if theirs == mine:
        return mine
    if not theirs or not mine:
        return (theirs or mine) if size == 1 else None
    found = kind.longer(theirs, mine)
    return found if found is not None or size else _both_added(theirs, mine, kind)


def _both_added(theirs: list[str], mine: list[str], kind: _Kind) -> Pieces:
    """What both added in one place: what is in both once, the other's before one's own."""
    out: list[str] = []
    for same, a, b, c, d in SequenceMatcher(None, theirs, mine, autojunk=False).get_opcodes():
        if same == "equal":
            out += mine[c:d]
            continue
        found = kind.longer(theirs[a:b], mine[c:d]) if b > a and d > c else None
        for one in [*theirs[a:b], *mine[c:d]] if found is None else found:
            out.append(kind.apart(out[-1], one) if out else one)
    return out


def _longer_text(theirs: Pieces, mine: Pieces) -> Pieces | None:
    one, other = "".join(theirs), "".join(mine)
    if other.startswith(one):
        return mine
    return theirs if one.startswith(other) else None


def _longer_block(theirs: Pieces, mine: Pieces) -> Pieces | None:
    if len(theirs) != len(mine) or list(theirs[:-1]) != list(mine[:-1]):
        return None
    one, other = json.loads(theirs[-1]), json.loads(mine[-1])
    if (one["id"], one["kind"]) != (other["id"], other["kind"]) or "runs" not in one:
        return None
    said, typed = words(one["runs"]), words(other["runs"])
    if typed.startswith(said):
        return mine
    return theirs if said.startswith(typed) else None


def _own_line(before: str, piece: str) -> str:
    """On a line of its own where the sentence before it is not ended."""
    return piece if piece.startswith("\n") or _ENDED.search(before) else f"\n{piece}"


_TEXT = _Kind(_longer_text, _own_line)
_DOC = _Kind(_longer_block, lambda _before, piece: piece)
