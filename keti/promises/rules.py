"""What was measured against what was promised, and whom a promise is for. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from keti.charter.rules.criteria import Criterion

OUTREACH = "outreach."
COUNT = "count"
"""A target of so many things: outlets where reports in the media are shown, else exhibits."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One exhibit that stands, as far as it is counted."""

    nature: str
    outlet: str
    unit: str
    value: int | None
    day: date


@dataclass(frozen=True, slots=True)
class Reading:
    """What one channel reached at its last reading."""

    channel: str
    value: int
    day: date


@dataclass(frozen=True, slots=True)
class Reach:
    """A target beside what was measured. `best`: the highest of one channel, which is what is held
    against the target; `together`: all channels added, in which one person may stand several times.
    A count of things has no readings, and both are the count."""

    unit: str
    target: int | None
    best: int
    together: int
    readings: tuple[Reading, ...] = ()

    @property
    def reached(self) -> bool:
        """Does what may be held against the target come to it?"""
        return self.target is not None and self.best >= self.target

    @property
    def missing(self) -> bool:
        """Was nothing measured at all?"""
        return not self.readings and self.best == 0

    @property
    def share(self) -> int:
        """Percent of the target, at most 100; 0 where there is none."""
        return min(100, self.best * 100 // self.target) if self.target else 0


def reached(exhibits: Iterable[Shown], target: Mapping[str, Any]) -> list[Reach]:
    """Every unit of the target, in its order, then every other unit that was measured.

    Of each channel the last reading of a unit counts. Readings of several channels are never one
    figure: the same person sees two of them. Outlets are counted, not the items they printed.
    """
    every = list(exhibits)
    wanted = {str(unit): _number(value) for unit, value in target.items()}
    units = dict.fromkeys([*wanted, *(one.unit for one in every if one.value is not None)])
    return [_reach(unit, wanted.get(unit), every) for unit in units]


def _reach(unit: str, target: int | None, every: Sequence[Shown]) -> Reach:
    readings = _last(one for one in every if one.unit == unit and one.value is not None)
    if unit == COUNT and not readings:
        found = count_of(every)
        return Reach(unit, target, found, found)
    values = [one.value for one in readings]
    return Reach(unit, target, max(values, default=0), sum(values), tuple(readings))


def _last(rows: Iterable[Shown]) -> list[Reading]:
    newest: dict[str, Reading] = {}
    for one in sorted(rows, key=lambda one: one.day):
        newest[one.outlet.casefold()] = Reading(one.outlet, one.value or 0, one.day)
    return sorted(newest.values(), key=lambda one: (-one.value, one.channel))


def count_of(every: Sequence[Shown]) -> int:
    """So many outlets where any reported, each once; else so many things."""
    outlets = {one.outlet.casefold() for one in every if one.nature == "clipping"}
    return len(outlets) or sum(1 for one in every if one.nature == "item")


def _number(value: Any) -> int | None:
    words = str(value).replace(",", "").replace("_", "").strip()
    return int(words) if words.isdigit() else None


def is_for(entitles: Sequence[str], roles: Iterable[str]) -> bool:
    """Does a promise that names these roles reach whoever holds one of them?"""
    return bool({*entitles} & {*roles})


def said_of(criteria: Iterable[Criterion]) -> str:
    """Criteria as the charter writes them."""
    return ", ".join(one.word for one in criteria)
