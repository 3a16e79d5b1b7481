"""A small, closed form of a text: what is not in this list cannot reach any page or file.

Blocks:  ["p", inlines] (with "caption" behind where it is one: `captions.py`) ["line", inlines] (a
         paragraph close under the last) ["points", [inlines]] (a list with its marks as typed)
         ["h", level, id, inlines] ["ul", items] ["ol", start, items] ["quote", blocks]
         ["code", text] ["hr"] ["dl", [[inlines, blocks], ...]]
         ["table", {"caption", "aligns", "head", "body"}], a row a list of cells
         {"rows", "cols", "blocks"}. A table that a room rules has "widths" and "ruled" besides,
         its cells "label" (it names what stands beside or under it), "sign" (the line at its foot
         where somebody signs) "room" (lines that stay free), "qr-of" (an address that stands there
         as a code) and "tall" (it may go on overleaf)
         of a `doc/1` besides: ["fig", {"file", "mime", "alt", "wide"}], ["chart", {...}],
         ["formula", {"omml", "text"}], and ["points", [inlines], level]
Inlines: ["s", text] ["em", inlines] ["b", ...] ["u", ...] ["del", ...] ["sub", ...]
         ["sup", ...] ["code", text] ["a", url, inlines] ["br"] ["note", blocks]
         of a `doc/1` besides: ["ins", {"by", "at"}, inlines] ["cut", {"by", "at"}, inlines]
         ["remark", {"by", "at", "words", "name"}, inlines] ["formula", {"omml", "text"}]
         and ["cite", what is cited, words, place, what no list holds] ["to", words, place]. A place
         is a name that is linked to: a heading has its own behind its inlines, a table, picture or
         chart with a "number" its own as "place" and the words by it as "said"
"""

import re
from collections.abc import Callable, Sequence
from math import sqrt
from typing import Any, TypeAlias

from keti.kernel.refusals import Refused

from . import captions, typed
from .doc1 import shown as doc1
from .doc1.schema import read
from .nodes import Node, text_width, words
from .pandoc import syntax_trees
from .placing import alone
from .syntax import read_blocks
from .typed_cites import cited
from .written import DOC, MARKED, Body, Box, Grid, Head, Piece, Points, Written

Reader: TypeAlias = Callable[[Sequence[Body]], list[list[Any]]]


Marked: TypeAlias = Callable[[Sequence[str]], list[list[Node]]]


def trees(bodies: Sequence[Body]) -> list[list[Node]]:
    """Many bodies in the closed form; one start of the reader, where old texts need it at all."""
    old = [
        one.words for body in bodies for one in body if isinstance(one, Written) and _is_old(one)
    ]
    read = iter(READERS[MARKED](old) if old else [])
    return [_one(body, [next(read) if _is_old(part) else [] for part in body]) for body in bodies]


def sources(bodies: Sequence[Body]) -> list[list[Node]]:
    """Many bodies as they were typed: what a paper is set from when it cannot be set otherwise."""
    return [
        _one(body, [source(part.words) if isinstance(part, Written) else [] for part in body])
        for body in bodies
    ]


def _is_old(part: Piece) -> bool:
    return isinstance(part, Written) and part.form == MARKED


def _one(body: Body, read: list[list[Node]]) -> list[Node]:
    """The parts of one body under each other; what is written stands under the room's headings."""
    out: list[Node] = []
    under = 0
    for part, known in zip(body, read, strict=True):
        if isinstance(part, Head):
            under = part.level
            out.append(["h", under, "", [["s", part.words]]])
        elif isinstance(part, Points):
            out.append(_listed(part))
        elif isinstance(part, Grid):
            out.append(_ruled(part))
        else:
            blocks = known or _read_one(part)
            out += [
                ["h", min(one[1] + under, 6), *one[2:]] if one[0] == "h" else one for one in blocks
            ]
    return levelled(captions.known(out))


def _read_one(part: Written) -> list[Node]:
    """What is written, by its format. A document that is none (a folder changed by hand) stands as
    it is stored: whatever was stored can be shown."""
    numbers = {name: (said, place) for name, said, place in part.numbers}
    if part.form != DOC:
        nodes = typed.tree(part.words)
        return list(cited(nodes, numbers)) if numbers else nodes
    try:
        return doc1.tree(part.words, numbers or alone(read(part.words)))
    except Refused:
        return source(part.words)


def _listed(points: Points) -> Node:
    items = [[["p", typed.inlines(typed.shown(one))]] for one in points.lines]
    return ["ol", 1, items] if points.numbered else ["ul", items]


TALL, TALL_LINES = 400, 15
"""A row with a box of more characters or lines may go on overleaf; a lower one stays whole."""


def _ruled(grid: Grid) -> Node:
    """A table of a room: its words are lines, whatever marks they begin with."""
    rows = [_boxes(row) for row in grid.rows]
    return [
        "table",
        {
            "caption": [],
            "aligns": [""] * len(grid.widths),
            "head": rows[: grid.heads],
            "body": rows[grid.heads :],
            "widths": list(grid.widths),
            "ruled": True,
        },
    ]


