"""Appointing, ending seats, swapping delegates, standing aside."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When

from keti.accounts.actions import close_links
from keti.accounts.models import Organisation, Person
from keti.groups import notices, permissions, queries
from keti.groups.models import UNNUMBERED, Colleague, Group, Recusal, Role, Seat, SeatQuerySet
from keti.kernel.acts import ROUTINE, Act
from keti.kernel.prepared import prepared
from keti.kernel.refusals import YES, Refused, Verdict, no
from keti.kernel.transactions import hold
from keti.ledger import actions as ledger
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
def first_seat(act: Act, *, place: Place) -> Seat:
    """A seat whose holder the charter names: given by applying the charter itself.

    The unit holds it in any case; whom another seat excludes from it does not act for it.
    """
    if place.delegate is not None and not _no_exclusion(place, None):
        place = replace(place, delegate=None)
    return _create(act, place)


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


@transaction.atomic
def appoint(act: Act, *, place: Place, tell: bool = True) -> Seat:
    """Fill a seat. The secretariat appoints, on behalf of the appointing role where one is named;
    of a role the charter lets be elected it records who elected. With `tell` off nobody is
    written to: the secretariat does that later (`notices.untold`).

    Refuses a full role, roles that exclude each other, and a role of another kind of group.

    Taken back by: annul_seat (as a mistake), end_seat (from now on).
    """
    programme = place.group.programme
    hold_roster(programme)
    [group] = prepared(("groups.group",), _group, place.group.pk)
    if entry := ledger.repeated(act, "groups.seat.appointed", programme=programme):
        return Seat.objects.get(public_id=entry.subject_id)
    permissions.may_manage(act, programme).or_refuse()
    fit_for_seat(replace(place, group=group)).or_refuse()
    _joins(place)
    seat = _create(act, place)
    if tell:
        notices.appointed(act, seat)
    ledger.record(
        act,
        "groups.seat.appointed",
        programme=programme,
        about=seat.subject(),
        facts={
            "group": group.label,
            "role": place.role.title_zh,
            "order": place.order,
            "elected_by": queries.electors(programme, place.role),
            **_named(place.guest),
        },
    )
    return seat


def _group(pk: int) -> QuerySet[Group]:
    return Group.objects.filter(pk=pk)


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
    return _room_for(place, held) and _no_exclusion(place, held) and _of_the_unit(place)


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


def _no_exclusion(place: Place, held: Seat | None) -> Verdict:
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


def _joins(place: Place) -> None:
    """Whoever is named for a unit and was of no unit so far is of this one from now on."""
    delegate = place.delegate
    if delegate and delegate.unit_id is None and not place.guest:
        delegate.unit = place.organisation
        delegate.save(update_fields=["unit"])


def _named(guest: bool) -> dict[str, object]:
    """That the delegate belongs to another unit is part of the record."""
    return {"guest": True} if guest else {}


def _create(act: Act, place: Place) -> Seat:
    return Seat.objects.create(
        programme=place.group.programme,
        group=place.group,
        role=place.role,
        organisation=place.organisation,
        person=place.person,
        delegate=place.delegate,
        honorific=place.honorific,
        order=place.order,
        starts_at=place.starts_at or act.happened_at,
        sole=place.role.maximum == 1,
        proposed_at=act.recorded_at if place.proposed and place.delegate else None,
    )


@transaction.atomic
def end_seat(act: Act, *, seat: Seat, reason: str) -> Seat:
    """End a seat from now on; history keeps it. Only the secretariat.

    Taken back by: appoint (the same holder anew; the open duties follow).
    """
    hold_roster(seat.programme)
    seat = hold(Seat.objects.all()).get(pk=seat.pk)
    if ledger.repeated(act, "groups.seat.ended", programme=seat.programme):
        return seat
    permissions.may_manage(act, seat.programme).or_refuse()
    if seat.ends_at is None:
        seat.ends_at = act.happened_at
        seat.save(update_fields=["ends_at"])
        close_links(seats=[seat.public_id])
        part_deputies([seat], act.recorded_at)
        ledger.record(
            act,
            "groups.seat.ended",
            programme=seat.programme,
            about=seat.subject(),
            facts={"reason": reason},
        )
    return seat


@transaction.atomic
def swap_delegate(
    act: Act,
    *,
    seat: Seat,
    delegate: Person,
    guest: bool = False,
    proposed: bool = False,
    tell: bool = True,
) -> Seat:
    """Name another person to act for a unit: a routine adjustment, immediate and logged; one who
    is `proposed` is asked first, and nobody acts in the seat until they accept.

    Refuses what appointing refuses, an ended seat, and a delegate of another unit unless `guest`.

    Taken back by: swap_delegate (the person before is named again).
    """
    hold_roster(seat.programme)
    seat = hold(Seat.objects.all()).get(pk=seat.pk)
    if ledger.repeated(act, "groups.delegate.swapped", programme=seat.programme):
        return seat
    permissions.may_manage(act, seat.programme).or_refuse()
    if seat.organisation is None:
        raise Refused("groups.only-units-have-delegates")
    if seat.ends_at is not None:
        raise Refused("groups.seat-has-ended", seat=seat.title)
    place = Place(
        seat.group, seat.role, organisation=seat.organisation, delegate=delegate, guest=guest
    )
    fit_for_seat(place, held=seat).or_refuse()
    _joins(place)
    before = seat.delegate.label if seat.delegate else ""
    close_links(seats=[seat.public_id])
    part_deputies([seat], act.recorded_at)
    seat.delegate, seat.proposed_at = delegate, act.recorded_at if proposed else None
    seat.save(update_fields=["delegate", "proposed_at"])
    if tell:
        notices.appointed(act, seat)
    ledger.record(
        act,
        "groups.delegate.swapped",
        programme=seat.programme,
        about=seat.subject(),
        facts=ROUTINE | {"before": before, "after": delegate.label} | _named(guest),
    )
    return seat


@transaction.atomic
def restyle_seat(act: Act, *, seat: Seat, honorific: str, order: int | None) -> Seat:
    """Put right how a seat is styled in lists, minutes and the roll, and where it stands in its
    role; without an `order` it stands behind those who have one. What was frozen stays as it was.

    Only the secretariat. Refuses a seat that has ended, an order that is none, a style that is too
    long, and where nothing differs.

    Taken back by: restyle_seat (styled and placed as before).
    """
    hold_roster(seat.programme)
    seat = hold(Seat.objects.all()).get(pk=seat.pk)
    if ledger.repeated(act, "groups.seat.restyled", programme=seat.programme):
        return seat
    permissions.may_manage(act, seat.programme).or_refuse()
    if seat.ends_at is not None:
        raise Refused("groups.seat-has-ended", seat=seat.title)
    style, place = honorific.strip(), UNNUMBERED if order is None else order
    if not 0 <= place <= UNNUMBERED:
        raise Refused("groups.order-is-none", most=UNNUMBERED - 1).at("order")
    before = [seat.honorific, seat.number]
    if (seat.honorific, seat.order) == (style, place):
        raise Refused("groups.nothing-to-restyle")
    restyle(seat, honorific=style, order=place)
    seat.honorific, seat.order = style, place
    ledger.record(
        act,
        "groups.seat.restyled",
        programme=seat.programme,
        about=seat.subject(),
        facts=ROUTINE | {"before": before, "after": [style, seat.number]},
    )
    return seat


@transaction.atomic
def restyle(seat: Seat, *, honorific: str, order: int) -> None:
    """How a seat is styled and where it stands in its role. Called by the act that corrects it,
    which records it."""
    Seat.objects.filter(pk=seat.pk, ends_at=None).update(honorific=honorific, order=order)


@transaction.atomic
def recuse(seats: Iterable[Seat], subjects: Iterable[str], at: datetime) -> None:
    """Whoever acts in these seats, and the units behind them, stand aside from these things (by
    public id) from now on. Called by the act that hears of a conflict, or finds one, and records
    it. What is known already stays.
    """
    ids = sorted({one for one in subjects if one})
    Recusal.objects.bulk_create(
        [
            Recusal(programme=seat.programme, subject_id=one, since=at, **side)
            for seat in seats
            for one in ids
            for side in _sides(seat)
        ],
        ignore_conflicts=True,
    )


def _sides(seat: Seat) -> list[dict[str, Person | Organisation]]:
    found: list[dict[str, Person | Organisation]] = []
    if seat.acting_person:
        found.append({"person": seat.acting_person})
    if seat.unit:
        found.append({"organisation": seat.unit})
    return found
