"""A small, closed form of a text: what is not in this list cannot reach any page or file.

Blocks:  ["p", inlines] ["line", inlines] (a paragraph close under the last) ["points", [inlines]]
         (a list with its marks as typed) ["h", level, id, inlines] ["ul", items]
         ["ol", start, items] ["quote", blocks] ["code", text] ["hr"]
         ["dl", [[inlines, blocks], ...]]
         ["table", {"caption", "aligns", "head", "body"}], a row a list of cells
         {"rows", "cols", "blocks"}
Inlines: ["s", text] ["em", inlines] ["b", ...] ["u", ...] ["del", ...] ["sub", ...]
         ["sup", ...] ["code", text] ["a", url, inlines] ["br"] ["note", blocks]
"""

import re
from collections.abc import Callable, Sequence
from math import sqrt
from typing import Any, TypeAlias

from keti.kernel.refusals import Refused

from . import typed
from .dialect import between_lines
from .pandoc import syntax_trees
from .written import MARKED, Body, Head, Piece, Points, Written

Node: TypeAlias = list[Any]
Reader: TypeAlias = Callable[[Sequence[Body]], list[list[Any]]]

DEEPEST = 12
_SAFE_LINK = re.compile(r"(?:https?://[^\s/?#]+|mailto:[^\s@]+@)[^\s\x00-\x20\"<>\\^`{|}]*", re.I)
_SITE_LINK = re.compile(r"/(?![/\\])[^\s\x00-\x20\"<>\\^`{|}]*")
_INNER_LINK = re.compile(r"#[\w.:-]{1,200}")
_ID = re.compile(r"[^\w.-]+")
_ALIGN = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center"}
_MARKS = {
    "Emph": "em",
    "Strong": "b",
    "Underline": "u",
    "Strikeout": "del",
    "Superscript": "sup",
    "Subscript": "sub",
}


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
        else:
            blocks = known or typed.tree(part.words)
            out += [
                ["h", min(one[1] + under, 6), *one[2:]] if one[0] == "h" else one for one in blocks
            ]
    return levelled(out)


def _listed(points: Points) -> Node:
    items = [[["p", typed.inlines(typed.shown(one))]] for one in points.lines]
    return ["ol", 1, items] if points.numbered else ["ul", items]


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


def _read(texts: list[str]) -> list[list[Node]]:
    try:
        return [levelled(_blocks(blocks, 0)) for blocks in syntax_trees(texts)]
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
    return [block[0], [["s", first[1].lstrip(" \t\u00a0\u3000")], *rest]]


def safe_link(url: str) -> bool:
    """Only the web, mail, pages of this site and places in this text may be linked."""
    patterns = (_SAFE_LINK, _SITE_LINK, _INNER_LINK)
    return any(pattern.fullmatch(url) for pattern in patterns)


def safe_id(raw: str) -> str:
    return _ID.sub("-", raw)[:80].strip("-")


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


def words(nodes: Sequence[Any]) -> str:
    """The bare words of inlines or blocks, notes left out."""
    out: list[str] = []
    for node in nodes:
        if isinstance(node, list) and node and node[0] == "note":
            continue
        if isinstance(node, list) and len(node) == 2 and node[0] in ("s", "code"):
            out.append(str(node[1]))
        elif isinstance(node, list):
            out.append(words([part for part in node if isinstance(part, list)]))
    return "".join(out)


def column_widths(table: dict[str, Any]) -> list[float]:
    """How wide each column should be against the others, from how much stands in it."""
    widest = [4.0] * len(table["aligns"])
    for row in [*table["head"], *table["body"]]:
        if len(row) == len(widest):
            for column, cell in enumerate(row):
                widest[column] = max(widest[column], text_width(words(cell["blocks"])))
    return [round(sqrt(min(width, 80.0)), 2) for width in widest]


def text_width(text: str) -> float:
    """How many Chinese characters wide a line of text is, about."""
    return sum(1.0 if ord(char) > 0x2E7F else 0.55 for char in text)


def _blocks(nodes: Sequence[Any], depth: int) -> list[Node]:
    out: list[Node] = []
    for node in nodes:
        if depth > DEEPEST:
            out.append(["p", [["s", _raw_words(node)]]])
        else:
            out.extend(_BLOCKS.get(node["t"], _nothing)(node.get("c"), depth))
    return out


def _raw_words(node: Any) -> str:
    """What a reader would still read of something nested beyond reason."""
    out: list[str] = []
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            kind, content = part.get("t"), part.get("c")
            out.append(str(content) if kind == "Str" else " " if kind == "Space" else "")
            waiting.append(None if kind == "Str" else content)
        elif isinstance(part, list):
            waiting.extend(reversed(part))
    return "".join(out)


def _nothing(_content: Any, _depth: int) -> list[Node]:
    return []


def _paragraph(content: Any, depth: int) -> list[Node]:
    inlines = _inlines(content, depth)
    return [["p", inlines]] if inlines else []


def _heading(content: Any, depth: int) -> list[Node]:
    level, attributes, inlines = content
    text = _inlines(inlines, depth)
    if depth or not words(text).strip():
        return [["p", [["b", text]]]] if text else []
    return [["h", level, safe_id(attributes[0]), text]]


def _bullets(content: Any, depth: int) -> list[Node]:
    return [["ul", [_blocks(item, depth + 1) for item in content]]]


def _numbers(content: Any, depth: int) -> list[Node]:
    start = max(0, min(int(content[0][0]), 99_999))
    return [["ol", start, [_blocks(item, depth + 1) for item in content[1]]]]


def _quote(content: Any, depth: int) -> list[Node]:
    return [["quote", _blocks(content, depth + 1)]]


def _code(content: Any, _depth: int) -> list[Node]:
    return [["code", str(content[1])]]


