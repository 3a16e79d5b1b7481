"""Terms: stated lengths against the calendar, and what lies before the work can begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from keti.charter.rules.dates import DAY, DateProblem, Moment, add_months
from keti.charter.rules.findings import Path
from keti.charter.rules.lint.brief import Brief
from keti.charter.rules.lint.calendar.uses import day_of, declared
from keti.charter.rules.scene import text_of
from keti.charter.rules.shape import Date

LITTLE = 5
AT_LEAST = 2


def judge(brief: Brief) -> None:
    """Report on every span, on the term the work runs in, and on the way into the groups."""
    for key, entry in brief.resolver.entries.items():
        moment = brief.resolver.moments.get(key)
        if moment and entry.begin and entry.to:
            _stated(brief, key, entry, moment)
    founded = founding(brief)
    for key, term in _working_terms(brief):
        _late_founding(brief, key, term, founded)
        _admission_inside(brief, key, term)
    if founded:
        _after_closing(brief, founded)


def founding(brief: Brief, kind: str = "") -> date | None:
    """The first day on which a group (of a kind) stands; None where the charter does not say."""
    groups = brief.charter.groups
    words = [one.founded for key, one in groups.items() if one.founded and kind in ("", key)]
    days = [day for day in (day_of(brief, word) for word in words) if day]
    return min(days, default=None)


def _stated(brief: Brief, key: str, entry: Date, moment: Moment) -> None:
    days = (moment.last - moment.day).days + 1
    path: Path = ("calendar", key, "stated")
    if entry.stated.days not in (None, days):
        brief.report.warning("charter.stated-days", path, stated=entry.stated.days, real=days)
    months = entry.stated.months
    if months is None:
        return
    try:
        end = add_months(moment.day, months, "down") - DAY
    except DateProblem:
        end = None
    if end != moment.last:
        facts: dict[str, Any] = {"months": months, "end": end or "-", "last": moment.last}
        brief.report.warning("charter.stated-months", path, **facts)


def _working_terms(brief: Brief) -> Iterator[tuple[str, Moment]]:
    """The spans in which something recurs, or whose middle is a date of its own."""
    entries = brief.resolver.entries
    works = [work for _, _, work in declared(brief)]
    texts = [one.begin for one in entries.values() if one.rrule or one.months]
    texts += [one.begin for one in works if one.rrule or one.months]
    texts += [one.date for one in entries.values() if "midpoint" in one.date]
    texts += [one.due for one in works if "midpoint" in one.due]
    for key, moment in brief.resolver.moments.items():
        named = re.compile(rf"(?<![\w.]){re.escape(key)}(?!\w)")
        if moment and moment.day != moment.last and any(named.search(one) for one in texts):
            yield key, moment


def _late_founding(brief: Brief, key: str, term: Moment, founded: date | None) -> None:
    if founded is None or not term.day < founded <= term.last:
        return
    if brief.scene.workdays.between(term.day - DAY, founded - DAY) <= LITTLE:
        return
    brief.report.warning(
        "charter.term-before-founding",
        ("calendar", key, "from"),
        start=term.day,
        founded=founded,
        before=(founded - term.day).days,
        usable=(term.last - founded).days + 1,
        total=(term.last - term.day).days + 1,
    )


def _admission_inside(brief: Brief, key: str, term: Moment) -> None:
    shape = brief.charter.admission
    if shape is None:
        return
    opens, closes = day_of(brief, shape.window.open), day_of(brief, shape.window.close)
    if opens and closes and term.day < closes and opens <= term.last:
        title = text_of(brief.resolver.entries[key], key)
        facts: dict[str, Any] = {"opens": opens, "closes": closes, "start": term.day}
        brief.report.warning(
            "charter.admission-in-term", ("admission", "window"), zh=title.in_("zh"),
            en=title.in_("en"), **facts,
        )  # fmt: skip


def _after_closing(brief: Brief, founded: date) -> None:
    """Between the last application and the founding: checking, deciding, telling, task books."""
    shape = brief.charter.admission
    closes = day_of(brief, shape.window.close) if shape else None
    if closes is None or closes >= founded:
        return
    left = brief.scene.workdays.between(closes, founded - DAY)
    if left < AT_LEAST:
        facts: dict[str, Any] = {"closes": closes, "founded": founded, "left": left}
        brief.report.warning("charter.short-admission", ("admission", "window", "close"), **facts)
