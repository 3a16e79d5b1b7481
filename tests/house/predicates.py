"""What rules over rows say of one row, for those that the house itself never asks of one row.

They stand here and not among the permissions: nobody would notice there if they said yes. The
comparison of `test_sight` is what they are for.
"""

from collections.abc import Callable
from typing import Any

from keti.accounts.models import Person
from keti.charter.queries import compiled
from keti.duties.models import Obligation
from keti.duties.permissions import answers
from keti.groups.permissions import Sight
from keti.intake.enums import ApplicationState
from keti.intake.models import Application
from keti.intake.permissions import manages
from keti.reports import permissions as reports
from keti.reports.models import Report
from keti.work.enums import TaskBookState
from keti.work.models import Task, TaskBook


def sees_application(person: Person | None, application: Application) -> bool:
    """The predicate that agrees with `visible`."""
    if person is None:
        return False
    if application.applicant_id == person.pk:
        return True
    submitted = application.state != ApplicationState.DRAFT and application.submitted_at is not None
    return submitted and application.programme_id in manages(person)


def sees_duty(sight: Sight | None, obligation: Obligation) -> bool:
    """The predicate that agrees with `visible`."""
    if sight is None or sight.programme_id != obligation.programme_id:
        return False
    if answers(sight, obligation):
        return True
    if obligation.is_closed:
        return False
    return obligation.from_charter or sight.reads(obligation.words_of_id)


def sees_report(sight: Sight | None, report: Report) -> bool:
    """The predicate that agrees with `visible`."""
    if reports.sees_draft(sight, report):
        return True
    if sight is None or sight.programme_id != report.programme_id or not report.latest:
        return False
    return not sight.stands_aside_from(report.public_id) and _reads_frozen(sight, report)


def _reads_frozen(sight: Sight, report: Report) -> bool:
    if sight.everything:
        return True
    seat = sight.seat
    charter = compiled(seat.programme)
    if not sight.external and report.obligation.key in reports._judged(seat, charter):
        return True
    beneath = report.group.parent_id is not None and report.group.parent_id == seat.group_id
    return beneath and (seat.can("lead") or report.kind in reports._gathered(seat, charter))


def sees_book(sight: Sight | None, book: TaskBook) -> bool:
    """The predicate that agrees with `visible_books`."""
    if sight is None or sight.programme_id != book.programme_id:
        return False
    drafts = sight.can("lead") or sight.can("manage")
    near = sight.reads(book.group_id) or sight.seat.pk == book.seat_id
    return near and (drafts or book.state != TaskBookState.DRAFT)


def sees_task(sight: Sight | None, task: Task) -> bool:
    """The predicate that agrees with `visible_tasks`."""
    if sight is None or sight.programme_id != task.programme_id:
        return False
    owed_by = task.obligation.seat_id if task.obligation else None
    return sight.reads(task.group_id) or sight.seat.pk in (task.seat_id, owed_by)


WRITTEN: tuple[tuple[str, Callable[[Any, Any], bool]], ...] = (
    ("duties", sees_duty),
    ("intake", sees_application),
    ("reports", sees_report),
    ("work", sees_book),
    ("work", sees_task),
)
"""Whose rule each of them tells."""
