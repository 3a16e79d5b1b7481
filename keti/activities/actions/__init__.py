"""What is done of activities and of what is known of regions."""

from keti.activities.actions.announcing import (
    Announced,
    Came,
    announce,
    cancel_activity,
    hold_activity,
    unhold_activity,
)
from keti.activities.actions.guests import invite_guest, withdraw_guest
from keti.activities.actions.sheets import Sheet, check_sheet, enter_sheet, withdraw_sheet
from keti.activities.actions.spots import decline_places, take_places

__all__ = [
    "Announced",
    "Came",
    "Sheet",
    "announce",
    "cancel_activity",
    "check_sheet",
    "decline_places",
    "enter_sheet",
    "hold_activity",
    "invite_guest",
    "take_places",
    "unhold_activity",
    "withdraw_guest",
    "withdraw_sheet",
]
