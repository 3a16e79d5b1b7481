"""A charter's whole calendar to another start and another length. Pure.

Every written day moves in proportion and falls on a working day where it fell on one; the days of
the term itself are what was asked for. Steps that need their time keep it: a deadline that the
linter finds too early is moved later, or the distance it is counted by is made longer, until
everything fits. What had to give is told, line by line.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from keti.charter.rules.findings import Finding, Path
from keti.charter.rules.reading import read
from keti.charter.rules.writing import put
from keti.kernel.acts import Text
from keti.planning.rules import shelf
from keti.planning.rules.shifting import days_in, moved

DAY = timedelta(days=1)
ROUNDS = 40
TIGHT = "CAL120"
LATE, BEYOND = "charter.opens-after-due", "charter.months-beyond"
TURNED = "charter.ends-before-start"
TRIES, WEEK = 6, 7
Judge = Callable[[str], Iterable[Finding]]
Works = Callable[[date], bool]
_SHORT = re.compile(r"(\d+) (day|hour|minute)s?")
_EXPRESSION = re.compile(
    r"(?P<base>\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?|midpoint\([\w.]+\)|[a-z][\w.]*)"
    r"(?:\s*(?P<sign>[+-])\s*(?:(?P<work>\d+) workdays?|P(?P<n>\d+)(?P<unit>[DWM])))?\Z"
)
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


@dataclass(frozen=True, slots=True)
class Gave:
    """One date or distance that could not be in proportion: where, what it would have been, is."""

    path: Path
    title: Text
    wanted: str
    got: str


@dataclass(frozen=True, slots=True)
class Rescaled:
    """The charter moved; what had to give; what still does not fit."""

    text: str
    gave: tuple[Gave, ...] = ()
    left: tuple[Finding, ...] = ()


def term_of(data: Any) -> Term | None:
    """The term of a charter: the longest stretch of its calendar between two written days."""
    found = []
    for one in shelf.entries(data, ("calendar",)):
        first, last = (_day(shelf.at(data, (*one.path, end))) for end in ("from", "to"))
        if first and last and last > first and not shelf.at(data, (*one.path, "rrule")):
            found.append(Term(first, last, one.path))
    return max(found, key=lambda one: one.days, default=None)


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None


@dataclass
class _Table:
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


def rescaled(text: str, wish: Term, judge: Judge, works: Works) -> Rescaled:
    """Move a charter to another term; `judge` is the linter, `works` tells working days.

    A charter without a term, and one whose new term is no day long, stays as it is.
    """
    old = term_of(read(text).data)
    if old is None or wish.days < 1:
        return Rescaled(text)
    table = _Table(old, wish, works)
    table.fill(days_in(text))
    longer: dict[Path, str] = {}
    base, left = text, _errors(judge, moved(text, table.move))
    seen: dict[str, int] = {}
    for _ in range(ROUNDS):
        gave = False
        for one in left:
            if seen.get(one.path, 0) < TRIES:
                seen[one.path] = seen.get(one.path, 0) + 1
                base, did = _mended(base, one, table, longer)
                gave = gave or did
        if not gave:
            break
        left = _errors(judge, moved(base, table.move))
    return Rescaled(moved(base, table.move), tuple(_gave(text, base, table, longer)), tuple(left))


def _errors(judge: Judge, text: str) -> list[Finding]:
    return [one for one in judge(text) if one.severity == "error"]


def _mended(text: str, one: Finding, table: _Table, longer: dict[Path, str]) -> tuple[str, bool]:
    """The charter with room made for one fault; whether anything gave."""
    if one.code == LATE:
        return text, _earlier(text, one, table)
    if one.code == BEYOND:
        return _fewer(text, one, table, longer)
    short = WEEK if one.code == TURNED else _short(one)
    return _give(text, one, short, table, longer) if short else (text, False)


def _earlier(text: str, one: Finding, table: _Table) -> bool:
    """What would begin after it is due begins a week earlier."""
    data = read(text).data
    day = _day(shelf.at(data, shelf.split(data, one.path)))
    if day is None or day not in table.days:
        return False
    table.days[day] -= DAY * WEEK
    return True


def _fewer(text: str, one: Finding, table: _Table, longer: dict[Path, str]) -> tuple[str, bool]:
    """Counted months in proportion to the term; what would still lie beyond it is left out."""
    data = read(text).data
    path = shelf.split(data, one.path)
    held = shelf.at(data, path)
    months = [int(each) for each in (held if isinstance(held, list) else [held])]
    share = 1.0 if path in longer else table.wish.days / table.old.days
    fewer = list(dict.fromkeys(max(1, int(each * share)) for each in months))
    fewer = fewer[:-1] if fewer == months else fewer
    if not fewer:
        return text, False
    longer.setdefault(path, ", ".join(map(str, months)))
    return put(text, path, fewer), True


def _short(one: Finding) -> int:
    """By how many days a deadline is too early; 0 for any other error."""
    if one.number != TIGHT:
        return 0
    parts = {unit: int(n) for n, unit in _SHORT.findall(str(one.facts.get("short_en", "")))}
    hours = parts.get("hour", 0) + parts.get("minute", 0) / 60
    return max(1, parts.get("day", 0) + math.ceil(hours / 24))


def _give(
    text: str, one: Finding, short: int, table: _Table, longer: dict[Path, str]
) -> tuple[str, bool]:
    """Make room for one deadline: its day later, or its distance from another longer."""
    data = read(text).data
    place = _resting(data, shelf.split(data, one.path))
    if place is None:
        return text, False
    path, found = place
    day = _day(found["base"])
    if day is not None and not found["sign"]:
        if day not in table.days:
            return text, False
        table.push(day, short)
        return text, True
    longer.setdefault(path, str(shelf.at(data, path)))
    return put(text, path, _longer(found, short)), True


def _resting(data: Any, path: Path) -> tuple[Path, re.Match[str]] | None:
    """The place on which a date rests: a written day, or a distance from some other."""
    for _ in range(20):
        found = _EXPRESSION.match(str(shelf.at(data, path) or ""))
        if found is None:
            return None
        base = found["base"]
        if found["sign"] or _day(base) or base.startswith("midpoint"):
            return path, found
        key, _dot, end = base.rpartition(".")
        if not key or end not in ("from", "to"):
            key, end = base, ""
        held = shelf.at(data, ("calendar", key))
        end = end or next((one for one in _LATER if shelf.at(held, (one,))), "")
        if not end or shelf.at(held, ("rrule",)):
            return None
        path = ("calendar", key, end)
    return None


def _longer(found: re.Match[str], short: int) -> str:
    """The expression made later by so many days."""
    base, sign = found["base"], found["sign"]
    if not sign:
        return f"{base} + P{short}D"
    if found["work"]:
        count = int(found["work"]) * (1 if sign == "+" else -1) + max(1, round(short * 5 / 7))
        return f"{base} {'+' if count > 0 else '-'} {abs(count)} workdays" if count else base
    days = int(found["n"]) * {"D": 1, "W": 7, "M": 30}[found["unit"]]
    count = days * (1 if sign == "+" else -1) + short
    return f"{base} {'+' if count > 0 else '-'} P{abs(count)}D" if count else base


def _gave(text: str, base: str, table: _Table, longer: dict[Path, str]) -> Iterator[Gave]:
    """What is otherwise than proportion would have it, each place of the charter once."""
    late = {day for day, new in table.days.items() if new != table.asked[day]}
    for path, day in _places(read(text).data, ()):
        if day in late:
            wanted, got = table.asked[day], table.days[day]
            yield Gave(path, _title(text, path), wanted.isoformat(), got.isoformat())
    after = read(base).data
    for path, before in longer.items():
        held = shelf.at(after, path)
        now = ", ".join(map(str, held)) if isinstance(held, list) else str(held)
        if now != before:
            yield Gave(path, _title(text, path), before, now)


def _places(data: Any, path: Path) -> Iterator[tuple[Path, date]]:
    inner: Any = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in inner:
        here = (*path, key)
        if isinstance(value, (dict, list)):
            yield from _places(value, here)
        elif isinstance(value, str) and re.match(r"\d{4}-\d{2}-\d{2}", value):
            day = _day(value)
            if day is not None:
                yield here, day


def _title(text: str, path: Path) -> Text:
    """What a date belongs to: the entry of the charter in which it stands."""
    return shelf.title_of(shelf.at(read(text).data, path[:2]), str(path[1]))
