"""A paper as a Word file: real styles, East-Asian fonts, written by Pandoc from the closed tree."""

import json
import tempfile
from base64 import b64encode
from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Any

from keti.kernel.refusals import Refused

from . import docx_doc
from .bulk import bulk
from .docx_reference import look_of, reference
from .docx_rows import kept_whole
from .headings import chapter_label, labelled
from .nodes import Node, text_width
from .pandoc import run
from .paper import FORMS, Paper, file_day
from .qr import qr_png
from .tree import Reader, column_widths, sources, trees
from .typed import shown
from .word_styles import HEAD_NUMBER
from .words import WORDS

API = [1, 23, 1, 1]
_MARKS = {
    "em": "Emph",
    "b": "Strong",
    "u": "Underline",
    "del": "Strikeout",
    "sub": "Subscript",
    "sup": "Superscript",
}
ROOMY, ROW_WIDE = 8, 30
"""A sheet with fewer lines of facts than this, each so many characters wide, has a high box."""
_PAGE = {"t": "RawBlock", "c": ["openxml", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>']}
_TAB = {"t": "RawInline", "c": ["openxml", "<w:r><w:tab/></w:r>"]}
_NO_ATTRIBUTES: list[Any] = ["", [], []]
_RULED: list[Any] = ["", [], [["custom-style", "Ruled"]]]


def to_docx(paper: Paper) -> bytes:
    """The paper as docx; it opens in Word, WPS and LibreOffice and can be edited there.

    A text that cannot be set stands as it was typed.
    """
    try:
        return _written(paper, trees)
    except (Refused, RecursionError):
        return _written(paper, sources)


def _written(paper: Paper, read: Reader) -> bytes:
    laid = read([paper.body, *(chapter.body for chapter in paper.chapters)])
    blocks = _document(paper, lambda _bodies: laid)
    document = {"pandoc-api-version": API, "meta": {}, "blocks": blocks}
    epoch = int(datetime.combine(file_day(paper), time(0), UTC).timestamp())
    with tempfile.NamedTemporaryFile(suffix=".docx") as styles:
        styles.write(reference(look_of(paper.kind), paper.lang, paper.demo, bulk(paper)))
        styles.flush()
        arguments = ["-f", "json", "-t", "docx", "-o", "-", f"--reference-doc={styles.name}"]
        made = run(arguments, json.dumps(document).encode(), epoch=epoch)
    return docx_doc.completed(kept_whole(made, _whole(paper, laid)), laid)


def _whole(paper: Paper, laid: list[list[Node]]) -> list[bool]:
    """Which rows of the ruled tables of a form stay on their page, in their order."""
    if paper.kind not in FORMS:
        return []
    tables = [one[1] for one in laid[0] if one[0] == "table" and "ruled" in one[1]]
    rows = [row for table in tables for row in (*table["head"], *table["body"])]
    return [not any(cell["tall"] for cell in row) for row in rows]


def _document(paper: Paper, read: Reader) -> list[Any]:
    say = WORDS[paper.lang]
    body, *chapters = read([paper.body, *(chapter.body for chapter in paper.chapters)])
    report = paper.kind == "report"
    out = _cover(paper) if report else _head(paper)
    if not report:
        out += _facts(paper.facts)
    out += raised(labelled(body, paper.lang))
    for place, (chapter, blocks) in enumerate(zip(paper.chapters, chapters, strict=True), 1):
        label = chapter_label(chapter.title, place, paper.lang)
        title = f"{label}　{chapter.title}" if label else chapter.title
        out.append(_heading(1, title))
        if chapter.authors:
            out.append(_styled("Quiet", f"{say['authors']}{say['sep'].join(chapter.authors)}"))
        out += raised(labelled(blocks, paper.lang, under=place))
    out += _roll(paper)
    if paper.kind in FORMS:
        return out
    return out + (_imprint(paper) if report and bulk(paper) != "short" else _foot(paper))


def _cover(paper: Paper) -> list[Any]:
    short = bulk(paper) == "short"
    lines = [("Letterhead", paper.issuer), ("PaperNumber", paper.number)]
    lines += [("Title" if short else "CoverTitle", paper.title), ("Subtitle", paper.subtitle)]
    out = [_styled(style, text) for style, text in lines if text]
    out += _facts(paper.facts)
    if short:
        return out
    under = [paper.signatory or paper.issuer, paper.date]
    out += [_styled("CoverFoot", text) for text in under if text]
    return [*out, _PAGE]


def _head(paper: Paper) -> list[Any]:
    if paper.kind in FORMS:
        return _filled(paper)
    lines = [("Letterhead", paper.issuer), ("PaperNumber", paper.number)]
    if paper.kind == "sheet":
        who = WORDS[paper.lang]["handed"] + paper.issuer if paper.issuer else ""
        right = "　".join(one for one in (who, paper.number, paper.date) if one)
        lines = [("Letterhead", WORDS[paper.lang]["sheet"]), ("PaperNumber", right)]
    lines += [("Title", paper.title), ("Subtitle", paper.subtitle), ("Strong", paper.conclusion)]
    return [_styled(style, text) for style, text in lines if text]


def _filled(paper: Paper) -> list[Any]:
    """The head of a form: its title, and one line of who at the left, number and date at the
    right."""
    out = [_styled("Title", paper.title)]
    out += [_styled("Subtitle", paper.subtitle)] if paper.subtitle else []
    right = "　　".join(one for one in (paper.number, paper.date) if one)
    if not (paper.issuer or right):
        return out
    line = [{"t": "Str", "c": shown(paper.issuer)}, _TAB, {"t": "Str", "c": shown(right)}]
    return [*out, _div("FormLine", [{"t": "Para", "c": line}])]


def _facts(facts: Iterable[tuple[str, str]]) -> list[Any]:
    rows = [
        [_cell([_styled("Quiet", label)]), _cell([_styled("Compact", value)])]
        for label, value in facts
    ]
    return [_table([], rows, [0.24, 0.76], ["AlignLeft", "AlignLeft"], [])] if rows else []


def _roll(paper: Paper) -> list[Any]:
    report = paper.kind == "report"
    out = [_heading(1, WORDS[paper.lang]["roll"])] if report and paper.roll else []
    for group in paper.roll:
        out.append(_heading(2 if report else 1, group.title))
        out += [_styled("Compact", entry) for entry in group.entries]
    return out


def _imprint(paper: Paper) -> list[Any]:
    say = WORDS[paper.lang]
    out = [_heading(1, say["imprint"])]
    printed = (
        (say["title"], paper.title),
        (say["number"], paper.number),
        (say["issuer"], paper.issuer),
        (say["date"], paper.date),
    )
    out += _facts((label, value) for label, value in printed if value)
    if paper.demo:
        out.append(_styled("Quiet", say["demo_note"]))
    return out + _checkpoint(paper)


def _foot(paper: Paper) -> list[Any]:
    if paper.kind == "sheet":
        return _decided_here(paper)
    say = WORDS[paper.lang]
    lines: list[tuple[str, str]] = []
    seal = f"（{say['seal']}）" if paper.seal_place and not paper.parties else ""
    if paper.signatory or not paper.parties:
        lines += [("Signature", paper.signatory), ("Signature", paper.date), ("Signature", seal)]
    if paper.kind == "report" and paper.demo:
        lines.append(("Quiet", say["demo_note"]))
    written = [_styled(style, text) for style, text in lines if text]
    return _parties(paper) + written + _checkpoint(paper)


def _decided_here(paper: Paper) -> list[Any]:
    """The foot of a sign-off sheet: the box in which is decided, what on, where it goes back."""
    say = WORDS[paper.lang]
    choices = paper.choices or (say["agree"], say["return"])
    box = [
        _styled("Strong", say["opinion"]),
        _styled("Compact", "　　".join(f"□ {one}" for one in choices)),
        *[_styled("Compact", "")] * (8 if _height(paper) < ROOMY else 3),
        _styled("Compact", f"{say['sign_here']}　　　　　　　　　　　　{say['date_here']}"),
    ]
    lines = [say["version"] + paper.version if paper.version else "", say["return_hint"], paper.qr]
    under = [_styled("Quiet", text) for text in lines if text]
    return [_framed([[_cell(box)]], 1), *under, *_checkpoint(paper)]


def _height(paper: Paper) -> int:
    """About how many lines the facts above the box take."""
    return sum(1 + int(text_width(value)) // ROW_WIDE for _label, value in paper.facts)


def _parties(paper: Paper) -> list[Any]:
    """Where each party signs, two beside each other."""
    if not paper.parties:
        return []
    say = WORDS[paper.lang]
    cells = [
        _cell([
            _styled("Strong", party),
            _styled("SignHere", say["sign_here"]),
            _styled("Compact", say["date_here"]),
        ])
        for party in paper.parties
    ]  # fmt: skip
    if len(cells) % 2 and len(cells) > 1:
        cells.append(_cell([_styled("Compact", "")]))
    across = min(len(cells), 2)
    rows = [cells[at : at + across] for at in range(0, len(cells), across)]
    return [_styled("Compact", ""), _framed(rows, across)]


def _framed(rows: list[Any], across: int) -> Any:
    """A ruled table of a few boxes of like width."""
    made = _table([], rows, [1 / across] * across, ["AlignLeft"] * across, [])
    made["c"][0] = _RULED
    return made


def _checkpoint(paper: Paper) -> list[Any]:
    if not paper.checkpoint.strip():
        return []
    title = _styled("Quiet", WORDS[paper.lang]["checkpoint"])
    return [title, {"t": "CodeBlock", "c": [_NO_ATTRIBUTES, shown(paper.checkpoint)]}]


def _styled(style: str, text: str) -> Any:
    inlines: list[Any] = []
    for place, line in enumerate(shown(text).split("\n")):
        inlines += [{"t": "LineBreak"}] if place else []
        inlines.append({"t": "Str", "c": line})
    return _div(style, [{"t": "Para", "c": inlines}])


def _heading(level: int, text: str) -> Any:
    return {"t": "Header", "c": [level, _NO_ATTRIBUTES, [{"t": "Str", "c": shown(text)}]]}


def raised(blocks: Iterable[Node]) -> list[Any]:
    """The closed tree as Pandoc's own tree again."""
    return [made for block in blocks for made in _made(block)]


def _made(node: Node) -> list[Any]:
    """One block as Pandoc's; points become paragraphs with their marks as typed."""
    if node[0] == "points":
        level = node[2] if len(node) > 2 else 1
        style = "Points" if level == 1 else f"Points {level}"
        return [_div(style, [{"t": "Para", "c": _in(item)}]) for item in node[1]]
    if node[0] in ("fig", "chart", "formula"):
        return [docx_doc.block(node)]
    return [_block(node)]


def _div(style: str, blocks: list[Any]) -> Any:
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], blocks]}


