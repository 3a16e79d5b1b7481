"""The lists of the room: task books and tasks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keti.groups.doors import Door, turns
from keti.groups.queries import Turning, labels_in
from keti.lists.doors import (
    GROUP_NAMES,
    Choice,
    Column,
    Listing,
    by_code,
    by_group,
    declared,
    holder,
    holders,
    offers,
    recorded,
    save,
)
from keti.lists.rules import Count, Due, Label, Marked, Moment
from keti.work import permissions
from keti.work.doors import mark_of
from keti.work.enums import (
    BOOK_WORDS,
    MARKS,
    SOURCE_WORDS,
    TASK_WORDS,
    TaskBookState,
    TaskState,
)
from keti.work.models import Task, TaskBook, TaskBookQuerySet, TaskQuerySet
from keti.work.views.several import DEEDS

IN_FORCE = "in-force"
SEAT = holder("seat")


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task as this seat sees it."""

    task: Task
    group: str
    who: str
    origin: str
    source: str
    mark: str
    word: str


def _visible_tasks(door: Door) -> TaskQuerySet:
    found = permissions.visible_tasks(door.sight, Task.objects.all())
    return found.select_related("group", *holders("seat")).only(
        "public_id", "title", "source_kind", "source_label", "due_at", "state", "answered_at",
        "on_behalf", "recorded_late", *GROUP_NAMES, *SEAT,
    )  # fmt: skip


@turns
def tasks_turn(now: datetime) -> list[Turning]:
    """When the next open task is overdue."""
    due = Task.objects.filter(state=TaskState.OPEN, due_at__gt=now).order_by("due_at")
    return [(due, "due_at", timedelta())]


def _of_source(_door: Door, value: str) -> Q:
    return Q(source_kind=SOURCE_WORDS[value][0]) if value in SOURCE_WORDS else Q(pk__in=[])


def _tasks(door: Door, tasks: Iterable[Task]) -> Iterator[TaskRow]:
    said = labels_in(door.programme, door.lang)
    origins = {kind: word.in_(door.lang) for kind, word in SOURCE_WORDS.values()}
    for one in tasks:
        one.programme = door.programme
        yield TaskRow(
            one,
            one.group.title.in_(door.lang),
            one.seat.holder.called.in_(door.lang),
            origins.get(one.source_kind, ""),
            said(one.source_label),
            mark_of(door, one),
            TASK_WORDS[one.state].in_(door.lang),
        )


