"""Getting a finding answered: the coordinator gives it to another seat, and follows its steps."""

from django.db import transaction

from keti.duties import actions as duties
from keti.groups.models import Seat
from keti.groups.permissions import principal
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.ledger import actions as ledger
from keti.monitoring import notices, permissions, queries
from keti.monitoring.actions.findings import locked, note_step
from keti.monitoring.enums import FindingState, StepKind
from keti.monitoring.models import Finding, Follower


@transaction.atomic
def assign_finding(act: Act, *, finding: Finding, seat: Seat, reason: str) -> Finding:
    """Let another seat of the accountable group answer; the due instant stays. Both are told.

    Refuses everybody but coordinator and secretariat, an empty reason, a finding that waits for no
    answer, and a seat that is not of the group, ended, has it already, or is the raiser's.

    Taken back by: assign_finding (given back, or to another seat).
    """
    finding = locked(finding)
    programme = finding.programme
    if ledger.repeated(act, "monitoring.finding.assigned", programme=programme):
        return finding
    permissions.may_steer(act, finding).or_refuse()
    duty = queries.turn(finding)
    if finding.state != FindingState.RAISED or duty is None:
        raise Refused("monitoring.cannot-assign", state=notices.state_word(finding))
    if not reason.strip():
        raise Refused("monitoring.give-a-reason")
    if seat.pk not in {one.pk for one in queries.assignable(finding, act.recorded_at)}:
        raise Refused("monitoring.not-assignable", group=finding.owed_by.group.title)
    duties.hold_duties(duty)
    before = duty.seat or finding.owed_by
    finding.owed_by = seat
    finding.save(update_fields=["owed_by"])
    duties.pass_on(duty, seat)
    note_step(act, finding, StepKind.ASSIGNED, reason.strip(), None)
    ledger.record(
        act,
        "monitoring.finding.assigned",
        programme=programme,
        about=finding.subject(),
        facts={"from": before.label, "to": seat.label, "reason": reason.strip()},
    )
    notices.assigned(act, finding, before, duty.due_instant)
    return finding


@transaction.atomic
def join_finding(act: Act, *, finding: Finding) -> Finding:
    """Be told of every further step. Refuses everybody but coordinator and secretariat, and who
    is told already.

    Taken back by: leave_finding.
    """
    finding = locked(finding)
    if ledger.repeated(act, "monitoring.finding.joined", programme=finding.programme):
        return finding
    permissions.may_steer(act, finding).or_refuse()
    seat = principal(act, finding.programme)
    _, fresh = Follower.objects.get_or_create(
        finding=finding, seat=seat, defaults={"since": act.recorded_at}
    )
    if not fresh:
        raise Refused("monitoring.joined-already")
    ledger.record(
        act,
        "monitoring.finding.joined",
        programme=finding.programme,
        about=finding.subject(),
    )
    return finding


@transaction.atomic
def leave_finding(act: Act, *, finding: Finding) -> Finding:
    """Be told no longer. Refuses who is not told.

    Taken back by: join_finding.
    """
    finding = locked(finding)
    if ledger.repeated(act, "monitoring.finding.left", programme=finding.programme):
        return finding
    seat = principal(act, finding.programme)
    gone, _ = Follower.objects.filter(finding=finding, seat=seat).delete()
    if not gone:
        raise Refused("monitoring.not-joined")
    ledger.record(
        act,
        "monitoring.finding.left",
        programme=finding.programme,
        about=finding.subject(),
    )
    return finding
