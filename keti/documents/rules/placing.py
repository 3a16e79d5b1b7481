"""The numbers of a whole text: its references in the order they are cited, its tables and figures
in the order they stand, and what every cross reference says. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from keti.kernel.refusals import Refused

from .doc1.plain import words
from .doc1.schema import CAPTIONED, TARGETS, Block, Doc, every_block, read
from .refs.item import Reference, same_as
from .typed_cites import cites_in
from .written import DOC, PLAIN, Body, Written

NAMES = {
    "zh-hans": {"table": "表{}", "figure": "图{}", "heading": "“{}”"},
    "en": {"table": "Table {}", "figure": "Figure {}", "heading": "“{}”"},
}
_TELLING = ('"caption":', '"to":')


@dataclass(frozen=True, slots=True)
class Part:
    """One body as it stands in the order of reading. `whole` tells which parts were written as one
    text: they may refer to each other; `references` are what this one may cite."""

    body: Body
    references: tuple[Reference, ...] = ()
    whole: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """The bodies with their numbers; the references in the order they are numbered; and what was
    cited or referred to and is not there: keys, and how many cross references."""

    bodies: tuple[Body, ...]
    references: tuple[Reference, ...]
    unknown: tuple[str, ...] = ()
    lost: int = 0


@dataclass
class _Text:
    """One text while its numbers are given."""

    place: int
    part: Part
    written: Written
    doc: Doc | None
    numbers: dict[str, tuple[str, str]] = field(default_factory=dict)
    blocks: dict[str, Block] = field(default_factory=dict)

    def cites(self) -> Iterator[list[dict[str, str]]]:
        """What each of its citations cites."""
        if self.doc is not None:
            yield from (run["cite"] for run in _runs(self.doc["blocks"]) if "cite" in run)
        elif self.written.form == PLAIN and self.part.references:
            yield from (cites for _typed, cites in cites_in(self.written.words))

    def targets(self) -> list[str]:
        """What it refers to."""
        runs = _runs(self.doc["blocks"]) if self.doc is not None else ()
        return [run["to"] for run in runs if "to" in run]


def placed(parts: Sequence[Part], lang: str) -> Placed:
    """The parts with their numbers. A document that is none keeps its words and has no numbers."""
    texts = list(_texts(parts))
    references, unknown = _cite(texts, parts)
    tells = any(sign in one.written.words for one in texts if one.doc for sign in _TELLING)
    lost = _refer(texts, "en" if lang == "en" else "zh-hans") if tells else 0
    told = {(one.place, id(one.written)): one for one in texts}
    bodies = tuple(
        tuple(_numbered(piece, told.get((place, id(piece)))) for piece in part.body)
        for place, part in enumerate(parts)
    )
    return Placed(bodies, references, unknown, lost)


def _numbered(piece: Any, text: _Text | None) -> Any:
    if text is None or not text.numbers:
        return piece
    rows = ((name, *said) for name, said in sorted(text.numbers.items()))
    return replace(text.written, numbers=tuple(rows))


def _texts(parts: Sequence[Part]) -> Iterator[_Text]:
    for place, part in enumerate(parts):
        for piece in part.body:
            if isinstance(piece, Written):
                yield _Text(place, part, piece, _document(piece))


def _document(piece: Written) -> Doc | None:
    if piece.form != DOC:
        return None
    try:
        return read(piece.words)
    except Refused:
        return None


def _runs(blocks: Iterable[Block]) -> Iterator[dict[str, Any]]:
    """Runs in the order of reading: a note stands where it is referred to."""
    for block in blocks:
        for run in block.get("runs", ()):
            yield run
            yield from _runs(run.get("note", ()))
        for row in block.get("rows", ()):
            for cell in row:
                yield from _runs(cell["blocks"])


class _Listed:
    """References under their numbers: the same work of several lists is one."""

    def __init__(self) -> None:
        self.order: dict[str, tuple[int, Reference]] = {}

    def number(self, one: Reference, part: Part) -> str:
        """The number of a reference of this part, given when it is first asked for. One that is
        too little known to tell is known by its key in the text it was written for."""
        name = same_as(one.item) or f"{part.whole} {one.key}"
        return str(self.order.setdefault(name, (len(self.order) + 1, one))[0])

    def all(self) -> tuple[Reference, ...]:
        """In the order of their numbers."""
        return tuple(one for _number, one in self.order.values())


def _cite(
    texts: list[_Text], parts: Sequence[Part]
) -> tuple[tuple[Reference, ...], tuple[str, ...]]:
    """Number what is cited, in its order. What a list holds and nobody cites follows."""
    known = [{one.key: one for one in part.references} for part in parts]
    listed, unknown = _Listed(), dict[str, None]()
    cited = ((text, one["ref"]) for text in texts for cite in text.cites() for one in cite)
    for text, key in cited:
        found = known[text.place].get(key)
        if found is None:
            unknown.setdefault(key)
        else:
            text.numbers[f"@{key}"] = (listed.number(found, text.part), "")
    for part in parts:
        for one in part.references:
            listed.number(one, part)
    return listed.all(), tuple(unknown)


def _refer(texts: list[_Text], lang: str) -> int:
    """Number captions and what is referred to; returns how many cross references lead nowhere."""
    for text in texts:
        every = every_block(text.doc["blocks"]) if text.doc else ()
        text.blocks = {one["id"]: one for one in every if one["kind"] in TARGETS}
    found = [(text, name, _owner(texts, text, name)) for text in texts for name in text.targets()]
    wanted = {(id(owner), name) for _text, name, owner in found if owner}
    counts = {"table": 0, "figure": 0}
    for at, text in enumerate(texts):
        for name, block in text.blocks.items():
            if label := _label(block, (id(text), name) in wanted, counts, lang):
                text.numbers[name] = (label, f"t{at}-{name}")
    for text, name, owner in found:
        if owner:
            text.numbers[f">{name}"] = owner.numbers[name]
    return sum(owner is None for _text, _name, owner in found)


def _label(block: Block, wanted: bool, counts: dict[str, int], lang: str) -> str:
    """What a block is referred to by: its number, which a caption gives it as well; a heading by
    its words, where anybody refers to it."""
    if block["kind"] not in CAPTIONED:
        return NAMES[lang]["heading"].format(words(block["runs"]).strip()) if wanted else ""
    if not wanted and "caption" not in block:
        return ""
    kind = "table" if block["kind"] == "table" else "figure"
    counts[kind] += 1
    return NAMES[lang][kind].format(counts[kind])


def _owner(texts: list[_Text], text: _Text, name: str) -> _Text | None:
    """The text a name stands in: one's own, else the only other one that was written with it.
    Where it stands in none, or in several, nobody knows what is meant."""
    if name in text.blocks:
        return text
    others = [one for one in texts if one.part.whole == text.part.whole and name in one.blocks]
    return others[0] if len(others) == 1 else None


def alone(doc: Doc, lang: str = "zh-hans") -> Mapping[str, tuple[str, str]]:
    """The numbers of one document that is shown by itself."""
    text = _Text(0, Part(()), Written("", DOC), doc)
    _refer([text], lang)
    return text.numbers
