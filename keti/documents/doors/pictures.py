"""Pictures that an editor puts into a text: taken from a request, told back, shown again."""

from collections.abc import Iterable
from typing import IO, cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse

from keti.accounts.models import Person
from keti.documents.doors.receiving import give_picture
from keti.documents.models import StoredFile
from keti.documents.rules import pictures as cleaning
from keti.documents.rules.doc1.schema import files_of, read
from keti.documents.rules.pictures import Picture
from keti.kernel.refusals import Refused
from keti.programmes.models import Programme

DOTS_PER_MM = 96 / 25.4
WIDEST_MM = 140
"""The width of the text on a printed page, nearly."""


def picture_sent(request: HttpRequest) -> Picture | None:
    """The picture an editor sent, cleaned; None where it is none."""
    upload = request.FILES.get("file")
    data = cast(IO[bytes], upload).read(cleaning.MOST_BYTES + 1) if upload else b""
    return cleaning.cleaned(data)


def told(
    kept: StoredFile | None, picture: Picture | None, refused: Refused | None, lang: str
) -> HttpResponse:
    """What the editor hears: hash, kind and width of what was kept, or why nothing was."""
    if picture is None:
        refused = Refused("documents.no-picture", limit_mb=cleaning.MOST_BYTES >> 20)
    if picture is None or kept is None or refused is not None:
        said = refused or Refused("documents.picture-not-kept")
        return JsonResponse({"why": said.sentence(lang)}, status=422)
    wide = min(max(round(picture.wide / DOTS_PER_MM), 10), WIDEST_MM)
    return JsonResponse({"file": kept.sha256, "mime": kept.mime, "wide": wide})


def shown_or_own(
    programme: Programme, person: Person, sha256: str, docs: Iterable[str]
) -> FileResponse:
    """A picture that one of these documents shows, or that this person put in a moment ago."""
    shown = {sha for text in docs for sha in files_of(read(text))}
    own = StoredFile.objects.filter(programme=programme, sha256=sha256, by_id=person.public_id)
    if sha256 not in shown and not own.exists():
        raise Http404
    return give_picture(programme, sha256)