def _block(node: Node) -> Any:
    kind = node[0]
    if kind == "h":
        number = {"t": "Str", "c": f"{node[2]} " if node[2].isascii() else node[2]}
        label = [{"t": "Span", "c": [["", [], [["custom-style", HEAD_NUMBER]]], [number]]}]
        return {"t": "Header", "c": [node[1], _NO_ATTRIBUTES, label * bool(node[2]) + _in(node[3])]}
    if kind in ("ul", "ol"):
        items = [raised(item) for item in node[-1]]
        numbers = [[node[1], {"t": "Decimal"}, {"t": "Period"}], items]
        if kind == "ul":
            return {"t": "BulletList", "c": items}
        return {"t": "OrderedList", "c": numbers}
    return _plain_block(kind, node)


def _plain_block(kind: str, node: Node) -> Any:
    if kind in ("p", "line"):
        return {"t": "Para", "c": _in(node[1])}
    if kind == "quote":
        return {"t": "BlockQuote", "c": raised(node[1])}
    if kind == "code":
        return {"t": "CodeBlock", "c": [_NO_ATTRIBUTES, shown(node[1])]}
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
    head = [
        [_raised_cell(cell if table.get("own") else _bold(cell)) for cell in row]
        for row in table["head"]
    ]
    body = [[_raised_cell(cell) for cell in row] for row in table["body"]]
    widths = column_widths(table)
    shares = [width / sum(widths) for width in widths]
    return _table(head, body, shares, aligns, _in(table["caption"]))


