"""The groups of a programme, and one group's month on one page."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from keti.duties.doors import announced, deed_of, page_of, seen
from keti.duties.queries import in_month
from keti.groups.doors import Door, enter
from keti.groups.models import Group, Seat
from keti.groups.permissions import sees_group
from keti.groups.queries import groups_of, may_deputise
from keti.lists.doors import paged
from keti.monitoring.doors import raise_link
from keti.site.queries import groups as reads

Shown = dict[str, Any]
GROUPS = 50


def index(request: HttpRequest, slug: str) -> HttpResponse:
    """Every group with who leads it and how many hold its seats."""
    door = enter(request, slug)
    page = paged(request, groups_of(door.programme), GROUPS)
    rows = door.unchanged(
        ("site.groups-page", page.number), lambda: _rows(door, list(page)), names=True
    )
    return render(request, "site/groups.html", {"door": door, "rows": rows, "page": page})


def _rows(door: Door, groups: list[Group]) -> list[Shown]:
    members = reads.members_by_group(door, groups)
    month = f"{door.programme.local(door.now):%Y-%m}"
    due = reads.due_by_group(door, month, groups)
    rows = []
    for group in groups:
        seats = members.get(group.pk, [])
        done, owed = due.get(group.pk, (0, 0))
        rows.append(
            {
                "title": group.title.in_(door.lang),
                "url": group.path,
                "founded_at": group.founded_at,
                "lead": next((named(one, door) for one in seats if one.can("lead")), None),
                "count": len(seats),
                "done": done,
                "owed": owed,
            }
        )
    return rows


def named(seat: Seat, door: Door) -> Shown:
    """How a seat is shown: holder, role and style, delegate, unit."""
    unit = seat.unit
    return {
        "name": seat.holder.called.in_(door.lang),
        "is_unit": seat.organisation_id is not None,
        "role": seat.role.title.in_(door.lang),
        "style": seat.style,
        "delegate": seat.delegate.called.in_(door.lang) if seat.delegate else "",
        "proposed": seat.proposed_at is not None,
        "unit": unit.called.in_(door.lang) if unit and seat.person else "",
        "starts_at": seat.starts_at,
        "public_id": seat.public_id,
    }


def _group(door: Door, group_id: str) -> QuerySet[Group]:
    return groups_of(door.programme).filter(public_id=group_id)


def group(request: HttpRequest, slug: str, group_id: str) -> HttpResponse:
    """One group: members, this month's duties, tasks, meetings, reports, findings."""
    door = enter(request, slug)
    found = door.read(("site.group",), _group, group_id)
    if not found:
        raise Http404
    thing = found[0]
    work = reads.of_group(door, thing)
    month = f"{door.programme.local(door.now):%Y-%m}"
    due = announced(door).filter(in_month(month, door.programme.tz), group=thing)
    own = seen(door, due, [thing], work.members)
    context = {
        "door": door,
        "group": thing,
        "title": thing.title.in_(door.lang),
        "inside": sees_group(door.sight, thing),
        "members": [named(one, door) for one in work.members],
        "work": work,
        "lang": door.lang,
        "duties": [
            {
                "due_at": one.duty.due_instant,
                "title": deed_of(one.duty, door.lang),
                "who": one.who,
                "is_open": one.duty.is_open,
                "url": page_of(one.duty),
                "state": one.mark,
                "state_label": one.label,
            }
            for one in own
        ],
        "manages": door.seat.can("manage"),
        "has_deputies": any(
            may_deputise(one, other) for one in work.members for other in work.members
        ),
        "raise_link": raise_link(door, thing.subject(), thing),
    }
    return render(request, "site/group.html", context)
