"""What the acts of the room share: the locked gate, the outcome meant, who said what and when."""

from collections.abc import Iterable

from keti.charter.rules.compiled import Outcome
from keti.documents.models import StoredFile
from keti.groups.models import Seat
from keti.kernel.acts import Act, Text
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row
from keti.review import permissions, rules
from keti.review.enums import GateState
from keti.review.models import Gate


def chosen_outcome(gate: Gate, word: str, *, voting: bool = False) -> Outcome:
    """The outcome meant, if this round offers it; who votes may abstain where the rule says."""
    spec = permissions.spec_of(gate)
    if voting and spec.rule.of and word == rules.ABSTAIN.key:
        return rules.ABSTAIN
    offered = rules.on_offer(spec, gate.turn)
    chosen = rules.outcome_of(spec, word)
    if chosen in offered and chosen is not None:
        return chosen
    if chosen is None:
        raise Refused("review.outcome-unknown", offered=titles(offered))
    raise Refused("review.no-more-rounds", most=rules.rounds(spec), offered=titles(offered))


def titles(outcomes: Iterable[Outcome]) -> Text:
    titles = [one.title for one in outcomes]
    return Text("、".join(t.in_("zh") for t in titles), ", ".join(t.in_("en") for t in titles))


def joined(reasons: Iterable[Text]) -> Text:
    """Several reasons as one sentence."""
    found = list(reasons)
    return Text("；".join(r.in_("zh") for r in found), "; ".join(r.in_("en") for r in found))


def locked(gate: Gate) -> Gate:
    """The gate, held to the end of the act, with its names."""
    hold_row(Gate, gate.pk)
    return Gate.objects.with_names().get(pk=gate.pk)


def refuse_decided(gate: Gate) -> None:
    if gate.state != GateState.DECIDED or gate.decided_at is None:
        return
    outcome = rules.outcome_of(permissions.spec_of(gate), gate.outcome)
    when = gate.programme.local(gate.decided_at).strftime("%Y-%m-%d %H:%M")
    title = outcome.title if outcome else gate.outcome
    raise Refused("review.already-decided", when=when, outcome=title)


def said(seat: Seat, gate: Gate, act: Act) -> dict[str, object]:
    """Who said it, for whom, when, on what paper."""
    return {
        "round": gate.round,
        "seat": seat,
        "by_label": act.by.label,
        "on_behalf": act.on_behalf_of is not None,
        "evidence": act.evidence if isinstance(act.evidence, StoredFile) else None,
        "happened_at": act.happened_at,
        "recorded_at": act.recorded_at,
    }
