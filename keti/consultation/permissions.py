"""Who opens and closes a round, who comments, who answers, who may read it."""

from django.db.models import Q

from keti.charter.queries import compiled
from keti.consultation.enums import RoundState
from keti.consultation.models import Round, RoundQuerySet
from keti.duties import permissions as duties
from keti.duties.enums import DutyState
from keti.duties.models import Obligation
from keti.groups.models import Seat
from keti.groups.permissions import Sight, principal
from keti.kernel.acts import Act
from keti.kernel.refusals import YES, Verdict, no


def may_open(act: Act, obligation: Obligation) -> Verdict:
    """The accountable seat opens the round."""
    return duties.may_do(act, obligation)


may_close = may_open


def takes_part(seat: Seat | None) -> bool:
    """All seats of the programme take part; external reviewers keep their view for the gate."""
    return seat is not None and not seat.role.external


def may_comment(act: Act, round: Round) -> Verdict:
    """Participants comment while the round is open."""
    seat = principal(act, round.programme)
    if not takes_part(seat):
        return no("consultation.not-a-participant", seat=seat.title)
    if round.state != RoundState.OPEN:
        return no("consultation.round-is-closed")
    if round.obligation.state == DutyState.CANCELLED:
        return no("duties.cancelled")
    return YES


def may_receive(act: Act, round: Round) -> Verdict:
    """What the public says is recorded by the secretariat or the seat that holds the round."""
    if not is_public(round):
        return no("consultation.not-public")
    seat = principal(act, round.programme)
    holder = round.obligation.seat
    if seat.can("manage") or seat.pk == round.obligation.seat_id:
        return YES
    who = holder.called if holder else ""
    return no("consultation.receiver-records", ask=holder.label if holder else "", who=who)


def is_public(round: Round) -> bool:
    """Does the charter invite people outside the programme?"""
    return compiled(round.programme).work(round.obligation.kind).public


def may_dispose(act: Act, round: Round) -> Verdict:
    """The seat that holds the round, or the one that wrote the text, answers comments."""
    seat = principal(act, round.programme)
    if round.state != RoundState.OPEN:
        return no("consultation.round-is-closed")
    if seat.pk in (round.obligation.seat_id, round.version.report.obligation.seat_id):
        return YES
    holder = round.obligation.seat
    who, asked = (holder.called, holder.label) if holder else ("", "")
    return no("consultation.answerers-decide", ask=asked, who=who, seat=seat.title)


def visible(sight: Sight | None, rounds: RoundQuerySet) -> RoundQuerySet:
    """Rounds this seat takes part in, and the text laid before it there; not those about what
    its person or unit stands aside from."""
    if sight is None or not takes_part(sight.seat):
        return rounds.none()
    rounds = rounds.filter(programme=sight.programme_id)
    if not sight.barred:
        return rounds
    own = Q(version__report__group__in=sight.inside)
    return rounds.filter(own | ~Q(version__report__public_id__in=sight.barred))


def sees(sight: Sight | None, round: Round) -> bool:
    """The predicate that agrees with `visible`."""
    if sight is None or not takes_part(sight.seat) or sight.programme_id != round.programme_id:
        return False
    report = round.version.report
    return report.group_id in sight.inside or not sight.stands_aside_from(report.public_id)
