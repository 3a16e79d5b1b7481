"""Links: made, ended, and read again."""

from django.db import transaction

from keti.accounts.models import Person
from keti.groups.permissions import principal
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_each, hold_row
from keti.ledger import actions as ledger
from keti.programmes.models import Programme
from keti.research import notices, permissions, queries
from keti.research.enums import LinkKind, Status
from keti.research.models import STANDING, Link, Node
from keti.research.rules.kinds import RECOMMENDATION

LINKED = "research.linked"
UNLINKED = "research.unlinked"
READ_AGAIN = "research.read-again"


@transaction.atomic
def link(act: Act, *, first: Node, second: Node, kind: str) -> Link:
    """Say how one node is tied to another; what both say now is what was read.

    Refuses whoever may not, a tie to itself, a kind that is none, a node that does not stand, and
    a link that is there already.

    Taken back by: unlink.
    """
    programme = hold_row(Programme, first.programme_id)
    hold_each(Node.objects.filter(pk__in=(first.pk, second.pk)))
    if entry := ledger.repeated(act, LINKED, programme=programme):
        return Link.objects.get(public_id=entry.subject_id)
    one, other = _fresh(first), _fresh(second)
    permissions.may_tie(act, one, other).or_refuse()
    if one.pk == other.pk:
        raise Refused("research.linked-to-itself").at("second")
    if kind not in LinkKind.values:
        raise Refused("research.no-such-link").at("kind")
    for node in (one, other):
        if node.status not in STANDING:
            raise Refused("research.does-not-stand", state=str(node.get_status_display()))
    if Link.objects.filter(first=one, second=other, kind=kind, ended_at=None).exists():
        raise Refused("research.linked-already", first=one.tag, second=other.tag).at("second")
    assert isinstance(act.by, Person)
    made = Link.objects.create(
        programme=programme,
        first=one,
        second=other,
        kind=kind,
        first_fp=one.fp,
        second_fp=other.fp,
        seat=principal(act, programme),
        made_at=act.recorded_at,
        read_by=act.by,
        read_at=act.recorded_at,
    )
    ledger.record(act, LINKED, programme=programme, about=made.subject(), facts=_facts(made))
    if kind == LinkKind.ANSWERS and one.kind == RECOMMENDATION and one.status == Status.SETTLED:
        notices.taken_up(act, one)
    return made


def _fresh(node: Node) -> Node:
    return Node.objects.with_names().get(pk=node.pk)


def _facts(one: Link) -> dict[str, str]:
    return {
        "kind": one.kind,
        "first": one.first.public_id,
        "second": one.second.public_id,
        "first_fp": one.first_fp,
        "second_fp": one.second_fp,
    }


def _held(one: Link) -> tuple[Programme, Link]:
    programme = hold_row(Programme, one.programme_id)
    hold_each(Node.objects.filter(pk__in=(one.first_id, one.second_id)))
    found = hold_row(Link, one.pk)
    found.first, found.second = _fresh(one.first), _fresh(one.second)
    return programme, found


@transaction.atomic
def unlink(act: Act, *, link: Link) -> Link:
    """The two are tied no more; that they were stays in the record.

    Refuses whoever may not tie them, and a link that ended before.

    Taken back by: link (anew).
    """
    programme, found = _held(link)
    if ledger.repeated(act, UNLINKED, programme=programme):
        return found
    permissions.may_tie(act, found.first, found.second).or_refuse()
    if found.ended_at is not None:
        raise Refused("research.unlinked-already")
    found.ended_at = act.recorded_at
    found.save(update_fields=["ended_at"])
    ledger.record(act, UNLINKED, programme=programme, about=found.subject(), facts=_facts(found))
    return found


@transaction.atomic
def read_again(act: Act, *, link: Link) -> Link:
    """Say that the two were read together as they are now, and that the link holds.

    Refuses whoever may not tie them, a link that ended, one with an end that was withdrawn, and
    one that is not suspect.

    Taken back by: unlink (it does not hold after all).
    """
    programme, found = _held(link)
    if ledger.repeated(act, READ_AGAIN, programme=programme):
        return found
    permissions.may_tie(act, found.first, found.second).or_refuse()
    if found.ended_at is not None:
        raise Refused("research.unlinked-already")
    first, second = queries.read_as(found.first), queries.read_as(found.second)
    for node in (first, second):
        if node.status not in STANDING:
            raise Refused("research.does-not-stand", state=str(node.get_status_display()))
    if (found.first_fp, found.second_fp) == (first.fp, second.fp):
        raise Refused("research.not-suspect")
    assert isinstance(act.by, Person)
    found.first_fp, found.second_fp = first.fp, second.fp
    found.read_by, found.read_at = act.by, act.recorded_at
    found.save(update_fields=["first_fp", "second_fp", "read_by", "read_at"])
    ledger.record(act, READ_AGAIN, programme=programme, about=found.subject(), facts=_facts(found))
    return found
