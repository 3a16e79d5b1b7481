"""Who enters, changes and ties the nodes of the research, and who sees them."""

from django.db.models import Q, QuerySet

from keti.accounts.models import Organisation
from keti.groups.models import Group, Seat
from keti.groups.permissions import (
    Sight,
    acting_seat,
    may_record_for,
    needs_paper,
    principal,
    sight_of,
    works_in,
)
from keti.kernel.acts import Act
from keti.kernel.refusals import YES, Verdict, no
from keti.programmes.models import Programme
from keti.research.enums import Status
from keti.research.models import (
    CaseApproval,
    Edition,
    FactCheck,
    Link,
    Node,
    NodeQuerySet,
    Provenance,
    Uptake,
)


def may_enter(act: Act, programme: Programme, group: Group | None) -> Verdict:
    """Who leads or contributes in a group enters there; for the whole the lead of the whole does.
    The secretariat enters everywhere."""
    seat = principal(act, programme)
    if enters_in(seat, group):
        return YES
    if group is None:
        return no("research.whole-is-the-leads", seat=seat.title)
    return no("research.not-your-group", group=group.title, seat=seat.title)


def enters_in(seat: Seat, group: Group | None) -> bool:
    """The same asked of a seat, before anything is done."""
    if seat.can("manage"):
        return True
    if group is None:
        return seat.can("lead") and seat.group.parent_id is None
    return seat.group_id == group.pk and (seat.can("lead") or seat.can("contribute"))


def may_change(act: Act, node: Node) -> Verdict:
    """Its owner, the lead of its group or the secretariat changes, withdraws and merges it."""
    seat = principal(act, node.programme)
    if seat.pk == node.owner_id or heads(seat, node):
        return YES
    return no("research.not-yours", ask=node.owner.label, who=node.owner.called, seat=seat.title)


def may_settle(act: Act, node: Node) -> Verdict:
    """The lead of its group or the secretariat says that it stands: everybody reads it then."""
    seat = principal(act, node.programme)
    return YES if heads(seat, node) else no("research.only-the-lead-settles", seat=seat.title)


def heads(seat: Seat, node: Node) -> bool:
    """The secretariat, and who leads the group a node is of; of the whole, who leads the whole."""
    if seat.can("manage"):
        return True
    if not seat.can("lead"):
        return False
    return seat.group_id == node.group_id or (node.group_id is None and not seat.group.parent_id)


def may_tie(act: Act, first: Node, second: Node) -> Verdict:
    """Whoever changes the first of two nodes, or works in its group, ties it to what they see, and
    reads the two together again."""
    seat = principal(act, first.programme)
    sight = sight_of(seat)
    if not (sees(sight, first) and sees(sight, second)):
        return no("research.no-such-node")
    if seat.pk == first.owner_id or heads(seat, first) or enters_in(seat, first.group):
        return YES
    owner = first.owner
    return no("research.not-yours", ask=owner.label, who=owner.called, seat=seat.title)


def may_say_uptake(act: Act, recommendation: Node) -> Verdict:
    """Whoever takes part and reads a recommendation says what became of it."""
    seat = principal(act, recommendation.programme)
    if not sees(sight_of(seat), recommendation):
        return no("research.no-such-node")
    if seat.role.external:
        return no("research.uptake-from-inside", seat=seat.title)
    return YES


def may_verify_uptake(act: Act, uptake: Uptake) -> Verdict:
    """Secretariat, monitors and leads find it true; nobody their own word."""
    seat = acting_seat(act, uptake.programme)
    if act.by.public_id == uptake.by.public_id or seat.pk == uptake.seat_id:
        return no("research.uptake-of-ones-own")
    if any(seat.can(verb) for verb in ("manage", "watch", "lead")):
        return YES
    return no("research.uptake-who-verifies", seat=seat.title)


def may_withdraw_uptake(act: Act, uptake: Uptake) -> Verdict:
    """Who said it, or the secretariat."""
    seat = principal(act, uptake.programme)
    if seat.pk == uptake.seat_id or seat.can("manage"):
        return YES
    return no("research.uptake-who-withdraws", who=uptake.seat.called, seat=seat.title)


def may_check(act: Act, node: Node) -> Verdict:
    """Whoever takes part and reads a case checks its facts; not its owner, not who wrote what it
    says now, and nobody of the unit that supplied it or of which it tells."""
    seat = acting_seat(act, node.programme)
    if act.on_behalf_of is not None:
        return no("research.check-with-own-eyes")
    if not sees(sight_of(seat), node):
        return no("research.no-such-node")
    if seat.role.external:
        return no("research.check-from-inside", seat=seat.title)
    if seat.pk == node.owner_id or works_in(act.by, node.owner) or _wrote(act, node):
        return no("research.check-of-ones-own")
    if involved(act, seat, node):
        return no("research.check-by-unit-involved")
    return YES


def _wrote(act: Act, node: Node) -> bool:
    """Did this person write, or settle, what the node says now?"""
    written = Edition.objects.filter(node=node, fp=node.fp, by__public_id=act.by.public_id)
    return written.exists()


def involved(act: Act, seat: Seat, node: Node) -> bool:
    """Is this person, or the seat they act in, of the unit that supplied a case or of which it
    tells, as it was said last? A unit outside is known by its name."""
    last = Provenance.objects.filter(node=node).order_by("pk").last()
    if last is None:
        return False
    mine = {unit for unit in (seat.unit, getattr(act.by, "unit", None)) if unit is not None}
    theirs = {part.unit for part in (last.told, last.supplier) if part and part.unit}
    keys = {unit.same_as_id or unit.pk for unit in mine}
    if keys & {unit.same_as_id or unit.pk for unit in theirs}:
        return True
    if {seat.pk} & {last.told_id, last.supplier_id}:
        return True
    return any(_is_named(unit, last) for unit in mine)


