"""When a letter goes, and by what. Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

SOON = timedelta(hours=1)
"""What is due within it is not held back."""
MORNING = time(8)
"""When news is gathered into one letter, on the wall clock of the programme."""


@dataclass(frozen=True, slots=True)
class Going:
    """What a channel is told of a message to one person: the address it would go to, or ""; from
    when it may go; whether it is a code or link of theirs, whether it is news; what they wish
    (values of `DutyWish` and `NewsWish`); the wall clock of their mornings."""

    address: str
    at: datetime
    personal: bool
    news: bool
    duties: str
    gathered: str
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class Start:
    """How a delivery begins: in which state, from when it goes, gathered with others or alone."""

    state: str
    at: datetime
    gathered: bool = False


def held_until(at: datetime, hold: timedelta, about: datetime | None) -> datetime | None:
    """Until when a letter written at `at` waits so that it can be recalled; None where it goes at
    once, as does what is about an instant within the hour."""
    if not hold or (about is not None and about - at <= SOON):
        return None
    return at + hold


def next_morning(at: datetime, zone: tzinfo) -> datetime:
    """The first eight o'clock of the wall clock that is not before `at`."""
    day = at.astimezone(zone).date()
    today = datetime.combine(day, MORNING, zone)
    return today if today >= at else datetime.combine(day + timedelta(days=1), MORNING, zone)
