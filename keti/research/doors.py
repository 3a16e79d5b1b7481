"""Which node somebody means, and the chain as the visitor sees it."""

import re

from keti.groups.doors import Door
from keti.kernel.refusals import Refused, both
from keti.research import permissions, queries
from keti.research.models import Node, NodeQuerySet
from keti.research.queries import Graph
from keti.research.rules.gaps import EACH_LINK, Gap

NAMED = re.compile(r"^\s*(\D+?)\s*(\d{1,7})(?!\d)")


def seen(door: Door) -> NodeQuerySet:
    """The nodes this visitor sees, with their names."""
    return permissions.visible(door.sight, Node.objects.with_names())


def graph(door: Door) -> Graph:
    """The chain as the visitor sees it, reckoned once for as long as the record stands."""
    return door.unchanged(("research.graph",), lambda: queries.graph_of(door.sight))


def gaps(door: Door) -> list[Gap]:
    """What the nodes the visitor sees lack, as far as what they see tells."""
    seen_here = graph(door)
    return door.unchanged(("research.gaps",), lambda: queries.gaps_in(door.programme, seen_here))


def gap_words(door: Door, gap: Gap) -> str:
    """What a node lacks, in words."""
    facts = {"what": queries.what_of(gap.what), "have": gap.have, "want": gap.want}
    code = "research.gap-suspect" if gap.what == EACH_LINK else "research.gap"
    return both(code, **facts).in_(door.lang)


def named(door: Door, typed: str, field: str) -> Node:
    """The node that is called like this (kind and number, whatever stands behind); refused at the
    field where there is none that the visitor sees."""
    found = NAMED.match(typed)
    node = None
    if found:
        word, number = found[1].casefold(), int(found[2])
        known = [
            kind.key
            for kind in queries.kinds(door.programme)
            if word in (kind.key, kind.title.zh, kind.title.en.casefold())
        ]
        node = seen(door).filter(kind__in=known, number=number).first()
    if node is None:
        raise Refused("research.no-such-node").at(field)
    return node
