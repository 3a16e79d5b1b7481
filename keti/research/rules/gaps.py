"""What a node lacks of what the charter demands of its kind. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from keti.research.rules.graph import Tie, suspects
from keti.research.rules.kinds import ALIASES, RECOMMENDATION, UNMET

ERROR, WARNING = "error", "warning"
AGAINST = "contradicts"
EACH_LINK = "link"
ANSWERED = "answered"
"""What a rule may ask of a demand: a recommendation that takes it up, or why none does."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What the charter demands of every node of a kind: so many linked nodes of other kinds, and
    fields that are filled. `independent`: what shares a publisher counts once. `fresh`: no link
    is suspect."""

    key: str
    each: str
    needs: Mapping[str, int]
    independent: bool = False
    fresh: bool = False
    severity: str = ERROR
    source: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One node as far as gaps go. `filled`: the fields that say something; `voice`: who published
    it, "" where nobody says."""

    key: int
    kind: str
    filled: frozenset[str] = frozenset()
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """What one node lacks by one rule: of `what` it has `have` and needs `want`."""

    rule: Rule
    node: int
    what: str
    have: int
    want: int


def rules_of(declared: Mapping[str, Mapping[str, Any]]) -> tuple[Rule, ...]:
    """The rules a charter declares for its chain."""
    return tuple(_rule(key, one) for key, one in declared.items())


def _rule(key: str, said: Mapping[str, Any]) -> Rule:
    needs = said.get("needs") or {}
    if not isinstance(needs, Mapping):
        needs = dict.fromkeys([needs] if isinstance(needs, str) else needs, 1)
    counts = {ALIASES.get(str(word), str(word)): _count(value) for word, value in needs.items()}
    return Rule(
        key,
        str(said.get("each", "")),
        {word: count for word, count in counts.items() if word != "independent"},
        bool(said.get("independent") or needs.get("independent")),
        bool(said.get("fresh")),
        WARNING if said.get("severity") == WARNING else ERROR,
        str(said.get("source", "")),
    )


def _count(value: object) -> int:
    return int(value) if isinstance(value, int) else 1


def gaps(rules: Sequence[Rule], points: Iterable[Point], ties: Iterable[Tie]) -> list[Gap]:
    """Everything the nodes lack, rule by rule, in the order of the nodes."""
    every, bound = {one.key: one for one in points}, list(ties)
    beside: dict[int, set[int]] = defaultdict(set)
    for tie in bound:
        if tie.kind != AGAINST and tie.first in every and tie.second in every:
            beside[tie.first].add(tie.second)
            beside[tie.second].add(tie.first)
    found: list[Gap] = []
    for rule in rules:
        if rule.each == EACH_LINK:
            found += _stale(rule, every, bound)
            continue
        for point in every.values():
            if point.kind == rule.each:
                found += _lacking(rule, point, [every[key] for key in beside[point.key]])
    return found


def _stale(rule: Rule, every: Mapping[int, Point], ties: Sequence[Tie]) -> list[Gap]:
    if not rule.fresh:
        return []
    return [Gap(rule, key, EACH_LINK, 0, 1) for key in sorted(suspects(ties)) if key in every]


def _lacking(rule: Rule, point: Point, beside: Sequence[Point]) -> list[Gap]:
    lacks = []
    for what, want in rule.needs.items():
        have = _have(rule, point, what, beside)
        if have < want:
            lacks.append(Gap(rule, point.key, what, have, want))
    return lacks


def _have(rule: Rule, point: Point, what: str, beside: Sequence[Point]) -> int:
    """How much a node has of what a rule names: linked nodes of that kind, or the field."""
    if what == ANSWERED:
        taken_up = sum(one.kind == RECOMMENDATION for one in beside)
        return taken_up + (UNMET in point.filled)
    linked = [one for one in beside if one.kind == what]
    if not linked:
        return int(what in point.filled)
    return voices(linked) if rule.independent else len(linked)


def voices(points: Iterable[Point]) -> int:
    """How many stand for themselves: what one house published counts once, what names nobody
    each by itself."""
    named, nameless = set(), 0
    for one in points:
        if one.voice:
            named.add(" ".join(one.voice.split()).casefold())
        else:
            nameless += 1
    return len(named) + nameless
