"""Which node somebody means, and the chain as the visitor sees it."""

import re

from keti.groups.doors import Door
from keti.kernel.refusals import Refused, both
from keti.research import permissions, queries
from keti.research.models import Node, NodeQuerySet
from keti.research.queries import Graph, Standing
from keti.research.rules.gaps import EACH_LINK, Gap
from keti.research.rules.kinds import SOURCE

MOST_SOURCES = 12
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


def cases(door: Door) -> dict[int, Standing]:
    """How the cases stand of which anything was said, as far as the visitor sees the chain."""
    seen_here = graph(door)
    return door.unchanged(("research.cases",), lambda: queries.standings(door.programme, seen_here))


def conflict_words(door: Door, standing: Standing) -> list[str]:
    """By what it was found that the supplier of a case has an interest in it, in words."""
    return [both(f"research.conflict-{one}").in_(door.lang) for one in standing.conflicts]


def stand_words(door: Door, word: str) -> str:
    """What a check found or a unit said, or why none counts, in words; "" where nobody did."""
    return both(f"research.stand-{word}").in_(door.lang) if word else ""


def sources_named(door: Door, typed: str) -> list[Node]:
    """The sources that are called like this, several apart by commas or on lines; refused where one
    is none that the visitor sees."""
    parts = [part for part in re.split(r"[,，、;；\n]", typed) if part.strip()]
    found = [named(door, part, "cited") for part in parts[:MOST_SOURCES]]
    if any(one.kind != SOURCE for one in found):
        raise Refused("research.no-such-node").at("cited")
    return found


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
