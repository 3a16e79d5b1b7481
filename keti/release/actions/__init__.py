"""Every act of the room: closing (`closing`), the roll, its proof (`rolls`, `proofs`), publishing
(`publishing`)."""

from keti.release.actions.closing import close_programme, finish_programme
from keti.release.actions.producing import job_of, order_again, produce
from keti.release.actions.proofs import (
    Wishes,
    answer_proof,
    close_proof,
    open_proof,
    settle_proof,
)
from keti.release.actions.publishing import make_ready, publish, retract
from keti.release.actions.rolls import Form, correct_entry, draw_up_roll

__all__ = [
    "Form",
    "Wishes",
    "answer_proof",
    "close_programme",
    "close_proof",
    "correct_entry",
    "draw_up_roll",
    "finish_programme",
    "job_of",
    "make_ready",
    "open_proof",
    "order_again",
    "produce",
    "publish",
    "retract",
    "settle_proof",
]
