"""The few acts of the house itself: reminders by hand, and letters."""

from keti.site.actions.letters import LIMIT_MB, OwnLetter, write_letter
from keti.site.actions.posts import recall, remind, resend

__all__ = ["LIMIT_MB", "OwnLetter", "recall", "remind", "resend", "write_letter"]
