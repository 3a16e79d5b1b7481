"""The closed tree as Pandoc's: blocks and runs of a text as they go into a Word file."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from . import docx_doc, docx_fields
from .nodes import Node
from .qr import qr_png
from .tree import column_widths
from .typed import shown
from .word_styles import HEAD_NUMBER, PLAIN

_MARKS = {
    "em": "Emph",
    "b": "Strong",
    "u": "Underline",
    "del": "Strikeout",
    "sub": "Subscript",
    "sup": "Superscript",
}
TAB = {"t": "RawInline", "c": ["openxml", "<w:r><w:tab/></w:r>"]}
_SIGNS = {"\t": "tab", "\xad": "softHyphen", "\u2011": "noBreakHyphen"}
_APART = re.compile("([\t\xad\u2011])")
_LOOKS = {
    "b": "<w:b/>", "em": "<w:i/>", "del": "<w:strike/>", "u": '<w:u w:val="single"/>',
    "sub": '<w:vertAlign w:val="subscript"/>', "sup": '<w:vertAlign w:val="superscript"/>',
}  # fmt: skip
"""How a run that is no word of Pandoc's looks, in the order Word wants."""
NO_ATTRIBUTES: list[Any] = ["", [], []]
HEAD = "Table Head"
"""The paragraph style of what stands in the head of a table."""
SIDES = 4
"""Millimetres left and right of what stands in a cell."""
RULED: list[Any] = ["", [], [["custom-style", "Ruled"]]]


def styled(style: str, text: str) -> Any:
    inlines: list[Any] = []
    for place, line in enumerate(shown(text).split("\n")):
        inlines += [{"t": "LineBreak"}] if place else []
        inlines.append({"t": "Str", "c": line})
    return div(style, [{"t": "Para", "c": inlines}])


def heading(level: int, text: str) -> Any:
    return {"t": "Header", "c": [level, NO_ATTRIBUTES, [{"t": "Str", "c": shown(text)}]]}


def raised(blocks: Iterable[Node]) -> list[Any]:
    """The closed tree as Pandoc's own tree again."""
    return [made for block in blocks for made in _made(block)]


def _made(node: Node) -> list[Any]:
    """One block as Pandoc's; points become paragraphs with their marks as typed."""
    if node[0] == "points":
        level = node[2] if len(node) > 2 else 1
        style = "Points" if level == 1 else f"Points {level}"
        return [div(style, [{"t": "Para", "c": _in(item)}]) for item in node[1]]
    if node[0] in ("fig", "chart", "formula"):
        return [docx_doc.block(node), *_caption("Image Caption", node[1])]
    return [*(_caption("Table Caption", node[1]) if node[0] == "table" else []), _block(node)]


def _caption(style: str, held: dict[str, Any]) -> list[Any]:
    """The line by a picture or table that has a number."""
    if not held.get("number"):
        return []
    return [div(style, [{"t": "Para", "c": docx_fields.caption(held)}])]


def div(style: str, blocks: list[Any]) -> Any:
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], blocks]}


def _block(node: Node) -> Any:
    kind = node[0]
    if kind == "h":
        number = {"t": "Str", "c": f"{node[2]} " if node[2].isascii() else node[2]}
        label = [{"t": "Span", "c": [["", [], [["custom-style", HEAD_NUMBER]]], [number]]}]
        inner = docx_fields.marked(node[4] if len(node) > 4 else "", _in(node[3]))
        return {"t": "Header", "c": [node[1], NO_ATTRIBUTES, label * bool(node[2]) + inner]}
    if kind in ("ul", "ol"):
        items = [raised(item) for item in node[-1]]
        numbers = [[node[1], {"t": "Decimal"}, {"t": "Period"}], items]
        if kind == "ul":
            return {"t": "BulletList", "c": items}
        return {"t": "OrderedList", "c": numbers}
    return _plain_block(kind, node)


