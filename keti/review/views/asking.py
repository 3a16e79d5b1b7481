"""Asking for a decision that the charter takes on request."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from keti.charter.queries import compiled
from keti.charter.rules.compiled import GateSpec
from keti.groups.doors import Door, attempt, enter
from keti.groups.models import Seat
from keti.groups.queries import standing
from keti.kernel.acts import Text
from keti.review import actions, permissions
from keti.review.forms import AskForm


def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """What may be asked for, and the reason."""
    door = enter(request, slug)
    offered = offers(door)
    if request.method != "POST":
        return render(request, "review/ask.html", _asking(door, offered, _form(door, offered)))
    form, why = _form(door, offered, request.POST, request.FILES), ""
    if form.is_valid():
        said = form.cleaned_data
        made, refused = attempt(
            lambda: actions.ask_decision(
                door.act_from(form),
                programme=door.programme,
                asked=str(said["asked"]),
                reason=str(said["reason"]),
            )
        )
        if made is not None:
            return HttpResponseRedirect(made.path)
        why = refused.sentence(door.lang) if refused else ""
    return render(request, "review/ask.html", _asking(door, offered, form, why), status=422)


def offers(door: Door) -> list[GateSpec]:
    """The decisions this seat may ask for, or may record that others ask for."""
    every = compiled(door.programme).requests
    if door.seat.can("manage"):
        return list(every)
    return [one for one in every if permissions.asks(door.seat, one)]


def _form(door: Door, offered: list[GateSpec], *sent: Any) -> AskForm:
    choices = [(one.key, _title(door, one).in_(door.lang)) for one in offered]
    return AskForm(*sent, door=door, principals=_askers(door, offered), offered=choices)


def _askers(door: Door, offered: list[GateSpec]) -> list[Seat]:
    """For whom the secretariat may record it; oneself where one may ask."""
    if not door.seat.can("manage"):
        return [door.seat]
    seats = standing(door.programme, door.now).with_names()
    return [one for one in seats if any(permissions.asks(one, spec) for spec in offered)]


def _title(door: Door, spec: GateSpec) -> Text:
    """What is decided, and where it is not about the whole, for which group."""
    law = compiled(door.programme)
    group = law.group(spec.group)
    if not group.parent:
        return spec.title
    zh, en = spec.title.in_("zh"), spec.title.in_("en")
    return Text(f"{zh} · {group.title.in_('zh')}", f"{en}, {group.title.in_('en')}")


def _asking(door: Door, offered: list[GateSpec], form: AskForm, why: str = "") -> dict[str, Any]:
    return {"door": door, "form": form, "offered": offered, "refused": why}
