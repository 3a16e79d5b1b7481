"""Reminding by hand of what is owed: of one duty from the desk, of several from their list."""

from collections.abc import Sequence
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from keti.duties.models import Obligation
from keti.duties.permissions import visible
from keti.groups.doors import Door, ask, attempt, enter
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused, sentence
from keti.lists.doors import Deed, offers
from keti.site import actions, permissions
from keti.site.queries.desk import reminded
from keti.site.views.house import back_to
from keti.work.models import Task


def _not_reminded(door: Door, duties: Sequence[Obligation]) -> dict[str, str]:
    """Which duties nobody is to be reminded of, and why: once a day at most."""
    told, found = reminded(door.programme, duties), dict[str, str]()
    for one in duties:
        one.programme = door.programme
        last = told.get(one.public_id)
        verdict = ask(partial(permissions.may_remind, door.act(), one)) and (
            permissions.may_be_reminded(one, last.at if last else None, door.now)
        )
        if not verdict:
            found[one.public_id] = verdict.sentence(door.lang)
    return found


def _duties_of(tasks: Sequence[Task]) -> dict[str, Obligation]:
    """Public id of a task -> what is owed for it; one query."""
    owed = Obligation.objects.in_bulk([one.obligation_id for one in tasks if one.obligation_id])
    return {one.public_id: owed[one.obligation_id] for one in tasks if one.obligation_id in owed}


def _tasks_not_reminded(door: Door, tasks: Sequence[Task]) -> dict[str, str]:
    """The same of tasks, which are owed as duties."""
    owed = _duties_of(tasks)
    refused = _not_reminded(door, list(owed.values()))
    return {
        key: refused[duty.public_id] for key, duty in owed.items() if duty.public_id in refused
    } | {
        one.public_id: sentence("site.nothing-to-remind", {"title": one.title}, door.lang)
        for one in tasks
        if one.public_id not in owed
    }


def _remind_of_task(act: Act, task: Task, _reason: str) -> int:
    owed = _duties_of([task]).get(task.public_id)
    if owed is None:
        raise Refused("site.nothing-to-remind", title=task.title)
    return actions.remind(act, obligation=owed)


def _reminds(door: Door) -> bool:
    return any(door.seat.can(verb) for verb in ("manage", "lead", "resolve"))


REMIND = Deed(
    "remind",
    gettext_lazy("提醒"),
    _reminds,
    _not_reminded,
    lambda act, duty, _reason: actions.remind(act, obligation=duty),
)
offers("duties", REMIND)
offers("reports_missing", REMIND)
offers(
    "tasks",
    Deed(
        "remind",
        gettext_lazy("提醒"),
        _reminds,
        _tasks_not_reminded,
        _remind_of_task,
    ),
)


@require_POST
def remind(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """Write to who owes it, politely, once a day at most."""
    door = enter(request, slug)
    mine = visible(door.sight, Obligation.objects.all())
    duty = mine.with_names().filter(public_id=duty_id).first()
    if duty is None:
        raise Http404
    act = door.act(request.POST.get("key", ""))
    _done, refused = attempt(lambda: actions.remind(act, obligation=duty))
    base = reverse("site:desk", args=[slug])
    if refused:
        context = {"door": door, "why": refused.sentence(door.lang), "back": base}
        return render(request, "site/refused.html", context, status=422)
    return HttpResponseRedirect(back_to(request, f"{base}?reminded={duty.public_id}"))