def _plain_block(kind: str, node: Node) -> Any:
    if kind in ("p", "line"):
        made = {"t": "Para", "c": _in(node[1])}
        if node[2:] == ["caption"]:
            return div("Typed Caption", [made])
        return div(PLAIN, [made]) if node[1] and all(one[0] == "b" for one in node[1]) else made
    if kind == "quote":
        return {"t": "BlockQuote", "c": raised(node[1])}
    if kind == "code":
        return {"t": "CodeBlock", "c": [NO_ATTRIBUTES, shown(node[1])]}
    if kind == "dl":
        items = [[_in(term), [raised(meaning)]] for term, meaning in node[1]]
        return {"t": "DefinitionList", "c": items}
    if kind == "table":
        return _raised_table(node[1])
    return {"t": "HorizontalRule"}


def _raised_table(table: dict[str, Any]) -> Any:
    if table.get("ruled"):
        return _ruled_table(table)
    sides = {"left": "AlignLeft", "right": "AlignRight", "center": "AlignCenter"}
    aligns = [sides.get(side, "AlignDefault") for side in table["aligns"]]
    widths = column_widths(table)
    shares = [width / sum(widths) for width in widths]
    head = [[_raised_cell(one, HEAD) for one in row] for row in _fitted(table["head"], shares)]
    body = [[_raised_cell(one) for one in row] for row in _fitted(table["body"], shares)]
    return as_table(head, body, shares, aligns, _in(table["caption"]))


def _ruled_table(table: dict[str, Any]) -> Any:
    """A table as official forms have it: every box ruled, labels in the middle."""
    head = [[_box(cell) for cell in row] for row in table["head"]]
    body = [[_box(cell) for cell in row] for row in table["body"]]
    widths = column_widths(table)
    shares = [width / sum(widths) for width in widths]
    made = as_table(head, body, shares, ["AlignDefault"] * len(widths), [])
    made["c"][0] = RULED
    return made


def _box(cell: dict[str, Any]) -> Any:
    """One box; an empty one holds an empty line, as a row of nothing would be too low to write."""
    style = "Label" if cell["label"] else "Compact"
    blocks = [div(style, [{"t": "Para", "c": _in(one[1])}]) for one in cell["blocks"]]
    blocks += [styled(style, "")] * (cell["room"] or (not blocks))
    if cell["qr-of"]:
        blocks.append(div(style, [{"t": "Para", "c": [_code(cell["qr-of"])]}]))
    if cell["sign"]:
        blocks.append(styled("SignedAt", cell["sign"]))
    return as_cell(blocks, cell["rows"], cell["cols"])


def _code(address: str) -> Any:
    """An address as a QR code, 26 mm wide."""
    picture = f"data:image/png;base64,{b64encode(qr_png(address)).decode()}"
    size = ["", [], [["width", "26mm"]]]
    return {"t": "Image", "c": [size, [{"t": "Str", "c": "QR"}], [picture, ""]]}


def _fitted(rows: list[Any], shares: list[float]) -> Iterator[list[dict[str, Any]]]:
    """The rows of a table with their pictures no wider than the cells they stand in."""
    down = [0] * len(shares)
    for row in rows:
        at, made = 0, []
        for cell in row:
            while at < len(down) and down[at]:
                at += 1
            room = round(sum(shares[at : at + cell["cols"]]) * docx_doc.LINE) - SIDES
            made.append(cell | {"blocks": [_within(one, room) for one in cell["blocks"]]})
            down[at : at + cell["cols"]] = [cell["rows"]] * cell["cols"]
            at += cell["cols"]
        down = [max(left - 1, 0) for left in down]
        yield made


def _within(block: Node, room: int) -> Node:
    """A picture no wider than this many millimetres; any other block as it is."""
    if block[0] != "fig":
        return block
    return ["fig", block[1] | {"wide": max(min(block[1]["wide"], room), 1)}]


