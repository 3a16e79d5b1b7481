"""A programme's own record in place of what is assumed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from keti.charter.rules.compiled import Compiled
from keti.charter.rules.rehearsal.course import line_of

LEAST = 3
LAST = 1_000
"""Enough is told by three duties of a kind; of all, by so many that were done last."""


def elapsed(
    compiled: Compiled,
    met: Iterable[tuple[str, datetime, datetime]],
    holidays: Mapping[date, bool] | None = None,
) -> dict[str, tuple[float, ...]]:
    """Kind -> working days from opening to done, for kinds of which enough has been recorded.

    `met` tells of each duty its kind, when it opened and when it was done.
    """
    line = line_of(compiled, holidays)
    found: dict[str, list[float]] = {}
    for kind, opened, done in met:
        found.setdefault(kind, []).append(max(line.place(done) - line.place(opened), 0.0))
    return {kind: tuple(sorted(days)) for kind, days in found.items() if len(days) >= LEAST}
