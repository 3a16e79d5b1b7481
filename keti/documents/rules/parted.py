"""All texts of a paper in the closed tree, read in one go. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .nodes import Node, captioned
from .paper import Paper
from .tree import Reader


@dataclass(frozen=True, slots=True)
class Parted:
    """The texts of a paper by what they are: one list of blocks each."""

    body: list[Node]
    chapters: list[list[Node]]
    summary: list[Node]
    other: list[Node]
    annexes: list[list[Node]]
    tables: list[list[Node]]

    def texts(self) -> list[list[Node]]:
        """Those that hold what somebody wrote, in the order they are printed."""
        return [self.summary, self.other, self.body, *self.chapters, *self.annexes]

    def rest(self) -> list[list[Node]]:
        """All but body and chapters."""
        return [self.summary, self.other, *self.annexes, *self.tables]


def parted(paper: Paper, read: Reader) -> Parted:
    """The texts of a paper; one start of the reader for all of them."""
    lots = [
        [paper.body],
        [one.body for one in paper.chapters],
        [paper.summary],
        [paper.other_summary],
        [one.body for one in paper.annexes],
        [one.table for one in paper.roll],
    ]
    every = read([body for lot in lots for body in lot])
    cut: list[list[list[Node]]] = []
    for lot in lots:
        cut.append(every[: len(lot)])
        every = every[len(lot) :]
    body, chapters, summary, other, annexes, tables = cut
    return Parted(body[0], chapters, summary[0], other[0], annexes, tables)


_KINDS = {"table": ("table",), "figure": ("fig", "chart")}


def counted(texts: Sequence[Any], kind: str) -> int:
    """How many tables, or figures, of these texts bear a number."""
    return len(captions_in(texts, kind))


def captions_in(texts: Sequence[Any], kind: str) -> list[str]:
    """The lines by the numbered tables, or figures, of these texts, in their order."""
    found = (block[1] for block in _every(texts) if block[0] in _KINDS[kind])
    return [captioned(held) for held in found if held.get("number")]


def _every(texts: Sequence[Any]) -> Iterator[Node]:
    for blocks in texts:
        yield from (one for one in blocks if len(one) > 1 and isinstance(one[1], dict))
