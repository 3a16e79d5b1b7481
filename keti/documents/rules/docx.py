"""A paper as a Word file: real styles, East-Asian fonts, written by Pandoc from the closed tree."""

import json
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Any

from keti.kernel.refusals import Refused

from .bulk import bulk
from .docx_reference import reference
from .headings import chapter_label, labelled
from .nodes import Node
from .pandoc import run
from .paper import Paper, file_day
from .tree import Reader, column_widths, sources, trees
from .typed import shown
from .words import WORDS

_API = [1, 23, 1, 1]
_MARKS = {
    "em": "Emph",
    "b": "Strong",
    "u": "Underline",
    "del": "Strikeout",
    "sub": "Subscript",
    "sup": "Superscript",
}
_PAGE = {"t": "RawBlock", "c": ["openxml", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>']}
_NO_ATTRIBUTES: list[Any] = ["", [], []]


def to_docx(paper: Paper) -> bytes:
    """The paper as docx; it opens in Word, WPS and LibreOffice and can be edited there.

    A text that cannot be set stands as it was typed.
    """
    try:
        return _written(paper, trees)
    except (Refused, RecursionError):
        return _written(paper, sources)


def _written(paper: Paper, read: Reader) -> bytes:
    document = {"pandoc-api-version": _API, "meta": {}, "blocks": _document(paper, read)}
    epoch = int(datetime.combine(file_day(paper), time(0), UTC).timestamp())
    with tempfile.NamedTemporaryFile(suffix=".docx") as styles:
        styles.write(reference(paper.kind == "report", paper.lang, paper.demo, bulk(paper)))
        styles.flush()
        arguments = ["-f", "json", "-t", "docx", "-o", "-", f"--reference-doc={styles.name}"]
        return run(arguments, json.dumps(document).encode(), epoch=epoch)


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
    say = WORDS[paper.lang]
    lines = [("Letterhead", paper.issuer), ("PaperNumber", paper.number)]
    if paper.kind == "sheet":
        lines.insert(0, ("Letterhead", say["sheet"]))
    lines += [("Title", paper.title), ("Subtitle", paper.subtitle), ("Strong", paper.conclusion)]
    return [_styled(style, text) for style, text in lines if text]


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
    say = WORDS[paper.lang]
    lines: list[tuple[str, str]] = []
    if paper.kind == "sheet":
        choices = paper.choices or (say["agree"], say["return"])
        lines.append(("Strong", f"{say['opinion']}　" + "　　".join(f"□ {c}" for c in choices)))
        lines += [("Compact", say["sign_here"]), ("Compact", say["date_here"])]
        lines.append(("Quiet", f"{say['version']}{paper.version}" if paper.version else ""))
        lines.append(("Quiet", paper.qr))
    for party in paper.parties:
        lines += [("Strong", party), ("SignHere", say["sign_here"]), ("Compact", say["date_here"])]
    seal = f"（{say['seal']}）" if paper.seal_place and not paper.parties else ""
    if paper.signatory or not paper.parties:
        lines += [("Signature", paper.signatory), ("Signature", paper.date), ("Signature", seal)]
    if paper.kind == "report" and paper.demo:
        lines.append(("Quiet", say["demo_note"]))
    return [_styled(style, text) for style, text in lines if text] + _checkpoint(paper)


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
        return [_div("Points", [{"t": "Para", "c": _in(item)}]) for item in node[1]]
    return [_block(node)]


def _div(style: str, blocks: list[Any]) -> Any:
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], blocks]}


def _block(node: Node) -> Any:
    kind = node[0]
    if kind == "h":
        label = [{"t": "Str", "c": f"{node[2]} " if node[2].isascii() else node[2]}]
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
    sides = {"left": "AlignLeft", "right": "AlignRight", "center": "AlignCenter"}
    aligns = [sides.get(side, "AlignDefault") for side in table["aligns"]]
    head = [[_raised_cell(_bold(cell)) for cell in row] for row in table["head"]]
    body = [[_raised_cell(cell) for cell in row] for row in table["body"]]
    widths = column_widths(table)
    shares = [width / sum(widths) for width in widths]
    return _table(head, body, shares, aligns, _in(table["caption"]))


def _bold(cell: dict[str, Any]) -> dict[str, Any]:
    blocks = [["p", [["b", block[1]]]] if block[0] == "p" else block for block in cell["blocks"]]
    return cell | {"blocks": blocks}


def _raised_cell(cell: dict[str, Any]) -> Any:
    blocks = [
        {"t": "Plain", "c": _in(block[1])} if block[0] == "p" else _block(block)
        for block in cell["blocks"]
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


def _inline(node: Node) -> list[Any]:
    kind = node[0]
    if kind == "s":
        return [{"t": "Str", "c": shown(node[1]).replace("\n", " ")}]
    if kind in _MARKS:
        return [{"t": _MARKS[kind], "c": _in(node[1])}]
    if kind == "code":
        return [{"t": "Code", "c": [_NO_ATTRIBUTES, shown(node[1])]}]
    if kind == "br":
        return [{"t": "LineBreak"}]
    if kind == "note":
        return [{"t": "Note", "c": raised(node[1])}]
    if node[1].startswith(("http", "mailto")):
        return [{"t": "Link", "c": [_NO_ATTRIBUTES, _in(node[2]), [node[1], ""]]}]
    return _in(node[2])
