"""Declaring conflicts of interest and giving opinions (clauses 二.8.1 to 二.8.3)."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from keti.documents.models import StoredFile
from keti.duties import actions as duties
from keti.groups.actions import recuse
from keti.groups.models import Seat
from keti.groups.permissions import principal
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.ledger import actions as ledger
from keti.review import permissions, queries
from keti.review.actions.common import chosen_outcome, locked, said
from keti.review.actions.following import ROOM, ask
from keti.review.enums import Effect
from keti.review.models import Conflict, Gate, Judgement, Opinion, OpinionChange
from keti.review.queries import Decider


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


@dataclass(frozen=True, slots=True)
class MarkedCopy:
    """A copy of what is judged with marks in it, and what was read of them."""

    file: StoredFile
    marks: dict[str, Any]


@transaction.atomic
def give_opinion(
    act: Act, *, gate: Gate, verdict: str, comment: str = "", copy: MarkedCopy | None = None
) -> Judgement:
    """Give one's verdict on the pinned inputs: an outcome of the gate (or its effect), a comment, a
    marked copy.

    Refuses before the conflict declaration, whoever stands aside, a second opinion in the round,
    an outcome not on offer, anything but approval without a comment. The ledger says that an
    opinion was given, not which: others learn it with the decision.

    Taken back by: change_opinion, withdraw_opinion (before the decision).
    """
    gate = locked(gate)
    if ledger.repeated(act, "review.opinion.given", programme=gate.programme):
        seat = principal(act, gate.programme)
        return Opinion.objects.filter(gate=gate, seat=seat).latest("pk")
    permissions.may_declare(act, gate).or_refuse()
    opinion = opine(act, gate, verdict, comment, copy)
    ledger.record(
        act,
        "review.opinion.given",
        programme=gate.programme,
        about=gate.subject(),
        facts=_facts(gate, opinion),
    )
    return opinion


@transaction.atomic
def change_opinion(
    act: Act, *, gate: Gate, verdict: str, comment: str = "", copy: MarkedCopy | None = None
) -> Judgement:
    """Say something else before the decision: the newest counts, what was said before stays. A
    marked copy stays where no other comes. Nobody else learns of it, as of the opinion.

    Refuses who has given no opinion in this round, and whatever `give_opinion` refuses.

    Taken back by: change_opinion (once more), withdraw_opinion.
    """
    gate = locked(gate)
    if ledger.repeated(act, "review.opinion.changed", programme=gate.programme):
        return _newest(gate, principal(act, gate.programme))
    permissions.may_declare(act, gate).or_refuse()
    first = _spoken(act, gate)
    words = _words(gate, verdict, comment, copy)
    if copy is None:
        words |= {"file": first.file, "marks": first.marks}
    made = OpinionChange.objects.create(
        gate=gate, opinion=first, **words, **said(first.seat, gate, act)
    )
    ledger.record(
        act,
        "review.opinion.changed",
        programme=gate.programme,
        about=gate.subject(),
        facts=_facts(gate, made),
    )
    return made


@transaction.atomic
def withdraw_opinion(act: Act, *, gate: Gate, reason: str) -> Judgement:
    """Withdraw one's opinion before the decision, with the reason: it counts no longer and is owed
    again; what was said stays. Refuses who has given none in this round, and no reason.

    Taken back by: give_opinion.
    """
    gate = locked(gate)
    if ledger.repeated(act, "review.opinion.withdrawn", programme=gate.programme):
        return _newest(gate, principal(act, gate.programme))
    permissions.may_declare(act, gate).or_refuse()
    first = _spoken(act, gate)
    if not reason.strip():
        raise Refused("review.say-why-withdrawn")
    made = OpinionChange.objects.create(
        gate=gate, opinion=first, outcome="", effect="", comment=reason.strip(),
        **said(first.seat, gate, act),
    )  # fmt: skip
    duties.await_answers(gate.programme, ROOM, gate.public_id, act.recorded_at)
    ledger.record(
        act,
        "review.opinion.withdrawn",
        programme=gate.programme,
        about=gate.subject(),
        facts=_facts(gate, made),
    )
    return made


def opine(
    act: Act, gate: Gate, verdict: str, comment: str, copy: MarkedCopy | None = None
) -> Judgement:
    """Store one decider's opinion of the round; the act around it writes the line."""
    place = _place(act, gate)
    seat = place.seat
    if place.opinion is not None:
        when = gate.programme.local(place.opinion.happened_at).strftime("%Y-%m-%d %H:%M")
        raise Refused("review.opinion-given", who=seat.called, when=when)
    words, spoken = _words(gate, verdict, comment, copy), said(seat, gate, act)
    first = Opinion.objects.filter(gate=gate, round=gate.round, seat=seat).first()
    made: Judgement
    if first is None:
        made = Opinion.objects.create(gate=gate, **words, **spoken)
    else:  # it was withdrawn
        made = OpinionChange.objects.create(gate=gate, opinion=first, **words, **spoken)
    duties.await_answers(gate.programme, ROOM, gate.public_id, act.recorded_at, act=act)
    return made


def _place(act: Act, gate: Gate) -> Decider:
    """The place on the bench of who speaks. Refuses who has none, stands aside, or did not declare
    before."""
    seat = principal(act, gate.programme)
    place = queries.bench(gate, act.recorded_at).of(seat)
    if place is None:
        raise Refused("review.not-a-decider", seat=seat.title)
    if place.aside:
        raise Refused("review.stands-aside", who=seat.called)
    if place.declared is None:
        raise Refused("review.declare-first", who=seat.called)
    return place


def _spoken(act: Act, gate: Gate) -> Opinion:
    """The opinion that stands, of who changes or withdraws it."""
    place = _place(act, gate)
    if place.opinion is None:
        raise Refused("review.no-opinion-yet", who=place.seat.called)
    return place.opinion


def _words(gate: Gate, verdict: str, comment: str, copy: MarkedCopy | None) -> dict[str, Any]:
    outcome = chosen_outcome(gate, verdict, voting=True)
    free = (Effect.APPROVE, Effect.ABSTAIN)
    if outcome.effect not in free and not comment.strip():
        raise Refused("review.give-a-reason")
    return {
        "outcome": outcome.key,
        "effect": outcome.effect,
        "comment": comment.strip(),
        "file": copy.file if copy else None,
        "marks": copy.marks if copy else None,
    }


def _newest(gate: Gate, seat: Seat) -> OpinionChange:
    return OpinionChange.objects.filter(gate=gate, seat=seat).latest("pk")


def _facts(gate: Gate, spoken: Judgement) -> dict[str, Any]:
    """Who spoke, and the hash of a marked copy; never what."""
    facts = {"gate": gate.key, "round": gate.round, "decider": spoken.seat.label}
    return facts | ({"copy": spoken.file.sha256} if spoken.file else {})
