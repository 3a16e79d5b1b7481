"""What stands beside the boxes of a draft: both texts of a section that was saved twice, and the
pieces of documents that the editor shows and does not change."""

from typing import Any

from django.utils.safestring import mark_safe

from keti.documents.rules.html import carried_html, many_to_html, shown_under
from keti.documents.rules.written import DOC, PLAIN, as_body
from keti.kernel.refusals import Refused
from keti.reports import queries, rules
from keti.reports.forms import DraftForm
from keti.reports.models import Report


def both_texts(report: Report, form: DraftForm) -> list[dict[str, Any]]:
    """Sections in which what is stored differs from what was typed: both, as they read."""
    stored = queries.content_of(report)
    typed = rules.tidy(form.content(), form.spec.sections)
    found = [
        (place, key)
        for place, key in enumerate(one.key for one in form.spec.sections)
        if _of(stored, key) != _of(typed, key)
    ]
    bodies = [as_body(*_of(one, key)) for _place, key in found for one in (stored, typed)]
    pages = iter(many_to_html(bodies, 5, shown_under(report.path)))
    return [
        {
            "label": form[f"s{place}"].label,
            "stored": mark_safe(next(pages)),
            "typed": mark_safe(next(pages)),
            "ready": True,
        }
        for place, _key in found
    ]


def _of(content: rules.Content, key: str) -> tuple[str, str]:
    """A section and its format."""
    if key in content.docs:
        return content.docs[key], DOC
    return content.sections.get(key, ""), PLAIN


def carried(form: DraftForm) -> list[tuple[str, str]]:
    """The charts and formulas of the documents beside the boxes, by name, as a page shows them;
    nothing of a document that is none."""
    found: dict[str, str] = {}
    for bounds in form.written():
        text = bounds["doc"].value()
        try:
            found |= carried_html(text) if text else {}
        except Refused:
            continue
    return [(name, mark_safe(page)) for name, page in found.items()]