def _ruled_table(table: dict[str, Any]) -> Any:
    """A table as official forms have it: every box ruled, labels in the middle."""
    head = [[_box(cell) for cell in row] for row in table["head"]]
    body = [[_box(cell) for cell in row] for row in table["body"]]
    widths = column_widths(table)
    shares = [width / sum(widths) for width in widths]
    made = _table(head, body, shares, ["AlignDefault"] * len(widths), [])
    made["c"][0] = _RULED
    return made


def _box(cell: dict[str, Any]) -> Any:
    """One box; an empty one holds an empty line, as a row of nothing would be too low to write."""
    style = "Label" if cell["label"] else "Compact"
    blocks = [_div(style, [{"t": "Para", "c": _in(one[1])}]) for one in cell["blocks"]]
    blocks += [_styled(style, "")] * (cell["room"] or (not blocks))
    if cell["qr-of"]:
        blocks.append(_div(style, [{"t": "Para", "c": [_code(cell["qr-of"])]}]))
    if cell["sign"]:
        blocks.append(_styled("SignedAt", cell["sign"]))
    return _cell(blocks, cell["rows"], cell["cols"])


def _code(address: str) -> Any:
    """An address as a QR code, 26 mm wide."""
    picture = f"data:image/png;base64,{b64encode(qr_png(address)).decode()}"
    size = ["", [], [["width", "26mm"]]]
    return {"t": "Image", "c": [size, [{"t": "Str", "c": "QR"}], [picture, ""]]}


