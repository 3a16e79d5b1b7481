"""Whom a letter of one's own can go to, and who is meant by what was chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from keti.accounts.models import Person
from keti.duties.enums import Nature
from keti.duties.models import Obligation, ObligationQuerySet
from keti.duties.permissions import visible as visible_duties
from keti.groups.doors import Door
from keti.groups.models import Seat
from keti.groups.queries import standing

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


def reach_of(door: Door) -> Reach:
    """All seats for the secretariat; for a lead those of the own group."""
    seats = standing(door.programme, door.now)
    if not door.seat.can("manage"):
        seats = seats.filter(group=door.seat.group_id)
    found = list(seats)
    owed: dict[str, set[int]] = {}
    words: dict[str, str] = {}
    for duty in _owed(door, found):
        key = f"{duty.kind}/{duty.period}"
        owed.setdefault(key, set()).add(duty.seat_id or 0)
        words.setdefault(key, duty.titled.in_(door.lang))
    return Reach(found, {key: frozenset(one) for key, one in owed.items()}, list(words.items()))


def _owed(door: Door, seats: Sequence[Seat]) -> ObligationQuerySet:
    mine = visible_duties(door.sight, Obligation.objects.all()).open()
    of_charter = mine.filter(nature=Nature.CHARTER, seat__in=seats)
    return of_charter.filter(due__lte=door.now + SOON).with_names()


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
