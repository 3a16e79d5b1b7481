"""Pictures of a draft: put into it by its writers, shown to who reads it."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from keti.documents.doors.pictures import picture_sent, shown_or_own, told
from keti.groups.doors import attempt
from keti.reports import actions, queries
from keti.reports.views.doors import draft_door


@require_http_methods(["POST"])
def add(request: HttpRequest, slug: str, report_id: str) -> HttpResponse:
    """Clean and keep one picture; answers its hash, kind and width."""
    door, report = draft_door(request, slug, report_id)
    picture = picture_sent(request)
    if picture is None:
        return told(None, None, None, door.lang)
    kept, refused = attempt(
        lambda: actions.keep_picture(door.act(), report=report, picture=picture)
    )
    return told(kept, picture, refused, door.lang)


@require_http_methods(["GET"])
def show(request: HttpRequest, slug: str, report_id: str, sha256: str) -> FileResponse:
    """A picture that the draft shows, or that this person put into it a moment ago."""
    door, report = draft_door(request, slug, report_id)
    docs = queries.content_of(report).docs.values()
    return shown_or_own(door.programme, door.person, sha256, docs)
