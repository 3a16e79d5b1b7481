"""Who is told when task books are issued, declined, all accepted; when tasks come and go."""

from keti.duties.notices import deadline
from keti.groups.models import Group, Seat
from keti.groups.notices import recorded
from keti.groups.queries import able, people
from keti.kernel.acts import Act
from keti.kernel.refusals import both
from keti.notify.actions import Letter, post
from keti.notify.enums import Sort
from keti.work.enums import SourceKind
from keti.work.models import Task, TaskBook


def issued(act: Act, book: TaskBook) -> None:
    """The person who acts in the seat learns of the task book and until when to accept it."""
    person = book.seat.acting_person
    if person is None or book.acceptance is None:
        return
    due = deadline(book.programme, book.acceptance.due_instant)
    letter = Letter(
        "work.taskbook.issued",
        f"taskbook:{book.public_id}:issued",
        both("work.told-issued-subject", number=book.number),
        both("work.told-issued", title=book.title, version=book.version, due=due),
        book.path,
        Sort.DUTY,
    )
    post(book.programme, letter, to=[person], at=act.recorded_at)


def declined(act: Act, book: TaskBook) -> None:
    """The group's lead and the secretariat learn that a task book came back, and why."""
    letter = Letter(
        "work.taskbook.declined",
        f"taskbook:{book.public_id}:declined",
        both("work.told-declined-subject", number=book.number),
        both("work.told-declined", who=book.seat.called, title=book.title, reason=book.reason),
        book.path,
    )
    post(book.programme, letter, to=people(_minders(act, book.group)), at=act.recorded_at)


def all_accepted(act: Act, group: Group, count: int) -> None:
    """The group's lead learns that every task book of the group is accepted."""
    letter = Letter(
        "work.taskbooks.accepted",
        f"taskbooks:{group.public_id}:accepted",
        both("work.told-all-subject", group=group.title),
        both("work.told-all", group=group.title, count=count),
        f"/p/{group.programme.slug}/taskbooks/?group={group.public_id}",
    )
    leads = able(group.programme, "lead", act.recorded_at, group)
    post(group.programme, letter, to=people(leads), at=act.recorded_at)


def assigned(act: Act, task: Task) -> None:
    """The assignee learns of a new task, unless they gave it to themselves."""
    person = task.seat.acting_person
    if person is None or person.public_id == act.by.public_id:
        return
    letter = Letter(
        "work.task.assigned",
        f"task:{task.public_id}:assigned",
        both("work.told-task-subject", title=task.title),
        both(
            "work.told-task",
            by=recorded(task.programme, task.assigned_by),
            title=task.title,
            due=deadline(task.programme, task.due_at),
        ),
        task.path,
        Sort.DUTY,
    )
    post(task.programme, letter, to=[person], at=act.recorded_at)


def task_declined(act: Act, task: Task) -> None:
    """Who leads the group learns that a task has no taker, and why."""
    letter = Letter(
        "work.task.declined",
        f"task:{task.public_id}:declined",
        both("work.told-task-declined-subject", title=task.title),
        both("work.told-task-declined", who=task.seat.called, title=task.title, reason=task.note),
        task.path,
    )
    post(task.programme, letter, to=people(_minders(act, task.group)), at=act.recorded_at)


def task_reopened(act: Act, task: Task, reason: str) -> None:
    """The assignee and who leads the group learn that a task is open again."""
    facts: dict[str, object] = {
        "title": task.title,
        "due": deadline(task.programme, task.due_at),
        "reason": reason,
    }
    letter = Letter(
        "work.task.reopened",
        f"task:{task.public_id}:reopened:{act.recorded_at.isoformat()}",
        both("work.told-task-reopened-subject", **facts),
        both("work.told-task-reopened", **facts),
        task.path,
        Sort.DUTY,
    )
    told = people([task.seat, *_minders(act, task.group)])
    others = [one for one in told if one.public_id != act.by.public_id]
    post(task.programme, letter, to=others, at=act.recorded_at)


def acceptance_voided(act: Act, book: TaskBook, reason: str) -> None:
    """Who acts in the seat learns that the acceptance recorded for them does not stand."""
    facts: dict[str, object] = {"number": book.number, "title": book.title, "reason": reason}
    letter = Letter(
        "work.acceptance.voided",
        f"taskbook:{book.public_id}:voided:{act.recorded_at.isoformat()}",
        both("work.told-voided-subject", **facts),
        both("work.told-voided", **facts),
        book.path,
        Sort.DUTY,
    )
    post(book.programme, letter, to=people([book.seat]), at=act.recorded_at)


def task_withdrawn(act: Act, task: Task) -> None:
    """The assignee learns that a task need not be done any more, unless they said so themselves."""
    person = task.seat.acting_person
    if person is None or person.public_id == act.by.public_id:
        return
    minutes = task.source_kind == SourceKind.MINUTES
    letter = Letter(
        "work.task.withdrawn",
        f"task:{task.public_id}:withdrawn",
        both("work.told-task-withdrawn-subject", title=task.title),
        both(
            "work.told-task-not-agreed" if minutes else "work.told-task-withdrawn",
            title=task.title,
            source=recorded(task.programme, task.source_label),
        ),
        task.path,
    )
    post(task.programme, letter, to=[person], at=act.recorded_at)


def _minders(act: Act, group: Group) -> list[Seat]:
    """The lead of the group; the secretariat where nobody leads it."""
    programme = group.programme
    leads = able(programme, "lead", act.recorded_at, group)
    return leads or able(programme, "manage", act.recorded_at)
