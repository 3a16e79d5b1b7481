"""Reminding by hand of what is owed: of one duty from the desk, of several from their list."""

from collections.abc import Sequence
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from keti.duties.doors import is_open
from keti.duties.models import Obligation
from keti.duties.permissions import visible
from keti.groups.doors import Door, ask, attempt, enter
from keti.kernel.refusals import sentence
from keti.lists.doors import Deed, offers
from keti.site import actions, permissions
from keti.site.queries.desk import reminded
from keti.site.views.house import back_to


def _not_reminded(door: Door, duties: Sequence[Obligation]) -> dict[str, str]:
    """Which duties nobody is to be reminded of, and why: once a day at most."""
    told, today = reminded(door, duties), door.programme.local(door.now).date()
    found: dict[str, str] = {}
    for one in duties:
        one.programme = door.programme
        last = told.get(one.public_id)
        verdict = ask(partial(permissions.may_remind, door.act(), one))
        if not verdict:
            found[one.public_id] = verdict.sentence(door.lang)
        elif not is_open(one):
            found[one.public_id] = _said("site.nothing-to-remind", one, door)
        elif one.seat_id is None and not one.pool:
            found[one.public_id] = _said("site.nobody-to-remind", one, door)
        elif last is not None and door.programme.local(last.at).date() == today:
            found[one.public_id] = _said("site.reminded-today", one, door)
    return found


def _said(code: str, duty: Obligation, door: Door) -> str:
    return sentence(code, {"title": duty.title}, door.lang)


offers(
    "duties",
    Deed(
        "remind",
        gettext_lazy("提醒"),
        lambda door: any(door.seat.can(verb) for verb in ("manage", "lead", "resolve")),
        _not_reminded,
        lambda act, duty, _reason: actions.remind(act, obligation=duty),
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
    base = f"/p/{slug}/desk/"
    if refused:
        context = {"door": door, "why": refused.sentence(door.lang), "back": base}
        return render(request, "site/refused.html", context, status=422)
    return HttpResponseRedirect(back_to(request, f"{base}?reminded={duty.public_id}"))
