"""Which days the works and gates of a charter are due on, and which line of the file says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from keti.charter.rules.dates import DateProblem
from keti.charter.rules.findings import Path
from keti.charter.rules.lint.brief import Brief
from keti.charter.rules.shape import Work
from keti.kernel.acts import Text
from keti.kernel.forms_of_work import FORMS

PAPERS = tuple(one.key for one in FORMS if one.paper)
LABOUR = tuple(one.key for one in FORMS if one.labour)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Use:
    """The due days of one work or gate. `line` is the date that makes them, `path` the thing."""

    title: Text
    form: str
    per: str
    path: Path
    line: Path
    days: tuple[date, ...]
    recurring: bool


def uses(brief: Brief) -> list[Use]:
    """Every work and gate that has a due day, in the order of the file."""
    return [*_works(brief), *_gates(brief)]


def declared(brief: Brief) -> Iterator[tuple[Path, str, Work]]:
    """Every obligation and deliverable: where it stands, its key, its block."""
    charter = brief.charter
    for key, work in charter.obligations.__pydantic_extra__.items():
        yield ("obligations", key), key, work
    for key, work in charter.deliverables.items():
        yield ("deliverables", key), key, work


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """The day an instant closes: midnight closes the day before."""
    return (instant - MINUTE).astimezone(zone).date()


def day_of(brief: Brief, text: str, rounding: str = "") -> date | None:
    """The last day of an expression; None when it has no value (that is reported elsewhere)."""
    try:
        return brief.scene.dates.moment(text, rounding).last
    except DateProblem:
        return None


def _works(brief: Brief) -> Iterator[Use]:
    specs = {one.key: one for one in brief.compiled.works}
    for path, key, work in declared(brief):
        spec = specs.get(key)
        days = _days(brief, key, work)
        if spec and days:
            line = _line(brief, path, work)
            yield Use(spec.title, spec.form, spec.per, path, line, days, spec.recurring)


def _days(brief: Brief, key: str, work: Work) -> tuple[date, ...]:
    if work.due and work.due not in brief.scene.series:
        day = day_of(brief, work.due, work.round)
        return (day,) if day else ()
    due = {one.period: one.due_at for one in brief.compiled.obligations if one.kind == key}
    if work.due in brief.scene.series:
        series = brief.scene.series[work.due]
        return tuple(one.day for one in series.occurrences if one.period in due)
    if work.rrule or work.months or work.at_least:
        return tuple(local_day(one, brief.scene.zone) for one in due.values())
    return ()


def _line(brief: Brief, path: Path, work: Work) -> Path:
    for name in ("rrule", "months", "at_least"):
        if getattr(work, name):
            return (*path, name)
    return line_of(brief, work.due, (*path, "due"))


def line_of(brief: Brief, text: str, fallback: Path) -> Path:
    """The line of the calendar an expression merely names, else its own line."""
    stem, _, side = text.rpartition(".")
    entries = brief.resolver.entries
    if text in entries:
        entry = entries[text]
        for name in ("date", "rrule", "months", "after"):
            if getattr(entry, name):
                return ("calendar", text, name)
        return ("calendar", text, "to")
    if stem in entries and side in ("from", "to"):
        return ("calendar", stem, side)
    return fallback


def _gates(brief: Brief) -> Iterator[Use]:
    for kind, gate in brief.charter.gates.items():
        day = day_of(brief, gate.by, gate.round) if gate.by else None
        spec = next((one for one in brief.compiled.gates if one.kind == kind), None)
        if day and spec:
            path: Path = ("gates", kind)
            line = line_of(brief, gate.by, (*path, "by"))
            yield Use(spec.title, "decision", gate.per, path, line, (day,), False)
