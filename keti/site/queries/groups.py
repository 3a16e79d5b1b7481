"""Everything of one group on one page, each through its room's own `visible`."""

from dataclasses import dataclass

from django.db.models import Count, Q

from keti.duties.doors import announced
from keti.duties.enums import DutyState
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
    """The group's work, newest first, in a fixed number of queries."""
    sight = door.sight
    tasks = work.visible_tasks(sight, Task.objects.with_names()).filter(group=group)
    met = meetings.visible(sight, Meeting.objects.with_names()).filter(group=group)
    written = reports.visible(sight, Report.objects.with_names()).filter(group=group)
    found = monitoring.visible(sight, Finding.objects.with_names()).filter(group=group)
    members = list(standing(door.programme, door.now).filter(group=group))
    done, seen = list(tasks.order_by("-due_at", "pk")[: MOST + 1]), list(met[: MOST + 1])
    papers, raised = list(written[: MOST + 1]), list(found[: MOST + 1])
    count = {
        "tasks": tasks.count() if len(done) > MOST else 0,
        "meetings": met.count() if len(seen) > MOST else 0,
        "reports": written.count() if len(papers) > MOST else 0,
        "findings": found.count() if len(raised) > MOST else 0,
    }
    return GroupWork(members, done[:MOST], seen[:MOST], papers[:MOST], raised[:MOST], count)


def members_by_group(door: Door) -> dict[int, list[Seat]]:
    """Group row -> its seats in protocol order, one query."""
    found: dict[int, list[Seat]] = {}
    for seat in standing(door.programme, door.now):
        found.setdefault(seat.group_id, []).append(seat)
    return found


def due_by_group(door: Door, month: str) -> dict[int, tuple[int, int]]:
    """Group row -> how many duties of the month are met, and how many there are; one query."""
    rows = (
        announced(door)
        .filter(in_month(month, door.programme.tz))
        .order_by()
        .values("group_id")
        .annotate(owed=Count("pk"), met=Count("pk", filter=Q(state=DutyState.MET)))
    )
    return {row["group_id"]: (row["met"], row["owed"]) for row in rows}
