"""When the cast does what it owes: mostly in time, now and then not. Fixed by the seed."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from keti.charter.rules.compiled import GateSpec
from keti.kernel.forms_of_work import FORMS

HOURS = {one.key: one.ahead for one in FORMS if one.ahead is not None} | {"verification": 20.0}
TRIES = 25
MORNING, EVENING = 9, 20


def planned(duty: Any, dice: Random, now: datetime, first_by: datetime | None = None) -> datetime:
    """The instant at which the holder does this duty: in time, in working hours of the
    programme's zone, never before it opens, never in the past. A gate that must first be heard
    by `first_by` is heard then."""
    if duty.form in HOURS:
        at = _awake(duty, (first_by or duty.due_instant) - timedelta(hours=HOURS[duty.form]))
    else:
        at = _daytime(duty, duty.due_instant - timedelta(hours=dice.randrange(7, 46)), dice)
    if duty.opens_at and at < duty.opens_at:
        latest = duty.due_instant - timedelta(hours=1)
        at = max(at, min(duty.opens_at + timedelta(hours=10), latest))
    chosen: datetime = max(at, now + timedelta(minutes=5))
    return chosen


def heard_by(gate: GateSpec) -> datetime | None:
    """By when a panel gives its first verdict: as the charter says, or early enough for a revision
    and a day to judge it; None where it may be as late as the decision."""
    if gate.first_by or gate.max_rounds < 2 or gate.revise_within is None:
        return gate.first_by
    return gate.by_at - gate.revise_within - timedelta(days=1)


def _awake(duty: Any, at: datetime) -> datetime:
    """Not in the middle of the night: the same day at half past eight, where that is in time."""
    local = duty.programme.local(at)
    half_past: datetime = local.replace(hour=8, minute=30, second=0)
    return half_past if local.hour < 8 and half_past < duty.due_instant else at


def _daytime(duty: Any, at: datetime, dice: Random) -> datetime:
    local = duty.programme.local(at)
    hour = min(max(local.hour, MORNING), EVENING)
    moved: datetime = local.replace(hour=hour, minute=dice.randrange(60), second=0)
    return moved


def again(now: datetime) -> datetime:
    """When a refused scene is tried once more: the next day at the same hour."""
    return now + timedelta(days=1)


def pause(duty: Any, now: datetime) -> timedelta:
    """How long to wait for what this duty builds on: an hour on its last day, else a day."""
    last_day = timedelta(0) <= duty.due_instant - now <= timedelta(days=1)
    return timedelta(hours=1) if last_day else timedelta(days=1)
