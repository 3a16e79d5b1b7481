"""Who closes, draws up the roll, publishes; who reads the inner pages of the room."""

from django.db.models import QuerySet

from keti.duties.enums import DutyState
from keti.duties.models import Obligation
from keti.duties.permissions import may_do
from keti.groups.models import Seat
from keti.groups.permissions import Sight, acting_seat, may_manage, principal
from keti.kernel.acts import Act
from keti.kernel.refusals import YES, Verdict, no
from keti.programmes.models import Programme
from keti.release.enums import EndStep
from keti.release.models import ProofEntry


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


def may_answer_proof(act: Act, entry: ProofEntry) -> Verdict:
    """Who owes the answer to an entry of the proof, itself or through somebody recording for it."""
    if entry.round.closed_at is not None:
        return no("release.proof-closed")
    if entry.obligation is None:
        return no("release.proof-asks-nobody")
    return may_do(act, entry.obligation)


def proofs_in_sight(sight: Sight) -> QuerySet[ProofEntry]:
    """Entries of the proof: those who draw up the roll read all of them, everybody else the own.
    That there is one tells that somebody agreed to be named."""
    found = ProofEntry.objects.filter(programme=sight.programme_id)
    seat = sight.seat
    if seat.can("manage"):
        return found
    duties = Obligation.objects.filter(programme=sight.programme_id, form=EndStep.ROLL, seat=seat)
    if duties.exists():
        return found
    return found.filter(seat=seat)
