"""So many times in each stretch of time, on no fixed date: `1 per P1Y`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from keti.charter.rules.dates import DAY, DateProblem, Duration, add_months, duration
from keti.charter.rules.recurrence import ENDLESS, MOST

_SAID = re.compile(r"([1-9]\d?)\s+per\s+(P[0-9YMWD]+)\Z")
YEAR = 12


@dataclass(frozen=True, slots=True)
class Window:
    """One stretch of time, both days included, and what the works in it are told apart by."""

    period: str
    first: date
    last: date


def said(text: str) -> tuple[int, Duration]:
    """How often, and in how long; a problem where it is not written so, or is no whole days."""
    found = _SAID.match(text.strip())
    length = duration(found[2]) if found else Duration()
    if found is None or not (length.months or length.days):
        raise DateProblem("charter.bad-at-least", word=text)
    if int(found[1]) > 1 and (length.days or not length.months):
        raise DateProblem("charter.often-in-days", word=text)
    return int(found[1]), length


def windows(text: str, first: date, last: date | None, rounding: str) -> tuple[Window, ...]:
    """Every whole stretch from `first` to `last`, once for each time in it; without a last day as
    many as are ever laid down from one text."""
    count, length = said(text)
    found = [
        Window(_period(begins, length, turn), begins, ends)
        for begins, ends in _stretches(length, first, last or _far(first), rounding)
        for turn in range(1, count + 1)
    ]
    if last is None:
        return tuple(found[:MOST])
    if not found:
        facts = {"first": first.isoformat(), "last": last.isoformat()}
        raise DateProblem("charter.no-whole-window", word=text, **facts)
    if len(found) > MOST:
        raise DateProblem("charter.too-many-dates", word=text, limit=MOST)
    return tuple(found)


def _far(first: date) -> date:
    return add_months(first, ENDLESS, "down")


def _stretches(
    length: Duration, first: date, last: date, rounding: str
) -> Iterator[tuple[date, date]]:
    for number in range(MOST + 1):
        begins, after = (
            add_months(first, turn * length.months, rounding) + timedelta(days=turn * length.days)
            for turn in (number, number + 1)
        )
        if after - DAY > last:
            return
        yield begins, after - DAY


def _period(begins: date, length: Duration, turn: int) -> str:
    """The year, the month or the day a stretch begins with; a number after it from the second
    time on."""
    if length.days:
        return begins.isoformat()
    name = f"{begins.year}" if length.months % YEAR == 0 else f"{begins:%Y-%m}"
    return name if turn == 1 else f"{name}.{turn}"
