"""Work answered by mistake: a task opened again, an acceptance recorded for the wrong seat."""

from django.db import transaction

from keti.duties import actions as duties
from keti.duties.enums import DutyState
from keti.duties.models import Obligation
from keti.groups.permissions import may_manage, principal
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.work import notices, permissions, queries
from keti.work.enums import TaskBookState, TaskState
from keti.work.models import Task, TaskBook

ANSWERED = (TaskState.DONE, TaskState.DECLINED)


@transaction.atomic
def reopen_task(act: Act, *, task: Task, reason: str) -> Task:
    """Open a task again that was finished or declined by mistake: it is owed as before, late where
    its day is past; what was said stays in the record. Its assignee, or who may assign it.

    Refuses no reason, everybody else, and a task that is open or was taken back.

    Taken back by: finish_task, decline_task.
    """
    hold_row(Task, task.pk)
    task = Task.objects.with_names().get(pk=task.pk)
    programme = task.programme
    duties.hold_duties(task.obligation)
    if ledger.repeated(act, "work.task.reopened", programme=programme):
        return task
    if principal(act, programme).pk not in (task.seat_id, _owing(task)):
        permissions.may_assign(act, task.group).or_refuse()
    if not reason.strip():
        raise Refused("work.give-a-reason")
    if task.state not in ANSWERED:
        raise Refused("work.task-not-answered")
    was = task.state
    task.state, task.note, task.file, task.answered_at = TaskState.OPEN, "", None, None
    task.recorded_late = task.on_behalf = False
    task.save()
    if task.obligation:
        duties.unmeet(act, _fresh(task.obligation), reason.strip())
    ledger.record(
        act,
        "work.task.reopened",
        programme=programme,
        about=task.subject(),
        facts={"was": was, "reason": reason.strip()},
    )
    notices.task_reopened(act, task, reason.strip())
    return task


def _owing(task: Task) -> int | None:
    return task.obligation.seat_id if task.obligation else None


def _fresh(obligation: Obligation) -> Obligation:
    return Obligation.objects.select_related("programme", "seat").get(pk=obligation.pk)


@transaction.atomic
def void_acceptance(act: Act, *, task_book: TaskBook, reason: str) -> TaskBook:
    """Void an acceptance that was recorded from paper for the wrong seat: the task book waits to
    be accepted again, and the group's acceptance with it. The scan stays in the record; the
    seat is told. Only the secretariat.

    Refuses no reason, a task book that is not accepted, and one that its holder accepted in person.

    Taken back by: accept_task_book.
    """
    hold_row(TaskBook, task_book.pk)
    book = TaskBook.objects.with_names().get(pk=task_book.pk)
    programme = book.programme
    of_group = queries.acceptance_of(programme, book.group)
    duties.hold_duties(book.acceptance, of_group)
    if ledger.repeated(act, "work.acceptance.voided", programme=programme):
        return book
    may_manage(act, programme).or_refuse()
    if not reason.strip():
        raise Refused("work.give-a-reason")
    if book.state != TaskBookState.ACCEPTED:
        raise Refused("work.not-accepted", number=book.number)
    if not book.on_behalf:
        raise Refused("work.accepted-in-person", who=book.seat.called)
    scan = book.scan.sha256 if book.scan else ""
    book.state, book.scan = TaskBookState.ISSUED, None
    book.answered_at = book.recorded_at = None
    book.recorded_late = book.on_behalf = False
    book.answered_by = ""
    book.save()
    for duty in (book.acceptance, of_group):
        if duty is not None and duty.state == DutyState.MET:
            duties.unmeet(act, _fresh(duty), reason.strip())
    ledger.record(
        act,
        "work.acceptance.voided",
        programme=programme,
        about=book.subject(),
        facts={"number": book.number, "scan": scan, "reason": reason.strip()},
    )
    notices.acceptance_voided(act, book, reason.strip())
    return book
