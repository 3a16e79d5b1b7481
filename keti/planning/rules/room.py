"""Room made for one fault of a calendar that was moved: a day later, a distance longer. Pure."""

from __future__ import annotations

import copy
import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from keti.charter.rules.findings import Finding, Path
from keti.charter.rules.reading import Document
from keti.planning.rules import shelf
from keti.planning.rules.shifting import DAY as WRITTEN
from keti.planning.rules.shifting import day_of, is_kept, moved_days

DAY = timedelta(days=1)
TIGHT = "CAL120"
LATE, BEYOND = "charter.opens-after-due", "charter.months-beyond"
TURNED, MISSING = "charter.ends-before-start", "charter.rounding"
WEEK = 7
Works = Callable[[date], bool]
_SHORT = re.compile(r"(\d+) (day|hour|minute)s?")
_EXPRESSION = re.compile(
    r"(?P<base>\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?|midpoint\([\w.]+\)|[a-z][\w.]*)"
    r"(?:\s*(?P<sign>[+-])\s*(?:(?P<work>\d+) workdays?|P(?P<n>\d+)(?P<unit>[DWM])))?\Z"
)
_MONTHS = re.compile(r"(?P<head>(?P<base>[a-z]\w*)\.(?:from|to)\s*[+-]\s*)P(?P<n>\d+)M")
MONTH = 365.25 / 12
WIDE, MOST = 1 / 4, 1 / 3
"""Months counted from an end of the term that are so much of the old term, or would be more than
so much of the new one, are in proportion to it; fewer are time that a step needs."""
_LATER = ("to", "date", "from")


@dataclass(frozen=True, slots=True)
class Term:
    """The stretch that is asked for anew: its first and its last day."""

    first: date
    last: date
    path: Path = ()

    @property
    def days(self) -> int:
        return (self.last - self.first).days


@dataclass
class Table:
    """Where every written day goes; `asked` is where proportion alone would put it."""

    old: Term
    wish: Term
    works: Works
    days: dict[date, date] = field(default_factory=dict)
    asked: dict[date, date] = field(default_factory=dict)

    def fill(self, written: Iterable[date]) -> None:
        before: date | None = None
        for day in sorted(written):
            new = self._placed(day)
            if before is not None and new <= before and day not in self._fixed:
                new = self._after(before, day)
            self.days[day] = before = new
        self.asked = dict(self.days)

    @property
    def _fixed(self) -> tuple[date, date]:
        return self.old.first, self.old.last

    def proportional(self, day: date) -> date:
        """In proportion to the two ends of the term."""
        share = (day - self.old.first).days / self.old.days
        return self.wish.first + timedelta(days=round(share * self.wish.days))

    def _placed(self, day: date) -> date:
        new = self.proportional(day)
        if day in self._fixed or not self.works(day):
            return new
        near = (new + DAY * step for step in (0, 1, -1, 2, -2, 3, -3, *range(4, 15)))
        return next((one for one in near if self.works(one)), new)

    def _after(self, before: date, day: date) -> date:
        """The first day after another; one on which people work, where they worked on the old."""
        new = before + DAY
        while self.works(day) and not self.works(new) and (new - before).days < 15:
            new += DAY
        return new

    def move(self, day: date) -> date:
        return self.days.get(day) or self.proportional(day)

    def push(self, day: date, by: int) -> None:
        """One day later by so many days, and what came after it still after it."""
        before = self.days[day] + DAY * by
        while self.works(day) and not self.works(before):
            before += DAY
        self.days[day] = before
        for one in sorted(each for each in self.days if each > day):
            if self.days[one] > before:
                break
            self.days[one] = before = self._after(before, one)


