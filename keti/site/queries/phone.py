"""What the phone page brings along: last month's plan, the task book that waits."""

from keti.duties.models import Obligation
from keti.reports.models import Version
from keti.work.models import TaskBook
from keti.work.queries import book_of


def plan_before(duty: Obligation) -> list[str]:
    """The plan of the group's newest report of this kind before this one, item by item."""
    newest = (
        Version.objects.filter(
            programme=duty.programme,
            report__kind=duty.kind,
            report__group=duty.group,
            report__obligation__due_at__lt=duty.due_at,
        )
        .order_by("-report__obligation__due_at", "-number")
        .first()
    )
    if newest is None:
        return []
    lines = [str(item.get("title", "")) for item in newest.plan]
    if not any(lines) and len(newest.lines) == 3:
        lines = [str(newest.lines[2])]
    return [line for line in lines if line]


def task_book_of(duty: Obligation) -> TaskBook | None:
    """The issued task book whose acceptance this duty is."""
    found = TaskBook.objects.with_names().live().filter(acceptance=duty).first()
    return found or (book_of(duty.seat) if duty.seat else None)
