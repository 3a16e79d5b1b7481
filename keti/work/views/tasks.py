"""Tasks of the groups: the list, assigning, one task, finishing and declining."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from keti.duties.models import Obligation
from keti.duties.permissions import visible as visible_duties
from keti.groups.doors import Door, ask, attempt, enter
from keti.groups.models import Group, Seat, SeatQuerySet
from keti.groups.queries import standing
from keti.kernel.acts import Act
from keti.kernel.drawing import Choices
from keti.lists.doors import show
from keti.monitoring.doors import raise_link
from keti.work import actions, permissions
from keti.work.actions import TaskSpec
from keti.work.doors import mark_of, offered, stored_file, way_back
from keti.work.enums import TASK_WORDS, SourceKind, TaskState
from keti.work.forms import AssignForm, FinishForm, ReasonForm, UndoForm
from keti.work.models import Task, TaskQuerySet
from keti.work.views.books import Shown
from keti.work.views.lists import TASKS


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Tasks this seat may read, by group and state; its own first wish is what is open."""
    door = enter(request, slug)
    context = _list(door, request)
    return render(request, "work/tasks.html", context)


def _list(door: Door, request: HttpRequest, **more: object) -> Shown:
    assignable = _assignable(door)
    return {
        "door": door,
        "tasks": show(request, door, TASKS),
        "may_assign": bool(assignable),
        "form": AssignForm(door=door, seats=assignable) if assignable else None,
    } | more


def _assignable(door: Door) -> Choices:
    """Seats to which the acting seat may give a task, as a form offers them: its group's, or
    everybody's."""
    if not (door.seat.can("lead") or door.seat.can("manage")):
        return Choices(())

    def read() -> Choices:
        seats = door.read(("work.assignable",), _near)
        able = (seat for seat in seats if seat.can("contribute"))
        return Choices((seat.public_id, seat.called.in_(door.lang)) for seat in able)

    return door.unchanged(("work.assignable",), read, names=True)


def _near(door: Door) -> SeatQuerySet:
    seats = standing(door.programme, door.now)
    if not door.seat.can("manage") and door.seat.group.parent_id is not None:
        seats = seats.filter(group=door.seat.group_id)
    return seats.able("contribute")


