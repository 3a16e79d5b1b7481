"""Every act of the room: arranging (`arranging`), minutes (`minutes`), who came (`correcting`)."""

from keti.meetings.actions.arranging import (
    Plan,
    announce_meeting,
    call_meeting,
    cancel_meeting,
    move_meeting,
    plan_meeting,
)
from keti.meetings.actions.correcting import correct_attendance
from keti.meetings.actions.minutes import confirm_minutes, record_minutes
from keti.meetings.rules import ItemFacts, MinutesFacts

__all__ = [
    "ItemFacts",
    "MinutesFacts",
    "Plan",
    "announce_meeting",
    "call_meeting",
    "cancel_meeting",
    "confirm_minutes",
    "correct_attendance",
    "move_meeting",
    "plan_meeting",
    "record_minutes",
]
