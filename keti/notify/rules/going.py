"""When a letter goes, and by what. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

SOON = timedelta(hours=1)
"""What is due within it is not held back."""


@dataclass(frozen=True, slots=True)
class Going:
    """What a channel is told of a message to one person: the address it would go to, or ""."""

    address: str


def held_until(at: datetime, hold: timedelta, about: datetime | None) -> datetime | None:
    """Until when a letter written at `at` waits so that it can be recalled; None where it goes at
    once, as does what is about an instant within the hour."""
    if not hold or (about is not None and about - at <= SOON):
        return None
    return at + hold
