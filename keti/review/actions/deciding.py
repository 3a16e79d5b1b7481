"""Deciding, and what follows: the next phase, another round, or the end (clause 二.8.3)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from keti.charter.queries import compiled
from keti.charter.rules.compiled import Outcome
from keti.documents.models import StoredFile
from keti.duties import actions as duties
from keti.duties.models import Obligation
from keti.groups import queries as groups
from keti.groups.actions import hold_roster, stop_group
from keti.groups.permissions import principal, terms_run_from
from keti.kernel.acts import Act, Text
from keti.kernel.refusals import Refused, both, sentence
from keti.kernel.terms import term_ends
from keti.kernel.transactions import hold_each
from keti.ledger import actions as ledger
from keti.programmes.actions import end_programme, enter_phase
from keti.reports import actions as reports
from keti.reports.models import Report
from keti.reports.queries import report_of
from keti.review import notices, permissions, queries, rules
from keti.review.actions.common import (
    chosen_outcome,
    locked,
    refuse_decided,
    said,
    titles,
)
from keti.review.actions.following import ask
from keti.review.actions.opinions import opine
from keti.review.enums import Effect, GateState
from keti.review.models import Decision, Gate, Input
from keti.review.queries import Bench


@dataclass(frozen=True, slots=True)
class Said:
    """What a decision says in words: its reasons, and what is to be answered point by point."""

    reasons: str
    points: tuple[str, ...]


@transaction.atomic
def decide(
    act: Act,
    *,
    gate: Gate,
    outcome: str,
    reasons: str = "",
    points: Sequence[str] = (),
    scan: StoredFile | None = None,
) -> Decision:
    """Record the decision of the gate, when the rule is met; else refuse with what is missing.

    Where one seat alone decides, its decision is its opinion. Approval enters the gate's phase,
    revision returns the inputs and begins another round, and each of the `points` is answered by
    the next version; a stop ends the group it is about, and at a gate of the top group the
    programme. Refuses points of an outcome by which nothing goes back.

    Taken back by: nothing, because a gate decides once by its votes; an outcome of revision opens
    its next round.
    """
    gate = _held(gate)
    programme = gate.programme
    if ledger.repeated(act, "review.gate.decided", programme=programme):
        return Decision.objects.filter(gate=gate).latest("round")
    refuse_decided(gate)
    if gate.state != GateState.OPEN:
        raise Refused("review.not-open")
    bench = queries.bench(gate, act.recorded_at)
    permissions.may_decide(act, gate, aside=bench.aside).or_refuse()
    chosen = chosen_outcome(gate, outcome)
    if points and chosen.key not in rules.returning(permissions.spec_of(gate), gate.turn):
        raise Refused("review.points-need-a-return", outcome=chosen.title)
    bench = _with_own_vote(act, gate, bench, chosen, reasons)
    _refuse_unless_carried(gate, bench, chosen)
    if scan is not None:
        act = replace(act, evidence=scan)
    decision = _decided(act, gate, bench, chosen, Said(reasons, tuple(points)))
    cancelled = _settle(act, gate, decision, bench)
    ask(gate, act.recorded_at)
    ledger.record(
        act,
        "review.gate.decided",
        programme=programme,
        about=gate.subject(),
        facts={
            "gate": gate.key,
            "round": decision.round,
            "outcome": chosen.key,
            "effect": chosen.effect,
            "review_set": decision.review_set,
            "number": decision.number,
            "reasons": decision.reasons,
            "count": decision.record["count"],
            "cancelled": cancelled,
            "scan": decision.evidence.sha256 if decision.evidence else "",
        }
        | ({"points": decision.points} if decision.points else {}),
    )
    return decision


def _held(gate: Gate) -> Gate:
    """The gate with what its decision may move: who sits at it, its inputs, whatever is owed."""
    hold_roster(gate.programme)
    gate = locked(gate)
    judged = [pin.obligation for pin in permissions.pinned(gate)]
    hold_each(Report.objects.filter(obligation__in=judged))
    duties.hold_open_duties(gate.programme, gate.obligation, *judged)
    return gate


def _with_own_vote(act: Act, gate: Gate, bench: Bench, chosen: Outcome, reasons: str) -> Bench:
    """Where one seat alone decides, deciding is voting."""
    seat = principal(act, gate.programme)
    if len(bench.deciders) != 1 or bench.deciders[0].seat.pk != seat.pk:
        return bench
    if bench.deciders[0].opinion is not None:
        return bench
    opine(act, gate, chosen.key, reasons)
    return queries.bench(gate, act.recorded_at)


def _refuse_unless_carried(gate: Gate, bench: Bench, chosen: Outcome) -> None:
    stands = queries.standing(gate, bench)
    if not stands.outcomes:
        raise Refused(stands.code, ask="", **stands.facts)
    if chosen.key not in stands.outcomes:
        spec = permissions.spec_of(gate)
        able = [one for one in spec.outcomes if one.key in stands.outcomes]
        raise Refused("review.votes-say-otherwise", offered=titles(able))
    if chosen.effect == Effect.APPROVE:
        found = queries.held_up_by(gate, queries.candidates(gate), permissions.pinned(gate))
        if found:
            raise Refused("review.findings-open", count=len(found))


def _decided(act: Act, gate: Gate, bench: Bench, chosen: Outcome, words: Said) -> Decision:
    spoken = said(principal(act, gate.programme), gate, act)
    return Decision.objects.create(
        gate=gate,
        outcome=chosen.key,
        title_zh=chosen.title.zh,
        title_en=chosen.title.en,
        effect=chosen.effect,
        reasons=words.reasons.strip() or chosen.title.in_("zh"),
        points=list(words.points) or None,
        review_set=gate.review_set,
        number=duties.number_for(gate.programme, None, act.happened_at),
        record=_record(gate, bench),
        **spoken,
    )


def _record(gate: Gate, bench: Bench) -> dict[str, object]:
    """The count as plain values, kept with the decision."""
    tally = bench.tally
    return {
        "deciders": [
            {
                "seat": one.seat.public_id,
                "person": one.seat.acting_person.public_id if one.seat.acting_person else "",
                "label": one.seat.label,
                "aside": one.aside,
                "outcome": one.opinion.outcome if one.opinion and one.votes else "",
            }
            for one in bench.deciders
        ],
        "count": {
            "seats": tally.seats,
            "aside": tally.aside,
            "cast": len(tally.votes),
            "needed": rules.quorum(permissions.spec_of(gate).rule, tally),
            "votes": {key: tally.votes.count(key) for key in sorted(set(tally.votes))},
        },
    }


def _settle(act: Act, gate: Gate, decision: Decision, bench: Bench) -> int:
    """What follows from a decision: the next phase, another round, or the end.

    Returns how many open duties were cancelled.
    """
    pins, spec = permissions.pinned(gate), permissions.spec_of(gate)
    seats = [one.seat for one in bench.deciders]
    concerned = notices.concerned(gate, seats, pins, act.recorded_at)
    notices.decided(act, gate, decision, concerned)
    if decision.outcome in rules.returning(spec, gate.turn):
        _send_back(act, gate, decision, pins)
        return 0
    gate.state, gate.outcome = GateState.DECIDED, decision.outcome
    gate.decided_at = act.happened_at
    gate.save()
    duties.meet(act, obligation=gate.obligation, with_=gate.subject())
    if decision.effect == Effect.STOP:
        return _stop(act, gate, decision)
    if spec.phase and queries.approved(gate.programme, gate.kind):
        phases = compiled(gate.programme).phases
        title = next(one.title for one in phases if one.key == spec.phase)
        enter_phase(gate.programme, spec.phase, Text(title.zh, title.en))
    return 0


def _stop(act: Act, gate: Gate, decision: Decision) -> int:
    """Whatever is still owed is cancelled with the reason, in the groups below too; everybody
    concerned is told."""
    programme, group = gate.programme, gate.group
    whole = group.parent_id is None
    inside = [] if whole else groups.with_those_below(group)
    owed = Obligation.objects.filter(programme=programme).apart_from_responses()
    facts = {"title": gate.title, "outcome": decision.title, "number": decision.number}
    reason = sentence("review.cancelled-by", facts, compiled(programme).langs[0].lower())
    unanswered = duties.end_answers(programme, act.recorded_at, groups=None if whole else inside)
    cancelled = (owed if whole else owed.filter(group__in=inside)).cancel(reason)
    if whole:
        word = both("review.programme-stopped", outcome=decision.title)
        end_programme(programme, at=act.happened_at, title=word)
    else:
        for one in inside:
            stop_group(one, at=act.happened_at)
    duties.tell_followers(programme, act.recorded_at)
    why = both("review.cancelled-by", **facts)
    duties.tell_unanswered(programme, unanswered, why, act.recorded_at)
    seats = groups.standing(programme, act.recorded_at)
    told = seats if whole else seats.filter(group__in=inside)
    notices.stopped(act, gate, decision, told, cancelled)
    return cancelled


def _send_back(act: Act, gate: Gate, decision: Decision, pins: list[Input]) -> None:
    """Every input is owed again, by the charter's term for a revision; another round follows.

    The gate itself stays due when it was: the charter says by when it is decided at the latest, and
    who sends back on the last day is late with the next verdict, not whoever waits for it.
    """
    within = permissions.spec_of(gate).revise_within
    due = gate.obligation.due_instant
    if within:
        due = term_ends(terms_run_from(act, gate.programme), within, gate.programme.tz)
    for pin in pins:
        report = report_of(pin.obligation)
        if report is not None:
            each = replace(act, key=act.key and f"{act.key[:76]}:{pin.number}")
            points = decision.points or ()
            reports.send_back(each, report=report, reason=decision.reasons, points=points)
        else:
            duties.hand_back(pin.obligation, act.recorded_at)
        duties.owe_again(pin.obligation, until=due)
    gate.state, gate.round, gate.by_share = GateState.WAITING, gate.round + 1, False
    gate.review_set, gate.opened_at = "", None
    gate.save()
    authors = [pin.author for pin in pins if pin.author is not None]
    notices.revise(act, gate, decision, authors, due)
