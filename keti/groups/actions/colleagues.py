"""Colleagues: who of a unit works in its seat beside the delegate."""

from django.db import transaction

from keti.accounts.models import Person
from keti.groups import notices, permissions
from keti.groups.actions.seats import Place, fit_for_seat, hold_roster
from keti.groups.models import Colleague, Seat
from keti.kernel.acts import ROUTINE, Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold
from keti.ledger import actions as ledger


@transaction.atomic
def name_colleague(act: Act, *, seat: Seat, person: Person) -> Colleague:
    """Let somebody of the unit work in its seat beside the delegate, from now on. Who does already
    is returned as they stand.

    Refuses a seat that a person holds or that has ended, its own delegate, somebody of another
    unit, and whom another seat of theirs excludes from this role.

    Taken back by: end_colleague (from now on).
    """
    hold_roster(seat.programme)
    seat = hold(Seat.objects.all()).get(pk=seat.pk)
    if entry := ledger.repeated(act, "groups.colleague.named", programme=seat.programme):
        return Colleague.objects.get(public_id=entry.subject_id)
    permissions.may_manage(act, seat.programme).or_refuse()
    standing = Colleague.objects.filter(seat=seat, person=person, until=None).first()
    if standing is not None:
        return standing
    _fits(seat, person)
    made = Colleague.objects.create(seat=seat, person=person, since=act.recorded_at)
    ledger.record(
        act,
        "groups.colleague.named",
        programme=seat.programme,
        about=made.subject(),
        facts=ROUTINE | {"seat": seat.label},
    )
    notices.joined_as_colleague(act, seat, person)
    return made


def _fits(seat: Seat, person: Person) -> None:
    if seat.organisation is None:
        raise Refused("groups.only-units-have-colleagues")
    if seat.ends_at is not None:
        raise Refused("groups.seat-has-ended", seat=seat.title)
    if person.pk == seat.delegate_id:
        raise Refused("groups.is-the-delegate", who=person.label).at("name")
    place = Place(seat.group, seat.role, organisation=seat.organisation, delegate=person)
    fit_for_seat(place, held=seat).or_refuse()


@transaction.atomic
def end_colleague(act: Act, *, colleague: Colleague) -> Colleague:
    """Somebody works in the unit's seat no longer. What they did there stays. Only the
    secretariat, and the colleague themselves.

    Taken back by: name_colleague (from then on).
    """
    seat = colleague.seat
    hold_roster(seat.programme)
    colleague = hold(Colleague.objects.all()).get(pk=colleague.pk)
    if ledger.repeated(act, "groups.colleague.ended", programme=seat.programme):
        return colleague
    if getattr(act.by, "pk", None) != colleague.person_id:
        permissions.may_manage(act, seat.programme).or_refuse()
    if colleague.until is None:
        colleague.until = act.recorded_at
        colleague.save(update_fields=["until"])
        ledger.record(
            act,
            "groups.colleague.ended",
            programme=seat.programme,
            about=colleague.subject(),
            facts=ROUTINE | {"seat": seat.label},
        )
    return colleague
