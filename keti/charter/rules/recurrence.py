"""Recurring days: an RFC 5545 rule between two days, rolled to working days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import islice

from dateutil.rrule import rrulestr

from keti.charter.rules.dates import DAY, DateProblem, add_months

_PART = re.compile(r"[A-Z]+=[-+A-Z0-9,]+\Z")
_FREQ = {"YEARLY", "MONTHLY", "WEEKLY", "DAILY"}
_KNOWN = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
_ENDS = ("COUNT", "UNTIL")
_CLOCK = ("BYHOUR", "BYMINUTE", "BYSECOND")
_MOST_OF = {"BYMONTHDAY": 31, "BYMONTH": 12}
MOST = 400
ENDLESS = 30 * 12
"""Months: what has no end is reckoned so far, and `MOST` days; an amendment begins anew."""
LONGEST = 50 * 366  # days from the first to the last: a rule that never fits is sought this far


def days_of(rule: str, first: date, last: date) -> tuple[date, ...]:
    """Every day of the rule from `first` to `last`, both included."""
    parts = parts_of(rule)
    if parts.get("FREQ") == "DAILY" and any(name.startswith("BYMONTH") for name in parts):
        raise DateProblem("charter.bad-rrule", word=rule)
    if (last - first).days > LONGEST:
        raise DateProblem("charter.too-many-dates", word=rule, limit=MOST)
    until = f"{last:%Y%m%d}T235959"
    try:
        found = rrulestr(f"{rule};UNTIL={until}", dtstart=datetime.combine(first, time()))
        days = tuple(moment.date() for moment in islice(found, MOST + 1))
    except (ValueError, TypeError, KeyError, IndexError, OverflowError):
        raise DateProblem("charter.bad-rrule", word=rule) from None
    if len(days) > MOST:
        raise DateProblem("charter.too-many-dates", word=rule, limit=MOST)
    return days


def endless_days(rule: str, first: date) -> tuple[date, ...]:
    """The days of a rule that has no last day: as many as are ever laid down from one text."""
    parts_of(rule)
    last = add_months(first, ENDLESS, "down")
    found = rrulestr(f"{rule};UNTIL={last:%Y%m%d}T235959", dtstart=datetime.combine(first, time()))
    try:
        return tuple(moment.date() for moment in islice(found, MOST))
    except (ValueError, TypeError, KeyError, IndexError, OverflowError):
        raise DateProblem("charter.bad-rrule", word=rule) from None


def months_of(
    months: Sequence[int], first: date, last: date | None, rounding: str
) -> tuple[date, ...]:
    """The last day of each of these months, the first beginning on `first` (both included)."""
    days = tuple(add_months(first, count, rounding) - DAY for count in sorted(set(months)))
    beyond = [day for day in days if last and day > last]
    if beyond:
        word = beyond[0].isoformat()
        raise DateProblem("charter.months-beyond", word=word, last=last.isoformat() if last else "")
    return days


def periods_of(days: tuple[date, ...]) -> tuple[str, ...]:
    """The month each day stands for; the day itself where a month holds more than one."""
    months = tuple(f"{day:%Y-%m}" for day in days)
    if len(set(months)) == len(months):
        return months
    return tuple(day.isoformat() for day in days)


def parts_of(rule: str) -> dict[str, str]:
    """The named parts of a rule; a problem when it has others than are known."""
    pieces = rule.split(";")
    if not all(_PART.match(piece) for piece in pieces):
        raise DateProblem("charter.bad-rrule", word=rule)
    parts = dict(piece.split("=", 1) for piece in pieces)
    for name, value in parts.items():
        _usable(name, value)
    if "FREQ" not in parts:
        raise DateProblem("charter.bad-rrule", word=rule)
    return parts


def _usable(name: str, value: str) -> None:
    """Refuse a part no rule here may have, and say why: an end, an hour, a day there is not."""
    part = f"{name}={value}"
    if name in _ENDS:
        raise DateProblem("charter.rrule-ends", part=part)
    if name in _CLOCK:
        raise DateProblem("charter.rrule-clock", part=part)
    if name == "FREQ" and value not in _FREQ:
        known = ", ".join(f"FREQ={one}" for one in sorted(_FREQ))
        raise DateProblem("charter.rrule-part", part=part, parts=known)
    if name not in _KNOWN or (name == "INTERVAL" and value.strip("0") == ""):
        known = ", ".join(sorted(_KNOWN - {name}))
        raise DateProblem("charter.rrule-part", part=part, parts=known)
    most = _MOST_OF.get(name)
    if most and not all(1 <= abs(int(one)) <= most for one in value.split(",") if _is_int(one)):
        raise DateProblem("charter.rrule-part", part=part, parts=f"{name}=1 … {name}={most}")


def _is_int(text: str) -> bool:
    return re.fullmatch(r"[-+]?[0-9]+", text) is not None
