"""Dates, lengths and recurrences as what a form asks for, and back. Pure.

What cannot be said in the form's parts stays as it is written (`KEEP`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

KEEP, DAY, NONE = "keep", "day", ""
UNITS = {"workdays": "", "D": "D", "W": "W", "M": "M", "Y": "Y", "H": "H"}
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = r"\d{4}-\d{2}-\d{2}"
_STEP = (
    r"\s*(?P<sign>[+-])\s*(?:(?P<work>\d+)\s+workdays?|P(?:(?P<n>\d+)(?P<u>[DWMY])|T(?P<h>\d+)H))"
)
_DATED = re.compile(rf"(?P<day>{_DAY})(?:[T ](?P<time>\d\d:\d\d))?(?:{_STEP})?\Z")
_NAMED = re.compile(rf"(?P<base>[A-Za-z_][\w.]*|midpoint\([\w., ]+\))(?:{_STEP})?\Z")
_LENGTH = re.compile(r"P(?:(\d+)([DWMY])|T(\d+)H)\Z")
_WORKDAYS = re.compile(r"(\d+)\s+workdays?\Z")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A date: its base (`day`, a named date, `keep` or nothing) and how far from it."""

    base: str = NONE
    day: str = ""
    time: str = ""
    side: str = ""
    count: int | None = None
    unit: str = "workdays"


def spoken(text: str) -> Spoken:
    """A date expression in parts."""
    text = text.strip()
    if not text:
        return Spoken()
    if found := _DATED.match(text):
        side, count, unit = _far(found)
        return Spoken(DAY, found["day"], found["time"] or "", side, count, unit)
    if (length := _length(text)) is not None:
        return Spoken("length", "", "", "-", *length)
    if found := _NAMED.match(text):
        return Spoken(found["base"], "", "", *_far(found))
    return Spoken(KEEP)


def written(said: Spoken, before: str = "") -> str:
    """The expression of these parts; `before` is what stood there and may be kept."""
    if said.base == KEEP:
        return before
    if said.base == NONE:
        return ""
    if said.base == "length":
        return length_text(said.count, said.unit) if said.count else ""
    base = said.day + (f"T{said.time}" if said.time else "") if said.base == DAY else said.base
    if not base or not said.side or not said.count:
        return base
    far = (
        f"{said.count} workdays" if said.unit == "workdays" else length_text(said.count, said.unit)
    )
    return f"{base} {said.side} {far}"


def length_text(count: int | None, unit: str) -> str:
    """`P5D`, `PT48H` or `5 workdays`."""
    if count is None:
        return ""
    if unit == "workdays":
        return f"{count} workdays"
    return f"PT{count}H" if unit == "H" else f"P{count}{unit}"


def length_parts(text: str) -> tuple[int, str] | None:
    """Number and unit of a length; None when it has several parts."""
    text = text.strip()
    if found := _WORKDAYS.match(text):
        return int(found[1]), "workdays"
    return _length(text)


def _length(text: str) -> tuple[int, str] | None:
    found = _LENGTH.match(text.replace("P-", "P"))
    if not found:
        return None
    return (int(found[3]), "H") if found[3] else (int(found[1]), found[2])


def _far(found: re.Match[str]) -> tuple[str, int | None, str]:
    if not found["sign"]:
        return "", None, "workdays"
    if found["work"]:
        return found["sign"], int(found["work"]), "workdays"
    if found["h"]:
        return found["sign"], int(found["h"]), "H"
    return found["sign"], int(found["n"]), found["u"]


@dataclass(frozen=True, slots=True)
class Recurring:
    """A recurrence: `monthday`, `monthend`, `weekday` (the n-th of a month), `weekly`, `keep`."""

    how: str = ""
    number: int | None = None
    weekday: str = "MO"
    every: int = 1


def recurring(rule: str) -> Recurring:
    """An RRULE in parts."""
    if not rule.strip():
        return Recurring()
    parts = dict(one.split("=", 1) for one in rule.strip().split(";") if "=" in one)
    every = int(parts.pop("INTERVAL", "1")) if parts.get("INTERVAL", "1").isdigit() else 1
    freq, day, by = parts.pop("FREQ", ""), parts.pop("BYMONTHDAY", ""), parts.pop("BYDAY", "")
    last = parts.pop("BYSETPOS", "")
    plain = not parts
    if plain and freq == "WEEKLY" and by in WEEKDAYS and not day and not last:
        return Recurring("weekly", None, by, every)
    if plain and freq == "MONTHLY" and day == "-1" and not by and not last:
        return Recurring("monthend", None, "MO", every)
    if plain and freq == "MONTHLY" and day and not by:
        days = day.split(",")
        if last in ("", "-1") and all(one.isdigit() for one in days) and (last or len(days) == 1):
            found = Recurring("monthday", int(days[-1]), "MO", every)
            return found if rrule_of(found) == rule.strip() else Recurring(KEEP)
    nth = re.match(r"(-?[1-5])(MO|TU|WE|TH|FR|SA|SU)\Z", by)
    if plain and freq == "MONTHLY" and nth and not day and not last:
        return Recurring("weekday", int(nth[1]), nth[2], every)
    return Recurring(KEEP)


def rrule_of(said: Recurring, before: str = "") -> str:
    """The RRULE of these parts. The 29th to 31st fall back to the last day a month has."""
    every = f";INTERVAL={said.every}" if said.every > 1 else ""
    if said.how == KEEP:
        return before
    if said.how == "weekly":
        return f"FREQ=WEEKLY{every};BYDAY={said.weekday}"
    if said.how == "monthend":
        return f"FREQ=MONTHLY{every};BYMONTHDAY=-1"
    if said.how == "weekday" and said.number:
        return f"FREQ=MONTHLY{every};BYDAY={said.number}{said.weekday}"
    if said.how == "monthday" and said.number:
        if said.number <= 28:
            return f"FREQ=MONTHLY{every};BYMONTHDAY={said.number}"
        days = ",".join(str(one) for one in range(28, said.number + 1))
        return f"FREQ=MONTHLY{every};BYMONTHDAY={days};BYSETPOS=-1"
    return ""
