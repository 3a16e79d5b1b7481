"""How many demands each side made and what was answered, without telling whose a small count is.

Demands may be confidential, and everybody inside reads these figures: a count of one or two among
few bodies names them. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LEAST = 3
"""A count below this, but for none at all, is not shown."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One demand as far as figures go: whose voice, taken up by a recommendation or refused with a
    reason or neither."""

    side: str
    taken_up: bool = False
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What is shown of one side; None where it is not."""

    side: str
    count: int | None
    taken_up: int | None = None
    refused: int | None = None
    open: int | None = None


def told(asked: Iterable[Asked], sides: Sequence[str]) -> tuple[tuple[Told, ...], int | None]:
    """The figures of each side and of all. A small count is left out; so is how a count divides
    where one part is small, and the whole where a side is left out: the rest would tell it."""
    every = [*asked]
    rows = tuple(_told(side, [one for one in every if one.side == side]) for side in sides)
    shown = all(row.count is not None for row in rows)
    return rows, len(every) if shown else None


def _told(side: str, asked: Sequence[Asked]) -> Told:
    if 0 < len(asked) < LEAST:
        return Told(side, None)
    taken_up = sum(one.taken_up for one in asked)
    refused = sum(one.refused and not one.taken_up for one in asked)
    parts = (taken_up, refused, len(asked) - taken_up - refused)
    if any(0 < part < LEAST for part in parts):
        return Told(side, len(asked))
    return Told(side, len(asked), *parts)
