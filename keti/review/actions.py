"""Opening a gate, declaring conflicts, giving opinions, deciding (clauses 二.8.1 to 二.8.3)."""

from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction

from keti.charter.queries import compiled
from keti.charter.rules.compiled import GateSpec, Outcome
from keti.documents.actions import next_number
from keti.documents.models import StoredFile
from keti.duties import actions as duties
from keti.duties.models import Obligation
from keti.groups import queries as groups
from keti.groups.models import Seat
from keti.groups.permissions import principal
from keti.kernel.acts import Act, Text
from keti.kernel.refusals import Refused
from keti.ledger import actions as ledger
from keti.monitoring.queries import blocking
from keti.monitoring.rules import due as end_of_day
from keti.programmes.actions import enter_phase
from keti.programmes.models import Programme
from keti.reports import actions as reports
from keti.reports.queries import report_of
from keti.review import notices, permissions, queries, rules
from keti.review.enums import Effect, GateState
from keti.review.models import Conflict, Decision, Gate, Input, Opinion
from keti.review.queries import Bench


@transaction.atomic
def declare_gates(programme: Programme, gates: Iterable[GateSpec]) -> int:
    """Bring the gates of the programme in step with its charter; returns how many are new.

    Called by the act that applies a charter, which records it. A gate keeps what happened at it.
    """
    owed = {
        duty.gate: duty for duty in Obligation.objects.filter(programme=programme).exclude(gate="")
    }
    group_of = {group.key: group for group in groups.groups_of(programme)}
    fresh = 0
    for order, spec in enumerate(gates):
        _, new = Gate.objects.update_or_create(
            programme=programme,
            key=spec.key,
            defaults={
                "kind": spec.kind,
                "group": group_of[spec.group],
                "obligation": owed[spec.key],
                "title_zh": spec.title.zh,
                "title_en": spec.title.en,
                "order": order,
            },
        )
        fresh += new
    return fresh


@transaction.atomic
def open_gate(act: Act, *, gate: Gate) -> Gate:
    """Open a gate and pin its inputs to their present versions by hash.

    Refuses before its time, while inputs are missing, its guard does not hold, or a finding that
    blocks is open on an input: each reason in words.
    """
    gate = _locked(gate)
    programme = gate.programme
    if ledger.repeated(act, "review.gate.opened", programme=programme):
        return gate
    permissions.may_open(act, gate).or_refuse()
    if gate.state == GateState.OPEN:
        raise Refused("review.already-open")
    _refuse_decided(gate)
    reasons = queries.not_yet(gate, act.happened_at)
    if reasons:
        raise Refused("review.not-yet", why=_joined(reasons))
    pins = _pinned(gate)
    if not pins:
        raise Refused("review.nothing-to-judge")
    gate.state = GateState.OPEN
    gate.opened_at = act.happened_at
    gate.review_set = rules.review_set((pin.obligation.key, pin.sha256) for pin in pins)
    gate.save()
    duties.begin(gate.obligation, act.happened_at)
    ledger.record(
        act,
        "review.gate.opened",
        programme=programme,
        about=gate.subject(),
        facts={
            "gate": gate.key,
            "round": gate.round,
            "review_set": gate.review_set,
            "inputs": [[pin.obligation.key, pin.version, pin.sha256] for pin in pins],
        },
    )
    notices.opened(act, gate, permissions.deciders(gate, act.recorded_at))
    return gate


def _pinned(gate: Gate) -> list[Input]:
    return [
        Input.objects.create(
            gate=gate,
            round=gate.round,
            number=number,
            obligation=one.obligation,
            group=one.obligation.group,
            author=one.obligation.seat,
            title_zh=one.title.zh[:240],
            title_en=one.title.en[:240],
            subject_kind=one.kind,
            subject_id=one.id,
            owner_id=one.owner,
            version=one.version,
            sha256=one.sha256,
            file=one.file,
            handed_in_at=one.at,
        )
        for number, one in enumerate(queries.candidates(gate), start=1)
        if one.at is not None
    ]


