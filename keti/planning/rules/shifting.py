"""A charter moved to another time: its days, and the dates in its sentences. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from keti.charter.rules.findings import Path
from keti.charter.rules.reading import Document, read
from keti.planning.rules import shelf
from keti.planning.rules.prose import Move, Span, dated, moved_prose, vague

DAY = re.compile(r"(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?=T\d{2}:\d{2}|[\s,}\]]|$)")
PARTS = ("from", "to", "date")
KEPT = ("stated", "resolve")


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
            day = day_of(shelf.at(data, (*one.path, part)))
            if day is not None:
                names = (one.title.in_("zh"), one.title.in_("en"))
                yield Written((*one.path, part), names, part, day)


def span(data: Any) -> Span | None:
    """The first and the last plain day of the calendar."""
    days = [one.day for one in written_days(data)]
    return Span(min(days), max(days)) if days else None


def day_of(value: Any) -> date | None:
    """The day with which a value begins; None where it begins with none."""
    try:
        return datetime.fromisoformat(str(value)[:10]).date() if value else None
    except ValueError:
        return None


def shifted(text: str, days: int) -> str:
    """The charter with every written day moved, in figures and in words.

    Comments stay, and so does what is stated by the notice or gives a reason.
    """
    by = timedelta(days=days)
    return moved(text, lambda day: day + by) if days else text


def moved(text: str, move: Move) -> str:
    """The charter with every written day where `move` puts it, as `shifted` does."""
    document = read(text)
    whole = span(document.data)
    rows = text.split("\n")
    kept = _kept(document, rows)
    lines = [_moved_line(row, move, whole, kept.get(n, [])) for n, row in enumerate(rows, 1)]
    return "\n".join(lines)


def days_in(text: str, document: Document | None = None) -> set[date]:
    """Every day written in figures that `moved` would move; `document` is the text, read."""
    found: set[date] = set()

    def seen(day: date) -> date:
        found.add(day)
        return day

    rows = text.split("\n")
    kept = _kept(document or read(text), rows)
    for n, row in enumerate(rows, 1):
        _moved_line(row, seen, None, kept.get(n, []))
    return found


def is_kept(path: Path) -> bool:
    """Inside what the notice says itself, or a reason somebody gave."""
    return any(step in KEPT for step in path[2:])


def _kept(document: Document, rows: list[str]) -> dict[int, list[tuple[int, int]]]:
    """Line -> the columns (from 0, half-open) of what is quoted or argued and never moves."""
    places = [*document.keys.items(), *document.values.items()]
    marks = sorted((place, is_kept(path)) for path, place in places)
    found: dict[int, list[tuple[int, int]]] = {}
    for at, ((line, column), kept) in enumerate(marks):
        if kept:
            last, end = marks[at + 1][0] if at + 1 < len(marks) else (len(rows), len(rows[-1]) + 1)
            for row in range(line, last + 1):
                first = column - 1 if row == line else 0
                stop = end - 1 if row == last else len(rows[row - 1])
                found.setdefault(row, []).append((first, stop))
    return found


def _moved_line(line: str, move: Move, whole: Span | None, kept: list[tuple[int, int]]) -> str:
    code, mark, comment = line.partition(" #") if not line.startswith("#") else ("", line, "")
    out, done = "", 0
    for first, stop in kept:
        out += _moved_code(code[done:first], move, whole) + code[first:stop]
        done = stop
    return out + _moved_code(code[done:], move, whole) + mark + comment


def _moved_code(code: str, move: Move, whole: Span | None) -> str:
    code = moved_days(code, move)
    return code if whole is None else moved_prose(code, move, whole)


def moved_days(words: str, move: Move) -> str:
    """The words with every day in figures moved."""

    def place(found: re.Match[str]) -> str:
        year, month, day = (int(part) for part in found.groups())
        try:
            return move(date(year, month, day)).isoformat()
        except (ValueError, OverflowError):
            return found.group(0)

    return DAY.sub(place, words)


@dataclass(frozen=True, slots=True)
class Vague:
    """Words on a time that do not move with the days, and where they stand."""

    path: Path
    words: tuple[str, ...]


def vague_words(data: Any, path: Path = ()) -> Iterator[Vague]:
    """Every sentence whose dates nobody but its author can move: without a day, or quoted."""
    inner: Any = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in inner:
        here = (*path, key)
        if isinstance(value, (dict, list)):
            yield from vague_words(value, here)
        elif isinstance(value, str):
            left = (*dated(value), *vague(value)) if is_kept(here) else tuple(vague(value))
            if left:
                yield Vague(here, tuple(dict.fromkeys(left)))


def sample_units(data: Any, template: Any) -> Iterator[shelf.DeclaredThing]:
    """Parties still named as in the template, or carrying the mark of a sample."""
    known = {one.key: one.title for one in shelf.entries(template, ("parties",))}
    for one in shelf.entries(data, ("parties",)):
        marked = "（演示）" in one.title.zh or "(demo)" in one.title.en.lower()
        if marked or known.get(one.key) == one.title:
            yield one
