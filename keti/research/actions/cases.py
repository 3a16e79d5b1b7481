"""What stands behind a case: whom it tells of and who supplied it, checks of its facts, what the
unit told of says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from keti.accounts.models import Person
from keti.duties import actions as duties
from keti.duties.enums import Verb
from keti.groups.models import Seat
from keti.groups.permissions import acting_seat, principal
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.programmes.models import Programme
from keti.research import notices, permissions, queries
from keti.research.actions.nodes import held
from keti.research.actions.waiting import follow, hold_open
from keti.research.enums import Gain, Outcome, Stand
from keti.research.models import STANDING, CaseApproval, FactCheck, Node, Provenance
from keti.research.queries import cases
from keti.research.rules.kinds import CASE

PROVENANCE_SAID = "research.provenance.said"
CHECKED = "research.case.checked"
CHECK_WITHDRAWN = "research.check.withdrawn"
APPROVAL_ASKED = "research.approval.asked"
APPROVAL_ANSWERED = "research.approval.answered"
APPROVAL_WITHDRAWN = "research.approval.withdrawn"


@dataclass(frozen=True, slots=True)
class Parties:
    """Of whom a case tells and who supplied it, each a seat that speaks for its unit or a unit
    outside by name; whether the supplier gains by it, and how."""

    told: Seat | None = None
    told_named: str = ""
    supplier: Seat | None = None
    supplier_named: str = ""
    gains: str = Gain.UNKNOWN
    how: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What somebody found who checked the facts of a case: what was checked and by what, the
    sources that show it, on which local day."""

    outcome: str
    words: str
    day: date
    cited: Sequence[Node] = ()


@transaction.atomic
def say_provenance(act: Act, *, node: Node, parties: Parties) -> Provenance:
    """Say of which unit a case tells, who supplied it and whether that one gains by it (R146). What
    another unit was asked before and did not answer falls.

    Refuses whoever may not change the case, what is no case, no unit at all, one both chosen and
    named, an end that is of another programme, and a gain that nobody explains.

    Taken back by: say_provenance (anew).
    """
    programme, found = held(node)
    waiting = hold_open(found)
    if entry := ledger.repeated(act, PROVENANCE_SAID, programme=programme):
        return Provenance.objects.get(public_id=entry.subject_id)
    permissions.may_change(act, found).or_refuse()
    _refuse_no_case(found)
    _refuse_parties(programme, parties)
    assert isinstance(act.by, Person)
    made = Provenance.objects.create(
        programme=programme,
        node=found,
        told=parties.told,
        told_named=parties.told_named.strip(),
        supplier=parties.supplier,
        supplier_named=parties.supplier_named.strip(),
        gains=parties.gains,
        how=parties.how.strip(),
        seat=principal(act, programme),
        by=act.by,
        at=act.recorded_at,
    )
    for one in waiting:
        if (one.asked_id, one.named) != (made.told_id, made.told_named):
            one.withdrawn_at = act.recorded_at
            one.save(update_fields=["withdrawn_at"])
    follow(act, found, waiting)
    facts = {"version": found.version}
    ledger.record(act, PROVENANCE_SAID, programme=programme, about=made.subject(), facts=facts)
    return made


def _refuse_no_case(node: Node) -> None:
    if node.kind != CASE:
        raise Refused("research.no-case", node=node.tag)


def _refuse_parties(programme: Programme, parties: Parties) -> None:
    ends = (("told", parties.told, parties.told_named),
            ("supplier", parties.supplier, parties.supplier_named))  # fmt: skip
    for field, seat, name in ends:
        if seat is not None and name.strip():
            raise Refused("research.unit-chosen-and-named").at(f"{field}_named")
        if seat is not None and seat.programme_id != programme.pk:
            raise Refused("groups.no-seat").at(field)
    if not any(seat or name.strip() for _field, seat, name in ends):
        raise Refused("research.no-unit-said").at("told")
    if parties.gains not in Gain.values:
        raise Refused("research.no-such-choice").at("gains")
    if parties.gains == Gain.YES and not parties.how.strip():
        raise Refused("research.say-how-it-gains").at("how")