@transaction.atomic
def declare_conflict(act: Act, *, gate: Gate, has: bool, text: str = "") -> Conflict:
    """Declare a conflict of interest, or none. Who has one stands aside from then on.

    Refuses everybody but a decider, a conflict without a word on it, taking one back, and
    recording on behalf without the signed paper.
    """
    gate = _locked(gate)
    if ledger.repeated(act, "review.conflict.declared", programme=gate.programme):
        return Conflict.objects.filter(gate=gate, seat=principal(act, gate.programme)).latest("pk")
    permissions.may_declare(act, gate).or_refuse()
    seat = principal(act, gate.programme)
    if has and not text.strip():
        raise Refused("review.say-which-conflict")
    if not has and Conflict.objects.filter(gate=gate, seat=seat, has=True).exists():
        raise Refused("review.conflict-stands", who=seat.label)
    made = Conflict.objects.create(gate=gate, has=has, text=text.strip(), **_said(act, gate, seat))
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
    """
    gate = _locked(gate)
    if ledger.repeated(act, "review.opinion.given", programme=gate.programme):
        seat = principal(act, gate.programme)
        return Opinion.objects.filter(gate=gate, seat=seat).latest("pk")
    permissions.may_declare(act, gate).or_refuse()
    opinion = _opinion(act, gate, verdict, comment)
    ledger.record(
        act,
        "review.opinion.given",
        programme=gate.programme,
        about=gate.subject(),
        facts={"gate": gate.key, "round": gate.round, "decider": opinion.seat.label},
    )
    return opinion


def _opinion(act: Act, gate: Gate, verdict: str, comment: str) -> Opinion:
    seat = principal(act, gate.programme)
    place = queries.bench(gate, act.recorded_at).of(seat)
    if place is None:
        raise Refused("review.not-a-decider", seat=seat.title)
    if place.aside:
        raise Refused("review.stands-aside", who=seat.label)
    if place.declared is None:
        raise Refused("review.declare-first", who=seat.label)
    if place.opinion is not None:
        when = gate.programme.local(place.opinion.happened_at).strftime("%Y-%m-%d %H:%M")
        raise Refused("review.opinion-given", who=seat.label, when=when)
    outcome = _chosen(gate, verdict)
    if outcome.effect != Effect.APPROVE and not comment.strip():
        raise Refused("review.give-a-reason")
    return Opinion.objects.create(
        gate=gate,
        outcome=outcome.key,
        effect=outcome.effect,
        comment=comment.strip(),
        **_said(act, gate, seat),
    )


@transaction.atomic
def decide(
    act: Act, *, gate: Gate, outcome: str, reasons: str = "", scan: StoredFile | None = None
) -> Decision:
    """Record the decision of the gate, when the rule is met; else refuse with what is missing.

    Where one seat alone decides, its decision is its opinion. Approval enters the gate's phase,
    revision returns the inputs and begins another round, a stop ends it here.
    """
    gate = _locked(gate)
    programme = gate.programme
    if ledger.repeated(act, "review.gate.decided", programme=programme):
        return Decision.objects.filter(gate=gate).latest("round")
    _refuse_decided(gate)
    if gate.state != GateState.OPEN:
        raise Refused("review.not-open")
    bench = queries.bench(gate, act.recorded_at)
    permissions.may_decide(act, gate, aside=bench.aside).or_refuse()
    chosen = _chosen(gate, outcome)
    bench = _with_own_vote(act, gate, bench, chosen, reasons)
    _refuse_unless_carried(gate, bench, chosen)
    if scan is not None:
        act = replace(act, evidence=scan)
    decision = _decided(act, gate, bench, chosen, reasons)
    _settle(act, gate, decision, bench)
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
            "scan": decision.evidence.sha256 if decision.evidence else "",
        },
    )
    return decision


def _with_own_vote(act: Act, gate: Gate, bench: Bench, chosen: Outcome, reasons: str) -> Bench:
    """Where one seat alone decides, deciding is voting."""
    seat = principal(act, gate.programme)
    if len(bench.deciders) != 1 or bench.deciders[0].seat.pk != seat.pk:
        return bench
    if bench.deciders[0].opinion is not None:
        return bench
    _opinion(act, gate, chosen.key, reasons)
    return queries.bench(gate, act.recorded_at)


def _refuse_unless_carried(gate: Gate, bench: Bench, chosen: Outcome) -> None:
    stands = queries.standing(gate, bench)
    if not stands.outcomes:
        raise Refused(stands.code, ask="", **stands.facts)
    if chosen.key not in stands.outcomes:
        spec = permissions.spec_of(gate)
        able = [one for one in spec.outcomes if one.key in stands.outcomes]
        raise Refused("review.votes-say-otherwise", offered=_titles(able))
    if chosen.effect == Effect.APPROVE:
        found = blocking(gate.programme, queries.subject_ids(gate))
        if found:
            names = "、".join(one.label for one in found)
            raise Refused("review.findings-open", findings=names)


def _decided(act: Act, gate: Gate, bench: Bench, chosen: Outcome, reasons: str) -> Decision:
    said = _said(act, gate, principal(act, gate.programme))
    year = gate.programme.local(act.happened_at).year
    return Decision.objects.create(
        gate=gate,
        outcome=chosen.key,
        title_zh=chosen.title.zh,
        title_en=chosen.title.en,
        effect=chosen.effect,
        reasons=reasons.strip() or chosen.title.in_("zh"),
        review_set=gate.review_set,
        number=next_number(gate.programme, year=year),
        record=_record(gate, bench),
        **said,
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


def _settle(act: Act, gate: Gate, decision: Decision, bench: Bench) -> None:
    """What follows from a decision: the next phase, another round, or the end."""
    pins = queries.pins(gate)
    spec = permissions.spec_of(gate)
    seats = [one.seat for one in bench.deciders]
    concerned = notices.concerned(gate, seats, pins, act.recorded_at)
    notices.decided(act, gate, decision, concerned)
    if decision.effect == Effect.REVISE and gate.round < rules.rounds(spec):
        _send_back(act, gate, decision, pins)
        return
    gate.state, gate.outcome = GateState.DECIDED, decision.outcome
    gate.decided_at = act.happened_at
    gate.save()
    duties.meet(act, obligation=gate.obligation, with_=gate.subject())
    if spec.phase and queries.approved(gate.programme, gate.kind):
        phases = compiled(gate.programme).phases
        title = next(one.title for one in phases if one.key == spec.phase)
        enter_phase(gate.programme, spec.phase, Text(title.zh, title.en))


def _send_back(act: Act, gate: Gate, decision: Decision, pins: list[Input]) -> None:
    """Every input is owed again, by the charter's term for a revision; another round follows."""
    within = permissions.spec_of(gate).revise_within
    due = gate.obligation.due_instant
    if within:
        due = end_of_day(act.happened_at, within, gate.programme.tz)
    for pin in pins:
        report = report_of(pin.obligation)
        if report is not None:
            each = replace(act, key=act.key and f"{act.key[:76]}:{pin.number}")
            reports.send_back(each, report=report, reason=decision.reasons)
        else:
            duties.hand_back(pin.obligation)
        duties.owe_again(pin.obligation, until=due)
    gate.state, gate.round = GateState.WAITING, gate.round + 1
    gate.review_set, gate.opened_at = "", None
    gate.save()
    authors = [pin.author for pin in pins if pin.author is not None]
    notices.revise(act, gate, decision, authors, due)


