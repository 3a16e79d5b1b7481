"""Whom a meeting invites of itself, and whom it may invite beside them."""

from datetime import datetime

from django.db.models import Q, QuerySet

from keti.charter.queries import compiled
from keti.duties.models import Obligation
from keti.groups.models import Group, Seat
from keti.kernel.once import once
from keti.kernel.prepared import prepared
from keti.meetings.models import Meeting


def to_invite(group: Group, at: datetime, duty: Obligation | None = None) -> list[Seat]:
    """The seats of the group; for the overall group the leads of the groups beneath as well; then
    whom the charter calls `with` them to the meeting of this duty, where it does.

    Seats of external roles are invited by hand or by their role, never by default.
    """
    own = [
        seat
        for seat in _near(group, at)
        if not seat.role.external
        and (seat.group_id == group.pk or (seat.group.parent_id == group.pk and seat.can("lead")))
    ]
    known = {one.pk for one in own}
    return own + [one for one in _called(group, at, duty) if one.pk not in known]


def _called(group: Group, at: datetime, duty: Obligation | None) -> list[Seat]:
    """The seats that the charter calls to the meeting of this duty besides: those of other groups,
    and of roles, each as far as it reaches this group."""
    if duty is None:
        return []
    law = compiled(group.programme)
    words = next((one.invites for one in law.works if one.key == duty.kind), ())
    if not words:
        return []
    homes = {key for word in words for key in law.called(word, group.key)}
    return [
        seat
        for seat in everybody(group, at)
        if (seat.group.key in homes and not seat.role.external)
        or (seat.role.key in words and law.reaches(seat.role.group_kind, seat.group.key, group.key))
    ]


def others(group: Group, at: datetime, duty: Obligation | None = None) -> list[Seat]:
    """Every seat of the programme that the meeting does not invite of itself."""
    own = {one.pk for one in to_invite(group, at, duty)}
    return [one for one in everybody(group, at) if one.pk not in own]


def everybody(group: Group, at: datetime) -> list[Seat]:
    """Every seat of the programme, in protocol order; read once for a page."""

    def read() -> list[Seat]:
        return prepared(("meetings.everybody",), _everybody, group.programme_id, at)

    return once(("meetings.everybody", group.programme_id, at), read)


def _everybody(programme: int, at: datetime) -> QuerySet[Seat]:
    return Seat.objects.filter(programme=programme).standing(at).with_names()


def beside(meeting: Meeting, at: datetime) -> list[Seat]:
    """The seats invited to the meeting beside those that it invites of itself."""
    return parted(meeting, at)[0]


def parted(meeting: Meeting, at: datetime) -> tuple[list[Seat], list[Seat]]:
    """The seats beyond the group: those invited beside it, and those that are not invited."""
    invited = set(meeting.attendance.values_list("seat_id", flat=True))
    every = others(meeting.group, at, meeting.obligation)
    beside_it = [one for one in every if one.pk in invited and one.pk != meeting.chair_id]
    return beside_it, [one for one in every if one.pk not in invited]


def _near(group: Group, at: datetime) -> list[Seat]:
    """Who holds a seat in the group, or leads one beneath it."""

    def seats(programme: int, at: datetime, group: int) -> QuerySet[Seat]:
        found = Seat.objects.filter(programme=programme).standing(at).with_names()
        beneath = Seat.objects.filter(group__parent=group).able("lead").values("pk")
        return found.filter(Q(group=group) | Q(pk__in=beneath))

    def read() -> list[Seat]:
        return prepared(("meetings.near",), seats, group.programme_id, at, group.pk)

    return once(("meetings.near", group.pk, at), read)
