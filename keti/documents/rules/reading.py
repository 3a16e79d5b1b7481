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
class ReadLine:
    """One paragraph, table row or remark of a file.

    `level` is the rank of a heading (0 the title of the whole, 1 the highest section; 9 what only
    looks like a heading), `cells` what a table row holds, `page` where it stands in a PDF, `at`
    the block of the document it stands in.
    """

    kind: str
    words: str = ""
    level: int = 0
    cells: tuple[str, ...] = ()
    page: int = 0
    at: int = -1


@dataclass(frozen=True, slots=True)
class Read:
    """A file as it was read: its lines, its number of pages (0 where it has none), what of it stays
    in the original only, by kind; and of a Word file the whole document (`doc/1`)."""

    lines: tuple[ReadLine, ...] = ()
    pages: int = 0
    left: tuple[tuple[str, int], ...] = ()
    doc: str = ""


def as_json(read: Read) -> dict[str, Any]:
    """A reading as plain values."""
    lines = [
        [one.kind, one.words, one.level, list(one.cells), one.page, one.at] for one in read.lines
    ]
    left = [list(one) for one in read.left]
    return {"lines": lines, "pages": read.pages, "left": left, "doc": read.doc}


def from_json(kept: dict[str, Any]) -> Read:
    """The reading that `as_json` wrote down."""
    lines = tuple(
        ReadLine(kind, words, level, tuple(cells), page, at)
        for kind, words, level, cells, page, at in kept["lines"]
    )
    left = tuple((str(kind), int(n)) for kind, n in kept["left"])
    return Read(lines, kept["pages"], left, kept["doc"])


def within(lines: Iterable[ReadLine]) -> tuple[list[ReadLine], bool]:
    """The lines up to the most that is read; whether any were left."""
    kept: list[ReadLine] = []
    size = 0
    for line in lines:
        size += len(line.words) + sum(map(len, line.cells))
        if size > MOST_CHARACTERS:
            return kept, True
        kept.append(line)
    return kept, False
