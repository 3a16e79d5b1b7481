"""Saying what became of a promise, as often as more is known."""

from django.db import transaction

from keti.accounts.models import Person
from keti.duties import actions as duties
from keti.duties.models import Obligation
from keti.groups.permissions import principal
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold
from keti.ledger import actions as ledger
from keti.promises import permissions, queries
from keti.promises.enums import Outcome
from keti.promises.models import Settlement

SETTLED = "promises.settled"
SHOWN = (Outcome.KEPT, Outcome.PARTLY)


@transaction.atomic
def settle(act: Act, *, obligation: Obligation, outcome: str, reason: str = "") -> Settlement:
    """Say what became of a promise: kept, kept in part, not kept, not applicable.

    Refuses whoever neither answers for it nor keeps the secretariat; "kept" and "in part" while
    nothing shows it; "kept" below a target; anything but "kept" without a reason; and what was said
    just so before. A promise openly not kept is met as a duty: it was said.

    Taken back by: settle (anew; what was said before stays to be read).
    """
    duty = hold(Obligation.objects.all()).select_related(
        "programme", "group", "seat", "role"
    ).get(pk=obligation.pk)  # fmt: skip
    programme = duty.programme
    if entry := ledger.repeated(act, SETTLED, programme=programme):
        return Settlement.objects.get(public_id=entry.subject_id)
    permissions.may_settle(act, duty).or_refuse()
    reason = reason.strip()
    if outcome not in Outcome.values:
        raise Refused("promises.no-such-outcome").at("outcome")
    _refuse_unfounded(duty, Outcome(outcome), reason)
    last = next(iter(queries.settlements(duty)), None)
    if last and (last.outcome, last.reason) == (outcome, reason):
        raise Refused("promises.same-again")
    assert isinstance(act.by, Person)
    made = Settlement.objects.create(
        programme=programme,
        obligation=duty,
        outcome=outcome,
        reason=reason,
        seat=principal(act, programme),
        by=act.by,
        at=act.happened_at,
        recorded_at=act.recorded_at,
    )
    duties.meet(act, obligation=duty, with_=made.subject())
    found = queries.measured(duty)
    facts = {
        "key": duty.key,
        "outcome": outcome,
        "reason": reason,
        "exhibits": queries.standing(duty).count(),
        "measured": {one.unit: [one.best, one.target] for one in found},
    }
    ledger.record(act, SETTLED, programme=programme, about=made.subject(), facts=facts)
    return made


def _refuse_unfounded(duty: Obligation, outcome: Outcome, reason: str) -> None:
    if outcome != Outcome.KEPT and not reason:
        raise Refused("promises.reason-needed").at("reason")
    if outcome in SHOWN and not queries.standing(duty).exists():
        raise Refused("promises.show-something").at("outcome")
    if outcome == Outcome.KEPT:
        for one in queries.measured(duty):
            if one.target is not None and not one.reached:
                said = Refused("promises.target-missed", target=one.target, best=one.best)
                raise said.at("outcome")
