"""Dates: calendar facts, working days, and whether everything can be done in time."""

from __future__ import annotations

from keti.charter.rules.lint.brief import Brief
from keti.charter.rules.lint.calendar import clocks, dues, feasible, slack, terms
from keti.charter.rules.lint.calendar.uses import uses


def judge(brief: Brief) -> None:
    """Report what this family sees."""
    used = uses(brief)
    terms.judge(brief)
    dues.judge(brief, used)
    clocks.judge(brief, used)
    slack.judge(brief)
    feasible.judge(brief)
    _years_without_a_table(brief)


def _years_without_a_table(brief: Brief) -> None:
    """Holidays of these years are not known yet: Monday to Friday stood in for them."""
    last = max((one.due_at.year for one in brief.compiled.obligations), default=0)
    years = sorted(brief.scene.workdays.unknown_years)
    if brief.compiled.ahead:
        years = [year for year in years if year <= last]
    if years:
        brief.report.note("charter.unknown-year", ("workdays",), years=", ".join(map(str, years)))
