"""How a group came to be: who was appointed, by whom, on what ground, who left (clause 五.19.1)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from keti.duties.doors import said
from keti.groups.doors import Door, enter
from keti.groups.models import Group, Seat
from keti.groups.permissions import sees_group
from keti.groups.queries import groups_of, labels_in
from keti.intake.enums import ApplicationState
from keti.intake.models import Application
from keti.ledger.models import Entry
from keti.ledger.queries import entries
from keti.site.views.records import hidden_lines

KINDS = (
    "groups.seat.appointed",
    "groups.seat.ended",
    "groups.delegate.swapped",
    "intake.seat.replaced",
    "intake.appointments.confirmed",
    "intake.group.founded",
)


def formed(request: HttpRequest, slug: str, group_id: str) -> HttpResponse:
    """The steps by which a group was formed, the first one first, for its own people and whoever
    sees every group. Who was appointed by mistake does not stand here; of applications only that
    somebody came by one, and its number."""
    door = enter(request, slug)
    group = groups_of(door.programme).filter(public_id=group_id).first()
    if group is None or not sees_group(door.sight, group):
        raise Http404
    context = {
        "door": door,
        "group": group,
        "title": group.title.in_(door.lang),
        "steps": _steps(door, group),
    }
    return render(request, "site/formed.html", context)


def _steps(door: Door, group: Group) -> list[dict[str, Any]]:
    seats = list(Seat.objects.filter(group=group).held().values_list("public_id", flat=True))
    about = entries(door.programme).filter(kind__in=KINDS, subject_id__in=[*seats, group.public_id])
    found = about.exclude(hidden_lines(door)).order_by("seq")
    label, came = labels_in(door.programme, door.lang), _came_by(group)
    return [_step(one, door, label, came.get(one.subject_id, "")) for one in found]


def _came_by(group: Group) -> dict[str, str]:
    """Seat -> number of the application by which its holder came."""
    admitted = Application.objects.filter(group=group, state=ApplicationState.ADMITTED)
    return dict(admitted.exclude(seat=None).values_list("seat__public_id", "number"))


def _step(entry: Entry, door: Door, label: Any, number: str) -> dict[str, Any]:
    facts = entry.content["facts"]
    ground = []
    if entry.kind == "groups.seat.appointed":
        if facts.get("elected_by"):
            ground.append(_("由{who}推选").format(who="、".join(map(label, facts["elected_by"]))))
        if number:
            ground.append(_("经申报入选（{number}）").format(number=number))
    ground += [facts["reason"]] if facts.get("reason") else []
    return {
        "at": entry.happened_at,
        "words": said(entry.kind, door.lang),
        "about": label(entry.content["about"]),
        "who": label(entry.content["actor"]),
        "for_whom": label(entry.content["behalf"]),
        "ground": "；".join(ground),
    }
