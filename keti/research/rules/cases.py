"""What stands behind a case: whether its facts were checked, whether the unit of which it tells
approves, and whether who supplied it has an interest in it. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from keti.research.rules.gaps import AGAINST
from keti.research.rules.graph import Tie
from keti.research.rules.kinds import RECOMMENDATION

CHECKED, APPROVED = "checked", "approved"
"""What a rule may ask of a case."""
SAME_UNIT, OWN_DEMAND, GAINS = "same-unit", "own-demand", "gains"
"""By what a conflict was found: the supplier is the unit told of; it made a demand that the same
recommendation takes up; it gains by its own word or another's."""
HOLDS = ("holds", "in_part")
"""The outcomes with which a case counts as checked."""
CHANGED, INVOLVED, ASKED = "changed", "involved", "asked"
"""A check or an approval of what the case no longer says; a check by a unit that has a part in the
case; a unit that was asked and did not answer yet."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as far as it is compared: by its key, or by name where one of two has none."""

    key: int | None
    name: str


def same(one: Unit | None, other: Unit | None) -> bool:
    """Are both the same unit?"""
    if one is None or other is None:
        return False
    if one.key is not None and other.key is not None:
        return one.key == other.key
    return bool(_folded(one.name)) and _folded(one.name) == _folded(other.name)


def _folded(name: str) -> str:
    return "".join(name.split()).casefold()


@dataclass(frozen=True, slots=True)
class Supplied:
    """Who supplied a case, of whom it tells, and whether the supplier is said to gain by it."""

    supplier: Unit | None
    told: Unit | None
    gains: bool = False

    def has_part(self, unit: Unit | None) -> bool:
        """Did this unit supply the case, or does it tell of it?"""
        return same(unit, self.supplier) or same(unit, self.told)


def conflicts(
    supplied: Mapping[int, Supplied],
    askers: Mapping[int, Sequence[Unit]],
    kinds: Mapping[int, str],
    ties: Iterable[Tie],
) -> dict[int, tuple[str, ...]]:
    """Case -> by what it was found that its supplier has an interest in it; of cases without, none.
    `askers`: whose each demand is."""
    asked, told = _beside(kinds, ties)
    found = {}
    for case, one in supplied.items():
        rules = [SAME_UNIT] if same(one.supplier, one.told) else []
        near = {demand for advice in told[case] for demand in asked[advice]}
        if any(same(one.supplier, unit) for demand in near for unit in askers.get(demand, ())):
            rules.append(OWN_DEMAND)
        if one.gains:
            rules.append(GAINS)
        if rules:
            found[case] = tuple(rules)
    return found


def _beside(
    kinds: Mapping[int, str], ties: Iterable[Tie]
) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """Recommendation -> what is tied to it; whatever it is -> the recommendations tied to it."""
    asked: dict[int, set[int]] = defaultdict(set)
    told: dict[int, set[int]] = defaultdict(set)
    for tie in ties:
        if tie.kind == AGAINST:
            continue
        for one, other in ((tie.first, tie.second), (tie.second, tie.first)):
            if kinds.get(other) == RECOMMENDATION:
                told[one].add(other)
                asked[other].add(one)
    return asked, told


@dataclass(frozen=True, slots=True)
class Heard:
    """One check or approval that was not withdrawn, the older first: of which fingerprint, what it
    found or answered ("" where nobody answered yet), by or of which unit."""

    fp: str
    word: str
    unit: Unit | None = None


def check_of(fp: str, said: Sequence[Heard], supplied: Supplied | None) -> str:
    """The outcome that counts for what the case says now: of the last check of it by a unit that
    has no part in it; else why none counts, or "" where nobody checked."""
    here = [one for one in said if one.fp == fp]
    free = [one for one in here if supplied is None or not supplied.has_part(one.unit)]
    if free:
        return free[-1].word
    if here:
        return INVOLVED
    return CHANGED if said else ""


def approval_of(fp: str, said: Sequence[Heard], supplied: Supplied | None) -> str:
    """What the unit of which the case tells says of what it says now; `ASKED` while it does not
    answer, `CHANGED` where it spoke of what the case said before, "" where it was not asked."""
    told = supplied.told if supplied else None
    mine = [one for one in said if same(one.unit, told)]
    here = [one for one in mine if one.fp == fp]
    if here:
        return here[-1].word or ASKED
    return CHANGED if any(one.word for one in mine) else ""
