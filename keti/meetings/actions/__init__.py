"""Every act of the room: arranging (`arranging`), who else is invited (`inviting`), minutes
(`minutes`), who came (`correcting`)."""

from keti.meetings.actions.arranging import (
    How,
    MeetingPlan,
    announce_meeting,
    call_meeting,
    cancel_meeting,
    move_meeting,
    plan_meeting,
)
from keti.meetings.actions.correcting import correct_attendance
from keti.meetings.actions.inviting import NOBODY, Beside, invite_beside, uninvite
from keti.meetings.actions.minutes import confirm_minutes, keep_picture, record_minutes
from keti.meetings.rules import GuestFacts, ItemFacts, MinutesFacts

__all__ = [
    "NOBODY",
    "Beside",
    "GuestFacts",
    "How",
    "ItemFacts",
    "MeetingPlan",
    "MinutesFacts",
    "announce_meeting",
    "call_meeting",
    "cancel_meeting",
    "confirm_minutes",
    "correct_attendance",
    "invite_beside",
    "keep_picture",
    "move_meeting",
    "plan_meeting",
    "record_minutes",
    "uninvite",
]
