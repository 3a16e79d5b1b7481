"""What a cell of a map says: an assessment, tied to what stands at both edges."""

from dataclasses import replace

from django.db import transaction

from keti.accounts.models import Person
from keti.groups.permissions import principal, sight_of
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_each, hold_row
from keti.ledger import actions as ledger
from keti.programmes.models import Programme
from keti.research import permissions, queries
from keti.research.actions.nodes import Said, entered
from keti.research.enums import LinkKind
from keti.research.models import STANDING, Link, Node
from keti.research.rules.kinds import ASSESSMENT

ASSESSED = "research.assessed"


@transaction.atomic
def assess(act: Act, *, programme: Programme, key: str, side: Node, head: Node, said: Said) -> Node:
    """Say what holds in one cell of the map `key`: the conclusion, on which instrument, as of which
    day. It is a draft until somebody else has read and settled it (R128).

    Refuses a map the charter does not declare, ends that are not at its edges or do not stand, a
    cell that is assessed (that one is changed), a conclusion without its instrument, day or
    conditions, a day to come, and whoever may not enter in that group.

    Taken back by: withdraw.
    """
    programme = hold_row(Programme, programme.pk)
    hold_each(Node.objects.filter(pk__in=(side.pk, head.pk)))
    if entry := ledger.repeated(act, ASSESSED, programme=programme):
        return Node.objects.get(public_id=entry.subject_id)
    one = queries.maps(programme).get(key)
    if one is None:
        raise Refused("research.no-such-map")
    ends = [_end(act, programme, end.pk) for end in (side, head)]
    if [end.kind for end in ends] != [one.side, one.head]:
        raise Refused("research.not-on-the-map")
    if said.facts.get("state", "") not in (*one.states, ""):
        raise Refused("research.no-such-choice").at("state")
    _refuse_assessed(*ends)
    titled = replace(
        said,
        kind=ASSESSMENT,
        title_zh=" · ".join(end.title.zh for end in ends)[:200],
        title_en=" · ".join(end.title.en for end in ends if end.title.en)[:300],
    )
    made = entered(act, programme, titled, queries.last_number(programme, ASSESSMENT) + 1)
    for end in ends:
        _tie(act, made, end)
    facts = {"map": key, "number": made.number, "fp": made.fp, "ends": [e.public_id for e in ends]}
    ledger.record(act, ASSESSED, programme=programme, about=made.subject(), facts=facts)
    return made


def _end(act: Act, programme: Programme, key: int) -> Node:
    found = Node.objects.with_names().filter(programme=programme, pk=key).first()
    if found is None or not permissions.sees(sight_of(principal(act, programme)), found):
        raise Refused("research.no-such-node")
    if found.status not in STANDING:
        raise Refused("research.does-not-stand", state=str(found.get_status_display()))
    return found


def _refuse_assessed(side: Node, head: Node) -> None:
    """Whoever cannot see the one that stands learns its number alone."""
    beside = Link.objects.filter(ended_at=None, second=side, first__kind=ASSESSMENT)
    tied = Link.objects.filter(ended_at=None, second=head, first__in=beside.values("first"))
    found = Node.objects.filter(pk__in=tied.values("first"), status__in=STANDING).first()
    if found is not None:
        raise Refused("research.assessed-already", node=found.tag)


def _tie(act: Act, made: Node, end: Node) -> Link:
    assert isinstance(act.by, Person)
    return Link.objects.create(
        programme=made.programme,
        first=made,
        second=end,
        kind=LinkKind.PART_OF,
        first_fp=made.fp,
        second_fp=end.fp,
        seat=made.owner,
        made_at=act.recorded_at,
        read_by=act.by,
        read_at=act.recorded_at,
    )
