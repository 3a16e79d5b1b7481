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
from keti.groups.notices import appointed, replaced, unsay_appointed, untold
from keti.groups.permissions import by_hand, may_manage
from keti.intake import notices, permissions, queries
from keti.intake.actions.naming import seated_row
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_each, hold_row
from keti.ledger import actions as ledger
from keti.monitoring.actions import follow_the_seats, hold_what_follows
from keti.monitoring.queries import open_findings
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
        if any(one.role.terms for one in places):
            _filled_anew(act, seats[0].programme)
        follow_the_seats(act, programme=seats[0].programme)
    return seats


def _filled_anew(act: Act, programme: Programme, seat: Seat | None = None) -> None:
    """What ran out, or fell vacant with its term, was seen to by this act."""
    subject = seat.public_id if seat else ""
    duties.await_answers(programme, "intake", subject, act.recorded_at, act=act)


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
def annul_membership(act: Act, *, seat: Seat, reason: str) -> Seat:
    """Take an appointment back as a mistake; its open duties pass on to who stands now. Refuses
    what `annul_seat` refuses."""
    groups.hold_roster(seat.programme)
    hold_each(open_findings(seat.programme))
    unread = unsay_appointed(act, seat)
    hold_what_follows(seat.programme)
    annulled = groups.annul_seat(act, seat=seat, reason=reason, tell=not unread)
    follow_the_seats(act, programme=seat.programme)
    return annulled


@transaction.atomic
def replace_holder(act: Act, *, seat: Seat, place: Place, reason: str) -> Seat:
    """One seat passes from its holder to another at one moment: it ends for the one and begins for
    the other, what is still open goes along, and nobody holds it twice. Both are told; the line of
    the change says who came for whom.

    Refuses no reason, a seat that has ended, the same holder, a moment before the holder took the
    seat, and what appointing refuses.

    Taken back by: replace_holder (the holder before takes the seat again).
    """
    programme = seat.programme
    groups.hold_roster(programme)
    hold_row(Seat, seat.pk)
    hold_what_follows(programme)
    seat = Seat.objects.with_names().get(pk=seat.pk)
    if entry := ledger.repeated(act, "intake.seat.replaced", programme=programme):
        return Seat.objects.with_names().get(public_id=entry.subject_id)
    may_manage(act, programme).or_refuse()
    _refuse_replacing(act, seat, place, reason)
    groups.end_seat(act, seat=seat, reason=reason.strip())
    place = replace(place, group=seat.group, role=seat.role, starts_at=act.happened_at)
    heir = groups.appoint(act, place=place)
    duties.pass_tasks_on(seat, heir)
    _pass_offices_on(seat, heir)
    if seat.term_ends_at is not None:
        _filled_anew(act, programme, seat)
    follow_the_seats(act, programme=programme)
    ledger.record(
        act,
        "intake.seat.replaced",
        programme=programme,
        about=heir.subject(),
        facts={"before": seat.label, "after": heir.label, "reason": reason.strip()},
    )
    replaced(act, seat, heir, reason.strip())
    return heir


def _pass_offices_on(seat: Seat, heir: Seat) -> None:
    """The tasks of the seats that went with this one go to those that go with it now."""
    new = {(one.role_id, one.group_id): one for one in groups.offices_of(heir)}
    for old in groups.offices_of(seat):
        if old.ends_at is not None and (old.role_id, old.group_id) in new:
            duties.pass_tasks_on(old, new[old.role_id, old.group_id])


def _refuse_replacing(act: Act, seat: Seat, place: Place, reason: str) -> None:
    if not reason.strip():
        raise Refused("intake.replacing-needs-a-reason")
    if seat.ends_at is not None:
        raise Refused("groups.seat-has-ended", seat=seat.title)
    if act.happened_at < seat.starts_at:
        since = seat.programme.local(seat.starts_at).strftime("%Y-%m-%d %H:%M")
        raise Refused("intake.replaced-before-it-began", since=since)
    by_hand(seat).or_refuse()
    if seat.holder == (place.person or place.organisation):
        raise Refused("intake.replaced-by-the-same", who=seat.holder)


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
def confirm_appointments(act: Act, *, obligation: Obligation, ahead: str = "") -> Obligation:
    """Confirm that the group is appointed. Refuses while a role lacks its minimum, naming each, and
    while what it needs is not done; the secretariat goes `ahead` of that for a reason, recorded.

    Taken back by: nothing, because it states who sat where on that day; seats are appointed and
    ended one by one.
    """
    groups.hold_roster(obligation.programme)
    duty = hold_row(Obligation, obligation.pk)
    if ledger.repeated(act, "intake.appointments.confirmed", programme=duty.programme):
        return duty
    permissions.may_run(act, duty, "appointment").or_refuse()
    waiting = _needs(act, duty, ahead)
    missing = queries.shortages(duty.group, act.happened_at)
    if missing:
        raise Refused(
            "intake.seats-missing",
            group=duty.group.title,
            missing=notices.joined(missing),
        )
    seats = queries.seated(duty.group, act.happened_at)
    duty = duties.meet(act, obligation=duty, with_=duty.group.subject())
    paper = duties.give_number(act, duty, map(seated_row, seats))
    ledger.record(
        act,
        "intake.appointments.confirmed",
        programme=duty.programme,
        about=duty.group.subject(),
        facts={"seats": [seat.label for seat in seats], **waiting, **duties.numbered(paper)},
    )
    return duty


@transaction.atomic
def found(act: Act, *, obligation: Obligation, ahead: str = "") -> Obligation:
    """Found the group of this duty, and with it every group that has no founding duty of its own.

    Refuses while what it needs is not done; the secretariat goes `ahead` of that for a reason,
    recorded.

    Taken back by: nothing, because a founded group has begun; it ends by a gate or by
    planning.propose_amendment.
    """
    groups.hold_roster(obligation.programme)
    duty = hold_row(Obligation, obligation.pk)
    programme = duty.programme
    if ledger.repeated(act, "intake.group.founded", programme=programme):
        return duty
    permissions.may_run(act, duty, "founding").or_refuse()
    waiting = _needs(act, duty, ahead)
    wanted = _founded_by(duty)
    fresh = [group for group in wanted if group.founded_at is None]
    groups.found_groups(act, programme=programme, only=wanted)
    duty = duties.meet(act, obligation=duty, with_=duty.group.subject())
    ledger.record(
        act,
        "intake.group.founded",
        programme=programme,
        about=duty.group.subject(),
        facts={"groups": [group.label for group in wanted], **waiting},
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


def _needs(act: Act, duty: Obligation, ahead: str) -> dict[str, object]:
    """What this duty needs by the charter must be done first, unless the secretariat goes ahead of
    it: what the line says of that."""
    waiting = unmet(duty.programme, duty.needs)
    if not waiting:
        return {}
    if not ahead.strip():
        raise Refused("intake.needs-first", waiting=notices.joined([one.title for one in waiting]))
    may_manage(act, duty.programme).or_refuse()
    return {"ahead": ahead.strip(), "of": [one.label for one in waiting]}