TASKS = declared(
    Listing(
        name="tasks",
        title=gettext_lazy("任务"),
        columns=(
            Column(
                "title", gettext_lazy("任务"),
                lambda row: Label(row.task.title, row.task.path), ("title",), ("title",),
            ),
            Column(
                "source", gettext_lazy("来自"),
                lambda row: Label(row.origin, note=row.source),
                ("source_kind", "source_label"), ("source_label",),
            ),
            Column("who", gettext_lazy("由谁"), lambda row: Label(row.who), SEAT, SEAT),
            Column(
                "group", gettext_lazy("组别"), lambda row: Label(row.group), ("group__order",)
            ),
            Column("due", gettext_lazy("完成期限"), lambda row: Due(row.task.due_at), ("due_at",)),
            Column(
                "state", gettext_lazy("状态"),
                lambda row: Marked(row.mark, row.word, recorded(row.task)), ("state",),
            ),
            Column(
                "done", gettext_lazy("完成时间"), lambda row: Moment(row.task.answered_at),
                ("answered_at",), page=False,
            ),
        ),
        base=_visible_tasks,
        of_record=True,
        rows=_tasks,
        order=("due_at",),
        page="work:tasks",
        file="work:tasks_file",
        choices=(
            by_group(),
            by_code(
                "state", gettext_lazy("状态"),
                lambda door: [(key, word.in_(door.lang)) for key, word in TASK_WORDS.items()],
                first=TaskState.OPEN.value,
            ),
            Choice(
                "source", gettext_lazy("来自"),
                lambda door, _rows: [
                    (key, word.in_(door.lang)) for key, (_kind, word) in SOURCE_WORDS.items()
                ],
                _of_source,
            ),
        ),
        nothing=gettext_lazy("没有这样的任务"),
        hint=gettext_lazy("分派任务、提交计划、记录纪要后会出现在这里和承担人的待办里。"),
        key=lambda row: str(row.task.public_id),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BookRow:
    """One task book as a list names it."""

    book: TaskBook
    group: str
    who: str
    role: str
    mark: str
    word: str

    @property
    def due(self) -> Due:
        """By when it is accepted; nothing once it is answered."""
        waits = self.book.acceptance if self.book.state == TaskBookState.ISSUED else None
        return Due(waits.due_instant if waits else None)


def _visible_books(door: Door) -> TaskBookQuerySet:
    found = permissions.visible_books(door.sight, TaskBook.objects.all())
    named = found.select_related("group", "seat__role", "acceptance", *holders("seat"))
    return named.only(
        "public_id", "number", "version", "state", "answered_at", "on_behalf", "recorded_late",
        "acceptance__due_at", "acceptance__extended_to", "seat__role__title_zh",
        "seat__role__title_en", *GROUP_NAMES, *SEAT,
    )  # fmt: skip


def _books(door: Door, books: Iterable[TaskBook]) -> Iterator[BookRow]:
    for one in books:
        one.programme = door.programme
        yield BookRow(
            one,
            one.group.title.in_(door.lang),
            one.seat.holder.called.in_(door.lang),
            one.seat.role.title.in_(door.lang),
            MARKS[one.state],
            BOOK_WORDS[one.state].in_(door.lang),
        )


def _book_state(_door: Door, value: str) -> Q:
    return ~Q(state=TaskBookState.SUPERSEDED) if value == IN_FORCE else Q(state=value)


BOOKS = declared(
    Listing(
        name="taskbooks",
        title=gettext_lazy("任务书"),
        columns=(
            Column(
                "who", gettext_lazy("承担人"),
                lambda row: Label(row.who, row.book.path, row.role), SEAT, SEAT,
            ),
            Column(
                "number", gettext_lazy("编号"), lambda row: Label(row.book.number),
                ("number",), ("number",),
            ),
            Column(
                "group", gettext_lazy("组别"), lambda row: Label(row.group), ("group__order",)
            ),
            Column("version", gettext_lazy("版次"), lambda row: Count(row.book.version)),
            Column(
                "due", gettext_lazy("签收期限"), lambda row: row.due, ("acceptance__due_at",)
            ),
            Column(
                "state", gettext_lazy("状态"),
                lambda row: Marked(row.mark, row.word, recorded(row.book)), ("state",),
            ),
            Column(
                "answered", gettext_lazy("答复时间"), lambda row: Moment(row.book.answered_at),
                ("answered_at",),
            ),
        ),
        base=_visible_books,
        of_record=True,
        rows=_books,
        order=("group__order", "seat__role__order", "seat__order", "seat_id", "-version"),
        page="work:books",
        file="work:books_file",
        choices=(
            by_group(),
            Choice(
                "state", gettext_lazy("状态"),
                lambda door, _rows: [
                    (IN_FORCE, _("现行")),
                    *((key, word.in_(door.lang)) for key, word in BOOK_WORDS.items()),
                ],
                _book_state, first=IN_FORCE,
            ),
        ),
        nothing=gettext_lazy("还没有任务书"),
        hint=gettext_lazy("组长下达后，任务书会出现在这里。"),
        key=lambda row: str(row.book.public_id),
    )
)  # fmt: skip

offers("taskbooks", *DEEDS)


def tasks_file(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The tasks as they were asked for, as a file."""
    return save(request, TASKS, slug, form)


def books_file(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The task books as they were asked for, as a file."""
    return save(request, BOOKS, slug, form)
