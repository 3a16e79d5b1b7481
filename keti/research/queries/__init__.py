"""Reading the chain: its kinds and rules, and as a graph of what a seat sees of it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.db.models.fields.json import KT

from keti.charter.queries import compiled
from keti.groups.permissions import Sight
from keti.kernel.acts import Text
from keti.kernel.refusals import both
from keti.programmes.models import Programme
from keti.research import permissions
from keti.research.enums import LinkKind, Share, Stakeholder, Status, UptakeState
from keti.research.models import STANDING, CaseApproval, FactCheck, Link, Node, Provenance, Uptake
from keti.research.queries.cases import ROOM, Standing, awaited, standings
from keti.research.rules import gaps, graph
from keti.research.rules.cases import APPROVED, CHECKED
from keti.research.rules.demands import Asked, Told, told
from keti.research.rules.gaps import Gap, Point, Rule
from keti.research.rules.graph import Tie
from keti.research.rules.kinds import (
    ADDRESSEE,
    ASSESSMENT,
    CASE,
    DEMAND,
    KINDS,
    RECOMMENDATION,
    UNMET,
    Kind,
    chain,
)
from keti.research.rules.mapping import Map, maps_of, with_maps

__all__ = ["ROOM", "Standing", "awaited", "standings"]


def _declared(programme: Programme) -> Mapping[str, Any]:
    found: Mapping[str, Any] = compiled(programme).blocks.get("trace") or {}
    return found


def kinds(programme: Programme) -> tuple[Kind, ...]:
    """The kinds of the chain, as the charter in force declares them, and those of its maps."""
    return with_maps(chain(_declared(programme).get("chain") or ()), maps(programme).values())


def maps(programme: Programme) -> Mapping[str, Map]:
    """The maps that the charter in force declares, by the key of the work."""
    return maps_of(compiled(programme).blocks.get("maps") or {})


def kind_word(programme: Programme, key: str) -> Text:
    """What a kind of this programme is called."""
    return next((one.title for one in kinds(programme) if one.key == key), Text(key, key))


def rules(programme: Programme) -> tuple[Rule, ...]:
    """What the charter in force demands of the chain."""
    return gaps.rules_of(_declared(programme).get("rules") or {})


def what_of(word: str) -> Text:
    """What a rule asks for, as it is called: a kind of node, or something that is said of one."""
    if word in KINDS:
        return KINDS[word].title
    if word in WORDS:
        return both(f"research.need-{word}")
    fields = (one for kind in KINDS.values() for one in kind.fields)
    return next((one.title for one in fields if one.key == word), Text(word, word))


def last_number(programme: Programme, kind: str) -> int:
    """The number that was given last in a kind; 0 where none was."""
    found = Node.objects.filter(programme=programme, kind=kind).aggregate(last=Max("number"))
    return found["last"] or 0


def cases_for_print(programme: Programme) -> list[Node]:
    """The cases that may stand in what is published: settled, not confidential, by number."""
    found = Node.objects.filter(programme=programme, kind=CASE, status=Status.SETTLED)
    return list(found.filter(confidential=False).order_by("number"))


def read_as(node: Node) -> Node:
    """The node that this one is read as: itself, or what it was merged into in the end."""
    while node.into_id is not None:
        node = Node.objects.get(pk=node.into_id)
    return node


@dataclass(frozen=True, slots=True)
class Dot:
    """One node of the graph, without its words."""

    key: int
    kind: str
    status: str
    group: int | None
    level: str
    fp: str
    into: int | None


@dataclass(frozen=True)
class Graph:
    """The nodes a seat sees and the links between them, merged ones read as one."""

    dots: Mapping[int, Dot]
    ties: tuple[Tie, ...]
    root: Mapping[int, int]

    @cached_property
    def suspects(self) -> frozenset[int]:
        """The nodes that are suspect, as far as what the seat sees tells."""
        return graph.suspects(self.ties)

    @cached_property
    def counts(self) -> Counter[str]:
        """How many nodes of each kind stand."""
        return Counter(one.kind for one in self.standing)

    @property
    def standing(self) -> list[Dot]:
        """The nodes that are neither withdrawn nor merged."""
        return [one for one in self.dots.values() if one.status in ("draft", "settled")]

    def family(self, key: int) -> set[int]:
        """The node and every one that is read as it."""
        return {key, *(one for one, root in self.root.items() if root == key)}


PUBLISHER = "publisher"
WORDS = (gaps.ANSWERED, CHECKED, APPROVED)
"""What a rule may ask that is neither a kind nor a field."""
DOT = ("pk", "kind", "status", "group_id", "level", "fp", "into_id")
TIE = ("pk", "first_id", "second_id", "kind", "first_fp", "second_fp")


def graph_of(sight: Sight) -> Graph:
    """The chain as this seat sees it: two statements, whatever its size."""
    rows = permissions.visible(sight, Node.objects.order_by("pk")).values_list(*DOT)
    links = Link.objects.filter(programme=sight.programme_id, ended_at=None).order_by("pk")
    return _graph(rows, links.values_list(*TIE))


def whole(programme: Programme) -> Graph:
    """The whole chain, for what is decided about it."""
    rows = Node.objects.filter(programme=programme).order_by("pk").values_list(*DOT)
    links = Link.objects.filter(programme=programme, ended_at=None).order_by("pk")
    return _graph(rows, links.values_list(*TIE))


def _graph(rows: Iterable[tuple[Any, ...]], links: Iterable[tuple[Any, ...]]) -> Graph:
    dots = {row[0]: Dot(*row) for row in rows}
    root = graph.roots({one.key: one.into for one in dots.values() if one.into is not None})
    ties = []
    for key, first, second, kind, first_fp, second_fp in links:
        if first not in dots or second not in dots:
            continue
        one, other = dots.get(root.get(first, first)), dots.get(root.get(second, second))
        if one is None or other is None or one is other:
            continue
        stale = first_fp != one.fp or second_fp != other.fp
        ties.append(Tie(key, one.key, other.key, kind, stale))
    return Graph(dots, tuple(ties), root)


def gaps_in(programme: Programme, seen: Graph) -> list[Gap]:
    """What the nodes of this graph lack of what the charter demands: one statement, of the fields
    alone that are asked for, and those of the cases where checks or approvals are."""
    demanded = rules(programme)
    known = {one.key for kind in KINDS.values() for one in kind.fields}
    needs = {word for one in demanded for word in one.needs}
    names = sorted(known & {PUBLISHER, UNMET, *needs})
    rows = Node.objects.filter(programme=programme).values_list(
        "pk", *(KT(f"facts__{name}") for name in names)
    )
    facts = {key: dict(zip(names, said, strict=True)) for key, *said in rows}
    stands = standings(programme, seen) if needs & {CHECKED, APPROVED} else {}
    has = {key: one.has for key, one in stands.items()}
    points = [
        Point(
            one.key, one.kind,
            has.get(one.key, frozenset()) | {name for name in names if facts[one.key][name]},
            facts[one.key][PUBLISHER] or "",
        )
        for one in seen.standing
        if one.key in facts
    ]  # fmt: skip
    return gaps.gaps(demanded, points, seen.ties)


def gaps_that_bind(programme: Programme) -> list[Gap]:
    """The gaps for which a final report is refused: of the whole chain, drafts and all."""
    found = gaps_in(programme, whole(programme))
    return [one for one in found if one.rule.severity == gaps.ERROR]


def gap_sentences(programme: Programme) -> list[Text]:
    """These gaps in words, each with its node by kind and number; of confidential nodes only how
    many there are, for who reads this may not know them."""
    found = gaps_that_bind(programme)
    named = nodes_of(one.node for one in found)
    said, secret = [], 0
    for one in found:
        node = named[one.node]
        if node.confidential:
            secret += 1
        else:
            facts = {"what": what_of(one.what), "have": one.have, "want": one.want}
            said.append(both("research.gap-of", node=node.tag, **facts))
    return said + ([both("research.gaps-confidential", count=secret)] if secret else [])


def sealed(sight: Sight) -> Q:
    """The lines of the record about confidential nodes that this seat does not see, about links
    at such nodes, what became of them and what stands behind a case: a fingerprint tells words that
    can be guessed."""
    seen = permissions.visible(sight, Node.objects.all()).values("pk")
    hidden = Node.objects.filter(programme=sight.programme_id, confidential=True)
    keys = hidden.exclude(pk__in=seen).values("pk")
    links = Link.objects.filter(Q(first__in=keys) | Q(second__in=keys))
    said = Uptake.objects.filter(Q(recommendation__in=keys) | Q(addressee__in=keys))
    about = Q(subject_id__in=hidden.exclude(pk__in=seen).values("public_id"))
    about |= Q(subject_id__in=links.values("public_id"))
    for model in (Provenance, FactCheck, CaseApproval):
        rows = model._default_manager.filter(node__in=keys)
        about |= Q(subject_id__in=rows.values("public_id"))
    return about | Q(subject_id__in=said.values("public_id"))


def nodes_of(keys: Iterable[int]) -> dict[int, Node]:
    """These nodes with what a page says of them, by key."""
    return {one.pk: one for one in Node.objects.with_names().filter(pk__in=set(keys))}


def links_of(keys: Iterable[int]) -> dict[int, Link]:
    """These links with what a page says of their ends, which is no text, by key."""
    found = Link.objects.filter(pk__in=set(keys)).select_related(
        "first__programme", "second__programme"
    )
    unsaid = [f"{end}__{name}" for end in ("first", "second")
              for name in ("text_zh", "text_en", "facts")]  # fmt: skip
    return {one.pk: one for one in found.defer(*unsaid).order_by("pk")}


def merged_into(node: Node) -> list[Node]:
    """The nodes that were merged into this one, directly."""
    found = Node.objects.with_names().filter(into=node, status=Status.MERGED)
    return list(found.order_by("pk"))


def titles(sight: Sight, kinds: Iterable[str]) -> dict[int, tuple[str, int, Text]]:
    """Kind, number and title of the standing nodes of these kinds that the seat sees, by key."""
    found = permissions.visible(sight, Node.objects.all()).standing().filter(kind__in=set(kinds))
    rows = found.order_by("kind", "number").values_list(
        "pk", "kind", "number", "title_zh", "title_en"
    )
    return {key: (kind, number, Text(zh, en)) for key, kind, number, zh, en in rows}


def addressees(recommendation: Node) -> list[Node]:
    """To whom a recommendation is addressed: the standing nodes of that kind it is tied to, by
    whichever end."""
    return _tied(recommendation, ADDRESSEE, None)


def answered_by(recommendation: Node) -> list[Node]:
    """The demands that a recommendation answers."""
    return _tied(recommendation, DEMAND, LinkKind.ANSWERS)


def assessments(sight: Sight) -> dict[int, Mapping[str, str]]:
    """What the standing assessments that the seat sees say, by key, and where each stands."""
    found = permissions.visible(sight, Node.objects.filter(kind=ASSESSMENT)).standing()
    rows = found.values_list("pk", "facts", "status")
    return {key: {**facts, "status": status} for key, facts, status in rows}


def _tied(node: Node, kind: str, how: LinkKind | None) -> list[Node]:
    ties = Link.objects.filter(ended_at=None)
    if how is not None:
        ties = ties.filter(kind=how)
    ends = Q(pk__in=ties.filter(first=node).values("second"))
    ends |= Q(pk__in=ties.filter(second=node).values("first"))
    found = Node.objects.with_names().filter(ends, kind=kind, status__in=STANDING)
    return list(found.order_by("number"))


def demands(programme: Programme) -> tuple[tuple[Told, ...], int | None]:
    """The figures of all demands that stand, confidential ones too: how many each side made, what
    was taken up, refused with a reason, or is open. The last side is of those nobody named."""
    seen = whole(programme)
    rows = Node.objects.filter(programme=programme, kind=DEMAND, status__in=STANDING)
    found = rows.values_list("pk", "stakeholder", "facts", "confidential")
    taken_up = {
        key
        for tie in seen.ties
        for key, other in ((tie.first, tie.second), (tie.second, tie.first))
        if seen.dots[other].kind == RECOMMENDATION and tie.kind != gaps.AGAINST
    }
    asked = [
        Asked(side, key in taken_up, bool(said.get(UNMET)), confidential)
        for key, side, said, confidential in found
    ]
    return told(asked, [*Stakeholder.values, ""])


def uptakes(programme: Programme) -> QuerySet[Uptake]:
    """Everything that was said to have become of recommendations, with names, withdrawn and all."""
    found = Uptake.objects.filter(programme=programme)
    return found.select_related(
        "recommendation__programme", "recommendation__owner__person",
        "recommendation__owner__delegate", "addressee", "seat__role", "seat__group",
        "seat__person", "seat__organisation", "by", "verified_by",
    )  # fmt: skip


def public_uptakes(programme: Programme) -> list[Uptake]:
    """What anybody may read of what became of recommendations: what counts of what another than
    who says so found true; of drafts and of whatever is confidential nothing."""
    found = uptakes(programme).exclude(verified_at=None)
    return latest(
        found.filter(
            recommendation__confidential=False,
            recommendation__status=Status.SETTLED,
            addressee__confidential=False,
            addressee__status=Status.SETTLED,
        )
    )


def latest(found: Iterable[Uptake]) -> list[Uptake]:
    """What counts of these: for each recommendation and addressee what stands of the last day, and
    of that what was said last."""
    kept: dict[tuple[int, int], Uptake] = {}
    for one in sorted(found, key=lambda row: (row.day, row.pk)):
        if one.withdrawn_at is None:
            kept[one.recommendation_id, one.addressee_id] = one
    return sorted(kept.values(), key=lambda row: (row.recommendation.number, row.addressee.number))


def state_words(one: Uptake) -> Text:
    """What an addressee did, in words; with how much of it is owed to the recommendation."""
    state = both(f"research.uptake-{UptakeState(one.state)}")
    if not one.share:
        return state
    share = both(f"research.share-{Share(one.share)}")
    return Text(f"{state.zh}（{share.zh}）", f"{state.en} ({share.en})")
