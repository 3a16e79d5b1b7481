"""A paper as a Word file: real styles, East-Asian fonts, written by Pandoc from the closed tree."""

import json
import tempfile
from datetime import UTC, datetime, time
from typing import Any

from keti.kernel.refusals import Refused

from . import docx_book, docx_doc, docx_parts
from .bulk import bulk
from .docx_reference import look_of, reference
from .docx_rows import kept_whole
from .docx_tree import RULED, TAB, as_cell, as_table, div, facts_table, raised, styled
from .headings import chapter_label, labelled
from .nodes import Node, text_width
from .pandoc import run
from .paper import FORMS, Paper, file_day
from .parted import Parted, parted
from .tree import Reader, sources, trees
from .typed import shown
from .words import WORDS
from .wrapped import wrapped

API = [1, 23, 1, 1]
ROOMY, ROW_WIDE = 8, 30
"""A sheet with fewer lines of facts than this, each so many characters wide, has a high box."""
LETTERHEAD, TITLE = 16.0, 19.0
"""How many Chinese characters stand in a line of a letterhead, and of a title."""


def to_docx(paper: Paper) -> bytes:
    """The paper as docx; it opens in Word, WPS and LibreOffice and can be edited there.

    A text that cannot be set stands as it was typed.
    """
    try:
        return _written(paper, trees)
    except (Refused, RecursionError):
        return _written(paper, sources)


def _written(paper: Paper, read: Reader) -> bytes:
    parts = parted(paper, read)
    laid = [parts.body, *parts.chapters, *parts.rest()]
    blocks = _document(paper, parts)
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


def _document(paper: Paper, parts: Parted) -> list[Any]:
    say = WORDS[paper.lang]
    report = paper.kind == "report"
    out = docx_book.cover(paper, parts) if report else _head(paper)
    if not report:
        out += facts_table(paper.facts)
    out += raised(labelled(parts.body, paper.lang))
    for place, (chapter, blocks) in enumerate(zip(paper.chapters, parts.chapters, strict=True), 1):
        label = chapter_label(chapter.title, place, paper.lang)
        out += raised([["h", 1, label, [["s", chapter.title]]]])
        if chapter.authors:
            out.append(styled("Quiet", f"{say['authors']}{say['sep'].join(chapter.authors)}"))
        out += raised(labelled(blocks, paper.lang, under=place))
    out += docx_book.references(paper) + docx_book.annexes(paper, parts)
    out += docx_book.roll(paper, parts)
    if paper.kind in FORMS:
        return out
    if not report or bulk(paper) == "short":
        return out + _foot(paper)
    out += docx_book.imprint(paper)
    return docx_book.with_contents(paper, parts, out)


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


def _foot(paper: Paper) -> list[Any]:
    if paper.kind == "sheet":
        return _decided_here(paper)
    say = WORDS[paper.lang]
    lines: list[tuple[str, str]] = []
    seal = f"（{say['seal']}）" if paper.seal_place and not paper.parties else ""
    if paper.signatory or not paper.parties:
        signed = paper.signatory or (paper.issuer if paper.kind == "report" else "")
        lines += [("Signature", signed), ("Signature", paper.date), ("Signature", seal)]
    if paper.kind == "report" and paper.demo:
        lines.append(("Quiet", say["demo_note"]))
    written = [styled(style, text) for style, text in lines if text]
    return _parties(paper) + written + docx_book.checkpoint(paper)


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
    return [_framed([[as_cell(box)]], 1), *under, *docx_book.checkpoint(paper)]


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
