"""Matrices of the chain: kind by kind, or facet by facet; each cell the nodes it holds. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from keti.kernel.acts import Text
from keti.research.rules.graph import Tie


@dataclass(frozen=True, slots=True)
class Matrix:
    """One matrix: what stands down the side and what along the head. `by_links`: both are kinds and
    a cell holds how they are linked; else both are facets of `kind` ("" for all kinds)."""

    key: str
    title: Text
    side: str
    head: str
    by_links: bool = True
    kind: str = ""


MATRICES: dict[str, Matrix] = {
    one.key: one
    for one in (
        Matrix("sector-stage", Text("领域与环节", "Sector by stage"), "group", "kind", False),
        Matrix(
            "challenge-direction", Text("挑战与方向", "Challenge by direction"),
            "challenge", "direction",
        ),
        Matrix(
            "recommendation-evidence", Text("建议与依据", "Recommendation by evidence"),
            "recommendation", "finding",
        ),
        Matrix(
            "demand-recommendation", Text("诉求与建议", "Demand by recommendation"),
            "demand", "recommendation",
        ),
        Matrix("element-case", Text("要素与案例", "Element by case"), "element", "case"),
        Matrix(
            "addressee-recommendation", Text("对象与建议", "Addressee by recommendation"),
            "addressee", "recommendation",
        ),
        Matrix("level-sector", Text("层级与领域", "Level by sector"), "level", "group", False),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filled:
    """A matrix with its cells: (side, head) -> the keys of what stands there. `bare_sides` and
    `bare_heads`: those without anything in their whole row or column, the gaps."""

    cells: Mapping[tuple[str, str], Sequence[int]]
    bare_sides: frozenset[str]
    bare_heads: frozenset[str]


def by_links(sides: Iterable[int], heads: Iterable[int], ties: Iterable[Tie]) -> Filled:
    """Which of the first are linked with which of the second, in whichever direction: the cells
    hold the links."""
    first, second = [*sides], [*heads]
    left, right = set(first), set(second)
    cells: dict[tuple[str, str], list[int]] = defaultdict(list)
    for tie in ties:
        for side, head in ((tie.first, tie.second), (tie.second, tie.first)):
            if side in left and head in right:
                cells[str(side), str(head)].append(tie.key)
    return _filled(cells, map(str, first), map(str, second))


def by_facets(
    places: Iterable[tuple[int, str, str]], sides: Iterable[str], heads: Iterable[str]
) -> Filled:
    """Nodes sorted into two facets of theirs: (node, side, head)."""
    left, right = [*sides], [*heads]
    cells: dict[tuple[str, str], list[int]] = defaultdict(list)
    for key, side, head in places:
        cells[side, head].append(key)
    return _filled(cells, left, right)


def _filled(
    cells: Mapping[tuple[str, str], Sequence[int]], sides: Iterable[str], heads: Iterable[str]
) -> Filled:
    with_sides, with_heads = {one for one, _ in cells}, {one for _, one in cells}
    return Filled(dict(cells), frozenset(sides) - with_sides, frozenset(heads) - with_heads)
