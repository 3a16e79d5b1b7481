"""Times of day that never come: the hour a zone skips when its clocks go forward."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from keti.charter.rules.dates import FULL_DAY, DateProblem, at_local, clock
from keti.charter.rules.findings import Path
from keti.charter.rules.lint.brief import Brief
from keti.charter.rules.lint.calendar.uses import Use

WRITTEN = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}))?\Z")
NOON = FULL_DAY // 2


def judge(brief: Brief, used: list[Use]) -> None:
    """Report every stated day or time of day that does not exist where the programme lives."""
    told: set[tuple[Path, date]] = set()
    for path, day, minutes in _stated(brief, used):
        real = instead(day, NOON if minutes is None else minutes, brief.scene.zone)
        if real is None or (path, day) in told:
            continue
        told.add((path, day))
        if minutes is None:
            brief.report.error("charter.skipped-day", path, day=day)
        else:
            said = f"{minutes // 60:02d}:{minutes % 60:02d}"
            brief.report.error(
                "charter.skipped-time", path, day=day, time=said, real=f"{real:%H:%M}"
            )


def instead(day: date, minutes: int, zone: ZoneInfo) -> datetime | None:
    """What clocks show at a wall-clock time they skip; None where that time exists."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    shown = at_local(day, minutes, zone).astimezone(zone).replace(tzinfo=None)
    return None if shown == wall else shown


def _stated(brief: Brief, used: list[Use]) -> Iterator[tuple[Path, date, int | None]]:
    """Every written date, with its time where one stands beside it, and every `at`."""
    yield from _written(brief.data, ())
    for key, entry in brief.resolver.entries.items():
        moment, series = brief.resolver.moments.get(key), brief.resolver.series.get(key)
        days = (
            [one.day for one in series.occurrences] if series else [moment.last] if moment else []
        )
        yield from ((("calendar", key, "at"), day, one) for one in _at(entry.at) for day in days)
    for use in used:
        block, key = str(use.path[0]), str(use.path[1])
        shape = brief.data.get(block, {}).get(key) or {}
        for minutes in _at(str(shape.get("at", ""))):
            yield from (((*use.path, "at"), day, minutes) for day in use.days)


def _written(node: Any, path: Path) -> Iterator[tuple[Path, date, int | None]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _written(value, (*path, key))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _written(value, (*path, number))
    elif isinstance(node, str) and (found := WRITTEN.match(node)):
        try:
            yield path, date.fromisoformat(found[1]), clock(found[2]) if found[2] else None
        except (ValueError, DateProblem):
            return


def _at(text: str) -> Iterator[int]:
    """The minutes of a time of day, where one is stated and can be read."""
    try:
        if text:
            yield clock(text)
    except DateProblem:
        return
