"""When the cast does what it owes: mostly in time, now and then not. Fixed by the seed."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

HOURS = {
    "call": 0.0,
    "admission": 3.0,
    "appointment": 0.5,
    "founding": 14.0,
    "task_book": 10.0,
    "decision": 8.0,
    "publication": 14.0,
    "closing": 12.0,
    "roll": 12.0,
    "consultation": 9.0,
    "meeting": 10.0,
    "verification": 20.0,
}
TRIES = 25


def planned(duty: Any, dice: Random, now: datetime) -> datetime:
    """The instant at which the holder does this duty, never before it opens, never in the past."""
    if duty.form in HOURS:
        lead = timedelta(hours=HOURS[duty.form])
    else:
        lead = timedelta(hours=8) + timedelta(minutes=dice.randrange(0, 60 * 40))
    if duty.form == "decision" and duty.opens_at:
        lead = min(lead, duty.due_instant - duty.opens_at)
    at = duty.due_instant - lead
    if duty.opens_at and at < duty.opens_at:
        at = duty.opens_at + timedelta(hours=9)
    return max(at, now + timedelta(minutes=5))


def again(now: datetime) -> datetime:
    """When a refused scene is tried once more: the next morning at the same hour."""
    return now + timedelta(days=1)