def _bold(cell: dict[str, Any]) -> dict[str, Any]:
    blocks = [["p", [["b", block[1]]]] if block[0] == "p" else block for block in cell["blocks"]]
    return cell | {"blocks": blocks}


def _raised_cell(cell: dict[str, Any]) -> Any:
    blocks = [
        made
        for block in cell["blocks"]
        for made in ([{"t": "Plain", "c": _in(block[1])}] if block[0] == "p" else raised([block]))
    ]
    return _cell(blocks, cell["rows"], cell["cols"])


def _cell(blocks: list[Any], rows: int = 1, columns: int = 1) -> Any:
    return [_NO_ATTRIBUTES, {"t": "AlignDefault"}, rows, columns, blocks]


def _table(
    head: list[Any], body: list[Any], widths: list[float], aligns: list[str], said: list[Any]
) -> Any:
    columns = [
        [{"t": align}, {"t": "ColWidth", "c": width}]
        for align, width in zip(aligns, widths, strict=True)
    ]
    caption = [None, [{"t": "Plain", "c": said}] if said else []]
    top = [_NO_ATTRIBUTES, [[_NO_ATTRIBUTES, row] for row in head]]
    rows = [_NO_ATTRIBUTES, 0, [], [[_NO_ATTRIBUTES, row] for row in body]]
    foot: list[Any] = [_NO_ATTRIBUTES, []]
    return {"t": "Table", "c": [_NO_ATTRIBUTES, caption, columns, top, [rows], foot]}


def _in(inlines: Iterable[Node]) -> list[Any]:
    return [part for node in inlines for part in _inline(node)]


def _words(text: str) -> list[Any]:
    """Words as they are, a tab between them as Word has it."""
    made = ((_TAB, {"t": "Str", "c": part}) for part in text.split("\t"))
    return [one for pair in made for one in pair][1:]


def _inline(node: Node) -> list[Any]:
    kind = node[0]
    if kind == "s":
        return _words(shown(node[1]).replace("\n", " "))
    if kind in _MARKS:
        return [{"t": _MARKS[kind], "c": _in(node[1])}]
    if kind == "code":
        return [{"t": "Code", "c": [_NO_ATTRIBUTES, shown(node[1])]}]
    if kind == "br":
        return [{"t": "LineBreak"}]
    if kind == "note":
        return [{"t": "Note", "c": raised(node[1])}]
    if kind in ("formula", "ins", "cut", "remark"):
        return docx_doc.inline(node, _in)
    if node[1].startswith(("http", "mailto")):
        return [{"t": "Link", "c": [_NO_ATTRIBUTES, _in(node[2]), [node[1], ""]]}]
    return _in(node[2])