@transaction.atomic
def check_facts(act: Act, *, node: Node, version: int, found: Found) -> FactCheck:
    """Say what a check of the facts of a case found, for what the case says at `version`.

    Refuses its owner, who wrote what it says now, a person of the unit that supplied it or of which
    it tells, who does not take part, what is no case or does not stand, a version that is no longer
    the last, a second check by the same person, nothing that was checked, and a day to come.

    Taken back by: withdraw_check.
    """
    programme, one = held(node)
    if entry := ledger.repeated(act, CHECKED, programme=programme):
        return FactCheck.objects.get(public_id=entry.subject_id)
    permissions.may_check(act, one).or_refuse()
    _refuse_not_standing(one, version)
    _refuse_unfound(programme, act, one, found)
    seat = acting_seat(act, programme)
    assert isinstance(act.by, Person)
    made = FactCheck.objects.create(
        programme=programme,
        node=one,
        version=one.version,
        fp=one.fp,
        outcome=found.outcome,
        words=found.words.strip(),
        cited=[source.public_id for source in found.cited],
        day=found.day,
        seat=seat,
        unit=seat.unit,
        by=act.by,
        at=act.recorded_at,
    )
    ledger.record(act, CHECKED, programme=programme, about=made.subject(), facts=_of_check(made))
    notices.checked(act, made)
    return made


def _refuse_not_standing(node: Node, version: int) -> None:
    _refuse_no_case(node)
    if node.status not in STANDING:
        raise Refused("research.does-not-stand", state=str(node.get_status_display()))
    if node.version != version:
        raise Refused("research.changed-meanwhile", version=node.version)


def _refuse_unfound(programme: Programme, act: Act, node: Node, found: Found) -> None:
    if found.outcome not in Outcome.values:
        raise Refused("research.no-such-choice").at("outcome")
    if not found.words.strip():
        raise Refused("research.say-what-was-checked").at("words")
    today = programme.local(act.recorded_at).date()
    if found.day > today:
        raise Refused("research.uptake-day-to-come", today=today).at("day")
    mine = FactCheck.objects.filter(node=node, fp=node.fp, withdrawn_at=None)
    if mine.filter(by__public_id=act.by.public_id).exists():
        raise Refused("research.checked-already")


def _of_check(one: FactCheck) -> dict[str, Any]:
    """What the line says: no word of the check, for the case may be a draft or confidential."""
    return {"version": one.version, "outcome": one.outcome, "day": one.day.isoformat()}


@transaction.atomic
def withdraw_check(act: Act, *, check: FactCheck, reason: str) -> FactCheck:
    """The check no longer counts, with the reason; what was found before counts again.

    Refuses who neither checked nor keeps the secretariat, no reason, and a second time.

    Taken back by: check_facts (anew).
    """
    programme, _node = held(check.node)
    hold_row(FactCheck, check.pk)
    found = FactCheck.objects.select_related("node__programme", "seat__role").get(pk=check.pk)
    if ledger.repeated(act, CHECK_WITHDRAWN, programme=programme):
        return found
    permissions.may_withdraw_check(act, found).or_refuse()
    _withdraw(act, found, reason)
    facts = _of_check(found) | {"reason": bool(found.reason)}
    ledger.record(act, CHECK_WITHDRAWN, programme=programme, about=found.subject(), facts=facts)
    return found


def _withdraw(act: Act, found: FactCheck | CaseApproval, reason: str) -> None:
    if found.withdrawn_at is not None:
        raise Refused("research.uptake-withdrawn-already")
    if not reason.strip():
        raise Refused("research.give-a-reason").at("reason")
    found.withdrawn_at, found.reason = act.recorded_at, reason.strip()
    found.save(update_fields=["withdrawn_at", "reason"])


