"""How a vote on an amendment stands: carried, lost, or still open. Counted as at a gate. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from keti.charter.rules.compiled import GateRule
from keti.review.rules import Votes, carried, quorum

APPROVED, REFUSED, OPEN = "approved", "refused", ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many may vote, and how many voted for and against."""

    seats: int
    yes: int
    no: int

    @property
    def cast(self) -> int:
        return self.yes + self.no


def needed(rule: GateRule, count: Count) -> int:
    """How many must vote; without a quorum everybody who may."""
    return quorum(rule, Votes(count.seats, 0, ()))


def result(rule: GateRule, count: Count, *, over: bool) -> str:
    """Once everybody has voted or the time is `over` the votes cast decide; before that only what
    those who are silent cannot change any more."""
    silent = max(count.seats - count.cast, 0)
    enough = count.cast >= needed(rule, count)
    if over or not silent:
        return APPROVED if enough and carried(rule, count.yes, count.cast) else REFUSED
    if enough and carried(rule, count.yes, count.cast + silent):
        return APPROVED
    return OPEN if carried(rule, count.yes + silent, count.cast + silent) else REFUSED
