"""Who confirms a checkpoint of the record or lodges a key to sign it with, and takes that back."""

from keti.accounts.models import Organisation
from keti.groups.models import Seat
from keti.groups.permissions import acting_seat
from keti.kernel.acts import Act
from keti.kernel.refusals import YES, Verdict, no
from keti.programmes.models import Programme
from keti.witness.models import Confirmation, LodgedKey


def may_confirm(act: Act, programme: Programme) -> Verdict:
    """Whoever acts in a seat of a unit that does not keep the secretariat: who keeps the record
    vouches for it by signing. Nobody does so for others. So it is with a unit's own key."""
    seat = acting_seat(act, programme)
    if act.on_behalf_of is not None:
        return no("witness.own-eyes")
    if seat.unit is None:
        return no("witness.no-unit", seat=seat.title)
    if keeps(programme, seat.unit, act):
        return no("witness.keeper", unit=seat.unit.called)
    return YES


def keeps(programme: Programme, unit: Organisation, act: Act) -> bool:
    """Does this unit keep the secretariat of the programme?"""
    standing = Seat.objects.filter(programme=programme).standing(act.recorded_at)
    offices = standing.able("manage").with_names()
    return any(seat.unit == unit for seat in offices)


def may_withdraw(act: Act, one: Confirmation | LodgedKey) -> Verdict:
    """Whoever acts in a seat of the unit that confirmed, or whose key it is."""
    seat = acting_seat(act, one.programme)
    if act.on_behalf_of is None and seat.unit == one.unit:
        return YES
    return no("witness.only-its-unit", unit=one.unit.called)