def _chosen(gate: Gate, word: str) -> Outcome:
    """The outcome meant, if this round offers it."""
    spec = permissions.spec_of(gate)
    offered = rules.on_offer(spec, gate.round)
    chosen = rules.outcome_of(spec, word)
    if chosen in offered and chosen is not None:
        return chosen
    if chosen is None:
        raise Refused("review.outcome-unknown", offered=_titles(offered))
    raise Refused("review.no-more-rounds", most=rules.rounds(spec), offered=_titles(offered))


def _titles(outcomes: Iterable[Outcome]) -> Text:
    titles = [one.title for one in outcomes]
    return Text("、".join(t.in_("zh") for t in titles), ", ".join(t.in_("en") for t in titles))


def _joined(reasons: list[Text]) -> Text:
    return Text("；".join(r.in_("zh") for r in reasons), "; ".join(r.in_("en") for r in reasons))


def _locked(gate: Gate) -> Gate:
    Gate.objects.select_for_update().get(pk=gate.pk)
    return Gate.objects.with_names().get(pk=gate.pk)


def _refuse_decided(gate: Gate) -> None:
    if gate.state != GateState.DECIDED or gate.decided_at is None:
        return
    outcome = rules.outcome_of(permissions.spec_of(gate), gate.outcome)
    when = gate.programme.local(gate.decided_at).strftime("%Y-%m-%d %H:%M")
    title = outcome.title if outcome else gate.outcome
    raise Refused("review.already-decided", when=when, outcome=title)


def _said(act: Act, gate: Gate, seat: Seat) -> dict[str, object]:
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
