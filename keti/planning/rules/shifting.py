"""A charter moved to another time: its days, and the dates in its sentences. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from keti.charter.rules.findings import Path
from keti.charter.rules.reading import read
from keti.planning.rules import shelf
from keti.planning.rules.prose import Span, shifted_prose, vague

DAY = re.compile(r"(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?=T\d{2}:\d{2}|[\s,}\]]|$)")
PARTS = ("from", "to", "date")


@dataclass(frozen=True, slots=True)
class Written:
    """A day of the calendar that is written as a day, not as a rule."""

    path: Path
    title: tuple[str, str]
    part: str
    day: date


def written_days(data: Any) -> Iterator[Written]:
    """Every plain day of the calendar."""
    for one in shelf.entries(data, ("calendar",)):
        for part in PARTS:
            day = _day(shelf.at(data, (*one.path, part)))
            if day is not None:
                names = (one.title.in_("zh"), one.title.in_("en"))
                yield Written((*one.path, part), names, part, day)


def span(data: Any) -> Span | None:
    """The first and the last plain day of the calendar."""
    days = [one.day for one in written_days(data)]
    return Span(min(days), max(days)) if days else None


def _day(value: Any) -> date | None:
    try:
        return datetime.fromisoformat(str(value)[:10]).date() if value else None
    except ValueError:
        return None


def shifted(text: str, days: int) -> str:
    """The charter with every written day moved, in figures and in words; comments stay."""
    if not days:
        return text
    whole = span(read(text).data)
    lines = [_shifted_line(line, days, whole) for line in text.split("\n")]
    return "\n".join(lines)


def _shifted_line(line: str, days: int, whole: Span | None) -> str:
    code, mark, comment = line.partition(" #") if not line.startswith("#") else ("", line, "")
    by = timedelta(days=days)

    def move(found: re.Match[str]) -> str:
        year, month, day = (int(part) for part in found.groups())
        try:
            return (date(year, month, day) + by).isoformat()
        except (ValueError, OverflowError):
            return found.group(0)

    code = DAY.sub(move, code)
    if whole is not None:
        code = shifted_prose(code, days, whole)
    return code + mark + comment


def whole_weeks(days: int) -> int:
    """The nearest number of days that keeps every weekday."""
    return round(days / 7) * 7


@dataclass(frozen=True, slots=True)
class Vague:
    """Words that name a time of the year without a day, and where they stand."""

    path: Path
    words: tuple[str, ...]


def vague_words(data: Any, path: Path = ()) -> Iterator[Vague]:
    """Every sentence of the charter whose dates nobody but its author can move."""
    inner: Any = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in inner:
        here = (*path, key)
        if isinstance(value, (dict, list)):
            yield from vague_words(value, here)
        elif isinstance(value, str) and (words := tuple(dict.fromkeys(vague(value)))):
            yield Vague(here, words)


def sample_units(data: Any) -> Iterator[shelf.Entry]:
    """Parties that still carry the mark of a sample."""
    for one in shelf.entries(data, ("parties",)):
        if "（演示）" in one.title.zh or "(demo)" in one.title.en.lower():
            yield one
