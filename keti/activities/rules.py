"""Who may take a place when, and how many are left. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Window:
    """When places are taken: from the announcement to `closes`; up to `priority` (none where it is
    None) only by who is entitled. Each is half-open: at its end it is over."""

    opens: datetime
    priority: datetime | None
    closes: datetime

    def in_priority(self, at: datetime) -> bool:
        """Is it a moment at which only the entitled may take a place?"""
        return self.priority is not None and self.opens <= at < self.priority

    def refusal(self, at: datetime, *, entitled: bool) -> str:
        """Why nobody, or this unit, may take a place at this moment; "" where it may."""
        if at < self.opens:
            return "activities.not-open-yet"
        if at >= self.closes:
            return "activities.closed"
        if self.in_priority(at) and not entitled:
            return "activities.priority-of-others"
        return ""


def left(places: int, taken: Iterable[int]) -> int:
    """How many places nobody took."""
    return places - sum(taken)