class Sheet:
    """A charter as data: its days as written and as moved, and what else was changed in it."""

    def __init__(self, document: Document, table: Table) -> None:
        self.plain: Any = document.data
        self.table = table
        self.changed: dict[Path, Any] = {}
        self._moved = replace(document, data=copy.deepcopy(document.data))
        self._days = dict(_written(self.plain, ()))
        self._told = dict(table.days)
        for one in shelf.entries(self.plain, ("calendar",)):
            self._in_proportion((*one.path, "date"))

    def _in_proportion(self, path: Path) -> None:
        """A day so many months from an end of the term, where these are a good part of it."""
        words, (old, wish) = str(self.at(path) or ""), (self.table.old, self.table.wish)
        found = _MONTHS.match(words)
        if not found or ("calendar", found["base"]) != old.path or wish.days == old.days:
            return
        months = int(found["n"])
        if months * MONTH < min(WIDE * old.days, MOST * wish.days):
            return
        new = months * wish.days / old.days
        whole = round(new)
        length = (
            f"P{whole}M" if whole and abs(new - whole) < 0.1 else f"P{max(1, round(new * MONTH))}D"
        )
        self.put(path, found["head"] + length + words[found.end() :])

    def moved(self) -> Document:
        """The charter with every written day where the table has it by now."""
        for path, words in self._days.items():
            _set(self._moved.data, path, moved_days(words, self.table.move))
        self._told = dict(self.table.days)
        return self._moved

    def at(self, path: Path) -> Any:
        """What stands at a path, its days as they were written."""
        return self.changed[path] if path in self.changed else shelf.at(self.plain, path)

    def put(self, path: Path, value: Any) -> None:
        """Change one value; its days are days of the old calendar."""
        self.changed[path] = value
        _set(self._moved.data, path, value)
        if isinstance(value, str) and WRITTEN.search(value):
            self._days[path] = value

    def mended(self, one: Finding) -> bool:
        """Make room for one fault; whether anything gave."""
        path = shelf.split(self.plain, one.path)
        if one.code == LATE:
            return self._earlier(path)
        if one.code == BEYOND:
            return self._fewer(path)
        if one.code == MISSING:
            self.put((*path[:-1], "round"), "down")
            return True
        short = WEEK if one.code == TURNED else _short(one)
        return bool(short) and self._give(path, short)

    def _earlier(self, path: Path) -> bool:
        """What would begin after it is due begins a week earlier."""
        day = day_of(self.at(path))
        if day is None or day not in self.table.days:
            return False
        self.table.days[day] -= DAY * WEEK
        return True

    def _fewer(self, path: Path) -> bool:
        """Counted months in proportion to the term; what would still lie beyond it is left out."""
        held = self.at(path)
        months = [int(each) for each in (held if isinstance(held, list) else [held])]
        share = 1.0 if path in self.changed else self.table.wish.days / self.table.old.days
        fewer = list(dict.fromkeys(max(1, int(each * share)) for each in months))
        fewer = fewer[:-1] if fewer == months else fewer
        if fewer:
            self.put(path, fewer)
        return bool(fewer)

    def _give(self, path: Path, short: int) -> bool:
        """Make room for one deadline: its day later, or its distance from another longer."""
        place = self._resting(path)
        if place is None:
            return False
        path, found = place
        day = day_of(found["base"])
        if day is None or found["sign"]:
            self.put(path, _longer(found, short))
            return True
        if day not in self.table.days:
            return False
        self._push(day, self._told[day] + DAY * short)
        return True

    def _push(self, day: date, until: date) -> None:
        """One day later, to where it must be: further pushes of one round may have brought it
        there. What is counted back from a day that moves on stays where it was."""
        before = dict(self.table.days)
        if before[day] < until:
            self.table.push(day, (until - before[day]).days)
        for path, base, found in self._counted_back():
            later = (self.table.days[base] - before[base]).days
            if later:
                self.put(path, _longer(found, -later))

    def _counted_back(self) -> list[tuple[Path, date, re.Match[str]]]:
        """The dates of the calendar that lie some time before a written day: place, day, words."""
        rows = []
        for one in shelf.entries(self.plain, ("calendar",)):
            path = (*one.path, "date")
            found = _EXPRESSION.match(str(self.at(path) or ""))
            if found and found["sign"] == "-" and not _beside(found):
                rest = self._named(found["base"])
                day = day_of(self.at(rest)) if rest else None
                if day is not None and day in self.table.days:
                    rows.append((path, day, found))
        return rows

    def _resting(self, path: Path) -> tuple[Path, re.Match[str]] | None:
        """The place on which a date rests: a written day, or a distance from some other."""
        for _ in range(20):
            found = _EXPRESSION.match(str(self.at(path) or ""))
            if found is None:
                return None
            base = found["base"]
            if found["sign"] or day_of(base) or base.startswith("midpoint"):
                return path, found
            named = self._named(base)
            if named is None:
                return None
            path = named
        return None

    def _named(self, base: str) -> Path | None:
        """Where the calendar says the day of this name; None where it recurs or there is none."""
        key, _dot, end = base.rpartition(".")
        if not key or end not in ("from", "to"):
            key, end = base, ""
        held = shelf.at(self.plain, ("calendar", key))
        end = end or next((one for one in _LATER if shelf.at(held, (one,))), "")
        return None if not end or shelf.at(held, ("rrule",)) else ("calendar", key, end)


def _written(data: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Every value in which a day is written that moves."""
    inner: Any = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in inner:
        here = (*path, key)
        if is_kept(here):
            continue
        if isinstance(value, (dict, list)):
            yield from _written(value, here)
        elif isinstance(value, str) and WRITTEN.search(value):
            yield here, value


def _set(data: Any, path: Path, value: Any) -> None:
    for step in path[:-1]:
        data = data[step]
    data[path[-1]] = value


def _short(one: Finding) -> int:
    """By how many days a deadline is too early; 0 for any other error."""
    if one.number != TIGHT:
        return 0
    parts = {unit: int(n) for n, unit in _SHORT.findall(str(one.facts.get("short_en", "")))}
    hours = parts.get("hour", 0) + parts.get("minute", 0) / 60
    return max(1, parts.get("day", 0) + math.ceil(hours / 24))


def _beside(found: re.Match[str]) -> bool:
    """Is it the day before: two days that belong together?"""
    return (found["work"] or found["n"]) == "1" and found["unit"] in (None, "D")


def _longer(found: re.Match[str], short: int) -> str:
    """The expression made later by so many days; earlier where they are below 0."""
    base, sign = found["base"], found["sign"]
    if not sign:
        return f"{base} + P{short}D"
    if found["work"]:
        days = round(short * 5 / 7) or (1 if short > 0 else -1)
        count = int(found["work"]) * (1 if sign == "+" else -1) + days
        return f"{base} {'+' if count > 0 else '-'} {abs(count)} workdays" if count else base
    days = int(found["n"]) * {"D": 1, "W": 7, "M": 30}[found["unit"]]
    count = days * (1 if sign == "+" else -1) + short
    return f"{base} {'+' if count > 0 else '-'} P{abs(count)}D" if count else base