@transaction.atomic
def ask_approval(act: Act, *, node: Node, version: int) -> CaseApproval:
    """Ask the unit of which a case tells whether it approves of what the case says at `version`:
    its seat reads the case from now on, and owes the answer.

    Refuses whoever may not change the case, what is no case or does not stand, a version that is no
    longer the last, a case that tells of no unit, and what that unit was asked of the same words.

    Taken back by: withdraw_approval.
    """
    programme, one = held(node)
    if entry := ledger.repeated(act, APPROVAL_ASKED, programme=programme):
        return CaseApproval.objects.get(public_id=entry.subject_id)
    permissions.may_change(act, one).or_refuse()
    _refuse_not_standing(one, version)
    last = cases.provenance_of(one)
    if last is None or not (last.told or last.told_named):
        raise Refused("research.tells-of-no-unit")
    same = CaseApproval.objects.filter(node=one, fp=one.fp, withdrawn_at=None)
    if same.filter(asked=last.told, named=last.told_named).exists():
        raise Refused("research.approval-asked-already")
    assert isinstance(act.by, Person)
    made = CaseApproval.objects.create(
        programme=programme,
        node=one,
        version=one.version,
        fp=one.fp,
        asked=last.told,
        named=last.told_named,
        seat=principal(act, programme),
        by=act.by,
        at=act.recorded_at,
    )
    duties.ask_anew(programme, queries.ROOM, made.public_id, act.recorded_at)
    facts = {"version": made.version}
    ledger.record(act, APPROVAL_ASKED, programme=programme, about=made.subject(), facts=facts)
    notices.approval_asked(act, made)
    return made


@transaction.atomic
def answer_approval(
    act: Act, *, approval: CaseApproval, answer: str, words: str = ""
) -> CaseApproval:
    """The unit approves of what the case says, or asks for changes in words; the secretariat
    records it with the signed paper, and its words.

    Refuses everybody but the seat that speaks for the unit, a recorder without the paper, what was
    answered or taken back before, what the case no longer says, changes without words, and a
    paper's answer without its words.

    Taken back by: withdraw_approval.
    """
    programme, found = _held_approval(approval)
    if ledger.repeated(act, APPROVAL_ANSWERED, programme=programme):
        return found
    permissions.may_answer_approval(act, found).or_refuse()
    _refuse_no_answer(found, answer)
    recorded = act.on_behalf_of is not None or found.asked is None
    if not words.strip() and (answer == Stand.CHANGES or recorded):
        raise Refused(
            "research.say-which-changes" if not recorded else "research.say-the-paper"
        ).at("words")
    assert isinstance(act.by, Person)
    found.answer, found.words, found.on_behalf = answer, words.strip(), recorded
    found.answered_by, found.answered_at = act.by, act.recorded_at
    found.save(update_fields=["answer", "words", "on_behalf", "answered_by", "answered_at"])
    duties.await_answers(
        programme, queries.ROOM, found.public_id, act.recorded_at, act=act, answers_as=Verb.ENDORSE
    )
    facts = {"version": found.version, "answer": found.answer}
    ledger.record(act, APPROVAL_ANSWERED, programme=programme, about=found.subject(), facts=facts)
    notices.approval_answered(act, found)
    return found


def _held_approval(one: CaseApproval) -> tuple[Programme, CaseApproval]:
    programme, _node = held(one.node)
    hold_row(CaseApproval, one.pk)
    found = CaseApproval.objects.select_related(
        "programme", "node__programme", "node__group", "node__owner__role", "asked__role", "by",
        "seat__person", "seat__delegate",
    )  # fmt: skip
    return programme, found.get(pk=one.pk)


def _refuse_no_answer(found: CaseApproval, answer: str) -> None:
    if answer not in Stand.values:
        raise Refused("research.no-such-choice").at("answer")
    if found.withdrawn_at is not None:
        raise Refused("research.uptake-withdrawn-already")
    if found.answer:
        raise Refused("research.approval-answered-already")
    if not cases.speaks_now(found, cases.provenance_of(found.node)):
        raise Refused("research.approval-of-before", version=found.version)


@transaction.atomic
def withdraw_approval(act: Act, *, approval: CaseApproval, reason: str) -> CaseApproval:
    """What was asked is no longer asked, or the unit takes its answer back, with the reason.

    Refuses who may neither change the case, where nobody answered, nor answer for the unit, where
    it did; no reason, and a second time.

    Taken back by: ask_approval (anew).
    """
    programme, found = _held_approval(approval)
    if ledger.repeated(act, APPROVAL_WITHDRAWN, programme=programme):
        return found
    permissions.may_withdraw_approval(act, found).or_refuse()
    _withdraw(act, found, reason)
    duties.await_answers(programme, queries.ROOM, found.public_id, act.recorded_at)
    facts = {"version": found.version, "answer": found.answer, "reason": True}
    ledger.record(act, APPROVAL_WITHDRAWN, programme=programme, about=found.subject(), facts=facts)
    return found
