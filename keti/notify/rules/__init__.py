"""What can be said about post without tables: when it goes, the calendar file, a mail server's
answers."""

from keti.notify.rules.feed import (
    Appointment,
    CalendarText,
    DueDate,
    Mailbox,
    calendar,
    invitation,
    method_of,
)
from keti.notify.rules.going import Going, Start, held_until, next_morning
from keti.notify.rules.invited import Invited
from keti.notify.rules.merging import merged, unknown_places
from keti.notify.rules.replies import Fate, Outcome, judged

__all__ = [
    "Appointment",
    "CalendarText",
    "DueDate",
    "Fate",
    "Going",
    "Invited",
    "Mailbox",
    "Outcome",
    "Start",
    "calendar",
    "held_until",
    "invitation",
    "judged",
    "merged",
    "method_of",
    "next_morning",
    "unknown_places",
]
