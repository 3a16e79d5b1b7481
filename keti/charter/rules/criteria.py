"""What an honour asks for: one fact of the record and how much of it. Pure; no table, no charter.

`COMPUTED` is the whole language: what is not in it no act computes, and the linter says so.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

FACT = re.compile(r"([a-z][\w.]*?)\s*(?:(>=|<=|==|>|<)\s*(\d+)(?:/(\d+)|(%))?)?\Z")
BOOK, REPORT, MEETING, DELIVERABLE, DUTY, INPUT, PEER = (
    "task_book", "report", "meeting", "deliverable", "obligation", "input", "nomination",
)  # fmt: skip
COMPUTED: dict[str, tuple[str, ...]] = {
    BOOK: ("met",),
    REPORT: ("on_time", "accepted"),
    MEETING: ("attended",),
    DELIVERABLE: ("on_time", "accepted"),
    DUTY: ("met", "on_time"),
    INPUT: ("reported", "verified"),
    PEER: ("by_peers",),
}
"""Of what is recorded of everybody, the states that are counted."""
OF_A_WORK = ("met", "on_time", "accepted")
"""Of a work of the charter, by its key."""
COUNTED = (INPUT, PEER)
"""What nobody owes: some of it is enough where no number is named."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of how many: what was done, what was owed, and the keys of what is behind either."""

    done: int = 0
    owed: int = 0
    behind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """One fact, and what is asked of its tally; without a sign all of it."""

    word: str
    about: str
    state: str
    sign: str = ""
    number: int = 0
    share: int = 0

    @property
    def measure(self) -> str:
        """What is counted: `report.on_time`."""
        return f"{self.about}.{self.state}"

    def computed(self, works: Collection[str]) -> bool:
        """Is there an act whose lines tell this, of everybody or of one of these works?"""
        if self.about in COMPUTED:
            return self.state in COMPUTED[self.about]
        return self.about in works and self.state in OF_A_WORK

    def holds(self, tally: Tally) -> bool:
        """Is it met? A share of nothing is not: who owed nothing has met nothing."""
        if not self.sign:
            few = self.about in COUNTED
            return tally.done > 0 and (few or tally.done >= tally.owed)
        if self.share and not tally.owed:
            return False
        found = Fraction(tally.done, tally.owed) if self.share else Fraction(tally.done)
        asked = Fraction(self.number, self.share or 1)
        return {
            ">=": found >= asked, "<=": found <= asked, "==": found == asked,
            ">": found > asked, "<": found < asked,
        }[self.sign]  # fmt: skip


def read_criterion(word: str) -> Criterion | None:
    """The criterion a word of the charter names; None where it is no fact."""
    found = FACT.match(word.strip())
    if found is None:
        return None
    name, sign, number, of, percent = found.groups()
    share = 100 if percent else int(of or 0)
    for about, state in _splits(name):
        if about.removesuffix("s") in COMPUTED:
            about = about.removesuffix("s")
        if state in {*OF_A_WORK, *(one for some in COMPUTED.values() for one in some)}:
            return Criterion(word.strip(), about, state, sign or "", int(number or 0), share)
    return None


def _splits(name: str) -> list[tuple[str, str]]:
    """A name as what it is about and in which state: `a.b_met` -> (a, b_met), (a.b, met)."""
    marks = [at for at, sign in enumerate(name) if sign in "._"]
    return [(name[:at], name[at + 1 :]) for at in reversed(marks) if at]