def _raised_cell(cell: dict[str, Any], style: str = "") -> Any:
    blocks: list[Any] = []
    for block in cell["blocks"]:
        plain = {"t": "Plain", "c": _in(block[1])} if block[0] == "p" else None
        if plain and style:
            blocks.append(div(style, [plain | {"t": "Para"}]))
        else:
            blocks += [plain] if plain else raised([block])
    return as_cell(blocks, cell["rows"], cell["cols"])


def as_cell(blocks: list[Any], rows: int = 1, columns: int = 1) -> Any:
    return [NO_ATTRIBUTES, {"t": "AlignDefault"}, rows, columns, blocks]


def as_table(
    head: list[Any], body: list[Any], widths: list[float], aligns: list[str], said: list[Any]
) -> Any:
    columns = [
        [{"t": align}, {"t": "ColWidth", "c": width}]
        for align, width in zip(aligns, widths, strict=True)
    ]
    caption = [None, [{"t": "Plain", "c": said}] if said else []]
    top = [NO_ATTRIBUTES, [[NO_ATTRIBUTES, row] for row in head]]
    rows = [NO_ATTRIBUTES, 0, [], [[NO_ATTRIBUTES, row] for row in body]]
    foot: list[Any] = [NO_ATTRIBUTES, []]
    return {"t": "Table", "c": [NO_ATTRIBUTES, caption, columns, top, [rows], foot]}


def _in(inlines: Iterable[Node], marks: tuple[str, ...] = ()) -> list[Any]:
    parts = [part for node in inlines for part in _inline(node, marks)]
    return docx_doc.remarks_once(parts)


def _sign(name: str, marks: tuple[str, ...]) -> Any:
    """A tab or the end of a line that looks like the words around it: places to fill in are tabs
    with a rule below."""
    looks = "".join(look for mark, look in _LOOKS.items() if mark in marks)
    props = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    return {"t": "RawInline", "c": ["openxml", f"<w:r>{props}<w:{name}/></w:r>"]}


def _words(text: str, marks: tuple[str, ...] = ()) -> list[Any]:
    """Words as they are; tabs and the hyphens that are no letters as Word has them."""
    return [
        ({"t": "Str", "c": part} if place % 2 == 0 else _sign(_SIGNS[part], marks))
        for place, part in enumerate(_APART.split(text))
        if part or text == ""
    ]


def _inline(node: Node, marks: tuple[str, ...] = ()) -> list[Any]:
    kind = node[0]
    if kind == "s":
        return _words(shown(node[1]).replace("\n", " "), marks)
    if kind == "br" and marks:
        return [_sign("br", marks)]
    if kind in _MARKS:
        return [{"t": _MARKS[kind], "c": _in(node[1], (*marks, kind))}]
    made = _SIMPLE.get(kind)
    if made is not None:
        return made(node)
    if kind in ("formula", "ins", "cut", "remark"):
        return docx_doc.inline(node, _in)
    if node[1].startswith(("http", "mailto")):
        return [{"t": "Link", "c": [NO_ATTRIBUTES, _in(node[2]), [node[1], ""]]}]
    return _in(node[2])


_SIMPLE: dict[str, Callable[[Node], list[Any]]] = {
    "code": lambda node: [{"t": "Code", "c": [NO_ATTRIBUTES, shown(node[1])]}],
    "br": lambda _node: [{"t": "LineBreak"}],
    "note": lambda node: [{"t": "Note", "c": raised(node[1])}],
    "cite": lambda node: docx_fields.citation(*node[1:]),
    "to": lambda node: docx_fields.reference(*node[1:]),
}


def facts_table(facts: Iterable[tuple[str, str]]) -> list[Any]:
    """A table of two columns: what is told, and what it is."""
    rows = [
        [as_cell([styled("Quiet", label)]), as_cell([styled("Compact", value)])]
        for label, value in facts
    ]
    return [as_table([], rows, [0.24, 0.76], ["AlignLeft", "AlignLeft"], [])] if rows else []
