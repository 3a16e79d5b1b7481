"""What stands behind a case, as its page shows it."""

from dataclasses import dataclass

from keti.groups.doors import Door
from keti.research import doors, permissions
from keti.research.models import CaseApproval, FactCheck, Node, Provenance, unit_called
from keti.research.queries import Standing, cases
from keti.research.rules.cases import CHANGED, INVOLVED


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One check of the facts: what was found, by whom; `why_not` says why it does not count."""

    one: FactCheck
    outcome: str
    who: str
    cited: list[tuple[str, str]]
    why_not: str
    withdraws: bool


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """What one unit was asked and said; `why_not` says why it does not count."""

    one: CaseApproval
    unit: str
    said: str
    why_not: str
    answers: bool
    withdraws: bool


@dataclass(frozen=True, slots=True)
class CasePart:
    """Of whom a case tells, who supplied it, conflicts, checks and approvals."""

    last: Provenance | None
    told: str
    supplier: str
    may_ask: bool
    conflicts: list[str]
    checks: list[CheckRow]
    approvals: list[ApprovalRow]


def of_case(door: Door, one: Node) -> CasePart:
    """What the page of a case shows of it."""
    last = cases.provenance_of(one)
    stand = doors.cases(door).get(one.pk, Standing())
    return CasePart(
        last,
        unit_called(last.told, last.told_named).in_(door.lang) if last else "",
        unit_called(last.supplier, last.supplier_named).in_(door.lang) if last else "",
        stand.approval in ("", CHANGED),
        doors.conflict_words(door, stand),
        _checks(door, one, last),
        _approvals(door, one, last),
    )  # fmt: skip


def _checks(door: Door, node: Node, last: Provenance | None) -> list[CheckRow]:
    rows = cases.checks_of(node)
    wanted = cases.sources_of(rows)
    found = doors.seen(door).filter(public_id__in=wanted) if wanted else ()
    known = {one.public_id: one for one in found}
    supplied = cases.supplied_of(last)
    shown = []
    for one in rows:
        why = CHANGED if one.fp != node.fp else ""
        if not why and supplied and supplied.has_part(cases.unit_at(one)):
            why = INVOLVED
        named = [known[key] for key in one.cited if key in known]
        shown.append(
            CheckRow(
                one,
                str(one.get_outcome_display()),
                one.seat.called.in_(door.lang),
                [(f"{each.tag.in_(door.lang)} {each.title.in_(door.lang)}", each.path)
                 for each in named],
                doors.stand_words(door, why),
                one.withdrawn_at is None
                and (door.seat.pk == one.seat_id or door.seat.can("manage")),
            )
        )  # fmt: skip
    return shown


def _approvals(door: Door, node: Node, last: Provenance | None) -> list[ApprovalRow]:
    changes = door.seat.pk == node.owner_id or permissions.heads(door.seat, node)
    shown = []
    for one in cases.approvals_of(node):
        one.node = node
        stands = one.withdrawn_at is None
        answers = stands and permissions.answers_approval(door.seat, one)
        counts = cases.tells_of(one, last)
        why = CHANGED if one.fp != node.fp else "" if counts else "elsewhere"
        shown.append(
            ApprovalRow(
                one,
                one.unit.in_(door.lang),
                doors.stand_words(door, one.answer or "asked"),
                doors.stand_words(door, why),
                answers and not one.answer and not why,
                stands
                and (permissions.takes_back_answer(door.seat, one) if one.answer else changes),
            )
        )
    return shown
