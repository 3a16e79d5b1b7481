"""What stands behind the cases: whom they tell of, who supplied them, checks and approvals."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from keti.duties.actions import Response
from keti.duties.enums import Pool, Verb
from keti.groups.models import Group, Seat
from keti.programmes.models import Programme
from keti.research.enums import Gain, Status
from keti.research.models import STANDING, CaseApproval, FactCheck, Node, Provenance, named
from keti.research.rules import cases
from keti.research.rules.cases import APPROVED, CHECKED, HOLDS, Heard, Supplied, Unit
from keti.research.rules.kinds import CASE, DEMAND

if TYPE_CHECKING:
    from keti.research.queries import Graph

ROOM = "research"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands: what its check and its approval say, by what a conflict was found."""

    check: str = ""
    approval: str = ""
    conflicts: tuple[str, ...] = ()

    @property
    def has(self) -> frozenset[str]:
        """What of that which a rule may ask it has."""
        words = {CHECKED: self.check in HOLDS, APPROVED: self.approval == APPROVED}
        return frozenset(word for word, so in words.items() if so)


def unit_of(seat: Seat | None, name: str = "") -> Unit | None:
    """The unit for which a seat speaks, its holder where it speaks for none; or one by name."""
    if seat is None:
        return Unit(None, name) if name else None
    unit = seat.unit
    return Unit(unit.same_as_id or unit.pk, unit.label) if unit else Unit(None, seat.holder.label)


def supplied_of(one: Provenance | None) -> Supplied | None:
    """The same as the rules compare it."""
    if one is None:
        return None
    supplier = unit_of(one.supplier, one.supplier_named)
    return Supplied(supplier, unit_of(one.told, one.told_named), one.gains == Gain.YES)


def standings(programme: Programme, seen: "Graph") -> dict[int, Standing]:
    """How every case of this graph stands of which anything was said: four statements."""
    here = {one.key: one for one in seen.dots.values() if one.kind == CASE}
    if not here:
        return {}
    supplied = _supplied(programme)
    checks, approvals = _checks(programme), _approvals(programme)
    askers = _askers(programme, seen, supplied.values())
    kinds = {key: one.kind for key, one in seen.dots.items()}
    known = {key: one for key, one in supplied.items() if key in here}
    found = cases.conflicts(known, askers, kinds, seen.ties)
    return {
        key: Standing(
            cases.check_of(here[key].fp, checks.get(key, []), supplied.get(key)),
            cases.approval_of(here[key].fp, approvals.get(key, []), supplied.get(key)),
            found.get(key, ()),
        )
        for key in here
        if key in supplied or key in checks or key in approvals
    }


def _supplied(programme: Programme) -> dict[int, Supplied]:
    found = named(Provenance.objects.filter(programme=programme), "told", "supplier")
    rows = {one.node_id: supplied_of(one) for one in found.order_by("pk")}
    return {key: one for key, one in rows.items() if one is not None}


def _checks(programme: Programme) -> dict[int, list[Heard]]:
    found: dict[int, list[Heard]] = defaultdict(list)
    rows = FactCheck.objects.filter(programme=programme, withdrawn_at=None).order_by("pk")
    for node, fp, outcome, unit, same_as, name in rows.values_list(
        "node", "fp", "outcome", "unit", "unit__same_as", "unit__name_zh"
    ):
        found[node].append(Heard(fp, outcome, Unit(same_as or unit, name) if unit else None))
    return found


def _approvals(programme: Programme) -> dict[int, list[Heard]]:
    found: dict[int, list[Heard]] = defaultdict(list)
    rows = CaseApproval.objects.filter(programme=programme, withdrawn_at=None)
    for one in named(rows, "asked").order_by("pk"):
        found[one.node_id].append(Heard(one.fp, one.answer, unit_of(one.asked, one.named)))
    return found


