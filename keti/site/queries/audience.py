"""Whom a letter of one's own can go to, and who is meant by what was chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import QuerySet

from keti.accounts.models import Person
from keti.duties.models import Obligation
from keti.duties.permissions import announced
from keti.duties.queries import next_within
from keti.duties.rules import titled
from keti.groups.doors import Door, turns
from keti.groups.models import Seat, SeatQuerySet
from keti.groups.queries import Turning, standing
from keti.kernel.acts import Text

SOON = timedelta(days=31)
"""Who owes what is due later than this is not asked for it yet."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was ticked. Groups, roles and what is owed narrow each other; the seats picked by hand
    come on top."""

    groups: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    owing: frozenset[str] = frozenset()
    seats: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reach:
    """Everybody the acting seat may write to, and what they may be chosen by (id, words)."""

    seats: Sequence[Seat]
    owed: dict[str, frozenset[int]] = field(default_factory=dict)
    owed_words: Sequence[tuple[str, str]] = ()


@turns
def asked_turn(now: datetime) -> list[Turning]:
    """When the next duty is near enough to be asked for."""
    return next_within(now, SOON)


def reach_of(door: Door) -> Reach:
    """All seats for the secretariat; for a lead those of the own group."""
    return door.unchanged(("site.reach",), lambda: _reach(door), names=True)


def _reach(door: Door) -> Reach:
    found = door.read(("site.reach",), _within)
    owed: dict[str, set[int]] = {}
    words: dict[str, str] = {}
    for kind, period, zh, en, seat in door.read(("site.reach-owed",), _owed):
        key = f"{kind}/{period}"
        owed.setdefault(key, set()).add(seat or 0)
        if key not in words:
            words[key] = titled(Text(zh, en), period).in_(door.lang)
    return Reach(found, {key: frozenset(one) for key, one in owed.items()}, list(words.items()))


def _within(door: Door) -> SeatQuerySet:
    seats = standing(door.programme, door.now)
    return seats if door.seat.can("manage") else seats.filter(group=door.seat.group_id)


Owed = tuple[str, str, str, str, int | None]


def _owed(door: Door) -> QuerySet[Obligation, Owed]:
    """Kind, period, titles and seat of what these seats owe soon, the first due first."""
    mine = announced(door.sight, Obligation.objects.all()).open()
    of_charter = mine.filter(seat__in=_within(door).order_by().values("pk"))
    soon = of_charter.filter(due__lte=door.now + SOON).order_by("due", "pk")
    return soon.values_list("kind", "period", "title_zh", "title_en", "seat_id")


def chosen(reach: Reach, wanted: Chosen) -> list[Seat]:
    """The seats that are meant, in protocol order; nobody where nothing was chosen."""
    owing = [reach.owed[key] for key in wanted.owing if key in reach.owed]
    filtered = bool(wanted.groups or wanted.roles or wanted.owing)

    def meant(seat: Seat) -> bool:
        if seat.public_id in wanted.seats:
            return True
        in_group = not wanted.groups or seat.group.public_id in wanted.groups
        in_role = not wanted.roles or seat.role.key in wanted.roles
        owes = not wanted.owing or any(seat.pk in some for some in owing)
        return filtered and in_group and in_role and owes

    return [seat for seat in reach.seats if meant(seat)]


def first_seats(seats: Iterable[Seat]) -> list[tuple[Person, Seat]]:
    """Who acts in these seats, each once, with the first of their seats."""
    found: dict[int, tuple[Person, Seat]] = {}
    for seat in seats:
        person = seat.acting_person
        if person is not None:
            found.setdefault(person.pk, (person, seat))
    return list(found.values())


def facts_of(person: Person, seat: Seat) -> dict[str, str]:
    """What fills the places of a letter, in the reader's language."""
    lang, unit = person.language, seat.unit
    return {
        "name": person.called.in_(lang),
        "unit": unit.called.in_(lang) if unit else "",
        "group": seat.group.title.in_(lang),
        "role": seat.role.title.in_(lang),
    }
