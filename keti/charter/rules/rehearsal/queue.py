"""An event queue: people do one thing at a time, in the order in which things come to them. Pure.

Every event is handled at its own instant: nobody is booked before the work has come to them.
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush

ARRIVE, FINISH = 0, 1
Handler = Callable[[float, int], None]


class Simulator:
    """The people of one rehearsal, their piles of work, and the clock.

    `arrived` is called when a thing's time has come, `finished` when somebody has done it.
    Of several things on one desk the one due first is taken first.
    """

    __slots__ = ("_events", "_number", "_piles", "_taken", "arrived", "finished")

    def __init__(self, people: int, arrived: Handler, finished: Handler) -> None:
        self._events: list[tuple[float, int, int, int, int]] = []
        self._piles: list[list[tuple[float, int, float, int]]] = [[] for _ in range(people)]
        self._taken = [False] * people
        self._number = 0
        self.arrived, self.finished = arrived, finished

    def at(self, time: float, thing: int) -> None:
        """Let a thing's time come."""
        self._number += 1
        heappush(self._events, (time, self._number, ARRIVE, thing, -1))

    def give(self, time: float, person: int, due: float, effort: float, thing: int) -> None:
        """Put a thing on somebody's pile now; it is begun at once when the desk is free."""
        self._number += 1
        if self._taken[person]:
            heappush(self._piles[person], (due, self._number, effort, thing))
            return
        self._begin(time, person, effort, thing)

    def run(self) -> None:
        """Handle every event in the order of time."""
        events, piles = self._events, self._piles
        while events:
            time, _, kind, thing, person = heappop(events)
            if kind == ARRIVE:
                self.arrived(time, thing)
                continue
            self._taken[person] = False
            self.finished(time, thing)
            pile = piles[person]
            if pile and not self._taken[person]:
                _, _, effort, following = heappop(pile)
                self._begin(time, person, effort, following)

    def _begin(self, time: float, person: int, effort: float, thing: int) -> None:
        self._taken[person] = True
        self._number += 1
        heappush(self._events, (time + effort, self._number, FINISH, thing, person))