def _boxes(row: tuple[Box, ...]) -> list[dict[str, Any]]:
    """One row; it may go on overleaf where one of its boxes is tall."""
    tall = any(text_width(one.words) > TALL or one.words.count("\n") > TALL_LINES for one in row)
    return [_box(one) | {"tall": tall} for one in row]


def _box(box: Box) -> dict[str, Any]:
    lines = [one for one in typed.shown(box.words).split("\n") if one.strip()]
    return {
        "rows": 1,
        "cols": box.across,
        "blocks": [["p", typed.inlines(one)] for one in lines],
        "label": box.label,
        "sign": typed.shown(box.sign),
        "room": box.room,
        "qr-of": box.qr,
    }


def marked(texts: Sequence[str]) -> list[list[Node]]:
    """Read many texts of the old dialect into the closed form. Every text has an answer.

    What the reader cannot finish with stands as its source, after a line that says so: whatever
    was stored can be shown to everybody for ever, on the page, as PDF and as a Word file.
    """
    sound = [text not in _TANGLED for text in texts]
    read = iter(_read([text for text, good in zip(texts, sound, strict=True) if good]))
    return [next(read) if good else source(text) for text, good in zip(texts, sound, strict=True)]


_TANGLED: set[str] = set()
"""Texts of this process that the reader gave up on: they are not tried again at every look."""
MOST_TANGLED = 200


def given_up(text: str) -> bool:
    """Whether this process shows this text of the old dialect as its source."""
    return text in _TANGLED


def _read(texts: list[str]) -> list[list[Node]]:
    try:
        return [levelled(read_blocks(blocks)) for blocks in syntax_trees(texts)]
    except (Refused, RecursionError, OSError):
        if len(texts) > 1:
            return [tree for text in texts for tree in _read([text])]
        if len(_TANGLED) >= MOST_TANGLED:
            _TANGLED.clear()
        _TANGLED.update(texts)
        return [source(text) for text in texts]


def source(text: str) -> list[Node]:
    """The text as it was typed, in plain paragraphs, after a line that says so."""
    parts = re.split(r"\n[ \t]*\n\s*", typed.shown(text).strip("\n"))
    return [["p", [["em", [["s", AS_TYPED]]]]], *(_typed(part) for part in parts if part.strip())]


AS_TYPED = (
    "（这段文字的标记过于复杂，无法排版，以下按原文显示。"
    "The marks of this text are too tangled to be set; it stands as it was typed.）"
)


def _typed(part: str) -> Node:
    inlines: list[Node] = []
    for place, line in enumerate(part.split("\n")):
        inlines.extend([["br"]] if place else [])
        inlines.extend([["s", line]] if line else [])
    return ["p", inlines]


READERS: dict[str, Marked] = {MARKED: marked}
"""Who reads texts of the old dialect: the room puts here what was read once and kept."""


def flush(blocks: Sequence[Node], lang: str) -> list[Node]:
    """Chinese paragraphs without the blanks typed before them: on paper their style indents."""
    return [_flush(block) if lang != "en" else block for block in blocks]


def _flush(block: Node) -> Node:
    if block[0] not in ("p", "line") or not block[1] or block[1][0][0] != "s":
        return block
    first, *rest = block[1]
    return [block[0], [["s", first[1].lstrip(" \t\u00a0\u3000")], *rest], *block[2:]]


def levelled(blocks: list[Node]) -> list[Node]:
    """Headings start at level 1 and never skip a level on the way down."""
    shift: list[tuple[int, int]] = []
    out: list[Node] = []
    for block in blocks:
        if block[0] == "h":
            while shift and shift[-1][0] >= block[1]:
                shift.pop()
            shift.append((block[1], min((shift[-1][1] if shift else 0) + 1, 6)))
            block = ["h", shift[-1][1], *block[2:]]
        out.append(block)
    return out


def column_widths(table: dict[str, Any]) -> list[float]:
    """How wide each column should be against the others: as said, else from how much stands in
    it."""
    if said := table.get("widths"):
        return [float(one) for one in said]
    widest = [4.0] * len(table["aligns"])
    for row in [*table["head"], *table["body"]]:
        if len(row) == len(widest):
            for column, cell in enumerate(row):
                widest[column] = max(widest[column], _wanted(cell["blocks"]))
    return [round(sqrt(min(width, 80.0)), 2) for width in widest]


def _wanted(blocks: list[Node]) -> float:
    """How many Chinese characters wide these blocks would stand, a picture as wide as it is said:
    a character takes about four millimetres."""
    pictures = [block[1]["wide"] / 4 for block in blocks if block[0] == "fig"]
    return max(text_width(words(blocks)), *pictures) if pictures else text_width(words(blocks))
