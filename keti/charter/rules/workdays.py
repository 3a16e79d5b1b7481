"""Working days: the State Council's table for `cn`, Monday to Friday otherwise, and overrides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar

KNOWN = ("cn", "mon-fri", "none")
DAY = timedelta(days=1)
FARTHEST = 2000


@lru_cache(maxsize=20_000)
def _in_table(day: date) -> bool | None:
    """What the published table says; None for a year it does not know. It looks slowly."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


class Workdays:
    """One named working-day calendar with an installation's own corrections on top."""

    def __init__(self, name: str, overrides: Mapping[date, bool] | None = None) -> None:
        self.name = name
        self._overrides = dict(overrides or {})
        self.unknown_years: set[int] = set()

    def is_workday(self, day: date) -> bool:
        """Whether people work on this day; a year without a table falls back to Monday-Friday."""
        if day in self._overrides:
            return self._overrides[day]
        if self.name == "cn":
            known = _in_table(day)
            if known is not None:
                return known
            self.unknown_years.add(day.year)
        return day.weekday() < 5

    def add(self, day: date, count: int) -> date:
        """The count-th working day after (or before) a day; that day itself is not counted."""
        if abs(count) > FARTHEST:
            raise OverflowError(count)
        step = DAY if count > 0 else -DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def roll(self, day: date, how: str) -> date:
        """The day itself when people work on it, else the nearest one in the stated direction."""
        if how == "none":
            return day
        step = DAY if how == "next-workday" else -DAY
        while not self.is_workday(day):
            day += step
        return day

    def between(self, after: date, until: date) -> int:
        """Working days later than `after`, up to and including `until`."""
        days = max(0, min((until - after).days, 10 * FARTHEST))
        return sum(self.is_workday(after + timedelta(days=n)) for n in range(1, days + 1))
