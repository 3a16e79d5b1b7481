"""Every act of the room: closing (`closing`), the roll (`rolls`), publishing (`publishing`)."""

from keti.release.actions.closing import close_programme, finish_programme
from keti.release.actions.producing import job_of, order_again, produce
from keti.release.actions.publishing import publish, retract
from keti.release.actions.rolls import Form, correct_entry, draw_up_roll

__all__ = [
    "Form",
    "close_programme",
    "correct_entry",
    "draw_up_roll",
    "finish_programme",
    "job_of",
    "order_again",
    "produce",
    "publish",
    "retract",
]
