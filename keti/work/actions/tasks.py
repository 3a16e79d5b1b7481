"""Tasks: assigning, agreeing on them in minutes, finishing, declining, taking back."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from keti.documents.models import StoredFile
from keti.duties import actions as duties
from keti.duties.actions import Debt
from keti.groups.models import Group, Seat
from keti.groups.notices import tell_principal
from keti.groups.permissions import terms_run_from
from keti.kernel.acts import Act, Subject, Text
from keti.kernel.refusals import Refused
from keti.kernel.texts import one_line, shortened
from keti.kernel.transactions import hold, hold_each, hold_row
from keti.ledger import actions as ledger
from keti.programmes.models import Programme
from keti.work import notices, permissions
from keti.work.enums import TaskState
from keti.work.models import Task


@dataclass(frozen=True, slots=True)
class TaskSpec:
    """A task to be assigned: to whom, what, by when, and what it comes from."""

    programme: Programme
    group: Group
    seat: Seat
    title: str
    due_at: datetime
    source: Subject | None = None


@transaction.atomic
def assign_task(act: Act, *, spec: TaskSpec) -> Task:
    """Give one seat a piece of work; it owes the task from now on. What a thing (a report's plan)
    brings about may be several: each task is told apart by its seat and title, and the same one
    is never made twice.

    Refuses an empty title, an assignee outside the group, and a due instant that is past.

    Taken back by: decline_task (by the assignee).
    """
    if spec.source is not None:
        act = replace(act, key=_own_key(act.key, spec))
    group = hold(Group.objects.all()).select_related("programme").get(pk=spec.group.pk)
    if entry := ledger.repeated(act, "work.task.assigned", programme=spec.programme):
        return Task.objects.with_names().get(public_id=entry.subject_id)
    permissions.may_assign(act, group).or_refuse()
    title = _checked_title(spec, group)
    standing = _of_source(spec, title)
    if standing:
        return standing
    if spec.due_at <= terms_run_from(act, group.programme):
        raise Refused("work.due-in-the-past")
    task = _create(act, group, spec)
    ledger.record(
        act,
        "work.task.assigned",
        programme=spec.programme,
        about=task.subject(),
        facts={"to": spec.seat.label, "due": spec.due_at, "from": task.source_label},
    )
    notices.assigned(act, task)
    return task


def _own_key(key: str, spec: TaskSpec) -> str:
    if not key:
        return ""
    text = f"{spec.seat.public_id}\n{one_line(spec.title).strip()}"
    return f"{key[:60]}:{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def _checked_title(spec: TaskSpec, group: Group) -> str:
    title = _title(spec)
    if not title:
        raise Refused("work.task-needs-a-title")
    if group.parent_id is not None and spec.seat.group_id != group.pk:
        raise Refused("work.assignee-elsewhere", who=spec.seat.label, group=group.title)
    return title


def _title(spec: TaskSpec) -> str:
    return one_line(spec.title).strip()


def _of_source(spec: TaskSpec, title: str) -> Task | None:
    if spec.source is None:
        return None
    found = Task.objects.with_names().filter(seat=spec.seat, title=title)
    found = found.of_source(spec.source)
    return found.exclude(state=TaskState.WITHDRAWN).first()


def _create(act: Act, group: Group, spec: TaskSpec, place: int | None = None) -> Task:
    """The task, and what is owed for it; `place` is its number in the minutes that name it."""
    source, title = spec.source or Subject("", "", ""), _title(spec)
    task = Task.objects.create(
        programme=spec.programme,
        group=group,
        seat=spec.seat,
        title=title,
        due_at=spec.due_at,
        source_kind=source.kind,
        source_id=source.id,
        source_label=shortened(source.label, 200),
        source_path=source.path,
        order=place,
        assigned_at=act.happened_at,
        assigned_by=shortened((act.on_behalf_of or act.seat or act.by).label, 120),
    )
    task.obligation = duties.owe(
        spec.programme,
        Debt(
            key=f"work.task/{task.public_id}",
            kind="work.task",
            form="task",
            title=Text(title, title),
            group=group,
            seat=spec.seat,
            due_at=spec.due_at,
            subject_id=task.public_id,
        ),
    )
    task.save(update_fields=["obligation"])
    return task


def _locked(task: Task) -> Task:
    hold_row(Task, task.pk)
    return Task.objects.with_names().get(pk=task.pk)


@transaction.atomic
def finish_task(act: Act, *, task: Task, note: str, file: StoredFile | None = None) -> Task:
    """The assignee reports what was done, with a file where there is one. Refuses an empty note,
    everybody else, and a task that is closed.

    Taken back by: reopen_task.
    """
    task = _locked(task)
    if ledger.repeated(act, "work.task.finished", programme=task.programme):
        return task
    permissions.may_finish(act, task).or_refuse()
    if not note.strip():
        raise Refused("work.say-what-was-done")
    task.file = file
    _close(act, task, TaskState.DONE, note)
    if task.obligation:
        duties.meet(act, obligation=task.obligation, with_=task.subject())
    ledger.record(
        act,
        "work.task.finished",
        programme=task.programme,
        about=task.subject(),
        facts={"note": task.note, "file": file.sha256 if file else ""},
    )
    return task


@transaction.atomic
def decline_task(act: Act, *, task: Task, reason: str) -> Task:
    """The assignee cannot take it and says why; the lead arranges otherwise.

    Taken back by: reopen_task.
    """
    task = _locked(task)
    if ledger.repeated(act, "work.task.declined", programme=task.programme):
        return task
    permissions.may_finish(act, task).or_refuse()
    if not reason.strip():
        raise Refused("work.give-a-reason")
    _close(act, task, TaskState.DECLINED, reason)
    duties.cancel_of_subject(task.programme, task.public_id)
    if act.on_behalf_of is not None:
        tell_principal(act, task.seat, task.subject(), Text(task.title, task.title))
    ledger.record(
        act,
        "work.task.declined",
        programme=task.programme,
        about=task.subject(),
        facts={"reason": task.note},
    )
    notices.task_declined(act, task)
    return task


def hold_planned(source: Subject) -> None:
    """Hold what a thing planned and nobody has done yet: an act that may take tasks back does so
    before it holds the duty of the thing."""
    hold_each(Task.objects.of_source(source).filter(state=TaskState.OPEN))


@transaction.atomic
def withdraw_dropped(
    act: Act, *, source: Subject, group: Group, wanted: Sequence[TaskSpec]
) -> list[Task]:
    """Take back the tasks of a thing (a report's plan) that is now said anew without them: what is
    neither finished nor declined, and of which title, assignee or date is not among `wanted`.
    What is finished stays. Returns what was taken back; its assignee is told.

    Taken back by: assign_task (given anew).
    """
    permissions.may_assign(act, group).or_refuse()
    standing = {(spec.seat.pk, _title(spec), spec.due_at) for spec in wanted}
    held = hold(Task.objects.all()).of_source(source).filter(state=TaskState.OPEN)
    keys = [one.pk for one in held.order_by("pk")]
    found = Task.objects.with_names().filter(pk__in=keys)
    gone = [one for one in found if (one.seat_id, one.title, one.due_at) not in standing]
    _take_back(act, gone)
    return gone


def _take_back(act: Act, tasks: Sequence[Task]) -> None:
    """End open tasks of a thing that is now said without them: not owed any more, recorded one by
    one, told to who had them."""
    for task in tasks:
        _close(act, task, TaskState.WITHDRAWN, "")
        duties.cancel_of_subject(task.programme, task.public_id)
        ledger.record(
            replace(act, key=f"{act.key[:50]}:{task.public_id}" if act.key else ""),
            "work.task.withdrawn",
            programme=task.programme,
            about=task.subject(),
            facts={"from": task.source_label, "to": task.seat.label},
        )
        notices.task_withdrawn(act, task)


def hold_agreed(source: Subject) -> list[Task]:
    """Hold every task of a meeting: an act that writes or freezes its minutes does so after the
    meeting and before the duties that stand for the tasks."""
    tasks = hold(Task.objects.all()).of_source(source).order_by("pk")
    return list(tasks.select_related("obligation"))


@transaction.atomic
def agree_tasks(
    act: Act, *, source: Subject, group: Group, wanted: Sequence[TaskSpec]
) -> list[Task]:
    """Bring the tasks of a meeting in step with its minutes: what they name as before (title,
    assignee, date) stays, in its new place; what is new is owed from now on; what they name no
    longer is taken back, and what is finished or declined only loses its place in them.

    Called by the act that writes the minutes, which asked who may and holds what `hold_agreed`
    gives. A meeting may give work to somebody of any group. Returns what is new.

    Taken back by: agree_tasks (the minutes are recorded again until they are confirmed).
    """
    standing = list(Task.objects.in_minutes(source))
    fresh = []
    for place, spec in enumerate(wanted, start=1):
        said = (_title(spec), spec.seat.pk, spec.due_at)
        same = (one for one in standing if (one.title, one.seat_id, one.due_at) == said)
        task = next(same, None)
        if task is None:
            fresh.append(_create(act, group, spec, place))
            continue
        standing.remove(task)
        if task.order != place:
            task.order = place
            task.save(update_fields=["order"])
    dropped = [one.pk for one in standing]
    Task.objects.filter(pk__in=dropped).update(order=None)
    left = Task.objects.with_names().filter(pk__in=dropped, state=TaskState.OPEN)
    _take_back(act, list(left))
    for task in fresh:
        ledger.record(
            replace(act, key=f"{act.key[:50]}:{task.public_id}" if act.key else ""),
            "work.task.assigned",
            programme=task.programme,
            about=task.subject(),
            facts={"to": task.seat.label, "due": task.due_at, "from": task.source_label},
        )
    return fresh


def freeze_agreed(source: Subject) -> int:
    """Freeze what confirmed minutes name: what, who, until when. Returns how many they name."""
    return Task.objects.in_minutes(source).order_by().update(frozen=True)


def _close(act: Act, task: Task, state: str, note: str) -> None:
    task.state = state
    task.note = note.strip()
    task.answered_at = act.happened_at
    task.recorded_late = act.recorded_late
    task.on_behalf = act.on_behalf_of is not None
    task.save()
