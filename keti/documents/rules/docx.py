"""A paper as a Word file: real styles, East-Asian fonts, written by Pandoc from the closed tree."""

import json
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Any

from keti.kernel.refusals import Refused

from . import docx_doc, docx_fields, docx_parts
from .bulk import bulk
from .docx_reference import look_of, reference
from .docx_rows import kept_whole
from .docx_tree import NO_ATTRIBUTES, RULED, TAB, as_cell, as_table, div, heading, raised, styled
from .headings import chapter_label, labelled
from .nodes import Node, text_width
from .pandoc import run
from .paper import FORMS, Paper, file_day
from .tree import Reader, sources, trees
from .typed import shown
from .words import WORDS
from .wrapped import wrapped

API = [1, 23, 1, 1]
ROOMY, ROW_WIDE = 8, 30
"""A sheet with fewer lines of facts than this, each so many characters wide, has a high box."""
LETTERHEAD, TITLE = 16.0, 19.0
"""How many Chinese characters stand in a line of a letterhead, and of a title."""
_PAGE = {"t": "RawBlock", "c": ["openxml", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>']}


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
    whole = docx_doc.completed(kept_whole(made, _whole(paper, laid)), laid)
    return docx_parts.finished(whole, shown(paper.title))


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
        out += raised([["h", 1, label, [["s", chapter.title]]]])
        if chapter.authors:
            out.append(styled("Quiet", f"{say['authors']}{say['sep'].join(chapter.authors)}"))
        out += raised(labelled(blocks, paper.lang, under=place))
    out += _references(paper) + _roll(paper)
    if paper.kind in FORMS:
        return out
    out += _imprint(paper) if report and bulk(paper) != "short" else _foot(paper)
    return _with_contents(paper, out) if report and bulk(paper) != "short" else out


def _with_contents(paper: Paper, out: list[Any]) -> list[Any]:
    """The contents behind the cover, each entry leading to its heading."""
    rows: list[tuple[int, str, str]] = []
    for one in out:
        if one["t"] == "Header" and one["c"][0] <= docx_parts.DEEPEST:
            place = f"toc-{len(rows) + 1}"
            level, _attributes, inner = one["c"]
            rows.append((level, _bare(inner), docx_fields.name_of(place)))
            labelled_too = bool(inner) and inner[0]["t"] == "Span"
            head, rest = (inner[:1], inner[1:]) if labelled_too else ([], inner)
            one["c"][2] = [*head, *docx_fields.marked(place, rest)]
    after = [] if bulk(paper) == "long" else [_PAGE]
    at = out.index(_PAGE) + 1
    return [*out[:at], docx_parts.contents(rows, WORDS[paper.lang]["contents"]), *after, *out[at:]]


def _bare(inlines: Any) -> str:
    """The words of runs in Pandoc's tree, without notes and fields; a chapter's number apart."""
    out = ""
    for one in inlines:
        if one["t"] == "Str":
            out += one["c"]
        elif one["t"] in ("Span", "Strong", "Emph", "Underline", "Superscript", "Subscript"):
            said = _bare(one["c"][1] if one["t"] == "Span" else one["c"])
            out += f"{said}　" if said.endswith(("章", "节", "部分")) else said
    return out


def _cover(paper: Paper) -> list[Any]:
    short = bulk(paper) == "short"
    lines = [("Letterhead", paper.issuer), ("PaperNumber", paper.number)]
    lines += [("Title" if short else "CoverTitle", paper.title), ("Subtitle", paper.subtitle)]
    out = [styled(style, text) for style, text in lines if text]
    out += _facts(paper.facts)
    if short:
        return out
    under = [paper.signatory or paper.issuer, paper.date]
    out += [styled("CoverFoot", text) for text in under if text]
    return [*out, _PAGE]


def _head(paper: Paper) -> list[Any]:
    if paper.kind in FORMS:
        return _filled(paper)
    lines = [("Letterhead", wrapped(paper.issuer, LETTERHEAD)), ("PaperNumber", paper.number)]
    if paper.kind == "sheet":
        who = WORDS[paper.lang]["handed"] + paper.issuer if paper.issuer else ""
        right = "　".join(one for one in (who, paper.number, paper.date) if one)
        lines = [("Letterhead", WORDS[paper.lang]["sheet"]), ("PaperNumber", right)]
    lines += [
        ("Title", wrapped(paper.title, TITLE)),
        ("Subtitle", paper.subtitle),
        ("Strong", paper.conclusion),
    ]
    return [styled(style, text) for style, text in lines if text]


def _filled(paper: Paper) -> list[Any]:
    """The head of a form: its title, and one line of who at the left, number and date at the
    right."""
    out = [styled("Title", paper.title)]
    out += [styled("Subtitle", paper.subtitle)] if paper.subtitle else []
    right = "　　".join(one for one in (paper.number, paper.date) if one)
    if not (paper.issuer or right):
        return out
    line = [{"t": "Str", "c": shown(paper.issuer)}, TAB, {"t": "Str", "c": shown(right)}]
    return [*out, div("FormLine", [{"t": "Para", "c": line}])]


def _facts(facts: Iterable[tuple[str, str]]) -> list[Any]:
    rows = [
        [as_cell([styled("Quiet", label)]), as_cell([styled("Compact", value)])]
        for label, value in facts
    ]
    return [as_table([], rows, [0.24, 0.76], ["AlignLeft", "AlignLeft"], [])] if rows else []


def _references(paper: Paper) -> list[Any]:
    """The references in the order they are numbered; what cites one leads here."""
    out = [heading(1, WORDS[paper.lang]["references"])] if paper.references else []
    for place, entry in enumerate(paper.references, 1):
        number = docx_fields.marked(f"ref-{place}", [{"t": "Str", "c": f"[{place}]"}])
        line = [*number, TAB, {"t": "Str", "c": shown(entry)}]
        out.append(div("Reference", [{"t": "Para", "c": line}]))
    return out


def _roll(paper: Paper) -> list[Any]:
    report = paper.kind == "report"
    out = [heading(1, WORDS[paper.lang]["roll"])] if report and paper.roll else []
    for group in paper.roll:
        out.append(heading(2 if report else 1, group.title))
        out += [styled("Compact", entry) for entry in group.entries]
    return out


def _imprint(paper: Paper) -> list[Any]:
    say = WORDS[paper.lang]
    out = [heading(1, say["imprint"])]
    printed = (
        (say["title"], paper.title),
        (say["number"], paper.number),
        (say["issuer"], paper.issuer),
        (say["date"], paper.date),
    )
    out += _facts((label, value) for label, value in printed if value)
    if paper.demo:
        out.append(styled("Quiet", say["demo_note"]))
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
    written = [styled(style, text) for style, text in lines if text]
    return _parties(paper) + written + _checkpoint(paper)


def _decided_here(paper: Paper) -> list[Any]:
    """The foot of a sign-off sheet: the box in which is decided, what on, where it goes back."""
    say = WORDS[paper.lang]
    choices = paper.choices or (say["agree"], say["return"])
    box = [
        styled("Strong", say["opinion"]),
        styled("Compact", "　　".join(f"□ {one}" for one in choices)),
        *[styled("Compact", "")] * (8 if _height(paper) < ROOMY else 3),
        styled("Compact", f"{say['sign_here']}　　　　　　　　　　　　{say['date_here']}"),
    ]
    lines = [say["version"] + paper.version if paper.version else "", say["return_hint"], paper.qr]
    under = [styled("Quiet", text) for text in lines if text]
    return [_framed([[as_cell(box)]], 1), *under, *_checkpoint(paper)]


def _height(paper: Paper) -> int:
    """About how many lines the facts above the box take."""
    return sum(1 + int(text_width(value)) // ROW_WIDE for _label, value in paper.facts)


def _parties(paper: Paper) -> list[Any]:
    """Where each party signs, two beside each other."""
    if not paper.parties:
        return []
    say = WORDS[paper.lang]
    cells = [
        as_cell([
            styled("Strong", party),
            styled("SignHere", say["sign_here"]),
            styled("Compact", say["date_here"]),
        ])
        for party in paper.parties
    ]  # fmt: skip
    if len(cells) % 2 and len(cells) > 1:
        cells.append(as_cell([styled("Compact", "")]))
    across = min(len(cells), 2)
    rows = [cells[at : at + across] for at in range(0, len(cells), across)]
    return [styled("Compact", ""), _framed(rows, across)]


def _framed(rows: list[Any], across: int) -> Any:
    """A ruled table of a few boxes of like width."""
    made = as_table([], rows, [1 / across] * across, ["AlignLeft"] * across, [])
    made["c"][0] = RULED
    return made


def _checkpoint(paper: Paper) -> list[Any]:
    if not paper.checkpoint.strip():
        return []
    title = styled("Quiet", WORDS[paper.lang]["checkpoint"])
    return [title, {"t": "CodeBlock", "c": [NO_ATTRIBUTES, shown(paper.checkpoint)]}]
