"""The empty report as a Word file says it: names of its sections, what belongs there, rows for the
plan. Handed in again, what the house printed is none of its words. Pure."""

import json
from dataclasses import replace

from keti.charter.rules.compiled import Section, WorkSpec
from keti.documents.rules.doc1.plain import words
from keti.documents.rules.doc1.schema import write
from keti.documents.rules.reading import Read
from keti.documents.rules.titles import normal
from keti.documents.rules.written import Body, Box, Grid, Head, Piece, Written
from keti.kernel.acts import Text
from keti.reports.rules.rows import PLAN

PLAN_HINT = Text(
    "每项一行，写明事项、本组承担人和完成日期；没有计划的，第一行写“无”。",
    "One item a row: what, who of this group, by when; where nothing is planned, write 'none'.",
)
COLUMNS = (Text("事项", "Item"), Text("承担人", "Owner"), Text("完成日期", "Due date"))
ROWS = 5
LANGS = ("zh", "en")


def _hint(one: Section | None, lang: str) -> str:
    said = (one.hint if one else PLAN_HINT).in_(lang)
    return f"【{said}】" if said.strip() else ""


def blank_body(spec: WorkSpec, lang: str) -> Body:
    """The sections under their names, each with what belongs there, and rows for the plan."""
    parts: list[Piece] = []
    for one in spec.sections:
        parts.append(Head(one.title.in_(lang)))
        parts += [Written(said)] if (said := _hint(one, lang)) else []
    if spec.plan:
        titles = tuple(Box(one.in_(lang), label=True) for one in COLUMNS)
        rows = tuple(tuple(Box(room=1) for _one in COLUMNS) for _row in range(ROWS))
        parts += [
            Head(PLAN.in_(lang)),
            Written(_hint(None, lang)),
            Grid((titles, *rows), (5, 2, 2), heads=1),
        ]
    return tuple(parts)


def filled_in(read: Read, spec: WorkSpec) -> Read:
    """What a file says without the hints of the house's own empty report."""
    if not read.doc:
        return read
    printed = {
        normal(said)
        for lang in LANGS
        for one in (*spec.sections, *([None] if spec.plan else []))
        if (said := _hint(one, lang))
    }
    doc = json.loads(read.doc)
    places: dict[int, int] = {}
    for at, block in enumerate(doc["blocks"]):
        if "runs" not in block or normal(words(block["runs"])) not in printed:
            places[at] = len(places)
    if len(places) == len(doc["blocks"]):
        return read
    kept = [one for one in read.lines if one.at < 0 or one.at in places]
    lines = tuple(replace(one, at=places.get(one.at, -1)) for one in kept)
    doc["blocks"] = [doc["blocks"][at] for at in places]
    return replace(read, lines=lines, doc=write(doc))
