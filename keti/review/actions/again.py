"""A vote taken again: nobody could agree, and the share decides."""

from django.db import transaction

from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.ledger import actions as ledger
from keti.review import notices, permissions, queries, rules
from keti.review.actions.common import locked, refuse_decided
from keti.review.actions.following import ask
from keti.review.enums import GateState
from keti.review.models import Gate, Input


@transaction.atomic
def vote_again(act: Act, *, gate: Gate) -> Gate:
    """Take the vote again on the same versions, because consensus was sought and not found: now the
    share decides. Everybody who has a voice owes another opinion.

    Refuses whoever may not record the decision, before all have spoken, and where they agree or
    the share decides already.

    Taken back by: nothing, because whoever has spoken knows that they did not agree.
    """
    gate = locked(gate)
    if ledger.repeated(act, "review.vote.repeated", programme=gate.programme):
        return gate
    refuse_decided(gate)
    if gate.state != GateState.OPEN:
        raise Refused("review.not-open")
    bench = queries.bench(gate, act.recorded_at)
    permissions.may_decide(act, gate, aside=bench.aside).or_refuse()
    if queries.standing(gate, bench).code != rules.NO_CONSENSUS:
        raise Refused("review.no-second-vote")
    pins = permissions.pinned(gate)
    gate.round, gate.ballots, gate.by_share = gate.round + 1, (gate.ballots or 0) + 1, True
    gate.save()
    for one in pins:
        Input.objects.create(
            gate=gate,
            round=gate.round,
            **{name: getattr(one, name) for name in KEPT},
        )
    ask(gate, act.recorded_at)
    ledger.record(
        act,
        "review.vote.repeated",
        programme=gate.programme,
        about=gate.subject(),
        facts={"gate": gate.key, "round": gate.round, "review_set": gate.review_set},
    )
    notices.again(act, gate, permissions.deciders(gate, act.recorded_at))
    return gate


KEPT = (
    "number", "obligation", "group", "author", "title_zh", "title_en", "subject_kind",
    "subject_id", "owner_id", "version", "sha256", "file", "handed_in_at",
)  # fmt: skip