def _askers(
    programme: Programme, seen: "Graph", supplied: Iterable[Supplied]
) -> dict[int, list[Unit]]:
    """Whose the demands of this graph are, as far as they could be a supplier's: by the node each
    is read as."""
    if not any(one.supplier for one in supplied):
        return {}
    rows = Node.objects.filter(programme=programme, kind=DEMAND).only("owner")
    found: dict[int, list[Unit]] = defaultdict(list)
    for one in rows.select_related("owner__person__unit", "owner__organisation"):
        unit = unit_of(one.owner)
        if one.pk in seen.dots and unit is not None:
            found[seen.root.get(one.pk, one.pk)].append(unit)
    return found


def provenance_of(node: Node) -> Provenance | None:
    """Of whom a case tells and who supplied it, as it was said last."""
    return named(Provenance.objects.filter(node=node), "told", "supplier").order_by("pk").last()


def checks_of(node: Node) -> list[FactCheck]:
    """Every check of a case, newest first, withdrawn ones too."""
    found = named(FactCheck.objects.filter(node=node), "seat")
    return list(found.select_related("by", "unit").order_by("-pk"))


def approvals_of(node: Node) -> list[CaseApproval]:
    """Everything the unit told of was asked and answered, newest first, withdrawn ones too."""
    found = named(CaseApproval.objects.filter(node=node), "asked", "seat")
    return list(found.select_related("answered_by", "by").order_by("-pk"))


def open_approvals(node: Node) -> list[CaseApproval]:
    """What was asked of a unit about this case and nobody answered or took back."""
    found = CaseApproval.objects.filter(node=node, withdrawn_at=None, answer="")
    return list(named(found, "asked").order_by("pk"))


def unit_at(one: FactCheck) -> Unit | None:
    """The unit in whose seat somebody checked."""
    return Unit(one.unit.same_as_id or one.unit.pk, one.unit.label) if one.unit else None


def tells_of(one: CaseApproval, last: Provenance | None) -> bool:
    """Is it of the unit of which the case tells by the last word?"""
    told = unit_of(last.told, last.told_named) if last else None
    return cases.same(unit_of(one.asked, one.named), told)


def speaks_now(one: CaseApproval, last: Provenance | None) -> bool:
    """Is it asked of the unit of which the case tells by the last word, about what it says now?"""
    if one.node.fp != one.fp or one.node.status not in STANDING or last is None:
        return False
    return one.asked_id == last.told_id and one.named == last.told_named


def awaited(programme: Programme, subject_id: str, at: datetime) -> list[Response]:
    """Which units are asked whether they approve of a case: each by the seat that speaks for it; by
    the secretariat, which hears of their papers, where that is outside or the seat has ended."""
    found = CaseApproval.objects.filter(programme=programme, withdrawn_at=None, answer="")
    found = found.filter(public_id=subject_id) if subject_id else found
    rows = list(named(found, "asked").select_related("by", "node__group__programme").order_by("pk"))
    if not rows:
        return []
    nodes = {one.node_id for one in rows}
    last = {one.node_id: one for one in Provenance.objects.filter(node__in=nodes).order_by("pk")}
    whole = Group.objects.filter(programme=programme, parent=None).order_by("order").first()
    return [
        _response(one, one.node.group or whole, at)
        for one in rows
        if (one.node.group or whole) and speaks_now(one, last.get(one.node_id))
    ]


def _response(one: CaseApproval, group: Group | None, at: datetime) -> Response:
    assert group is not None
    node, seat = one.node, one.asked
    here = seat is not None and seat.stands_at(at)
    unread = node.group_id is None and node.status == Status.DRAFT
    return Response(
        verb=Verb.ENDORSE,
        about=one.subject(),
        title=node.tag,
        group=group,
        since=one.at,
        seat=seat if here else None,
        pool=None if here else Pool.SECRETARIAT,
        closed=node.confidential or unread,
        asker=one.by,
    )


def sources_of(checks: Iterable[FactCheck]) -> set[str]:
    """The ids of the sources that these checks name."""
    return {key for one in checks for key in one.cited}
