"""Due days: days a rule never meets, days off, holidays just ahead, two things on one day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from keti.charter.rules.dates import DAY, DateProblem
from keti.charter.rules.findings import Path
from keti.charter.rules.lint.brief import Brief
from keti.charter.rules.lint.calendar.terms import LITTLE, founding
from keti.charter.rules.lint.calendar.uses import LABOUR, PAPERS, Use, day_of, declared
from keti.charter.rules.recurrence import parts_of

SHORT = 28
LONG_BREAK = 3
FEBRUARY, THIRTY = 2, (4, 6, 9, 11)


def judge(brief: Brief, used: list[Use]) -> None:
    """Report on every rule and every due day."""
    for path, rule, days in _rules(brief):
        _missing_months(brief, path, rule, days)
    if brief.scene.workdays.name != "none":
        _days_off(brief, used)
        _before_holidays(brief, used)
    for use in {use.line: use for use in reversed(used) if use.recurring}.values():
        _too_early(brief, use)
    _coinciding(brief, used)


def _rules(brief: Brief) -> Iterator[tuple[Path, str, tuple[date, date] | None]]:
    """Every recurrence rule, with the first and the last day it may use."""
    for key, entry in brief.resolver.entries.items():
        if entry.rrule:
            yield ("calendar", key, "rrule"), entry.rrule, _ends(brief, entry.begin, entry.to)
    for path, _, work in declared(brief):
        if work.rrule:
            yield (*path, "rrule"), work.rrule, _ends(brief, work.begin, work.to)


def _ends(brief: Brief, begin: str, to: str) -> tuple[date, date] | None:
    first, last = day_of(brief, begin), day_of(brief, to)
    return (first, last) if first and last else None


def _missing_months(brief: Brief, path: Path, rule: str, ends: tuple[date, date] | None) -> None:
    """A day of the month that some months do not have: nothing is due in them."""
    try:
        parts = parts_of(rule)
        days = [int(one) for one in parts.get("BYMONTHDAY", "1").split(",")]
    except (DateProblem, ValueError):
        return
    if parts.get("FREQ") != "MONTHLY" or min(map(abs, days)) <= SHORT:
        return
    least = min(map(abs, days))
    named = {int(one) for one in parts.get("BYMONTH", "").split(",") if one.isdigit()}
    without = [FEBRUARY, *(THIRTY if least > 30 else ())]
    without = [one for one in without if one in named or not named]
    if not without:
        return
    met = ends is not None and any(month in without for month in _months(*ends))
    facts: dict[str, Any] = {"day": least, "months": ", ".join(map(str, sorted(without)))}
    report = brief.report.warning if met else brief.report.note
    report("charter.month-without-day", path, **facts)


def _months(first: date, last: date) -> set[int]:
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return {(first.month - 1 + n) % 12 + 1 for n in range(min(count, 12))}


def _days_off(brief: Brief, used: list[Use]) -> None:
    for use in used:
        off = [day for day in use.days if not brief.scene.workdays.is_workday(day)]
        if off and use.form in LABOUR:
            shown = ", ".join(map(str, off[:6])) + (" …" if off[6:] else "")
            brief.report.warning("charter.due-on-day-off", use.line, days=shown)


def _too_early(brief: Brief, use: Use) -> None:
    """The first of a recurring duty, against the day its group begins to exist."""
    founded = founding(brief, use.per or brief.scene.top)
    if not (use.form in PAPERS and founded and use.days):
        return
    first = min(use.days)
    facts: dict[str, Any] = {"first": first, "founded": founded, "days": (first - founded).days}
    path = (*use.path, "due") if brief.report.has((*use.path, "due")) else use.line
    if first < founded:
        brief.report.warning("charter.due-before-founding", path, **facts)
    elif brief.scene.workdays.between(founded, first) < LITTLE:
        brief.report.warning("charter.first-too-early", path, **facts)


def _coinciding(brief: Brief, used: list[Use]) -> None:
    """A single paper due on a day on which a recurring one is due as well."""
    recurring = [use for use in used if use.recurring and use.form in PAPERS]
    for use in used:
        if use.recurring or use.form not in PAPERS:
            continue
        for other in recurring:
            if use.days[0] in other.days and other.line != use.line:
                brief.report.warning(
                    "charter.due-on-recurring-day", use.line, day=use.days[0],
                    zh=other.title.in_("zh"), en=other.title.in_("en"),
                )  # fmt: skip
                break


def _before_holidays(brief: Brief, used: list[Use]) -> None:
    """A single paper due just before a long break: the days after it are lost to the next step."""
    spans = [one for one in brief.compiled.anchors if one.kind == "span"]
    for use in used:
        if use.recurring or use.form not in PAPERS:
            continue
        lost, until = _break_after(brief, use.days[0])
        if lost < LONG_BREAK:
            continue
        day = use.days[0]
        end = max((one.last for one in spans if one.date <= day <= one.last), default=None)
        facts: dict[str, Any] = {"day": day, "until": until, "lost": lost}
        if end is None:
            brief.report.warning("charter.holidays-follow", use.line, **facts)
            continue
        left = brief.scene.workdays.between(day - DAY, end)
        brief.report.warning("charter.before-holidays", use.line, **facts, left=left, end=end)


def _break_after(brief: Brief, day: date) -> tuple[int, date]:
    """Weekdays lost in the run of days off after a day, and the last day of the run."""
    workdays, lost = brief.scene.workdays, 0
    if not workdays.is_workday(day):
        return 0, day
    until = day
    while not workdays.is_workday(until + DAY):
        until += DAY
        lost += until.weekday() < 5
    return lost, until
