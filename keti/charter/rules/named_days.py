"""The named dates and series of a charter, as compiled. Frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from keti.charter.rules.joining import NOTHING
from keti.kernel.acts import Text

Day = date


@dataclass(frozen=True, slots=True)
class Anchor:
    """A named date. `start`/`end` are half-open UTC instants; `last` is the last included day."""

    key: str
    title: Text
    start: datetime
    end: datetime
    date: Day
    last: Day
    stated: str = ""
    rule: str = ""
    decided_by: str = ""
    why: str = ""
    source: str = ""
    precision: str = "day"
    kind: str = "day"
    stated_in: Text = NOTHING
    why_in: Text = NOTHING


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One day of a series, with the period it stands for."""

    period: str
    day: date
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Series:
    """A named recurring date, with what the notice says of it and who decided otherwise; `ahead`
    are the days beyond the first horizon of one without an end."""

    key: str
    title: Text
    occurrences: tuple[Occurrence, ...]
    stated: str = ""
    rule: str = ""
    decided_by: str = ""
    why: str = ""
    source: str = ""
    stated_in: Text = NOTHING
    why_in: Text = NOTHING
    ahead: tuple[Occurrence, ...] = ()
