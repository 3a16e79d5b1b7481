"""A charter's whole calendar to another start and another length. Pure.

Every written day moves in proportion and falls on a working day where it fell on one; the days of
the term itself are what was asked for. Steps that need their time keep it: a deadline that the
linter finds too early is moved later, or the distance it is counted by is made longer (`room`),
until everything fits. Where that finds no end, the term is too short for its steps: its last day
gives, week by week, until they hold. What had to give is told, line by line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from keti.charter.rules.findings import Finding, Path
from keti.charter.rules.reading import Document, read
from keti.charter.rules.wording import ROUNDS, worded
from keti.charter.rules.writing import put_all
from keti.kernel.acts import Text
from keti.planning.rules import shelf
from keti.planning.rules.room import TIGHT, Sheet, Table, Term, Works
from keti.planning.rules.shifting import day_of, days_in, moved

AGAIN = 40
TRIES = 6
MONTHS = re.compile(r"\d+(, \d+)*\Z")
STEP = 7
"""By at least so many days a term grows that is too short for its steps."""
Judge = Callable[[Document], Iterable[Finding]]


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
        first, last = (day_of(shelf.at(data, (*one.path, end))) for end in ("from", "to"))
        if first and last and last > first and not shelf.at(data, (*one.path, "rrule")):
            found.append(Term(first, last, one.path))
    return max(found, key=lambda one: one.days, default=None)


def rescaled(text: str, wish: Term, judge: Judge, works: Works) -> Rescaled:
    """Move a charter to another term; `judge` tells what does not fit, `works` working days.

    A charter without a term, and one whose new term is no day long, stays as it is.
    """
    document, old, days = _opened(text)
    if old is None or wish.days < 1:
        return Rescaled(text)
    moving = _Moving(text, document, old, days, judge, works)
    sheet, left = moving.to(wish)
    if left:
        sheet, left = moving.longer(wish) or (sheet, left)
    return moving.told(sheet, wish, left)


@lru_cache(maxsize=4)
def _opened(text: str) -> tuple[Document, Term | None, frozenset[date]]:
    """A charter read, its term and its days: nothing changes them, whatever it is moved to."""
    document = read(text)
    return document, term_of(document.data), frozenset(days_in(text, document))


Tried = tuple[Sheet, list[Finding]]


@dataclass(frozen=True)
class _Moving:
    """One charter on its way: read once, tried at as many terms as it takes."""

    text: str
    document: Document
    old: Term
    days: frozenset[date]
    judge: Judge
    works: Works

    def to(self, wish: Term) -> Tried:
        """The charter at a term, with room made for what does not fit; what still does not."""
        table = Table(self.old, wish, self.works)
        table.fill(self.days)
        sheet = Sheet(self.document, table)
        seen: dict[str, int] = {}
        for _ in range(AGAIN):
            left = [one for one in self.judge(sheet.moved()) if one.severity == "error"]
            tried = [one for one in left if seen.get(one.path, 0) < TRIES]
            tried = [one for one in tried if one.number == TIGHT] or tried
            for one in tried:
                seen[one.path] = seen.get(one.path, 0) + 1
            if not any([sheet.mended(one) for one in tried]):
                break
        return sheet, left

    def longer(self, wish: Term) -> Tried | None:
        """The first of ever longer terms that holds every step; None where none does."""
        days, most = wish.days, max(self.old.days, 2 * wish.days)
        while days < most:
            days = min(most, days + max(STEP, days // 8))
            found = self.to(Term(wish.first, wish.first + timedelta(days=days)))
            if not found[1]:
                return found
        return None

    def told(self, sheet: Sheet, wish: Term, left: list[Finding]) -> Rescaled:
        """The text of what was found, and what gave."""
        text = put_all(self.text, sheet.changed)
        gave = tuple(_gave(self.document.data, self.old, sheet, wish))
        return Rescaled(moved(text, sheet.table.move), gave, tuple(left))


def spoken(one: Gave, names: Mapping[str, Text], lang: str) -> str:
    """One date or distance that had to give, in words; `names` gives the titles of named dates."""
    if one.path[-1] == "round":
        return f"{one.title.in_(lang)} → {ROUNDS[one.got].in_(lang)}"
    wanted, got = (
        _counted(text, lang) or worded(text, lang, names) for text in (one.wanted, one.got)
    )
    return f"{one.title.in_(lang)} {wanted} → {got}"


def _counted(text: str, lang: str) -> str:
    """Months counted from a day, in words; '' for anything else."""
    if not MONTHS.match(text):
        return ""
    english = f"months {text}" if "," in text else f"month {text}"
    return english if lang.startswith("en") else f"第 {text.replace(', ', '、')} 个月"


def _gave(data: Any, old: Term, sheet: Sheet, wish: Term) -> Iterator[Gave]:
    """What is otherwise than proportion would have it, each place of the charter once."""
    asked = sheet.table.asked | {old.last: wish.last}
    late = {day for day, new in sheet.table.days.items() if new != asked[day]}
    for path, day in _places(data, ()):
        if day in late:
            wanted, got = asked[day], sheet.table.days[day]
            yield Gave(path, _title(data, path), wanted.isoformat(), got.isoformat())
    for path in sheet.changed:
        before, now = _said(shelf.at(data, path)), _said(sheet.at(path))
        if now != before:
            yield Gave(path, _title(data, path), before, now)


def _said(held: Any) -> str:
    return ", ".join(map(str, held)) if isinstance(held, list) else str(held or "")


def _places(data: Any, path: Path) -> Iterator[tuple[Path, date]]:
    inner: Any = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in inner:
        here = (*path, key)
        if isinstance(value, (dict, list)):
            yield from _places(value, here)
        elif isinstance(value, str) and re.match(r"\d{4}-\d{2}-\d{2}", value):
            day = day_of(value)
            if day is not None:
                yield here, day


def _title(data: Any, path: Path) -> Text:
    """What a date belongs to: the entry of the charter in which it stands."""
    return shelf.title_of(shelf.at(data, path[:2]), str(path[1]))
