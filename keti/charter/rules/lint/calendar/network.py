"""A simple temporal network: instants bound to each other by least distances. Pure.

It can be met exactly when no circle of bounds asks an instant to lie after itself. Written with
weights turned round this is the textbook's negative cycle; the circle is the explanation.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from keti.charter.rules.findings import Path
from keti.charter.rules.joining import NOTHING
from keti.kernel.acts import Text

NOW = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """`later` lies at least `least` minutes after `earlier`; the calendar itself is `NOW`.

    A deadline of a thing is a bound back to `NOW`, with the negative of its date as distance.
    """

    earlier: str
    later: str
    least: int
    why: Text = NOTHING
    path: Path = ()


def circle(bounds: Iterable[Bound]) -> tuple[Bound, ...]:
    """Bounds that cannot all hold, in the order of their steps; empty when all can (Bellman-Ford).

    It begins at the calendar where it passes through it.
    """
    every = tuple(bounds)
    at = {name: 0 for bound in every for name in (bound.earlier, bound.later)}
    last: dict[str, Bound] = {}
    for _ in range(len(at) + 1):
        moved = ""
        changed = False
        for bound in every:
            reached = at[bound.earlier] + bound.least
            if reached > at[bound.later]:
                at[bound.later], last[bound.later] = reached, bound
                moved, changed = bound.later, True
        if not changed:
            return ()
    return _around(moved, last, len(at))


def _around(name: str, last: dict[str, Bound], steps: int) -> tuple[Bound, ...]:
    for _ in range(steps):
        name = last[name].earlier
    found = [last[name]]
    while found[-1].earlier != name:
        found.append(last[found[-1].earlier])
    found.reverse()
    start = next((n for n, bound in enumerate(found) if bound.earlier == NOW), 0)
    return tuple(found[start:] + found[:start])


def excess(bounds: Iterable[Bound]) -> int:
    """By how many minutes a circle overshoots."""
    return sum(bound.least for bound in bounds)
