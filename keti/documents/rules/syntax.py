"""The reader's own tree of a text in the old dialect (`md/1`) as blocks of the closed tree."""

from collections.abc import Callable, Sequence
from typing import Any

from .dialect import between_lines
from .nodes import Node, safe_id, safe_link, words

DEEPEST = 12
_ALIGN = {"AlignLeft": "left", "AlignRight": "right", "AlignCenter": "center"}
_MARKS = {
    "Emph": "em",
    "Strong": "b",
    "Underline": "u",
    "Strikeout": "del",
    "Superscript": "sup",
    "Subscript": "sub",
}


def read_blocks(nodes: Sequence[Any]) -> list[Node]:
    """The blocks of one text; what is nested beyond sense keeps its words alone."""
    return _blocks(nodes, 0)


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
