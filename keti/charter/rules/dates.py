"""Date expressions: a total little language. Month arithmetic never rounds unless told how.

2022-05-05 | 2022-05-25T24:00 | 2022-11 | kickoff | research.to | midpoint(research)
| midpoint(a, b) | research M3 (the last day of its third month), each followed by any number of
  ± P1M10D  or  ± 7 workdays
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from keti.charter.rules.workdays import Workdays

DAY = timedelta(days=1)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}))?(?![\d-])")
_MONTH = re.compile(r"(\d{4})-(\d{2})(?![\d-])")
_NAME = re.compile(r"[A-Za-z_][\w.]*")
_NTH_MONTH = re.compile(r"\s+M(\d{1,4})(?![\w.])")
_MIDPOINT = re.compile(r"midpoint\(\s*([\w.]+)\s*(?:,\s*([\w.]+)\s*)?\)")
_STEP = re.compile(r"\s*([+-])\s*(?:(\d{1,6})\s+workdays?\b|(P[0-9YMWDTH]+))")
_DURATION = re.compile(
    r"P(?:(\d{1,5})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?"
    r"(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?)?\Z"
)
_CLOCK = re.compile(r"(\d{2}):(\d{2})\Z")
FULL_DAY = 24 * 60
FIRST_YEAR, LAST_YEAR = 1900, 2999


class DateProblem(Exception):
    """An expression that has no value; carries the finding's code and facts."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass(frozen=True, slots=True)
class Moment:
    """A day or a run of days, or an instant of one day when `minutes` is given."""

    day: date
    last: date
    minutes: int | None = None
    precision: str = "day"

    @classmethod
    def on(cls, day: date, minutes: int | None = None) -> Moment:
        """One whole day, or a time of it."""
        return cls(day, day, minutes, "day" if minutes is None else "instant")

    def start(self, zone: ZoneInfo) -> datetime:
        """When it begins, as a UTC instant."""
        return at_local(self.day, self.minutes or 0, zone)

    def end(self, zone: ZoneInfo) -> datetime:
        """When it is over: a whole day lasts until the next day's 00:00, an instant is itself."""
        minutes = FULL_DAY if self.minutes is None else self.minutes
        return at_local(self.last, minutes, zone)


@dataclass(frozen=True, slots=True)
class Duration:
    months: int = 0
    days: int = 0
    minutes: int = 0

    def plain(self) -> timedelta:
        """The same without months, which have no fixed length."""
        if self.months:
            raise DateProblem("charter.months-not-allowed")
        return timedelta(days=self.days, minutes=self.minutes)


