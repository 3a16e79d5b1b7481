"""What can be said about post without tables: the calendar file, a mail server's answers."""

from keti.notify.rules.feed import DueDate, calendar
from keti.notify.rules.replies import Fate, Outcome, judged

__all__ = ["DueDate", "Fate", "Outcome", "calendar", "judged"]
