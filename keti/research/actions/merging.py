"""The same thing under several names: read as one, and apart again with nothing lost."""

from django.db import transaction

from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_each, hold_row
from keti.ledger import actions as ledger
from keti.programmes.models import Programme
from keti.research import permissions
from keti.research.actions.waiting import follow
from keti.research.enums import Status
from keti.research.models import STANDING, Node

MERGED = "research.merged"
UNMERGED = "research.unmerged"


@transaction.atomic
def merge(act: Act, *, node: Node, into: Node) -> Node:
    """Read one node as another of its kind: its words, versions and links stay with it, the links
    count for the other and are suspect until read again.

    Refuses whoever may not change both, two kinds, a node and itself, and one that does not stand.

    Taken back by: undo_merge.
    """
    programme = hold_row(Programme, node.programme_id)
    hold_each(Node.objects.filter(pk__in=(node.pk, into.pk)))
    if ledger.repeated(act, MERGED, programme=programme):
        return _fresh(node)
    one, other = _fresh(node), _fresh(into)
    permissions.may_change(act, one).or_refuse()
    permissions.may_change(act, other).or_refuse()
    if one.kind != other.kind or one.pk == other.pk:
        raise Refused("research.merge-one-kind").at("into")
    for each in (one, other):
        if each.status not in STANDING:
            raise Refused("research.does-not-stand", state=str(each.get_status_display()))
    if one.confidential and not other.confidential:
        raise Refused("research.merge-would-tell").at("into")
    one.before, one.status, one.into = one.status, Status.MERGED, other
    one.changed_at = act.recorded_at
    one.save(update_fields=["before", "status", "into", "changed_at"])
    follow(act, one)
    facts = {"into": other.public_id, "before": one.before, "fp": one.fp, "into_fp": other.fp}
    ledger.record(act, MERGED, programme=programme, about=one.subject(), facts=facts)
    return one


@transaction.atomic
def undo_merge(act: Act, *, node: Node) -> Node:
    """It stands by itself again, as it stood before.

    Refuses whoever may not change it, and what was not merged.

    Taken back by: merge.
    """
    programme = hold_row(Programme, node.programme_id)
    hold_row(Node, node.pk)
    found = _fresh(node)
    if ledger.repeated(act, UNMERGED, programme=programme):
        return found
    permissions.may_change(act, found).or_refuse()
    if found.status != Status.MERGED or found.into is None:
        raise Refused("research.not-merged")
    facts = {"from": found.into.public_id, "fp": found.fp}
    found.status, found.into, found.before = Status(found.before), None, ""
    found.changed_at = act.recorded_at
    found.save(update_fields=["before", "status", "into", "changed_at"])
    follow(act, found)
    ledger.record(act, UNMERGED, programme=programme, about=found.subject(), facts=facts)
    return found


def _fresh(node: Node) -> Node:
    return Node.objects.with_names().get(pk=node.pk)
