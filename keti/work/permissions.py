"""Who issues, accepts, assigns; which task books and tasks a seat may see."""

from django.db.models import Q

from keti.duties.models import Obligation
from keti.duties.permissions import may_do
from keti.groups.models import Group, Seat
from keti.groups.permissions import Sight, needs_paper, principal
from keti.kernel.acts import Act
from keti.kernel.refusals import YES, Verdict, no
from keti.work.enums import BOOK_WORDS, TASK_WORDS, TaskBookState, TaskState
from keti.work.models import Task, TaskBook, TaskBookQuerySet, TaskQuerySet


def may_issue(act: Act, obligation: Obligation) -> Verdict:
    """The seat that owes the issuing, itself or through the secretariat recording for it."""
    if obligation.form != "task_book":
        return no("work.other-form", title=obligation.title)
    return may_do(act, obligation)


def may_revise(act: Act, book: TaskBook) -> Verdict:
    """Who issued it or leads its group may write and issue the next version."""
    seat = principal(act, book.programme)
    issuer = book.obligation.seat_id if book.obligation else None
    if seat.pk == issuer or _leads(seat, book.group):
        return YES
    return no("work.only-the-lead-revises", group=book.group.title, seat=seat.title)


def may_answer(act: Act, book: TaskBook) -> Verdict:
    """Only the seat it is for accepts or declines; on its behalf only with the signed paper."""
    seat = principal(act, book.programme)
    if seat.pk != book.seat_id:
        holder = book.seat
        return no("work.not-your-task-book", ask=holder.label, who=holder.called, seat=seat.title)
    if book.state == TaskBookState.ACCEPTED:
        return no("work.already-accepted", number=book.number)
    if book.state != TaskBookState.ISSUED:
        return no("work.not-in-this-state", state=BOOK_WORDS[book.state])
    return needs_paper(act)


def may_assign(act: Act, group: Group) -> Verdict:
    """The group's lead assigns its tasks; the overall group's lead and the secretariat anywhere."""
    seat = principal(act, group.programme)
    if seat.can("manage") or _leads(seat, group):
        return YES
    return no("work.only-the-lead-assigns", group=group.title, seat=seat.title)


def may_finish(act: Act, task: Task) -> Verdict:
    """The assignee reports a task finished or declines it, or who took over the seat with it."""
    seat = principal(act, task.programme)
    owing = task.obligation.seat_id if task.obligation else None
    if seat.pk not in (task.seat_id, owing):
        holder = task.seat
        return no("work.not-your-task", ask=holder.label, who=holder.called, seat=seat.title)
    if task.state != TaskState.OPEN:
        return no("work.task-is-closed", state=TASK_WORDS[task.state])
    return YES


def _leads(seat: Seat, group: Group) -> bool:
    return seat.can("lead") and (seat.group_id == group.pk or seat.group_id == group.parent_id)


def visible_books(sight: Sight | None, books: TaskBookQuerySet) -> TaskBookQuerySet:
    """Task books this seat may read: its own and its group's; drafts only for who may issue."""
    if sight is None:
        return books.none()
    books = books.filter(programme=sight.programme_id)
    if not sight.everything:
        books = books.filter(sight.reads_within() | Q(seat=sight.seat))
    return books if _sees_drafts(sight.seat) else books.exclude(state=TaskBookState.DRAFT)


def _sees_drafts(seat: Seat) -> bool:
    return seat.can("lead") or seat.can("manage")


def visible_tasks(sight: Sight | None, tasks: TaskQuerySet) -> TaskQuerySet:
    """Tasks this seat may read: its own, taken over or not, and its group's, or all."""
    if sight is None:
        return tasks.none()
    tasks = tasks.filter(programme=sight.programme_id)
    if sight.everything:
        return tasks
    own = Q(seat=sight.seat) | Q(obligation__seat=sight.seat)
    return tasks.filter(sight.reads_within() | own)
