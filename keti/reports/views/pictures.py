"""Pictures of a draft: put into it by its writers, shown to who reads it."""

from typing import IO, cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods

from keti.documents.doors import give_picture
from keti.documents.models import StoredFile
from keti.documents.rules import pictures as cleaning
from keti.documents.rules.doc1.schema import files_of, read
from keti.groups.doors import Door, attempt
from keti.kernel.refusals import Refused
from keti.reports import actions, queries
from keti.reports.models import Report
from keti.reports.views.doors import draft_door

DOTS_PER_MM = 96 / 25.4
WIDEST_MM = 140
"""The width of the text on a printed page, nearly."""


@require_http_methods(["POST"])
def add(request: HttpRequest, slug: str, report_id: str) -> HttpResponse:
    """Clean and keep one picture; answers its hash, kind and width."""
    door, report = draft_door(request, slug, report_id)
    upload = request.FILES.get("file")
    data = cast(IO[bytes], upload).read(cleaning.MOST_BYTES + 1) if upload else b""
    picture = cleaning.cleaned(data)
    if picture is None:
        return _refused(door, Refused("reports.no-picture", limit_mb=cleaning.MOST_BYTES >> 20))
    kept, refused = attempt(
        lambda: actions.keep_picture(door.act(), report=report, picture=picture)
    )
    if refused or kept is None:
        return _refused(door, refused or Refused("reports.picture-not-kept"))
    wide = min(max(round(picture.wide / DOTS_PER_MM), 10), WIDEST_MM)
    return JsonResponse({"file": kept.sha256, "mime": kept.mime, "wide": wide})


def _refused(door: Door, refused: Refused) -> HttpResponse:
    return JsonResponse({"why": refused.sentence(door.lang)}, status=422)


@require_http_methods(["GET"])
def show(request: HttpRequest, slug: str, report_id: str, sha256: str) -> FileResponse:
    """A picture that the draft shows, or that this person put into it a moment ago."""
    door, report = draft_door(request, slug, report_id)
    if sha256 not in _shown(report) and not _own(door, sha256):
        raise Http404
    return give_picture(door.programme, sha256)


def _shown(report: Report) -> set[str]:
    docs = queries.content_of(report).docs.values()
    return {sha for text in docs for sha in files_of(read(text))}


def _own(door: Door, sha256: str) -> bool:
    own = StoredFile.objects.filter(
        programme=door.programme, sha256=sha256, by_id=door.person.public_id
    )
    return own.exists()
