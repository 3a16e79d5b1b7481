"""What stands on a page or in a paper: texts with the format they were written in, and the
headings, lists and ruled tables a room puts around them."""

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from typing import Any, TypeAlias

from . import dialect
from .doc1.plain import plain as plain_words
from .typed import shown

PLAIN = "plain/1"
"""Typed words, verbatim; what a line is (paragraph, list, heading, table) is seen when shown."""
MARKED = "md/1"
"""The Markdown dialect of what was written before `plain/1`. Nothing new is written in it."""

DOC = "doc/1"
"""A document with tables, pictures, notes and marks, as canonical JSON (`rules/doc1`)."""


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote, letter for letter, and the format it is read by; `numbers` are what its
    citations, captions and cross references say in the whole text (`rules/placing.py`): name,
    words, place."""

    words: str
    form: str = PLAIN
    numbers: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """A heading a room puts above what follows, from 1 (the highest)."""

    words: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Points:
    """A list a room makes of words that mean only themselves."""

    lines: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a ruled table: its words, letter for letter; a `label` names what stands beside
    or under it; `sign` is the line at its foot where somebody signs, or signed; `room` so many
    lines stay free to be written on by hand; `qr` is an address that stands there as a code."""

    words: str = ""
    across: int = 1
    label: bool = False
    sign: str = ""
    room: int = 0
    qr: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table a room makes, as official forms are: rows of boxes, how wide its columns are
    against each other, how many of its first rows stand again at the head of every page."""

    rows: tuple[tuple[Box, ...], ...]
    widths: tuple[int, ...]
    heads: int = 0


Piece: TypeAlias = Written | Head | Points | Grid
Body: TypeAlias = tuple[Piece, ...]


def as_body(words: str, form: str = PLAIN) -> Body:
    """A body of one text; none where nothing is written."""
    return (Written(words, form),) if words.strip() else ()


def form_of(row: Mapping[str, Any]) -> str:
    """The format of a frozen row of text. A row without one is older than `plain/1`."""
    return str(row.get("form", MARKED))


def as_rows(body: Body) -> list[list[Any]]:
    """A body as plain values."""
    return [_as_row(part) for part in body]


def _as_row(part: Piece) -> list[Any]:
    if isinstance(part, Head):
        return ["head", part.level, part.words]
    if isinstance(part, Points):
        return ["points", part.numbered, *part.lines]
    if isinstance(part, Grid):
        rows = [[list(astuple(one)) for one in row] for row in part.rows]
        return ["grid", part.heads, list(part.widths), *rows]
    numbers = [[list(one) for one in part.numbers]] if part.numbers else []
    return ["written", part.form, part.words, *numbers]


def from_rows(rows: Iterable[list[Any]]) -> Body:
    """The body that `as_rows` wrote down."""
    return tuple(_from_row(*row) for row in rows)


def _from_row(kind: str, how: Any, *words: Any) -> Piece:
    if kind == "head":
        return Head(words[0], how)
    if kind == "points":
        return Points(words, how)
    if kind == "grid":
        rows = tuple(tuple(Box(*one) for one in row) for row in words[1:])
        return Grid(rows, tuple(words[0]), how)
    numbers = tuple(tuple(one) for one in words[1]) if len(words) > 1 else ()
    return Written(words[0], how, numbers)


def plain(body: Body) -> str:
    """The words of a body without marks of the old dialect: for search, mail and previews."""
    return "\n".join(words for part in body for words in _words(part) if words)


def _words(part: Piece) -> tuple[str, ...]:
    if isinstance(part, Points):
        return part.lines
    if isinstance(part, Grid):
        return tuple(words for row in part.rows for one in row for words in (one.words, one.sign))
    if isinstance(part, Written) and part.form == MARKED:
        return (dialect.plain(part.words),)
    if isinstance(part, Written) and part.form == DOC:
        return (plain_words(part.words),)
    return (shown(part.words).strip("\n"),)


def excerpt(words: str, most: int) -> str:
    """The first `most` characters on one line, cut with an ellipsis."""
    line = " ".join(shown(words).split())
    return line if len(line) <= most else line[: max(most - 1, 0)].rstrip() + "…"
