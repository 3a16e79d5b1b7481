"""The outline tree beside a draft: its sections with their headings, those that the accepted
outline asks for, and the chapters of the groups."""

from typing import Any

from keti.charter.rules.compiled import WorkSpec
from keti.documents.rules.written import DOC, PLAIN
from keti.duties.models import Obligation
from keti.groups.doors import Door
from keti.reports import queries, rules
from keti.reports.forms import DraftForm
from keti.reports.models import Report
from keti.reports.views.reading import part_rows


def outline_tree(report: Report, form: DraftForm, spec: WorkSpec) -> list[dict[str, Any]]:
    """Each section with the headings it has, and those of the outline that it has not yet."""
    content = queries.content_of(report)
    wanted = queries.skeleton_of(report.obligation, spec)
    rows = []
    for one, bound in zip(spec.sections, form.sections(), strict=True):
        doc = content.docs.get(one.key, "")
        text = doc or content.sections.get(one.key, "")
        written = rules.headings_in({"text": text, "form": DOC if doc else PLAIN})
        asked = rules.headings_in({"text": wanted.get(one.key, ""), "form": PLAIN})
        rows.append({"bound": bound, "headings": rules.to_write(asked, written)})
    return rows


def chapter_rows(door: Door, duty: Obligation, spec: WorkSpec) -> list[dict[str, Any]]:
    """The parts that the report is made of, each with who owes it by when, and what the outline
    says of it."""
    parts = queries.parts_of(duty, spec)
    planned = queries.planned_chapters(duty.programme, spec) if spec.outline else {}
    rows = []
    for part, row in zip(parts, part_rows(door, parts), strict=True):
        owed = part.obligation
        chapter = planned.get(owed.group.key, rules.Planned())
        holder = owed.seat.called.in_(door.lang) if owed.seat else ""
        more = {"due": owed.due_instant, "holder": holder, "chapter_title": chapter.title}
        rows.append(row | more | {"headings": chapter.headings})
    return rows
