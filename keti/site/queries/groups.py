"""Everything of one group on one page, each through its room's own `visible`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Count, Model, Q, QuerySet, Window

from keti.duties.doors import announced
from keti.duties.enums import DutyState
from keti.duties.models import Obligation
from keti.duties.queries import in_month
from keti.groups.doors import Door
from keti.groups.models import Group, Seat
from keti.groups.queries import standing
from keti.meetings import permissions as meetings
from keti.meetings.models import Meeting
from keti.monitoring import permissions as monitoring
from keti.monitoring.models import Finding
from keti.reports import permissions as reports
from keti.reports.models import Report
from keti.work import permissions as work
from keti.work.models import Task

MOST = 8
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class GroupWork:
    """Members, and what the asking seat may see of the group's work: the newest of each, and how
    many there are (`count`, by the name of the list) where not all are shown."""

    members: list[Seat]
    tasks: list[Task]
    meetings: list[Meeting]
    reports: list[Report]
    findings: list[Finding]
    count: dict[str, int]


def of_group(door: Door, group: Group) -> GroupWork:
    """The group's work, newest first, one query for each kind, however much there is."""
    members = door.read(("site.members",), _members, group.pk)
    tasks, tasks_in_all = _first(door, group, _tasks)
    met, met_in_all = _first(door, group, _meetings)
    written, written_in_all = _first(door, group, _reports)
    raised, raised_in_all = _first(door, group, _findings)
    count = {
        "tasks": tasks_in_all,
        "meetings": met_in_all,
        "reports": written_in_all,
        "findings": raised_in_all,
    }
    return GroupWork(members, tasks, met, written, raised, count)


def _members(door: Door, group: int) -> QuerySet[Seat]:
    return standing(door.programme, door.now).filter(group=group)


def _tasks(door: Door) -> QuerySet[Task]:
    return work.visible_tasks(door.sight, Task.objects.with_names()).order_by("-due_at", "pk")


def _meetings(door: Door) -> QuerySet[Meeting]:
    return meetings.visible(door.sight, Meeting.objects.with_names())


def _reports(door: Door) -> QuerySet[Report]:
    return reports.visible(door.sight, Report.objects.with_names())


def _findings(door: Door) -> QuerySet[Finding]:
    return monitoring.visible(door.sight, Finding.objects.with_names())


def _first(door: Door, group: Group, kind: Callable[[Door], QuerySet[M]]) -> tuple[list[M], int]:
    """The first of the group's rows of this kind, and how many there are in all where that is
    more; counted with them."""

    def counted(door: Door, group: int) -> QuerySet[M]:
        every = kind(door).filter(group=group).annotate(in_all=Window(Count("pk")))
        first: QuerySet[M] = every[:MOST]
        return first

    rows = door.read(("site.of-group", kind.__name__), counted, group.pk)
    in_all = int(getattr(rows[0], "in_all", 0)) if rows else 0
    return rows, in_all if in_all > len(rows) else 0


def members_by_group(door: Door, groups: Sequence[Group]) -> dict[int, list[Seat]]:
    """Of these groups: row -> its seats in protocol order, one query."""
    pks, found = tuple(one.pk for one in groups), dict[int, list[Seat]]()

    def held(door: Door) -> QuerySet[Seat]:
        return standing(door.programme, door.now).filter(group__in=pks)

    for seat in door.read(("site.members-of", pks), held):
        found.setdefault(seat.group_id, []).append(seat)
    return found


def due_by_group(door: Door, month: str, groups: Sequence[Group]) -> dict[int, tuple[int, int]]:
    """Of these groups: row -> how many duties of the month are met, and how many there are."""
    pks = tuple(one.pk for one in groups)

    def counted(door: Door) -> QuerySet[Obligation, dict[str, int]]:
        found = announced(door).filter(in_month(month, door.programme.tz), group__in=pks)
        met = Count("pk", filter=Q(state=DutyState.MET))
        return found.order_by().values("group_id").annotate(owed=Count("pk"), met=met)

    rows = door.read(("site.due-of", month, pks), counted)
    return {row["group_id"]: (row["met"], row["owed"]) for row in rows}