def at_local(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """The UTC instant of a local wall-clock time; minute 1440 is the next day's 00:00."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    return wall.replace(tzinfo=zone).astimezone(UTC)


def clock(text: str) -> int:
    """Minutes since midnight of `HH:MM`; 24:00 is allowed."""
    found = _CLOCK.match(text)
    if found:
        minutes = int(found[1]) * 60 + int(found[2])
        if int(found[2]) < 60 and minutes <= FULL_DAY:
            return minutes
    raise DateProblem("charter.bad-time", word=text)


def duration(text: str) -> Duration:
    """An ISO 8601 duration such as P10D or P1M; `P-5D` reads as five days before."""
    plain = text.replace("-", "", 1) if text.startswith(("P-", "-P")) else text
    found = _DURATION.match(plain)
    if not found or not any(found.groups()):
        raise DateProblem("charter.bad-duration", word=text)
    years, months, weeks, days, hours, minutes = (int(part or 0) for part in found.groups())
    return Duration(years * 12 + months, weeks * 7 + days, hours * 60 + minutes)


def day_of(year: int, month: int, day: int, word: str) -> date:
    """A calendar date, or a problem that names the date that does not exist."""
    try:
        return date(year, month, day)
    except ValueError:
        raise DateProblem("charter.no-such-date", word=word) from None


def add_months(day: date, months: int, rounding: str) -> date:
    """The same day of another month; where it does not exist the author must say how to round."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    if not 1 <= year <= 9998:
        raise DateProblem("charter.out-of-range", word=f"{months}")
    last = monthrange(year, month + 1)[1]
    if day.day <= last:
        return date(year, month + 1, day.day)
    if rounding == "down":
        return date(year, month + 1, last)
    if rounding == "up":
        return date(year, month + 1, last) + DAY
    raise DateProblem("charter.rounding", word=f"{year:04d}-{month + 1:02d}-{day.day:02d}")


def midpoint(first: Moment, second: Moment | None) -> Moment:
    """The middle day of a half-open span, or the middle between two days."""
    if second is None:
        return Moment.on(first.day + (first.last + DAY - first.day) // 2)
    return Moment.on(first.day + (second.day - first.day) // 2)


@dataclass(frozen=True, slots=True)
class Dates:
    """Evaluates expressions; `named` looks an anchor up and raises KeyError when there is none."""

    named: Callable[[str], Moment]
    workdays: Workdays

    def moment(self, text: str, rounding: str = "") -> Moment:
        """The value of a date expression."""
        text = text.strip()
        try:
            here, rest = self._atom(text, rounding)
            while rest.strip():
                here, rest = self._step(here, rest, text, rounding)
        except OverflowError:
            raise DateProblem("charter.out-of-range", word=text) from None
        if not (here.day.year >= FIRST_YEAR and here.last.year <= LAST_YEAR):
            raise DateProblem("charter.out-of-range", word=text)
        return here

    def _atom(self, text: str, rounding: str) -> tuple[Moment, str]:
        if found := _DATE.match(text):
            return _written(found), text[found.end() :]
        if found := _MONTH.match(text):
            first = day_of(int(found[1]), int(found[2]), 1, found[0])
            last = date(first.year, first.month, monthrange(first.year, first.month)[1])
            return Moment(first, last, None, "month"), text[found.end() :]
        if found := _MIDPOINT.match(text):
            second = self._named(found[2]) if found[2] else None
            return midpoint(self._named(found[1]), second), text[found.end() :]
        if found := _NAME.match(text):
            here, rest = self._named(found[0]), text[found.end() :]
            if nth := _NTH_MONTH.match(rest):
                return self._nth_month(here, int(nth[1]), text, rounding), rest[nth.end() :]
            return here, rest
        raise DateProblem("charter.bad-date", word=text)

    def _nth_month(self, span: Moment, number: int, whole: str, rounding: str) -> Moment:
        """The last day of the n-th month of a span, the first beginning on its first day."""
        if span.day == span.last:
            raise DateProblem("charter.month-of-a-day", word=whole)
        day = add_months(span.day, number, rounding) - DAY
        if number < 1 or day > span.last:
            raise DateProblem(
                "charter.months-beyond", word=day.isoformat(), last=span.last.isoformat()
            )
        return Moment.on(day)

    def _named(self, name: str) -> Moment:
        try:
            return self.named(name)
        except KeyError:
            stem, _, side = name.rpartition(".")
            if side not in ("from", "to") or not stem:
                raise DateProblem("charter.unknown-anchor", word=name) from None
        try:
            span = self.named(stem)
        except KeyError:
            raise DateProblem("charter.unknown-anchor", word=stem) from None
        minutes = span.minutes
        return Moment.on(span.day if side == "from" else span.last, minutes)

    def _step(self, here: Moment, rest: str, whole: str, rounding: str) -> tuple[Moment, str]:
        found = _STEP.match(rest)
        if not found:
            raise DateProblem("charter.bad-date", word=whole)
        if here.day != here.last:
            raise DateProblem("charter.span-needs-side", word=whole)
        sign = 1 if found[1] == "+" else -1
        if found[2]:
            day = self.workdays.add(here.day, sign * int(found[2]))
            return replace(here, day=day, last=day), rest[found.end() :]
        return _moved(here, duration(found[3]), sign, rounding), rest[found.end() :]


def _moved(here: Moment, by: Duration, sign: int, rounding: str) -> Moment:
    day = add_months(here.day, sign * by.months, rounding) if by.months else here.day
    day += timedelta(days=sign * by.days)
    if not by.minutes:
        return replace(here, day=day, last=day)
    minutes = (here.minutes or 0) + sign * by.minutes
    days, minutes = divmod(minutes, FULL_DAY)
    return Moment.on(day + timedelta(days=days), minutes)


def _written(found: re.Match[str]) -> Moment:
    day = day_of(int(found[1]), int(found[2]), int(found[3]), found[0])
    if found[4] is None:
        return Moment.on(day)
    return Moment.on(day, clock(f"{found[4]}:{found[5]}"))
