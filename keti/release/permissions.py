"""Who closes, draws up the roll, publishes; who reads the inner pages of the room."""

from keti.duties.enums import DutyState
from keti.duties.models import Obligation
from keti.duties.permissions import may_do
from keti.groups.models import Seat
from keti.groups.permissions import acting_seat, may_manage, principal
from keti.kernel.acts import Act
from keti.kernel.refusals import YES, Verdict, no
from keti.programmes.models import Programme


def may_release(act: Act, obligation: Obligation) -> Verdict:
    """The secretariat does what ends a programme, or the seat that the charter holds to it."""
    principal(act, obligation.programme)
    if obligation.state in (DutyState.CANCELLED, DutyState.WAIVED):
        return no("duties.cancelled")
    if acting_seat(act, obligation.programme).can("manage"):
        return YES
    return may_do(act, obligation)


def may_retract(act: Act, programme: Programme) -> Verdict:
    """Only the secretariat withdraws a publication."""
    principal(act, programme)
    return may_manage(act, programme)


def may_finish(act: Act, programme: Programme) -> Verdict:
    """Only the secretariat lays a programme aside."""
    return may_manage(act, programme)


def sees_left_out(seat: Seat | None, obligation: Obligation) -> bool:
    """Who is not named in the roll, and why, is shown only to those who draw it up."""
    if seat is None or seat.programme_id != obligation.programme_id:
        return False
    return seat.can("manage") or seat.pk == obligation.seat_id
