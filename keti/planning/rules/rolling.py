"""What recurs without an end: laid down so far ahead, further every month. Pure."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from keti.charter.rules.compiled import Compiled, ObligationSpec
from keti.charter.rules.dates import add_months, duration
from keti.kernel.terms import end_of_day


def reach(charter: Compiled, at: datetime) -> datetime:
    """Until when things are laid down at `at`: the end of the month that the horizon reaches."""
    zone, length = ZoneInfo(charter.tz), duration(charter.horizon)
    today = at.astimezone(zone).date()
    far = add_months(today, length.months, "down") + timedelta(days=length.days)
    first = date(far.year, far.month, 1)
    return end_of_day(add_months(first, 1, "") - timedelta(days=1), zone).astimezone(UTC)


def coming(charter: Compiled, at: datetime, known: Container[str]) -> list[ObligationSpec]:
    """What is to be laid down at `at` and is not yet; nothing that is past is asked for."""
    if not charter.ahead:
        return []
    until = reach(charter, at)
    return [one for one in charter.ahead if at < one.due_at <= until and one.key not in known]


def rolled(charter: Compiled, known: Container[str]) -> Compiled:
    """The charter with whatever of its far end was laid down already: it stands as it stands."""
    more = tuple(one for one in charter.ahead if one.key in known)
    return replace(charter, obligations=(*charter.obligations, *more)) if more else charter
