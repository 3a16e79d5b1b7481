"""What a file that was handed in says, line by line, whatever it was written with. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

HEAD, LINE, ROW, NOTE = "head", "line", "row", "note"
LOOKS_LIKE_ONE = 9
"""The level of a heading that is none by its style: a short line in bold."""
MOST_CHARACTERS = 2_000_000
"""Longer than any report: what comes after is left in the file, and said to be."""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, table row or remark of a file.

    `level` is the rank of a heading (0 the title of the whole, 1 the highest section; 9 what only
    looks like a heading), `cells` what a table row holds, `page` where it stands in a PDF.
    """

    kind: str
    words: str = ""
    level: int = 0
    cells: tuple[str, ...] = ()
    page: int = 0


@dataclass(frozen=True, slots=True)
class Read:
    """A file as it was read: its lines, its number of pages (0 where it has none), and what of
    it stays in the original only, by kind."""

    lines: tuple[Line, ...] = ()
    pages: int = 0
    left: tuple[tuple[str, int], ...] = ()


def as_json(read: Read) -> dict[str, Any]:
    """A reading as plain values."""
    lines = [[one.kind, one.words, one.level, list(one.cells), one.page] for one in read.lines]
    return {"lines": lines, "pages": read.pages, "left": [list(one) for one in read.left]}


def from_json(kept: dict[str, Any]) -> Read:
    """The reading that `as_json` wrote down."""
    lines = tuple(
        Line(kind, words, level, tuple(cells), page)
        for kind, words, level, cells, page in kept["lines"]
    )
    return Read(lines, kept["pages"], tuple((str(kind), int(n)) for kind, n in kept["left"]))


def within(lines: Iterable[Line]) -> tuple[list[Line], bool]:
    """The lines up to the most that is read; whether any were left."""
    kept: list[Line] = []
    size = 0
    for line in lines:
        size += len(line.words) + sum(map(len, line.cells))
        if size > MOST_CHARACTERS:
            return kept, True
        kept.append(line)
    return kept, False