def _rule(_content: Any, _depth: int) -> list[Node]:
    return [["hr"]]


def _inside(content: Any, depth: int) -> list[Node]:
    return _blocks(content[1], depth + 1)


def _figure(content: Any, depth: int) -> list[Node]:
    return _blocks(content[2], depth + 1)


def _lines(content: Any, depth: int) -> list[Node]:
    inlines: list[Node] = []
    for number, line in enumerate(content):
        inlines.extend([["br"]] if number else [])
        inlines.extend(_inlines(line, depth))
    return [["p", inlines]]


def _definitions(content: Any, depth: int) -> list[Node]:
    items = [
        [_inlines(term, depth), [b for one in meanings for b in _blocks(one, depth + 1)]]
        for term, meanings in content
    ]
    return [["dl", items]]


def _table(content: Any, depth: int) -> list[Node]:
    _attributes, caption, columns, head, bodies, foot = content
    rows = [_row(row, depth) for row in head[1]]
    body = [_row(row, depth) for part in bodies for row in [*part[2], *part[3]]]
    body += [_row(row, depth) for row in foot[1]]
    said: list[Node] = []
    for block in _blocks(caption[1], depth + 1):
        said.extend(block[1] if block[0] == "p" else [])
    aligns = [_ALIGN.get(column[0]["t"], "") for column in columns]
    rows = [row for row in rows if row]
    if not rows and not body:
        return []
    return [["table", {"caption": said, "aligns": aligns, "head": rows, "body": body}]]


def _row(row: Any, depth: int) -> list[dict[str, Any]]:
    return [
        {
            "rows": max(1, min(int(cell[2]), 500)),
            "cols": max(1, min(int(cell[3]), 60)),
            "blocks": _blocks(cell[4], depth + 1),
        }
        for cell in row[1]
    ]


_BLOCKS: dict[str, Callable[[Any, int], list[Node]]] = {
    "Para": _paragraph,
    "Plain": _paragraph,
    "Header": _heading,
    "BulletList": _bullets,
    "OrderedList": _numbers,
    "BlockQuote": _quote,
    "CodeBlock": _code,
    "HorizontalRule": _rule,
    "Div": _inside,
    "Figure": _figure,
    "LineBlock": _lines,
    "DefinitionList": _definitions,
    "Table": _table,
}


def _inlines(nodes: Sequence[Any], depth: int) -> list[Node]:
    out: list[Node] = []
    for place, node in enumerate(nodes):
        if node["t"] == "SoftBreak":
            following = nodes[place + 1 : place + 2]
            _add(out, [["s", _break_between(out, following)]])
        elif depth > DEEPEST:
            _add(out, [["s", _raw_words(node)]])
        else:
            _add(out, _inline(node, depth))
    return out


def _add(out: list[Node], more: list[Node]) -> None:
    """Append, keeping runs of plain words in one piece."""
    for node in more:
        if node[0] == "s" and out and out[-1][0] == "s":
            out[-1] = ["s", out[-1][1] + node[1]]
        elif node != ["s", ""]:
            out.append(node)


def _break_between(before: list[Node], after: Sequence[Any]) -> str:
    left, right = words(before)[-1:], _raw_words(list(after))[:1]
    return between_lines(left, right) if left and right else " "


def _inline(node: Any, depth: int) -> list[Node]:
    kind, content = node["t"], node.get("c")
    if kind in _MARKS:
        inner = _inlines(content, depth + 1)
        return [[_MARKS[kind], inner]] if inner else []
    return _INLINES.get(kind, _nothing)(content, depth)


def _string(content: Any, _depth: int) -> list[Node]:
    return [["s", str(content)]]


def _space(_content: Any, _depth: int) -> list[Node]:
    return [["s", " "]]


def _line_break(_content: Any, _depth: int) -> list[Node]:
    return [["br"]]


def _code_word(content: Any, _depth: int) -> list[Node]:
    return [["code", str(content[1])]]


def _plain_span(content: Any, depth: int) -> list[Node]:
    return _inlines(content[1], depth + 1)


def _quoted(content: Any, depth: int) -> list[Node]:
    left, right = ("‘", "’") if content[0]["t"] == "SingleQuote" else ("“", "”")
    return [["s", left], *_inlines(content[1], depth + 1), ["s", right]]


def _link(content: Any, depth: int) -> list[Node]:
    inner = _unlinked(_inlines(content[1], depth + 1))
    url = str(content[2][0]).strip()
    if not safe_link(url):
        return inner
    target = f"#{safe_id(url[1:])}" if url.startswith("#") else url
    return [["a", target, inner or [["s", url]]]]


def _unlinked(inlines: list[Node]) -> list[Node]:
    """Links and notes do not stand inside a link."""
    out: list[Node] = []
    for node in inlines:
        _add(out, node[2] if node[0] == "a" else [] if node[0] == "note" else [node])
    return out


def _picture(content: Any, depth: int) -> list[Node]:
    inner = _inlines(content[1], depth + 1)
    return [["s", "〔"], *inner, ["s", "〕"]] if inner else []


def _note(content: Any, depth: int) -> list[Node]:
    blocks = _blocks(content, depth + 1)
    return [["note", blocks]] if blocks and depth <= DEEPEST else []


_INLINES: dict[str, Callable[[Any, int], list[Node]]] = {
    "Str": _string,
    "Space": _space,
    "LineBreak": _line_break,
    "Code": _code_word,
    "Math": _code_word,
    "Span": _plain_span,
    "SmallCaps": lambda content, depth: _inlines(content, depth + 1),
    "Cite": _plain_span,
    "Quoted": _quoted,
    "Link": _link,
    "Image": _picture,
    "Note": _note,
}
