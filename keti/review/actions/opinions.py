"""Declaring conflicts of interest and giving opinions (clauses 二.8.1 to 二.8.3)."""

from django.db import transaction

from keti.duties import actions as duties
from keti.groups.actions import recuse
from keti.groups.permissions import principal
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.ledger import actions as ledger
from keti.review import permissions, queries
from keti.review.actions.common import chosen_outcome, locked, said
from keti.review.actions.following import ROOM, ask
from keti.review.enums import Effect
from keti.review.models import Conflict, Gate, Opinion


@transaction.atomic
def declare_conflict(act: Act, *, gate: Gate, has: bool, text: str = "") -> Conflict:
    """Declare a conflict of interest, or none. Who has one stands aside from then on.

    Refuses everybody but a decider, a conflict without a word on it, taking one back, and
    recording on behalf without the signed paper.

    Taken back by: nothing, because whoever stood aside knows what was judged; no recusal is taken
    back.
    """
    gate = locked(gate)
    if ledger.repeated(act, "review.conflict.declared", programme=gate.programme):
        return Conflict.objects.filter(gate=gate, seat=principal(act, gate.programme)).latest("pk")
    permissions.may_declare(act, gate).or_refuse()
    seat = principal(act, gate.programme)
    if has and not text.strip():
        raise Refused("review.say-which-conflict")
    if not has and Conflict.objects.filter(gate=gate, seat=seat, has=True).exists():
        raise Refused("review.conflict-stands", who=seat.called)
    made = Conflict.objects.create(gate=gate, has=has, text=text.strip(), **said(seat, gate, act))
    if has:
        recuse([seat], queries.judged_ids(gate), act.recorded_at)
        ask(gate, act.recorded_at)
        duties.tell_followers(gate.programme, act.recorded_at)
    ledger.record(
        act,
        "review.conflict.declared",
        programme=gate.programme,
        about=gate.subject(),
        facts={"gate": gate.key, "round": gate.round, "decider": seat.label, "has": has},
    )
    return made


@transaction.atomic
def give_opinion(act: Act, *, gate: Gate, verdict: str, comment: str = "") -> Opinion:
    """Give one's verdict on the pinned inputs: an outcome of the gate (or its effect), a comment.

    Refuses before the conflict declaration, whoever stands aside, a second opinion in the round,
    an outcome not on offer, anything but approval without a comment. The ledger says that an
    opinion was given, not which: others learn it with the decision.

    Taken back by: nothing, because a vote is cast once a round.
    """
    gate = locked(gate)
    if ledger.repeated(act, "review.opinion.given", programme=gate.programme):
        seat = principal(act, gate.programme)
        return Opinion.objects.filter(gate=gate, seat=seat).latest("pk")
    permissions.may_declare(act, gate).or_refuse()
    opinion = opine(act, gate, verdict, comment)
    ledger.record(
        act,
        "review.opinion.given",
        programme=gate.programme,
        about=gate.subject(),
        facts={"gate": gate.key, "round": gate.round, "decider": opinion.seat.label},
    )
    return opinion


def opine(act: Act, gate: Gate, verdict: str, comment: str) -> Opinion:
    """Store one decider's opinion of the round, once; the act around it writes the line."""
    seat = principal(act, gate.programme)
    place = queries.bench(gate, act.recorded_at).of(seat)
    if place is None:
        raise Refused("review.not-a-decider", seat=seat.title)
    if place.aside:
        raise Refused("review.stands-aside", who=seat.called)
    if place.declared is None:
        raise Refused("review.declare-first", who=seat.called)
    if place.opinion is not None:
        when = gate.programme.local(place.opinion.happened_at).strftime("%Y-%m-%d %H:%M")
        raise Refused("review.opinion-given", who=seat.called, when=when)
    outcome = chosen_outcome(gate, verdict, voting=True)
    free = (Effect.APPROVE, Effect.ABSTAIN)
    if outcome.effect not in free and not comment.strip():
        raise Refused("review.give-a-reason")
    made = Opinion.objects.create(
        gate=gate,
        outcome=outcome.key,
        effect=outcome.effect,
        comment=comment.strip(),
        **said(seat, gate, act),
    )
    duties.await_answers(gate.programme, ROOM, gate.public_id, act.recorded_at, act=act)
    return made
