"""What stands beside the boxes of a draft: both texts of a section that was saved twice, and the
pieces of documents that the editor shows and does not change."""

from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe

from keti.documents.doors import writing
from keti.documents.rules.html import many_to_html, shown_under
from keti.documents.rules.refs.gbt import entry
from keti.documents.rules.written import DOC, PLAIN, Body, as_body
from keti.kernel.acts import Act
from keti.reports import queries, rules
from keti.reports.forms import DraftForm, TranslationForm
from keti.reports.models import Report


def to_cite(report: Report) -> list[dict[str, str]]:
    """The references of a draft as its editor offers them: by what each is cited, and its line."""
    return [{"key": one.key, "text": entry(one)[:200]} for one in queries.references_of(report)]


def both_texts(report: Report, form: DraftForm, act: Act) -> list[dict[str, Any]]:
    """Sections of which one sentence was changed twice: what is stored and what was typed, as they
    read. The form knows both from then on; what others changed elsewhere it shows as it stands,
    with what was typed beside it."""
    report.refresh_from_db()
    stored = queries.content_of(report)
    typed = _typed(form, stored, act)
    merging = rules.merged(stored, typed, form.known())
    marks = rules.marks_of(stored, typed.sections)
    data = QueryDict(mutable=True)
    data.update(form.data)
    found: list[tuple[str, Body, Body]] = []
    for place, one in enumerate(form.spec.sections):
        name, label = f"s.{one.key}", str(form[f"s{place}"].label)
        if name in merging.both:
            found.append((label, _body(stored, one.key), _body(typed, one.key)))
        elif name in merging.others:
            data[f"s{place}"] = merging.content.sections.get(one.key, "")
            data[f"d{place}"] = merging.content.docs.get(one.key, "")
        if name in (*merging.both, *merging.others):
            data[f"h{place}"] = marks[name]
    if rules.PLAN_MARK in merging.both:
        data["hp"] = marks[rules.PLAN_MARK]
        found.append((rules.PLAN.in_(form.lang), _planned(stored), _planned(typed)))
    form.data = data
    bodies = [body for _label, *both in found for body in both]
    pages = iter(many_to_html(bodies, 5, shown_under(report.path)))
    return [
        {
            "label": label,
            "stored": mark_safe(next(pages)),
            "typed": mark_safe(next(pages)),
            "ready": True,
        }
        for label, _stored, _typed in found
    ]


def _body(content: rules.Content, key: str) -> Body:
    if key in content.docs:
        return as_body(content.docs[key], DOC)
    return as_body(content.sections.get(key, ""), PLAIN)


def _planned(content: rules.Content) -> Body:
    """What is planned and by when; who is chosen in the rows below."""
    rows = [{**one, "who": ""} for one in rules.plan_rows(content.plan)]
    return as_body("\n".join(one["text"] for one in rules.plan_section(rows)))


def _typed(form: DraftForm, stored: rules.Content, act: Act) -> rules.Content:
    """What was typed, as a save would store it."""
    tidy = rules.tidy(form.content(), form.spec.sections)
    return rules.signed(tidy, stored, act.by.label, act.recorded_at)


def shown_now(report: Report, form: DraftForm, act: Act) -> tuple[dict[str, str], list[str]]:
    """After a save: what the page shows of each section and of the plan, by the names of its
    boxes; and the sections that others have changed meanwhile, in words."""
    held = queries.content_of(report)
    typed = _typed(form, held, act)
    mine = rules.marks_of(typed, typed.sections)
    stored = rules.marks_of(held, typed.sections)
    marks, others = {"hp": mine[rules.PLAN_MARK]}, []
    for place, one in enumerate(form.spec.sections):
        name = f"s.{one.key}"
        marks[f"h{place}"] = mine[name]
        if stored[name] != mine[name]:
            others.append(str(form[f"s{place}"].label))
    return marks, others


def carried(form: DraftForm | TranslationForm) -> list[tuple[str, SafeString]]:
    """The charts and formulas of the documents beside the boxes."""
    return writing.carried(bounds["doc"].value() or "" for bounds in form.written())