@require_POST
def assign(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a seat a task in its own group."""
    door = enter(request, slug)
    form = AssignForm(request.POST, door=door, seats=_assignable(door))
    if not form.is_valid():
        return render(request, "work/tasks.html", _list(door, request, form=form), status=422)
    seat = standing(door.programme, door.now).get(public_id=form.cleaned_data["seat"])
    group: Group = seat.group
    spec = TaskSpec(door.programme, group, seat, str(form.cleaned_data["title"]), form.due())
    task, refused = attempt(lambda: actions.assign_task(door.act_from(form), spec=spec))
    if task is None:
        why = refused.sentence(door.lang) if refused else ""
        context = _list(door, request, form=form, refused=why)
        return render(request, "work/tasks.html", context, status=422)
    return HttpResponseRedirect(f"/p/{slug}/tasks/")


def fetch(door: Door, task_id: str) -> Task:
    """The task, if this seat may read it; 404 otherwise."""
    found = door.first(("work.task",), _seen, task_id)
    if found is None:
        raise Http404
    return found


def _seen(door: Door, task_id: str) -> TaskQuerySet:
    mine = permissions.visible_tasks(door.sight, Task.objects.all()).with_names()
    return mine.filter(public_id=task_id)


def task(request: HttpRequest, slug: str, task_id: str) -> HttpResponse:
    """One task."""
    door = enter(request, slug)
    return render(request, "work/task.html", shown(door, fetch(door, task_id)))


def shown(door: Door, one: Task, **more: object) -> Shown:
    """Everything the page of one task shows."""
    holder = _holder(one)
    is_open = one.state == TaskState.OPEN
    may, why = offered(door, lambda: permissions.may_finish(door.act(), one))
    return {
        "door": door,
        "task": one,
        "group": one.group.title.in_(door.lang),
        "who": one.seat.called.in_(door.lang),
        "raise_link": raise_link(door, one.subject(), one.group),
        "mark": mark_of(door, one),
        "word": TASK_WORDS[one.state].in_(door.lang),
        "is_open": is_open,
        "way_back": way_back(door, one),
        "of_minutes": one.source_kind == SourceKind.MINUTES,
        "heir": holder.called.in_(door.lang) if holder.pk != one.seat_id else "",
        "own": holder.pk == door.seat.pk,
        "may": is_open and may,
        "why": why if is_open and not may else "",
        "finish": FinishForm(door=door, principal=holder, prefix="f") if is_open else None,
        "decline": ReasonForm(door=door, principal=holder, prefix="d") if is_open else None,
        "undo": UndoForm(prefix="u") if _may_reopen(door, one, holder) else None,
    } | more


def _holder(one: Task) -> Seat:
    """Who owes it now: its assignee, or who took over the seat."""
    owing = one.obligation.seat_id if one.obligation else None
    if owing is None or owing == one.seat_id:
        return one.seat
    return Seat.objects.with_names().get(pk=owing)


def _may_reopen(door: Door, one: Task, holder: Seat) -> bool:
    """Is opening it again offered: to its holder, and to who may assign it?"""
    if one.state not in (TaskState.DONE, TaskState.DECLINED):
        return False
    mine = holder.pk == door.seat.pk
    return mine or bool(ask(lambda: permissions.may_assign(door.act(), one.group)))


@require_POST
def finish(request: HttpRequest, slug: str, task_id: str) -> HttpResponse:
    """Report a task finished."""
    door = enter(request, slug)
    one = fetch(door, task_id)
    form = FinishForm(request.POST, request.FILES, door=door, principal=_holder(one), prefix="f")
    if not form.is_valid():
        return render(request, "work/task.html", shown(door, one, finish=form), status=422)
    _, refused = attempt(lambda: _finish(door, door.act_from(form), one, form))
    if refused:
        context = shown(door, one, finish=form, refused=refused.sentence(door.lang))
        return render(request, "work/task.html", context, status=422)
    return HttpResponseRedirect(one.path)


def _finish(door: Door, act: Act, one: Task, form: FinishForm) -> Task:
    upload = form.cleaned_data.get("file")
    file = None
    if upload and ask(lambda: permissions.may_finish(act, one)):
        file = door.keep(act, upload)
    return actions.finish_task(act, task=one, note=str(form.cleaned_data["note"]), file=file)


@require_POST
def decline(request: HttpRequest, slug: str, task_id: str) -> HttpResponse:
    """Say that one cannot take the task, and why."""
    door = enter(request, slug)
    one = fetch(door, task_id)
    form = ReasonForm(request.POST, request.FILES, door=door, principal=_holder(one), prefix="d")
    if not form.is_valid():
        return render(request, "work/task.html", shown(door, one, decline=form), status=422)
    why = str(form.cleaned_data["reason"])
    _, refused = attempt(lambda: actions.decline_task(door.act_from(form), task=one, reason=why))
    if refused:
        context = shown(door, one, decline=form, refused=refused.sentence(door.lang))
        return render(request, "work/task.html", context, status=422)
    return HttpResponseRedirect(one.path)


def file(request: HttpRequest, slug: str, task_id: str) -> FileResponse:
    """The file that came with a finished task."""
    door = enter(request, slug)
    one = fetch(door, task_id)
    if one.file is None:
        raise Http404
    return stored_file(one.file)


def led(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """From a duty to the task it stands for."""
    door = enter(request, slug)
    mine = visible_duties(door.sight, Obligation.objects.all())
    duty = mine.filter(public_id=duty_id, form="task").first()
    if duty is None:
        raise Http404
    return HttpResponseRedirect(f"/p/{slug}/tasks/{duty.subject_id}/")
