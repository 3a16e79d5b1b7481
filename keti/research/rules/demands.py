"""How many demands each side made and what was answered, without telling whose a small count is.

Demands may be confidential, and everybody inside reads these figures: a count of one or two among
few bodies names them. So does a count from which what everybody reads can be taken away. Pure.
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
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What is shown of one side; None where it is not."""

    side: str
    count: int | None
    taken_up: int | None = None
    refused: int | None = None
    open: int | None = None


def told(asked: Iterable[Asked], sides: Sequence[str]) -> tuple[tuple[Told, ...], int | None]:
    """The figures of each side and of all. A small count is left out, and one in which few are
    confidential: the list of the others would tell them. So is how a count divides where one part
    is small, and the whole where a side is left out: the rest would tell it."""
    every = [*asked]
    rows = tuple(_told(side, [one for one in every if one.side == side]) for side in sides)
    shown = all(row.count is not None for row in rows)
    return rows, len(every) if shown else None


def _told(side: str, asked: Sequence[Asked]) -> Told:
    kept = [one for one in asked if one.confidential]
    if _few(len(asked), len(kept)):
        return Told(side, None)
    parts = _parts(asked)
    if _few(*parts, *_parts(kept)):
        return Told(side, len(asked))
    return Told(side, len(asked), *parts)


def _few(*counts: int) -> bool:
    return any(0 < count < LEAST for count in counts)


def _parts(asked: Sequence[Asked]) -> tuple[int, int, int]:
    taken_up = sum(one.taken_up for one in asked)
    refused = sum(one.refused and not one.taken_up for one in asked)
    return taken_up, refused, len(asked) - taken_up - refused
