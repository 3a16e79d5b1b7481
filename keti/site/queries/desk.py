"""What the desk shows: owed, waiting, missed, and what others owe."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from keti.duties import permissions, queries
from keti.duties.enums import DutyState
from keti.duties.models import Obligation
from keti.groups.doors import Door
from keti.ledger.queries import entries

WEEK = timedelta(days=7)
OTHERS_AHEAD = timedelta(days=10)
MOST = 60
REMINDED = "site.reminder.sent"


@dataclass(frozen=True, slots=True)
class Owed:
    """The open duties of the acting seat, sorted by how they press."""

    overdue: list[Obligation]
    week: list[Obligation]
    later: list[Obligation]
    waiting: list[Obligation]
    met: int
    next_due: datetime | None

    def count(self) -> int:
        return len(self.overdue) + len(self.week) + len(self.later) + len(self.waiting)


def owed(door: Door) -> Owed:
    """Everything the acting seat owes. Returned work waits for the seat apart."""
    mine = list(queries.owed_by([door.seat]))
    fresh = [duty for duty in mine if duty.state == DutyState.OPEN]
    edge = door.now + WEEK
    return Owed(
        [duty for duty in fresh if duty.due_instant <= door.now],
        [duty for duty in fresh if door.now < duty.due_instant <= edge],
        [duty for duty in fresh if duty.due_instant > edge],
        [duty for duty in mine if duty.state == DutyState.RETURNED],
        Obligation.objects.filter(seat=door.seat, state=DutyState.MET).count(),
        queries.falling_due(door.programme, after=door.now),
    )


def owed_by_others(door: Door) -> list[Obligation]:
    """For leads their group's open duties, for the secretariat everybody's; by due instant."""
    if not (door.seat.can("manage") or door.seat.can("lead")):
        return []
    found = permissions.visible(door.seat, Obligation.objects.all()).open()
    if not door.seat.can("manage"):
        found = found.filter(group=door.seat.group_id)
    found = found.filter(~Q(seat=door.seat) | Q(seat=None), due__lt=door.now + OTHERS_AHEAD)
    return list(found.with_names()[:MOST])


@dataclass(frozen=True, slots=True)
class Reminded:
    """Who was reminded last of a duty by hand, and when."""

    who: str
    at: datetime


def reminded(door: Door, duties: Sequence[Obligation]) -> dict[str, Reminded]:
    """Public id of a duty -> its newest reminder by hand; one query."""
    ids = [duty.public_id for duty in duties]
    found = entries(door.programme).filter(kind=REMINDED, subject_id__in=ids).order_by("seq")
    return {
        one.subject_id: Reminded(str(one.content["facts"]["to"]), one.happened_at) for one in found
    }


def blockers(door: Door, duties: Sequence[Obligation]) -> dict[str, Obligation]:
    """Stable key -> duty not yet met, of everything these duties wait for; one query."""
    keys = sorted({key for duty in duties for key in duty.needs})
    return {duty.key: duty for duty in queries.unmet(door.programme, keys)}
