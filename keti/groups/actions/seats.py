"""Appointing, ending seats, swapping delegates, standing aside."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from keti.accounts.actions import close_links
from keti.accounts.models import Organisation, Person
from keti.groups import notices, permissions, queries
from keti.groups.actions.fitting import (
    Place,
    create,
    fit_for_seat,
    hold_roster,
    no_exclusion,
    part_deputies,
)
from keti.groups.actions.offices import follow_offices
from keti.groups.models import UNNUMBERED, Group, Recusal, Seat
from keti.kernel.acts import ROUTINE, Act
from keti.kernel.prepared import prepared
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger


@transaction.atomic
def first_seat(act: Act, *, place: Place) -> Seat:
    """A seat whose holder the charter names: given by applying the charter itself.

    The unit holds it in any case; whom another seat excludes from it does not act for it.
    """
    if place.delegate is not None and not no_exclusion(place, None):
        place = replace(place, delegate=None)
    return create(act, place)


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
    seat = create(act, place)
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
    follow_offices(act, programme, tell=tell)
    return seat


def _group(pk: int) -> QuerySet[Group]:
    return Group.objects.filter(pk=pk)


def _joins(place: Place) -> None:
    """Whoever is named for a unit and was of no unit so far is of this one from now on."""
    delegate = place.delegate
    if delegate and delegate.unit_id is None and not place.guest:
        delegate.unit = place.organisation
        delegate.save(update_fields=["unit"])


def _named(guest: bool) -> dict[str, object]:
    """That the delegate belongs to another unit is part of the record."""
    return {"guest": True} if guest else {}


@transaction.atomic
def end_seat(act: Act, *, seat: Seat, reason: str) -> Seat:
    """End a seat from now on; history keeps it. Only the secretariat.

    Taken back by: appoint (the same holder anew; the open duties follow).
    """
    hold_roster(seat.programme)
    seat = hold_row(Seat, seat.pk)
    if ledger.repeated(act, "groups.seat.ended", programme=seat.programme):
        return seat
    permissions.may_manage(act, seat.programme).or_refuse()
    permissions.by_hand(seat).or_refuse()
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
        follow_offices(act, seat.programme)
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
    seat = hold_row(Seat, seat.pk)
    if ledger.repeated(act, "groups.delegate.swapped", programme=seat.programme):
        return seat
    permissions.may_manage(act, seat.programme).or_refuse()
    permissions.by_hand(seat).or_refuse()
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
    follow_offices(act, seat.programme, tell=tell)
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
    seat = hold_row(Seat, seat.pk)
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
