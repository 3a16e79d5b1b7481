"""Between a page and the room's acts: which forms are offered, downloads, printed dates."""

from collections.abc import Callable

from django.http import FileResponse, HttpResponse

from keti.documents.doors import give_out
from keti.documents.models import StoredFile
from keti.groups.doors import Door, why_not
from keti.kernel.downloads import attachment as saved_as
from keti.kernel.refusals import Verdict


def records_for_others(door: Door) -> bool:
    """The acting seat may record on behalf of others: its pages offer the form for that."""
    return door.seat.can("manage") or door.seat.organisation_id is not None


def offered(door: Door, question: Callable[[], Verdict]) -> tuple[bool, str]:
    """Is the form on the page, and if not, why. Who records for others always gets the form."""
    why = why_not(door, question)
    return (not why or records_for_others(door)), why


def stored_file(file: StoredFile) -> FileResponse:
    """A kept file as a download, under its own name."""
    return give_out(file)


def _named(response: HttpResponse, name: str) -> HttpResponse:
    response.headers["Content-Disposition"] = saved_as(name)
    return response
