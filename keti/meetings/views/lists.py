"""The list of the room: meetings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from keti.duties.models import Obligation, ObligationQuerySet
from keti.duties.permissions import visible as visible_duties
from keti.groups.doors import Door, ask, enter, turns
from keti.groups.queries import Turning
from keti.kernel.refusals import sentence
from keti.lists.doors import (
    GROUP_NAMES,
    Column,
    Listing,
    by_code,
    by_group,
    declared,
    recorded,
    save,
    show,
)
from keti.lists.rules import Label, Marked, Moment
from keti.meetings import notices, permissions, queries
from keti.meetings.enums import MEETING_MARKS, MEETING_WORDS, MeetingState
from keti.meetings.models import Meeting, MeetingQuerySet
from keti.work.models import TaskQuerySet
from keti.work.permissions import visible_tasks

AHEAD = timedelta(days=45)


@turns
def meetings_turn(now: datetime) -> list[Turning]:
    """When the next planned meeting is over: so long after it began, or was entered."""
    begun = now - notices.OVER
    planned = Meeting.objects.filter(state=MeetingState.PLANNED)
    return [
        (planned.filter(**{f"{field}__gt": begun}).order_by(field), field, -notices.OVER)
        for field in ("starts_at", "arranged_at")
    ]


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting of the list."""

    meeting: Meeting
    title: str
    group: str
    mark: str
    word: str


def _visible(door: Door) -> MeetingQuerySet:
    found = permissions.visible(door.sight, Meeting.objects.all()).select_related("group")
    return found.only(
        "public_id", "title_zh", "title_en", "starts_at", "arranged_at", "place", "state",
        "number", "on_behalf", "recorded_late", *GROUP_NAMES,
    )  # fmt: skip


def _meetings(door: Door, meetings: Iterable[Meeting]) -> Iterator[MeetingRow]:
    for one in meetings:
        one.programme = door.programme
        over = notices.unrecorded(one, door.now)
        word = MEETING_WORDS[one.state].in_(door.lang)
        yield MeetingRow(
            one,
            one.title.in_(door.lang),
            one.group.title.in_(door.lang),
            "soon" if over else MEETING_MARKS[one.state],
            sentence("meetings.unrecorded", {}, door.lang) if over else word,
        )


MEETINGS = declared(
    Listing(
        name="meetings",
        title=gettext_lazy("会议"),
        columns=(
            Column(
                "title", gettext_lazy("会议"), lambda row: Label(row.title, row.meeting.path),
                ("title_zh",), ("title_zh", "title_en"),
            ),
            Column(
                "at", gettext_lazy("时间"), lambda row: Moment(row.meeting.starts_at),
                ("starts_at",),
            ),
            Column(
                "place", gettext_lazy("地点"), lambda row: Label(row.meeting.place),
                ("place",), ("place",), page=False,
            ),
            Column(
                "group", gettext_lazy("组别"), lambda row: Label(row.group), ("group__order",)
            ),
            Column(
                "state", gettext_lazy("状态"),
                lambda row: Marked(row.mark, row.word, recorded(row.meeting)), ("state",),
            ),
            Column(
                "number", gettext_lazy("纪要编号"), lambda row: Label(row.meeting.number),
                ("number",), ("number",),
            ),
        ),
        base=_visible,
        of_record=True,
        rows=_meetings,
        order=("-starts_at",),
        page="meetings:list",
        file="meetings:list_file",
        choices=(
            by_group(),
            by_code(
                "state", gettext_lazy("状态"),
                lambda door: [(key, word.in_(door.lang)) for key, word in MEETING_WORDS.items()],
            ),
        ),
        nothing=gettext_lazy("还没有会议"),
        hint=gettext_lazy("安排后，会议和纪要会列在这里。"),
    )
)  # fmt: skip


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Every meeting this seat may read; what it still has to arrange."""
    door = enter(request, slug)
    context = {
        "door": door,
        "meetings": show(request, door, MEETINGS),
        "to_arrange": _to_arrange(door),
        "items": door.count(("meetings.open-items",), _waiting),
        "may_call": bool(ask(lambda: permissions.may_arrange(door.act(), door.seat.group))),
    }
    return render(request, "meetings/meetings.html", context)


def _waiting(door: Door) -> TaskQuerySet:
    return visible_tasks(door.sight, queries.open_items(door.programme))


def _to_arrange(door: Door) -> list[dict[str, Any]]:
    """Meetings nobody arranged yet: all that the acting seat owes; for the secretariat also what
    others owe in the coming weeks."""
    return [
        {"duty": one, "title": one.title.in_(door.lang), "group": one.group.title.in_(door.lang)}
        for one in door.read(("meetings.to-arrange",), _unarranged)
    ]


def _unarranged(door: Door) -> ObligationQuerySet:
    found = visible_duties(door.sight, Obligation.objects.all()).open().with_names()
    found = found.filter(form="meeting").exclude(
        Exists(queries.standing_meetings().filter(obligation=OuterRef("pk")))
    )
    mine = Q(seat=door.seat)
    soon = Q(due__lt=door.now + AHEAD)
    return found.filter(mine | soon if door.seat.can("manage") else mine)


def listing_file(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The meetings as they were asked for, as a file."""
    return save(request, MEETINGS, slug, form)
