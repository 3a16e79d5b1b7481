"""Deputies: who stands in for a seat, where the charter lets their role deputise for its role."""

from django.db import transaction

from keti.groups import notices, permissions, queries
from keti.groups.actions.fitting import Place, fit_for_seat, hold_roster
from keti.groups.models import Colleague, Seat
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold, hold_row
from keti.ledger import actions as ledger


@transaction.atomic
def stand_in(act: Act, *, seat: Seat, deputy: Seat, reason: str) -> Colleague:
    """Let whoever acts for a deputy act in this seat from now on, in their own name: they do what
    it owes, and see what it sees, until it ends. Who stands in already is returned as they stand.

    The secretariat, or whose own word counts in the seat. Refuses no reason, seats that have
    ended, a deputy whose role does not deputise for the seat's by the charter or whose group is
    another, one for whom nobody acts, and whom another seat of theirs excludes from the role.

    Taken back by: end_standing_in (from now on).
    """
    programme = seat.programme
    hold_roster(programme)
    pair = list(hold(Seat.objects.all()).filter(pk__in=[seat.pk, deputy.pk]).order_by("pk"))
    if entry := ledger.repeated(act, "groups.deputy.stands-in", programme=programme):
        return Colleague.objects.get(public_id=entry.subject_id)
    permissions.may_let_stand_in(act, seat).or_refuse()
    for one in pair:
        if one.ends_at is not None:
            raise Refused("groups.seat-has-ended", seat=one.title)
    reason = reason.strip()
    if not reason:
        raise Refused("groups.standing-in-needs-a-reason").at("reason")
    person = deputy.acting_person
    if person is None or not queries.may_deputise(deputy, seat):
        raise Refused("groups.does-not-deputise", who=deputy.called, role=seat.role.title)
    standing = Colleague.objects.filter(seat=seat, person=person, until=None).first()
    if standing is not None:
        return standing
    fit_for_seat(Place(seat.group, seat.role, person=person), held=seat).or_refuse()
    made = Colleague.objects.create(
        seat=seat,
        person=person,
        deputy_id=deputy.public_id,
        since=act.recorded_at,
        reason=reason,
    )
    ledger.record(
        act,
        "groups.deputy.stands-in",
        programme=programme,
        about=made.subject(),
        facts={"seat": seat.label, "by": deputy.label, "reason": made.reason},
    )
    notices.stands_in(act, made)
    return made


@transaction.atomic
def end_standing_in(act: Act, *, standing: Colleague) -> Colleague:
    """A deputy stands in no longer. What they did in the seat stays. The secretariat, whose own
    word counts in the seat, or the deputy themselves.

    Taken back by: stand_in (from then on).
    """
    seat = standing.seat
    hold_roster(seat.programme)
    standing = hold_row(Colleague, standing.pk)
    if ledger.repeated(act, "groups.deputy.ended", programme=seat.programme):
        return standing
    if act.on_behalf_of is not None or getattr(act.by, "pk", None) != standing.person_id:
        permissions.may_let_stand_in(act, seat).or_refuse()
    if standing.until is None:
        standing.until = act.recorded_at
        standing.save(update_fields=["until"])
        ledger.record(
            act,
            "groups.deputy.ended",
            programme=seat.programme,
            about=standing.subject(),
            facts={"seat": seat.label},
        )
        notices.stands_in_no_longer(act, standing)
    return standing
