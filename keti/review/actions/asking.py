"""Asking for a decision that is taken on request: more time, an end, a replacement."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from keti.charter.queries import compiled, in_force
from keti.charter.rules.compiled import GateSpec, ObligationSpec
from keti.duties import actions as duties
from keti.duties.enums import DutyState
from keti.duties.models import STILL_OWED, Obligation
from keti.groups.actions import hold_roster
from keti.groups.models import Group
from keti.groups.permissions import principal, terms_run_from
from keti.kernel.acts import Act, Text
from keti.kernel.refusals import Refused, both
from keti.kernel.terms import term_ends
from keti.ledger import actions as ledger
from keti.programmes.models import Programme
from keti.review import notices, permissions, queries, rules
from keti.review.actions.common import joined, said
from keti.review.actions.following import ask
from keti.review.actions.opening import freeze, pin
from keti.review.models import Gate, Request

MINUTE = timedelta(minutes=1)


@transaction.atomic
def ask_decision(act: Act, *, programme: Programme, asked: str, reason: str) -> Gate:
    """Ask for a decision that the charter takes on request (`asked`: the gate and its group), with
    a reason. Who decides owes it from now on; where no material is named, the request itself is
    frozen and judged at once.

    Refuses whom the charter does not let ask, a request without a reason, before the condition of
    the gate holds, and where everybody who decides stands aside because of who asks.

    Taken back by: nothing, because a request once made is decided; who decides may refuse it.
    """
    hold_roster(programme)
    if entry := ledger.repeated(act, "review.decision.asked", programme=programme):
        return queries.of_programme(programme).get(public_id=entry.subject_id)
    spec = next((one for one in compiled(programme).requests if one.key == asked), None)
    if spec is None:
        raise Refused("review.not-on-request")
    permissions.may_ask(act, programme, spec).or_refuse()
    if not reason.strip():
        raise Refused("review.say-why-you-ask")
    gate = _begun(act, programme, spec, reason.strip())
    reasons = queries.guard_reasons(gate, act.happened_at)
    reasons += queries.too_early(gate, act.happened_at)
    if reasons:
        raise Refused("review.not-yet-asked", why=joined(reasons))
    pins = [] if gate.spec.inputs else pin(gate)
    if pins:
        freeze(act, gate, pins)
        _refuse_undecidable(act, gate)
    else:
        ask(gate, act.recorded_at)
    ledger.record(
        act,
        "review.decision.asked",
        programme=programme,
        about=gate.subject(),
        facts={
            "gate": gate.key,
            "reason": gate.request.reason,
            "asker": gate.request.seat.label,
            "due": gate.obligation.due_at,
            "sha256": gate.request.sha256,
            "review_set": gate.review_set,
        },
    )
    tell = notices.opened if pins else notices.asked
    tell(act, gate, permissions.deciders(gate, act.recorded_at))
    return gate


def _refuse_undecidable(act: Act, gate: Gate) -> None:
    bench = queries.bench(gate, act.happened_at)
    if bench.deciders and all(one.aside for one in bench.deciders):
        raise Refused("review.nobody-free-to-decide", gate=gate.title)


def _begun(act: Act, programme: Programme, spec: GateSpec, reason: str) -> Gate:
    """The gate of this request with its duty, due as soon as the charter says."""
    law = compiled(programme)
    number = (
        1
        + Gate.objects.filter(
            programme=programme, kind=spec.kind, group__key=spec.group, request__isnull=False
        ).count()
    )
    key = f"{spec.key}/{number}"
    title = spec.title
    if number > 1:
        title = both("review.request-again", title=title, n=number)
    inputs = _inputs(programme, spec)
    due = _due(act, programme, spec, inputs)
    duty = duties.owe_decision(
        programme,
        ObligationSpec(
            f"gate.{key}", f"gate.{spec.kind}", "decision", Text(title.zh, title.en), spec.group,
            spec.decides[0], "", None, due, gate=key, remind=law.late.remind,
            escalate=law.late.escalate, source=spec.source,
        ),
        act.recorded_at,
    )  # fmt: skip
    gate = Gate.objects.create(
        programme=programme,
        key=key,
        kind=spec.kind,
        group=Group.objects.get(programme=programme, key=spec.group),
        obligation=duty,
        title_zh=title.zh,
        title_en=title.en,
        order=len(law.gates) + law.requests.index(spec),
        charter=in_force(programme).sha256,
    )
    seat = principal(act, programme)
    told = {"gate": key, "reason": reason, "asker": seat.public_id,
            "at": act.happened_at.isoformat()}  # fmt: skip
    Request.objects.create(
        gate=gate,
        number=number,
        reason=reason,
        inputs=list(inputs),
        sha256=rules.fingerprint(told),
        **said(seat, gate, act),
    )
    return Gate.objects.with_names().get(pk=gate.pk)


def _due(act: Act, programme: Programme, spec: GateSpec, inputs: tuple[str, ...]) -> datetime:
    """So long after it was asked for, or after the last of what it waits for is due."""
    assert spec.within is not None
    owed = Obligation.objects.filter(programme=programme, key__in=inputs).open()
    waits = owed.aggregate(last=Max("due"))["last"]
    asked = terms_run_from(act, programme)
    # a day's end is the midnight after it: the term runs from the day itself
    last = waits - MINUTE if waits else asked
    return term_ends(max(asked, last), spec.within, programme.tz)


def _inputs(programme: Programme, spec: GateSpec) -> tuple[str, ...]:
    """The works this request waits for: the next of what comes again."""
    found = Obligation.objects.filter(programme=programme, key__in=spec.inputs)
    rows = found.exclude(state=DutyState.CANCELLED).values_list("key", "state", "due")
    return rules.waited_for([(key, state in STILL_OWED, due) for key, state, due in rows])
