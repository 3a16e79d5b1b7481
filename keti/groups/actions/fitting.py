"""Whether somebody may sit in a seat, and the rows of a seat: what every act on seats asks and
writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When

from keti.accounts.actions import close_links
from keti.accounts.models import Organisation, Person
from keti.groups import queries, rules
from keti.groups.models import UNNUMBERED, Colleague, Group, Role, Seat, SeatQuerySet
from keti.kernel.acts import Act
from keti.kernel.prepared import prepared
from keti.kernel.refusals import YES, Verdict, no
from keti.kernel.transactions import hold
from keti.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Place:
    """A seat to be filled: where, as what, by whom, and how it is styled in rolls and letters.

    With `guest` it is known, and recorded, that the delegate belongs to another unit. One who is
    `proposed` by the unit is asked first (`nominating`).
    """

    group: Group
    role: Role
    organisation: Organisation | None = None
    person: Person | None = None
    delegate: Person | None = None
    honorific: str = ""
    order: int = UNNUMBERED
    starts_at: datetime | None = None
    guest: bool = False
    proposed: bool = False
    office_id: str = ""


def hold_roster(programme: Programme) -> None:
    """Hold who sits where in the programme, until the transaction ends.

    Every way into a seat and out of it takes this first: roles that exclude each other, the most
    that hold a role, and what is decided by a number of seats are rules over several rows. They
    are read after it.
    """
    prepared(("groups.hold-roster",), _alone, programme.pk)


def _alone(pk: int) -> QuerySet[Programme]:
    return hold(Programme.objects.filter(pk=pk))


@transaction.atomic
def vacate(seats: Iterable[Seat], at: datetime) -> None:
    """End seats as of `at`. Called by the act that gives them to others, which records it."""
    ending = list(seats)
    close_links(seats=[one.public_id for one in ending])
    Seat.objects.filter(pk__in=[one.pk for one in ending], ends_at=None).update(ends_at=at)
    part_deputies(ending, at)


def part_deputies(seats: Iterable[Seat], at: datetime) -> None:
    """These seats have ended, or somebody else acts there: whoever stood in by them does no
    longer. Called by the act that ends it, which records it."""
    ids = [one.public_id for one in seats]
    standing = Colleague.objects.filter(deputy_id__in=ids, until=None)
    standing.update(until=Case(When(since__gt=at, then=F("since")), default=Value(at)))


def fit_for_seat(place: Place, *, held: Seat | None = None) -> Verdict:
    """May this holder, and this delegate, sit there? Every act that gives a seat asks this.

    `held` is the seat itself where it only gets another delegate: it does not count against them.
    No: a role or group that has ended, a role of another kind of group, a full role, who holds it
    already, roles that exclude each other for whoever would act, a delegate of another unit.
    """
    role, group = place.role, place.group
    if (place.organisation is None) == (place.person is None):
        return no("groups.seat-needs-a-holder")
    if place.delegate and not place.organisation:
        return no("groups.only-units-have-delegates")
    if group.ended_at or role.ended_at:
        return no("groups.has-ended", role=role.title, group=group.title)
    if role.group_kind != group.kind:
        return no("groups.role-belongs-elsewhere", role=role.title, group=group.title)
    if not place.office_id and held is None and queries.only_by_office(group.programme, role):
        return no("groups.role-by-office", role=role.title)
    return _room_for(place, held) and no_exclusion(place, held) and _of_the_unit(place)


def _others(place: Place, held: Seat | None) -> SeatQuerySet:
    seats = Seat.objects.filter(programme=place.group.programme, ends_at=None)
    return seats.exclude(pk=held.pk) if held else seats


def _room_for(place: Place, held: Seat | None) -> Verdict:
    role, group = place.role, place.group
    holder = place.person or place.organisation
    mine = {"person": place.person} if place.person else {"organisation": place.organisation}
    if _others(place, held).filter(group=group, role=role, **mine).exists():
        return no("groups.already-holds-it", holder=holder, group=group.title, role=role.title)
    if role.maximum is None:
        return YES
    count = _others(place, held).filter(group=group, role=role).count()
    if count >= role.maximum:
        return no("groups.role-is-full", role=role.title, count=count, most=role.maximum)
    return YES


def no_exclusion(place: Place, held: Seat | None) -> Verdict:
    """Whoever would act, as holder or as delegate, acts in no seat whose role excludes this one."""
    person, role = place.person or place.delegate, place.role
    if person is None:
        return YES
    for seat in prepared(("groups.acting-now",), _acting, place.group.programme_id, person.pk):
        if held is not None and seat.pk == held.pk:
            continue
        if role.key in seat.role.excludes or seat.role.key in role.excludes:
            return no(
                "groups.roles-exclude-each-other",
                holder=person.label,
                held=seat.title,
                role=role.title,
            )
    return YES


def _acting(programme: int, person: int) -> SeatQuerySet:
    """The seats of the programme that stand, in which this person acts."""
    standing = Seat.objects.filter(programme=programme, ends_at=None)
    return standing.of(person).with_names()


def _of_the_unit(place: Place) -> Verdict:
    """A delegate belongs to the unit, or to one beneath it; from elsewhere only where it is so
    said."""
    unit = place.delegate.unit if place.delegate and not place.guest else None
    above = unit
    while above is not None and above != place.organisation:
        above = above.affiliated_with
    if unit is None or above is not None:
        return YES
    return no(
        "groups.delegate-of-another-unit",
        who=cast(Person, place.delegate).label,
        known=unit.label,
        unit=cast(Organisation, place.organisation).label,
    )


def create(act: Act, place: Place) -> Seat:
    """The row of a seat. Called by the act that gives it, which has asked whether it fits."""
    starts, programme = place.starts_at or act.happened_at, place.group.programme
    terms = [] if place.office_id else place.role.terms
    return Seat.objects.create(
        programme=programme,
        group=place.group,
        role=place.role,
        organisation=place.organisation,
        person=place.person,
        delegate=place.delegate,
        honorific=place.honorific,
        order=place.order,
        starts_at=starts,
        sole=place.role.maximum == 1,
        proposed_at=act.recorded_at if place.proposed and place.delegate else None,
        office_id=place.office_id,
        term_ends_at=rules.term_end(terms, 0, starts, programme.tz),
    )
