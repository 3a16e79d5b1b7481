"""What can be said about post without tables: when it goes, the calendar file, a mail server's
answers."""

from keti.notify.rules.feed import DueDate, calendar
from keti.notify.rules.going import Going, held_until
from keti.notify.rules.replies import Fate, Outcome, judged

__all__ = ["DueDate", "Fate", "Going", "Outcome", "calendar", "held_until", "judged"]