def _is_named(unit: Organisation, last: Provenance) -> bool:
    """Is it the unit that was named by word, in either language?"""
    words = {"".join(one.split()).casefold() for one in (last.told_named, last.supplier_named)}
    names = {"".join(one.split()).casefold() for one in (unit.name_zh, unit.name_en or "")}
    return bool((words & names) - {""})


def may_withdraw_check(act: Act, check: FactCheck) -> Verdict:
    """Who checked, or the secretariat."""
    seat = principal(act, check.programme)
    if seat.pk == check.seat_id or seat.can("manage"):
        return YES
    return no("research.uptake-who-withdraws", who=check.seat.called, seat=seat.title)


def may_answer_approval(act: Act, one: CaseApproval) -> Verdict:
    """The seat that speaks for the unit that is asked, itself or with the signed paper; of a unit
    outside the secretariat records the paper."""
    seat = principal(act, one.programme)
    if one.asked is not None and seat.pk != one.asked_id:
        return no("research.approval-not-yours", who=one.asked.called, seat=seat.title)
    if one.asked is not None:
        return needs_paper(act)
    if not seat.can("manage"):
        return no("research.approval-secretariat-records", who=one.named, seat=seat.title)
    return YES if act.evidence is not None else no("groups.on-behalf-needs-paper")


def answers_approval(seat: Seat, one: CaseApproval) -> bool:
    """May this seat answer at all, for itself or for others? Asked before anything is typed."""
    if one.asked is None:
        return seat.can("manage")
    return seat.pk == one.asked_id or bool(may_record_for(seat, one.asked))


def may_withdraw_approval(act: Act, one: CaseApproval) -> Verdict:
    """What was asked and not answered: who may change the case. An answer: the seat that gave it,
    and, where the secretariat recorded it, the secretariat."""
    if not one.answer:
        return may_change(act, one.node)
    seat = principal(act, one.programme)
    if takes_back_answer(seat, one):
        return YES
    if one.asked is None:
        return no("research.approval-secretariat-records", who=one.named, seat=seat.title)
    return no("research.approval-not-yours", who=one.asked.called, seat=seat.title)


def takes_back_answer(seat: Seat, one: CaseApproval) -> bool:
    """The same of an answer, asked of a seat before anything is done."""
    return seat.pk == one.asked_id or (one.on_behalf and seat.can("manage"))


def asked_about(seat: Seat) -> QuerySet[CaseApproval]:
    """The cases about which this seat was asked for its unit: it reads those, drafts and
    confidential ones too."""
    return CaseApproval.objects.filter(asked=seat, withdrawn_at=None)


def checks_in_sight(sight: Sight | None) -> QuerySet[FactCheck]:
    """The checks of the cases this seat reads."""
    return FactCheck.objects.filter(node__in=visible(sight, Node.objects.all()).values("pk"))


def approvals_in_sight(sight: Sight | None) -> QuerySet[CaseApproval]:
    """What units were asked about the cases this seat reads."""
    return CaseApproval.objects.filter(node__in=visible(sight, Node.objects.all()).values("pk"))


def uptakes_in_sight(sight: Sight | None) -> QuerySet[Uptake]:
    """What is said to have become of the recommendations this seat reads."""
    seen = visible(sight, Node.objects.all()).values("pk")
    return Uptake.objects.filter(recommendation__in=seen, addressee__in=seen)


def visible(sight: Sight | None, nodes: NodeQuerySet) -> NodeQuerySet:
    """What was settled everybody inside reads; what was not, its group. What is confidential its
    owner, the lead of its group and the secretariat, whoever else sees everything. A case about
    which a unit is asked: the seat that speaks for that unit too."""
    if sight is None:
        return nodes.none()
    nodes = nodes.filter(programme=sight.programme_id)
    if sight.can("manage"):
        return nodes
    shared = Q(confidential=False)
    if not sight.everything:
        shared &= Q(status=Status.SETTLED) | sight.reads_within()
    asked = Q(pk__in=asked_about(sight.seat).values("node"))
    return nodes.filter(Q(owner=sight.seat) | shared | _led(sight) | asked)


def _led(sight: Sight) -> Q:
    if not sight.can("lead"):
        return Q(pk__in=())
    of_the_whole = Q(group=None) if sight.seat.group.parent_id is None else Q(pk__in=())
    return Q(group=sight.seat.group_id) | of_the_whole


def sees(sight: Sight | None, node: Node) -> bool:
    """The predicate that agrees with `visible`."""
    if sight is None or sight.programme_id != node.programme_id:
        return False
    if sight.seat.pk == node.owner_id or heads(sight.seat, node):
        return True
    shared = node.status == Status.SETTLED or sight.reads(node.group_id)
    if shared and not node.confidential:
        return True
    return asked_about(sight.seat).filter(node=node).exists()


def links_in_sight(sight: Sight | None) -> QuerySet[Link]:
    """The links that stand between nodes this seat sees: no other tells that there is a node."""
    seen = visible(sight, Node.objects.all()).values("pk")
    return Link.objects.filter(ended_at=None, first__in=seen, second__in=seen)
