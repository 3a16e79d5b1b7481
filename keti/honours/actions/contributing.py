"""People, goods and money put in: declared with evidence, verified or not, taken back."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from keti.documents.models import StoredFile
from keti.duties.actions import await_answers
from keti.groups.models import Seat
from keti.groups.permissions import principal
from keti.honours import notices, permissions
from keti.honours.enums import InputKind, InputState
from keti.honours.models import Contribution
from keti.honours.queries import ROOM
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.texts import shortened
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.programmes.models import Programme

DECLARED = "honours.input.declared"
VERIFIED = "honours.input.verified"
DECLINED = "honours.input.declined"
WITHDRAWN = "honours.input.withdrawn"


@dataclass(frozen=True, slots=True)
class Input:
    """What is declared: of which kind, how much in which measure, from when to when."""

    kind: str
    what: str
    amount: int
    measure: str
    since: date
    until: date


@transaction.atomic
def declare_input(
    act: Act, *, programme: Programme, said: Input, evidence: StoredFile | None
) -> Contribution:
    """Declare what one's own seat put in, with evidence; secretariat and monitors are asked to
    verify it. Refuses nothing, no evidence, days that end before they begin or are yet to come, and
    who does not take part.

    Taken back by: withdraw_input.
    """
    seat = principal(act, programme)
    hold_row(Seat, seat.pk)
    if entry := ledger.repeated(act, DECLARED, programme=programme):
        return Contribution.objects.get(public_id=entry.subject_id)
    permissions.may_declare(act, programme).or_refuse()
    if evidence is None:
        raise Refused("honours.evidence-needed").at("file")
    _check(act, programme, said)
    made = Contribution.objects.create(
        programme=programme,
        seat=seat,
        kind=said.kind,
        what=said.what,
        amount=said.amount,
        measure=said.measure,
        since=said.since,
        until=said.until,
        evidence=evidence,
        at=act.happened_at,
        recorded_at=act.recorded_at,
        by_label=shortened(act.by.label, 160),
    )
    await_answers(programme, ROOM, made.public_id, act.recorded_at, act=act)
    facts = {
        "seat": seat.public_id, "kind": said.kind, "amount": said.amount, "measure": said.measure,
        "since": said.since.isoformat(), "until": said.until.isoformat(),
        "evidence": evidence.sha256,
    }  # fmt: skip
    ledger.record(act, DECLARED, programme=programme, about=made.subject(), facts=facts)
    return made


def _check(act: Act, programme: Programme, said: Input) -> None:
    if said.kind not in InputKind.values or not said.what.strip() or not said.measure.strip():
        raise Refused("honours.say-what").at("what")
    if said.amount < 1:
        raise Refused("honours.something").at("amount")
    if said.until < said.since:
        raise Refused("honours.ends-before-it-begins").at("until")
    if said.until > programme.local(act.recorded_at).date():
        raise Refused("honours.not-yet-given").at("until")


def _locked(contribution: Contribution) -> Contribution:
    hold_row(Contribution, contribution.pk)
    rows = Contribution.objects.select_related("programme", "seat", "seat__role", "seat__group")
    return rows.get(pk=contribution.pk)


@transaction.atomic
def verify_input(act: Act, *, contribution: Contribution, reason: str = "") -> Contribution:
    """What was declared is true by its evidence. Refuses what was answered or taken back, and
    whoever stands on the side of who declared.

    Taken back by: decline_input (with the reason; who declared is told).
    """
    found = _locked(contribution)
    if ledger.repeated(act, VERIFIED, programme=found.programme):
        return found
    permissions.may_verify(act, found).or_refuse()
    facts = _answered(act, found, InputState.VERIFIED, reason.strip())
    ledger.record(act, VERIFIED, programme=found.programme, about=found.subject(), facts=facts)
    notices.answered(act, found)
    return found


@transaction.atomic
def decline_input(act: Act, *, contribution: Contribution, reason: str) -> Contribution:
    """What was declared is not shown by its evidence, with the reason; who declared is told.
    Refuses what was taken back, no reason, and whoever stands on the side of who declared.

    Taken back by: verify_input (where the evidence proves it after all).
    """
    found = _locked(contribution)
    if ledger.repeated(act, DECLINED, programme=found.programme):
        return found
    permissions.may_verify(act, found).or_refuse()
    if not reason.strip():
        raise Refused("honours.reason-needed").at("reason")
    facts = _answered(act, found, InputState.DECLINED, reason.strip())
    ledger.record(act, DECLINED, programme=found.programme, about=found.subject(), facts=facts)
    notices.answered(act, found)
    return found


def _answered(act: Act, found: Contribution, state: InputState, reason: str) -> dict[str, object]:
    if found.state in (InputState.WITHDRAWN, state):
        raise Refused("honours.input-is-over", state=found.get_state_display())
    found.state, found.reason = state, reason
    found.answered_at = act.happened_at
    found.answered_by = shortened((act.seat or act.by).label, 160)
    found.save(update_fields=["state", "reason", "answered_at", "answered_by"])
    await_answers(found.programme, ROOM, found.public_id, act.recorded_at, act=act)
    facts: dict[str, object] = {"seat": found.seat.public_id}
    return facts | ({"reason": reason} if reason else {})


@transaction.atomic
def withdraw_input(act: Act, *, contribution: Contribution, reason: str) -> Contribution:
    """Who declared takes it back, with a reason; it counts no longer. Refuses a second time.

    Taken back by: declare_input (declared anew).
    """
    found = _locked(contribution)
    if ledger.repeated(act, WITHDRAWN, programme=found.programme):
        return found
    permissions.may_take_back(act, found).or_refuse()
    if found.state == InputState.WITHDRAWN:
        raise Refused("honours.input-is-over", state=found.get_state_display())
    if not reason.strip():
        raise Refused("honours.reason-needed").at("reason")
    found.state, found.reason = InputState.WITHDRAWN, reason.strip()
    found.save(update_fields=["state", "reason"])
    await_answers(found.programme, ROOM, found.public_id, act.recorded_at, act=act)
    facts = {"seat": found.seat.public_id, "reason": found.reason}
    ledger.record(act, WITHDRAWN, programme=found.programme, about=found.subject(), facts=facts)
    return found
