"""One run of a programme: every duty drawn, done and judged once. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from random import Random

from keti.charter.rules.compiled import GateSpec
from keti.charter.rules.rehearsal.assumptions import Assumptions
from keti.charter.rules.rehearsal.course import Course
from keti.charter.rules.rehearsal.queue import Simulator

NEVER = -1.0


@dataclass(slots=True)
class Lived:
    """When each thing came to its people and was over, by number; and what came last before it."""

    ready: list[float]
    done: list[float]
    held_by: list[int]


def rounds(gate: GateSpec) -> int:
    """How many rounds a gate may take: one that sends work back has at least two."""
    offers = any(one.effect == "revise" for one in gate.outcomes)
    return max(gate.max_rounds, 2) if offers else 1


class Run:
    """A rehearsal of one course, to be lived again and again with other draws.

    `recorded`: working days from opening to done, by kind, that replace what is assumed.
    `earlier`: kinds whose time begins and ends so many working days earlier.
    """

    def __init__(
        self,
        course: Course,
        assumed: Assumptions,
        recorded: Mapping[str, Sequence[float]] | None = None,
        earlier: Mapping[str, float] | None = None,
    ) -> None:
        self.things, self.people = course.things, len(course.people)
        self.assumed = assumed
        self.recorded = {key: tuple(one) for key, one in (recorded or {}).items() if one}
        shifts = earlier or {}
        self.opens = [
            (one.opened if one.kind in self.recorded else one.opens) - shifts.get(one.kind, 0.0)
            for one in self.things
        ]
        self._rounds = {n: rounds(one.gate) for n, one in enumerate(self.things) if one.gate}
        self._start = [one.needs for one in self.things]

    def live(self, random: Random) -> Lived:
        """Let everything happen once."""
        count = len(self.things)
        self._left, self._open, self._turn = self._start.copy(), [0] * count, [0] * count
        self._lived = Lived([NEVER] * count, [NEVER] * count, [-1] * count)
        self._draw(random)
        self._desk = Simulator(self.people, self._arrived, self._finished)
        for number, left in enumerate(self._left):
            if not left:
                self._desk.at(self._begin[number], number)
        self._desk.run()
        return self._lived

    def _draw(self, random: Random) -> None:
        """When each thing is begun at the earliest, how long it takes, how a round ends.

        The draws come in the order of the file: two variants differ in nothing but what varies.
        """
        gauss, uniform, assumed = random.gauss, random.random, self.assumed
        spread, per_day = assumed.spread, 1 / assumed.hours_a_day
        self._begin, self._effort, self._chance = [], [], []
        self._reads: dict[int, list[float]] = {}
        self._verdicts: dict[int, list[float]] = {}
        for number, thing in enumerate(self.things):
            late, chance = uniform(), uniform()
            window = 0.0
            if thing.gate:
                turns = self._rounds[number]
                many = len(thing.people) * turns
                days = thing.effort * per_day
                self._reads[number] = [days * exp(spread * gauss(0, 1)) for _ in range(many)]
                self._verdicts[number] = [uniform() for _ in range(turns)]
            elif thing.people and thing.kind not in self.recorded:
                window = (thing.due - thing.opens) * assumed.begin
            self._begin.append(self.opens[number] + late * window)
            self._effort.append(thing.effort * per_day * exp(spread * gauss(0, 1)))
            self._chance.append(chance)

    def _arrived(self, time: float, token: int) -> None:
        """A thing's time has come; a token beyond the last thing: it is over by itself."""
        count = len(self.things)
        if token >= count:
            self._done(time, token - count)
            return
        thing = self.things[token]
        self._lived.ready[token] = time
        past = self.recorded.get(thing.kind)
        if past:
            elapsed = past[int(self._chance[token] * len(past))]
            self._desk.at(max(time, self.opens[token] + elapsed), token + count)
        elif thing.gate:
            self._read(time, token)
        elif thing.people:
            self._desk.give(time, thing.people[0], thing.due, self._effort[token], token)
        else:
            self._desk.at(time + thing.span, token + count)

    def _finished(self, time: float, token: int) -> None:
        """Somebody has done something; a token beyond the last thing: a revision for a gate."""
        count = len(self.things)
        number = token - count if token >= count else token
        if not self.things[number].gate:
            self._done(time, number)
            return
        self._open[number] -= 1
        if self._open[number] == 0:
            (self._read if token >= count else self._decide)(time, number)

    def _read(self, time: float, number: int) -> None:
        """Everybody who decides reads the inputs."""
        thing = self.things[number]
        self._open[number] = len(thing.people)
        first = self._turn[number] * len(thing.people)
        for place, person in enumerate(thing.people, first):
            self._desk.give(time, person, thing.due, self._reads[number][place], number)

    def _decide(self, time: float, number: int) -> None:
        """The gate lets pass, or sends its inputs back while there is a round left."""
        turn, assumed = self._turn[number], self.assumed
        limit = assumed.revise_later if turn else assumed.revise_first
        if turn + 1 >= self._rounds[number] or self._verdicts[number][turn] >= limit:
            self._done(time, number)
            return
        self._turn[number] = turn + 1
        gate, count = self.things[number], len(self.things)
        back = [one for one in gate.inputs if self.things[one].people]
        self._open[number] = len(back)
        for one in back:
            due, effort = time + gate.revision_days, self._effort[one] * assumed.revision
            self._desk.give(time, self.things[one].people[0], due, effort, count + number)
        if not back:
            self._read(time, number)

    def _done(self, time: float, number: int) -> None:
        self._lived.done[number] = time
        for after in self.things[number].leads_to:
            self._left[after] -= 1
            if self._left[after] == 0:
                self._lived.held_by[after] = number
                self._desk.at(max(time, self._begin[after]), after)
