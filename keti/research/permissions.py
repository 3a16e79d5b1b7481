"""Who enters, changes and ties the nodes of the research, and who sees them."""

from django.db.models import Q, QuerySet

from keti.groups.models import Group, Seat
from keti.groups.permissions import Sight, acting_seat, principal, sight_of
from keti.kernel.acts import Act
from keti.kernel.refusals import YES, Verdict, no
from keti.programmes.models import Programme
from keti.research.enums import Status
from keti.research.models import Link, Node, NodeQuerySet, Uptake


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


def uptakes_in_sight(sight: Sight | None) -> QuerySet[Uptake]:
    """What is said to have become of the recommendations this seat reads."""
    seen = visible(sight, Node.objects.all()).values("pk")
    return Uptake.objects.filter(recommendation__in=seen, addressee__in=seen)


def visible(sight: Sight | None, nodes: NodeQuerySet) -> NodeQuerySet:
    """What was settled everybody inside reads; what was not, its group. What is confidential its
    owner, the lead of its group and the secretariat, whoever else sees everything."""
    if sight is None:
        return nodes.none()
    nodes = nodes.filter(programme=sight.programme_id)
    if sight.can("manage"):
        return nodes
    shared = Q(confidential=False)
    if not sight.everything:
        shared &= Q(status=Status.SETTLED) | sight.reads_within()
    return nodes.filter(Q(owner=sight.seat) | shared | _led(sight))


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
    if node.confidential:
        return False
    return node.status == Status.SETTLED or sight.reads(node.group_id)


def links_in_sight(sight: Sight | None) -> QuerySet[Link]:
    """The links that stand between nodes this seat sees: no other tells that there is a node."""
    seen = visible(sight, Node.objects.all()).values("pk")
    return Link.objects.filter(ended_at=None, first__in=seen, second__in=seen)
