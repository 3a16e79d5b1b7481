"""What a report has in Word around its chapters: cover, summaries, contents, references, annexes,
roll and imprint, as Pandoc's tree."""

from typing import Any

from . import docx_fields, docx_parts
from .bulk import bulk
from .docx_tree import NO_ATTRIBUTES, TAB, div, facts_table, heading, raised, styled
from .headings import annex_label, labelled
from .layout import FULL_TABLE, MANY_LISTED
from .paper import Lang, Paper, stage_line
from .parted import Parted, captions_in, counted
from .tree import flush
from .typed import shown
from .words import WORDS

_PAGE = {"t": "RawBlock", "c": ["openxml", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>']}
_LISTED = (("table", "tables", "Table Caption"), ("figure", "figures", "Image Caption"))


def cover(paper: Paper, parts: Parted) -> list[Any]:
    """The cover, and the page behind it where there are summaries or many facts; of a short
    report its head."""
    short = bulk(paper) == "short"
    front = bool(parts.summary or parts.other) or len(paper.facts) >= FULL_TABLE
    signed = paper.signatory if paper.signatory != paper.issuer else ""
    top = [("Letterhead", paper.issuer)] if short else []
    top += [("Quiet", paper.classification), ("PaperNumber", paper.number)]
    top += [("Title" if short else "CoverTitle", paper.title)]
    top += [("Subtitle", stage_line(paper)), ("Subtitle", paper.subtitle)]
    out = [styled(style, text) for style, text in top if text]
    if short:
        return [*out, *facts_table(paper.facts), *_summaries(paper, parts)]
    if not front:
        out += facts_table(paper.facts)
    issued = WORDS[paper.lang]["issued_by"] + signed if paper.issuer and signed else ""
    under = [paper.issuer or paper.signatory, issued, paper.date]
    out += [styled("CoverFoot", text) for text in under if text]
    if front:
        title = styled("TOC Heading", WORDS[paper.lang]["info"])
        out += [_PAGE, title, *facts_table(paper.facts), *_summaries(paper, parts)]
    return [*out, _PAGE]


def _summaries(paper: Paper, parts: Parted) -> list[Any]:
    other: Lang = "zh-hans" if paper.lang == "en" else "en"
    out: list[Any] = []
    if parts.summary:
        out.append(styled("TOC Heading", WORDS[paper.lang]["summary"]))
        out += raised(flush(parts.summary, paper.lang))
    if parts.other:
        out.append(styled("TOC Heading", WORDS[other]["summary"]))
        out += [styled("Subtitle", paper.other_title)] if paper.other_title else []
        out += raised(flush(parts.other, other))
    return out


def with_contents(paper: Paper, parts: Parted, out: list[Any]) -> list[Any]:
    """The contents before the text, each entry leading to its heading; lists of tables and figures
    where there are many."""
    rows: list[tuple[int, str, str]] = []
    for one in out:
        if one["t"] == "Header" and one["c"][0] <= docx_parts.DEEPEST:
            place = f"toc-{len(rows) + 1}"
            level, _attributes, inner = one["c"]
            rows.append((level, _bare(inner), docx_fields.name_of(place)))
            labelled_too = bool(inner) and inner[0]["t"] == "Span"
            head, rest = (inner[:1], inner[1:]) if labelled_too else ([], inner)
            one["c"][2] = [*head, *docx_fields.marked(place, rest)]
    say = WORDS[paper.lang]
    lists = [
        docx_parts.captions(captions_in(parts.texts(), kind), say[title], style)
        for kind, title, style in _LISTED
        if counted(parts.texts(), kind) >= MANY_LISTED
    ]
    after = [] if bulk(paper) == "long" else [_PAGE]
    at = max(place for place, one in enumerate(out) if one is _PAGE) + 1
    made = [docx_parts.contents(rows, say["contents"]), *lists]
    return [*out[:at], *made, *after, *out[at:]]


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


def references(paper: Paper) -> list[Any]:
    """The references in the order they are numbered; what cites one leads here."""
    out = [heading(1, WORDS[paper.lang]["references"])] if paper.references else []
    for place, entry in enumerate(paper.references, 1):
        number = docx_fields.marked(f"ref-{place}", [{"t": "Str", "c": f"[{place}]"}])
        line = [*number, TAB, {"t": "Str", "c": shown(entry)}]
        out.append(div("Reference", [{"t": "Para", "c": line}]))
    return out


def annexes(paper: Paper, parts: Parted) -> list[Any]:
    """Each annex under its number and title."""
    out: list[Any] = []
    for place, (annex, blocks) in enumerate(zip(paper.annexes, parts.annexes, strict=True), 1):
        label = annex_label(place, len(paper.annexes), paper.lang)
        out.append(heading(1, f"{label}　{annex.title}"))
        out += raised(labelled(blocks, paper.lang, under=1))
    return out


def roll(paper: Paper, parts: Parted) -> list[Any]:
    """The roll, its groups as tables or as lines."""
    report = paper.kind == "report"
    out = [heading(1, WORDS[paper.lang]["roll"])] if report and paper.roll else []
    for group, table in zip(paper.roll, parts.tables, strict=True):
        out.append(heading(2 if report else 1, group.title))
        lines = [] if table else [styled("Compact", entry) for entry in group.entries]
        out += [*raised(table), *lines]
    return out


def imprint(paper: Paper) -> list[Any]:
    """What stands at the end: the paper's names and numbers, its hashes, the checkpoint."""
    say = WORDS[paper.lang]
    out = [heading(1, say["imprint"])]
    printed = (
        (say["title"], paper.title),
        (say["number"], paper.number),
        (say["issuer"], paper.issuer),
        (say["signatory"], paper.signatory),
        (say["date"], paper.date),
        *paper.colophon,
    )
    out += facts_table((label, value) for label, value in printed if value)
    if paper.demo:
        out.append(styled("Quiet", say["demo_note"]))
    return out + checkpoint(paper)


def checkpoint(paper: Paper) -> list[Any]:
    """The checkpoint of the record, letter for letter."""
    if not paper.checkpoint.strip():
        return []
    title = styled("Quiet", WORDS[paper.lang]["checkpoint"])
    return [title, {"t": "CodeBlock", "c": [NO_ATTRIBUTES, shown(paper.checkpoint)]}]
