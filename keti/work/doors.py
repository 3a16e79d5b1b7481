"""Between a page and the room's acts: which forms are offered, downloads, printed dates."""

from collections.abc import Callable

from django.http import FileResponse, HttpResponse

from keti.documents.doors import give_out
from keti.documents.models import StoredFile
from keti.groups.doors import Door, why_not
from keti.kernel.downloads import attachment as saved_as
from keti.kernel.refusals import Verdict
from keti.work.enums import MARKS, TaskState
from keti.work.models import Task

Read = Callable[[Door, str], bool]
_sources: dict[str, Read] = {}


def register_source(kind: str, read: Read) -> None:
    """Say who may read what tasks of this kind came from, by its public id. Rooms whose things
    bring tasks about call it when the installation starts; without it no page leads there."""
    _sources[kind] = read


def way_back(door: Door, task: Task) -> str:
    """The page of what the task came from; empty where this seat may not read it."""
    read = _sources.get(task.source_kind)
    return task.source_path if read is not None and read(door, task.source_id) else ""


def mark_of(door: Door, task: Task) -> str:
    """The mark of a task; that it is overdue is told to its holder."""
    if task.state == TaskState.DECLINED:
        return "returned"
    own = task.seat_id == door.seat.pk
    if task.state == TaskState.OPEN and own and door.now >= task.due_at:
        return "overdue"
    return MARKS[task.state]


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
