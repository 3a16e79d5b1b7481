"""Declaring gates from the charter, and opening one: its inputs are pinned by hash."""

from collections.abc import Iterable

from django.db import transaction

from keti.charter.queries import in_force
from keti.charter.rules.compiled import GateSpec
from keti.duties import actions as duties
from keti.duties.enums import Verb
from keti.duties.models import Obligation
from keti.groups import queries as groups
from keti.groups.actions import recuse
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.texts import shortened
from keti.kernel.transactions import hold_each, put
from keti.ledger import actions as ledger
from keti.programmes.models import Programme
from keti.reports import actions as reports
from keti.reports.models import Report
from keti.review import notices, permissions, queries, rules
from keti.review.actions.common import joined, locked, refuse_decided
from keti.review.actions.following import ROOM
from keti.review.enums import GateState
from keti.review.models import Gate, Input


@transaction.atomic
def declare_gates(programme: Programme, gates: Iterable[GateSpec]) -> int:
    """Bring the gates of the programme in step with its charter; returns how many are new.

    Called by the act that applies a charter, which records it. A gate keeps what happened at it;
    one that nobody owes a decision at is not declared.
    """
    owed = {
        duty.gate: duty for duty in Obligation.objects.filter(programme=programme).exclude(gate="")
    }
    group_of = {group.key: group for group in groups.groups_of(programme)}
    fresh = 0
    for order, spec in enumerate(gates):
        if spec.key not in owed:
            continue
        _, new = put(
            Gate.objects.all(),
            programme=programme,
            key=spec.key,
            wanted={
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
def drop_gates(programme: Programme, keys: Iterable[str]) -> None:
    """Take away gates that the charter no longer has and that nobody ever opened.

    Called by the act that applies an amendment, which records it and cancelled their duties.
    """
    Gate.objects.filter(programme=programme, key__in=list(keys), charter="").delete()


@transaction.atomic
def open_gate(act: Act, *, gate: Gate) -> Gate:
    """Open a gate and pin its inputs to their present versions by hash; a gate for which the
    charter names none decides without material.

    Refuses before its time, while inputs are missing, its guard does not hold, or a finding that
    blocks is open on an input: each reason in words.

    Taken back by: nothing, because the versions it judges are pinned and known to its deciders;
    it is decided.
    """
    gate = locked(gate)
    programme = gate.programme
    judged = [one.obligation for one in queries.candidates(gate)]
    hold_each(Report.objects.filter(obligation__in=judged))
    if ledger.repeated(act, "review.gate.opened", programme=programme):
        return gate
    permissions.may_open(act, gate).or_refuse()
    if gate.state == GateState.OPEN:
        raise Refused("review.already-open")
    refuse_decided(gate)
    reasons = queries.not_yet(gate, act.happened_at)
    if reasons:
        raise Refused("review.not-yet", why=joined(reasons))
    pins = pin(gate)
    if not pins and permissions.spec_of(gate).inputs:
        raise Refused("review.nothing-to-judge")
    freeze(act, gate, pins)
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


def freeze(act: Act, gate: Gate, pins: list[Input]) -> None:
    """The gate is open on these versions, and who has a voice is asked; the act that opens it
    records it."""
    gate.state = GateState.OPEN
    gate.opened_at = act.happened_at
    gate.charter = gate.charter or in_force(gate.programme).sha256
    gate.review_set = rules.review_set((pin.obligation.key, pin.sha256) for pin in pins)
    gate.save()
    bench = queries.bench(gate, act.recorded_at)
    bound = [one.seat for one in bench.deciders if one.aside and one.aside != rules.NO_VOICE]
    recuse(bound, queries.judged_ids(gate), act.recorded_at)
    _ask(act, gate, pins, aside=bool(bound))
    duties.begin(gate.obligation, act.happened_at)


def _ask(act: Act, gate: Gate, pins: list[Input], *, aside: bool) -> None:
    """The readers of what is judged are asked no longer, who decides here is; so is nobody who
    stands aside, of anything else."""
    reports.lay_before_gate(act, obligations=[pin.obligation for pin in pins])
    duties.await_answers(
        gate.programme, ROOM, gate.public_id, act.recorded_at, act=act, answers_as=Verb.OPEN
    )
    if aside:
        duties.tell_followers(gate.programme, act.recorded_at)


def pin(gate: Gate) -> list[Input]:
    """The inputs as they stand now, pinned for this round; the act that opens it records them."""
    return [
        Input.objects.create(
            gate=gate,
            round=gate.round,
            number=number,
            obligation=one.obligation,
            group=one.obligation.group,
            author=one.author,
            title_zh=shortened(one.title.zh, 240),
            title_en=shortened(one.title.en, 240),
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
