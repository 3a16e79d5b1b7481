"""Appointing, confirming the appointments of a group, and founding it."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from keti.duties import actions as duties
from keti.duties.models import Obligation
from keti.duties.queries import unmet
from keti.groups import actions as groups
from keti.groups.actions import Place
from keti.groups.models import Group, Seat
from keti.groups.notices import appointed, untold
from keti.groups.permissions import may_manage
from keti.intake import notices, permissions, queries
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold
from keti.ledger import actions as ledger
from keti.monitoring.actions import follow_the_seats, hold_what_follows
from keti.programmes.models import Programme


@transaction.atomic
def appoint_members(act: Act, *, places: Sequence[Place]) -> list[Seat]:
    """Fill seats, all or none, and give the open duties to who holds the seats now.

    One ledger line a seat, written by the groups room. Refuses what appointing refuses.
    """
    for programme in {one.group.programme for one in places}:
        hold_what_follows(programme)
    seats = [
        groups.appoint(_numbered(act, number), place=place) for number, place in enumerate(places)
    ]
    if seats:
        follow_the_seats(act, programme=seats[0].programme)
    return seats


def _numbered(act: Act, number: int) -> Act:
    """The same act's key, one for each of its parts."""
    return replace(act, key=f"{act.key[:70]}/{number}") if act.key and number else act


@transaction.atomic
def end_membership(act: Act, *, seat: Seat, reason: str) -> Seat:
    """End a seat with its reason, and pass its open duties on to who stands now."""
    if not reason.strip():
        raise Refused("intake.ending-needs-a-reason")
    hold_what_follows(seat.programme)
    ended = groups.end_seat(act, seat=seat, reason=reason.strip())
    follow_the_seats(act, programme=seat.programme)
    return ended


@transaction.atomic
def tell_seated(act: Act, *, programme: Programme) -> list[Seat]:
    """Write to everybody who acts in a seat and was never told: who came by a roster. Each once.

    Taken back by: site.recall (a letter that nobody has yet).
    """
    groups.hold_roster(programme)
    if ledger.repeated(act, "intake.seats.told", programme=programme):
        return []
    may_manage(act, programme).or_refuse()
    seats = untold(programme, act.happened_at, but=act.by.public_id)
    if not seats:
        raise Refused("intake.everybody-is-told")
    for seat in seats:
        appointed(act, seat)
    ledger.record(
        act,
        "intake.seats.told",
        programme=programme,
        about=programme.subject(),
        facts={"seats": [seat.label for seat in seats]},
    )
    return seats


@transaction.atomic
def confirm_appointments(act: Act, *, obligation: Obligation) -> Obligation:
    """Confirm that the group is appointed. Refuses while a role lacks its minimum, naming each.

    Taken back by: nothing, because it states who sat where on that day; seats are appointed and
    ended one by one.
    """
    groups.hold_roster(obligation.programme)
    duty = hold(Obligation.objects.all()).get(pk=obligation.pk)
    if ledger.repeated(act, "intake.appointments.confirmed", programme=duty.programme):
        return duty
    permissions.may_run(act, duty, "appointment").or_refuse()
    _needs(duty)
    missing = queries.shortages(duty.group, act.happened_at)
    if missing:
        raise Refused(
            "intake.seats-missing",
            group=duty.group.title,
            missing=notices.joined(missing),
        )
    seats = queries.seated(duty.group, act.happened_at)
    duty = duties.meet(act, obligation=duty, with_=duty.group.subject())
    ledger.record(
        act,
        "intake.appointments.confirmed",
        programme=duty.programme,
        about=duty.group.subject(),
        facts={"seats": [seat.label for seat in seats]},
    )
    return duty


@transaction.atomic
def found(act: Act, *, obligation: Obligation) -> Obligation:
    """Found the group of this duty, and with it every group that has no founding duty of its own.

    Refuses while what it needs is not done.

    Taken back by: nothing, because a founded group has begun; it ends by a gate or by
    planning.propose_amendment.
    """
    groups.hold_roster(obligation.programme)
    duty = hold(Obligation.objects.all()).get(pk=obligation.pk)
    programme = duty.programme
    if ledger.repeated(act, "intake.group.founded", programme=programme):
        return duty
    permissions.may_run(act, duty, "founding").or_refuse()
    _needs(duty)
    wanted = _founded_by(duty)
    fresh = [group for group in wanted if group.founded_at is None]
    groups.found_groups(act, programme=programme, only=wanted)
    duty = duties.meet(act, obligation=duty, with_=duty.group.subject())
    ledger.record(
        act,
        "intake.group.founded",
        programme=programme,
        about=duty.group.subject(),
        facts={"groups": [group.label for group in wanted]},
    )
    for group in fresh:
        notices.founded(act, group)
    return duty


def _founded_by(duty: Obligation) -> list[Group]:
    """Its own group, and those for which no other duty of the same form exists."""
    own = Obligation.objects.filter(programme=duty.programme, form=duty.form).exclude(
        group=duty.group
    )
    others = set(own.values_list("group_id", flat=True))
    every = Group.objects.select_related("programme").filter(programme=duty.programme)
    return [group for group in every if group.pk not in others]


def _needs(duty: Obligation) -> None:
    """What this duty needs by the charter must be done first."""
    waiting = unmet(duty.programme, duty.needs)
    if waiting:
        raise Refused("intake.needs-first", waiting=notices.joined([one.title for one in waiting]))
