"""A paper turned into the plain data that the Typst template sets."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from .begins import begins
from .bulk import bulk
from .doc1 import formulas
from .doc1.drawn import svg
from .doc1.plain import table_of
from .headings import annex_label, chapter_label, labelled
from .nodes import Node, captioned, text_width, words
from .paper import Lang, Paper, file_day, stage_line
from .parted import Parted, counted, parted
from .qr import qr_svg
from .tree import Reader, column_widths, flush, trees
from .typed import shown
from .words import WORDS
from .wrapped import wrapped
from .written import as_body, plain

_PAIRS = re.compile(r"(?<=\S{6})[^/]{2}(?=[^/]{2})|/+(?=[^/])")
_LONG = re.compile(r"[^\s\u2e80-\uffef\u200b]{32,}")
_SLICE = 16
TAB = "\u3000\u3000"
"""How wide a tab within a line is printed: Typst gives it no width at all."""
FULL_TABLE = 7
"""From so many lines of facts on they stand on a page behind the cover, not on it."""
MANY_LISTED = 6
"""From so many numbered tables on the contents end with a list of them; figures alike."""
_BODY = {
    "notice": (16.0, 28.0),
    "minutes": (14.0, 25.0),
    "sheet": (10.5, 17.0),
    "form": (12.0, 19.0),
    "table": (10.5, 16.0),
}
_SHEET_BODY = 150
_SHEET_VALUE = 60
_SHEET_LINES = {"title": 60, "number": 24, "date": 20, "issuer": 30, "signatory": 24}
_MARGINS = {
    "report": (33, 27, 30, 29),
    "sheet": (22, 22, 15, 24),
    "form": (25, 22, 24, 24),
    "table": (24, 20, 22, 20),
}

_HEADS = (26, 22, 19)
_SPREAD, _WIDE, _POINTS = 0.16, 210, 72 / 25.4
"""The letters of a Chinese letterhead stand this much apart; A4 in millimetres; points in one."""
_SIGNED, _COVER = 80 * _POINTS, 27.0
"""How wide the place is in which is signed, in points; the foot of a cover, in characters."""


def laid_out(paper: Paper, read: Reader = trees) -> dict[str, Any]:
    """Everything the template reads; every string cleaned and breakable."""
    paper = _fitting(paper)
    say = WORDS[paper.lang]
    read_ = parted(paper, read)
    body, chapters = read_.body, read_.chapters
    under = paper.kind == "report"
    bound = bulk(paper) if under else "long"
    look = _look(paper, bound)
    data: dict[str, Any] = {
        "kind": paper.kind,
        "lang": paper.lang,
        "say": say,
        "demo": paper.demo,
        "bulk": bound,
        "title": _named(paper.title),
        "title-lines": wrapped(_named(paper.title), look["title-room"]).split("\n"),
        "subtitle": paper.subtitle,
        "stage": stage_line(paper),
        "number": paper.number,
        "date": paper.date,
        "issuer": paper.issuer,
        "issuer-lines": wrapped(paper.issuer, _head_room(paper, _head_size(paper))).split("\n"),
        "signatory": wrapped(
            paper.signatory or (paper.issuer if under else ""),
            _COVER if under else _SIGNED / _size(paper)[0],
        ),
        "parties": paper.parties,
        "seal_place": paper.seal_place,
        "facts": paper.facts,
        "version": paper.version,
        "conclusion": paper.conclusion,
        "choices": paper.choices or (say["agree"], say["return"]),
        "body": _set(labelled(body, paper.lang)),
        "chapters": _chapters(paper, chapters),
        "references": paper.references,
        "roll": _rolled(paper, read_.tables),
        "imprint": _imprint(paper),
    }
    if under:
        data |= _book(paper, read_)
        data["begins"] = begins(data)
    day = file_day(paper)
    data |= _breakable(data)
    return (
        data
        | look
        | {
            "day": (day.year, day.month, day.day),
            "by": shown(paper.issuer or paper.signatory),
            "checkpoint": _rows(paper.checkpoint),
            "qr-url": paper.qr,
            "qr-svg": qr_svg(paper.qr) if paper.qr else "",
        }
    )


def _chapters(paper: Paper, chapters: list[list[Node]]) -> list[dict[str, Any]]:
    say = WORDS[paper.lang]
    return [
        {
            "label": chapter_label(chapter.title, place, paper.lang),
            "title": _named(chapter.title),
            "authors": say["sep"].join(chapter.authors),
            "body": _set(labelled(blocks, paper.lang, under=place)),
        }
        for place, (chapter, blocks) in enumerate(
            zip(paper.chapters, chapters, strict=True), start=1
        )
    ]


def _book(paper: Paper, read: Parted) -> dict[str, Any]:
    """What a report has besides its text: summaries, annexes, the lists its contents end with."""
    other: Lang = "zh-hans" if paper.lang == "en" else "en"
    signed = paper.signatory if paper.signatory != paper.issuer else ""
    return {
        "classification": paper.classification,
        "signed": signed,
        "front": bool(read.summary or read.other) or len(paper.facts) >= FULL_TABLE,
        "summary": _set(flush(read.summary, paper.lang)),
        "other": {
            "lang": other,
            "say": WORDS[other]["summary"],
            "title": paper.other_title,
            "body": _set(flush(read.other, other)),
        },
        "annexes": [
            {
                "label": annex_label(place, len(paper.annexes), paper.lang),
                "title": _named(annex.title),
                "body": _set(labelled(blocks, paper.lang, under=1)),
            }
            for place, (annex, blocks) in enumerate(
                zip(paper.annexes, read.annexes, strict=True), start=1
            )
        ],
        "lists": [
            kind for kind in ("table", "figure") if counted(read.texts(), kind) >= MANY_LISTED
        ],
    }


def _rolled(paper: Paper, tables: list[list[Node]]) -> list[dict[str, Any]]:
    return [
        {
            "title": _named(group.title),
            "entries": group.entries,
            "columns": _columns(group.entries),
            "table": _set(table),
        }
        for group, table in zip(paper.roll, tables, strict=True)
    ]


def _named(title: str) -> str:
    """A heading is never empty: readers and PDF/UA need something to hold."""
    return shown(title).strip() or "—"


def _look(paper: Paper, bound: str) -> dict[str, Any]:
    size, pitch = _size(paper)
    long = text_width(paper.title)
    widest = max((text_width(label) for label, _ in paper.facts), default=4)
    kind = "notice" if bound == "short" else paper.kind
    title = {"report": 28.0, "sheet": 15.0}.get(kind, 22.0 if paper.lang != "en" else 18.0)
    return {
        "size": size,
        "pitch": pitch,
        "margins": _margins(paper),
        "title-width": _title_width(paper, kind, long),
        "title-room": _title_room(paper, kind, long),
        "title-size": title if long <= 40 else max(title * 0.72, 13.0),
        "head-size": _head_size(paper),
        "conclusion-size": 15 if text_width(paper.conclusion) <= 60 else 12,
        "label-width": min(max(widest + 1.5, 5.5), 11),
    }


def _size(paper: Paper) -> tuple[float, float]:
    """Size of the text and pitch of its lines."""
    size, pitch = _BODY.get(paper.kind, (12.0, 22.0))
    return (min(size, 12.0), min(pitch, 18.5)) if paper.lang == "en" else (size, pitch)


def _head_size(paper: Paper) -> int:
    """As big as lets the name of the body stand in one line; a longer one has two."""
    wide = text_width(paper.issuer)
    return next((size for size in _HEADS if wide <= _head_room(paper, size)), _HEADS[1])


def _head_room(paper: Paper, size: float) -> float:
    """How many characters of this size stand in a line of the letterhead, spread as it is."""
    _top, right, _bottom, left = _margins(paper)
    spread = 1.0 if paper.lang == "en" else 1.0 + _SPREAD
    return (_WIDE - left - right) * _POINTS / (size * spread)


def _margins(paper: Paper) -> tuple[int, int, int, int]:
    return _MARGINS.get(paper.kind, (37, 26, 35, 28))


def _title_room(paper: Paper, kind: str, long: float) -> float:
    """How many characters wide a line of the title may be."""
    room = {"report": 13.0, "sheet": 31.0, "table": 30.0}.get(kind, 19.0)
    if paper.lang == "en":
        room *= 1.25
    if long <= 40:
        return room
    return room + 4 if paper.kind == "sheet" else room / 0.72


def _title_width(paper: Paper, kind: str, long: float) -> float:
    """So many characters wide that a title of two lines has two lines of like length."""
    room = _title_room(paper, kind, long)
    lines = -(-long // room) or 1
    if paper.kind == "sheet" or lines == 1:
        return room
    return float(min(room, long / lines + 1.6))


def _columns(entries: tuple[str, ...]) -> int:
    widest = max((text_width(entry) for entry in entries), default=0)
    return 3 if widest <= 10 else 2 if widest <= 17 else 1


def _imprint(paper: Paper) -> list[tuple[str, str]]:
    say = WORDS[paper.lang]
    printed = {
        "title": paper.title,
        "number": paper.number,
        "issuer": paper.issuer,
        "signatory": paper.signatory,
        "date": paper.date,
    }
    rows = [(say[key], value) for key, value in printed.items() if value]
    return [*rows, *paper.colophon]


def _rows(checkpoint: str) -> list[str]:
    rows = shown(checkpoint).strip().split("\n") if checkpoint.strip() else []
    return [row[at : at + 72] for row in rows for at in range(0, max(len(row), 1), 72)]


def _fitting(paper: Paper) -> Paper:
    """A sign-off sheet is one page: long parts are cut, and it says so."""
    if paper.kind != "sheet":
        return paper
    say = WORDS[paper.lang]
    body = paper.body
    lines: dict[str, Any] = {
        name: _cut(getattr(paper, name), most) for name, most in _SHEET_LINES.items()
    }
    said = plain(body)
    if text_width(said) > _SHEET_BODY or said.count("\n") > 14:
        body = as_body(f"{_cut(' '.join(said.split()), _SHEET_BODY)} {say['cut']}")
    facts = tuple(
        (_cut(label, 9), _cut(" ".join(value.split()), _SHEET_VALUE))
        for label, value in paper.facts[:5]
    )
    return replace(
        paper,
        body=body,
        facts=facts,
        chapters=(),
        roll=(),
        conclusion=_cut(paper.conclusion, 90),
        **lines,
        choices=tuple(_cut(choice, 12) for choice in paper.choices[:4]),
    )


def _cut(text: str, wide: int) -> str:
    """At most as many Chinese characters wide as said."""
    if text_width(text) <= wide:
        return text
    kept = 0
    room = wide - 1.0
    while room > 0:
        room -= text_width(text[kept])
        kept += 1
    return text[: kept - 1] + "…"


def _set(blocks: list[Node]) -> list[Node]:
    """Give every table its column widths, from how much stands in each column."""
    return [_with_widths(block) for block in blocks]


def _with_widths(node: Any) -> Any:
    named = node[0] if isinstance(node, list) and node and isinstance(node[0], str) else ""
    if named in _LAID and len(node) == _LAID[named][0]:
        return _LAID[named][1](node)
    if isinstance(node, dict):
        return {key: _with_widths(part) for key, part in node.items()}
    if isinstance(node, list):
        return [_with_widths(part) for part in node]
    return node


def _laid_table(node: Node) -> Node:
    widths = {"widths": column_widths(node[1])}
    return ["table", _with_widths(node[1]) | widths | _by(node[1])]


def _laid_formula(node: Node) -> Node:
    return ["formula", {"math": formulas.of(node[1]["omml"]), "text": node[1]["text"]}]


def _drawn(chart: dict[str, Any]) -> Node:
    """A chart as its picture with the table of its values under it."""
    head, *rows = table_of(chart)
    cells = [[_said(one) for one in row] for row in (head, *rows)]
    table = {
        "caption": [],
        "aligns": ["", *["right"] * len(chart["series"])],
        "head": cells[:1],
        "body": cells[1:],
    }
    named = chart["title"] or "、".join(one["name"] for one in chart["series"]) or head[0] or "—"
    return ["chart", {
        "svg": svg(chart), "title": chart["title"], "alt": named,
        "table": table | {"widths": column_widths(table)}, **_by(chart),
    }]  # fmt: skip


_LAID: dict[str, tuple[int, Callable[[Node], Node]]] = {
    "chart": (2, lambda node: _drawn(node[1])),
    "fig": (2, lambda node: ["fig", node[1] | _by(node[1])]),
    "formula": (2, _laid_formula),
    "table": (2, _laid_table),
    "cite": (5, lambda node: ["cite", *node[2:]]),
    "note": (2, lambda node: ["note", [_only_words(block) for block in node[1]]]),
}
"""Nodes that the template reads otherwise than they are, each with its length."""


def _by(held: dict[str, Any]) -> dict[str, str]:
    """The line by a table or picture that is numbered, and its place."""
    return {"by": captioned(held), "place": held["place"]} if held.get("number") else {}


def _said(words_: str) -> dict[str, Any]:
    return {"rows": 1, "cols": 1, "blocks": [["p", [["s", words_]]]] if words_ else []}


def _only_words(block: Node) -> Node:
    """A note is set in paragraphs only."""
    return block if block[0] == "p" else ["p", [["s", words([block])]]]


def _breakable(value: Any) -> Any:
    """Clean every string and let very long words break: the template puts an empty box for the
    mark, so that what is copied from the page holds no blank."""
    if isinstance(value, str):
        return _LONG.sub(_with_gaps, shown(value).replace("\t", TAB))
    if isinstance(value, dict):
        return {
            key: part
            if key in ("svg", "file")
            else part and qr_svg(part)
            if key == "qr-of"
            else _breakable(part)
            for key, part in value.items()
        }
    if isinstance(value, (list, tuple)):
        if len(value) == 3 and value[0] == "a":
            bare = value[2] == [["s", value[1]]]
            return [*value[:2], [["s", _address(value[1])]] if bare else _breakable(value[2])]
        return [_breakable(part) for part in value]
    return value


def _with_gaps(found: re.Match[str]) -> str:
    word = found.group(0)
    return "\u200b".join(word[at : at + _SLICE] for at in range(0, len(word), _SLICE))


def _address(url: str) -> str:
    """An address that may break after any two characters: a line of few words before a long one
    would otherwise be spread wide."""
    return _PAIRS.sub("\\g<0>\u200b", url)
