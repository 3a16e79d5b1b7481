"""The empty report as a Word file, to be filled in and handed in."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from keti.documents.doors.papers import paper_file
from keti.documents.rules.paper import Paper, tongue
from keti.reports import queries, rules
from keti.reports.views.doors import filing_door


@require_GET
def blank(request: HttpRequest, slug: str, duty_id: str, form: str) -> HttpResponse:
    """The names of the sections, what belongs there, and rows for the plan, for who hands it in."""
    door, duty = filing_door(request, slug, duty_id)
    lang = tongue(door.lang)
    paper = Paper(
        kind="form",
        title=duty.titled.in_(lang),
        lang=lang,
        subtitle=duty.group.title.in_(lang),
        day=door.programme.local(duty.due_instant).date(),
        body=rules.blank_body(queries.spec_of(duty), lang),
        demo=door.programme.is_demo,
    )
    return paper_file(request, paper, form, door.asker)
