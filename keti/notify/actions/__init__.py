"""Writing letters into the outbox, and delivering what is due."""

from keti.notify.actions.delivering import deliver_due
from keti.notify.actions.forgetting import forget
from keti.notify.actions.mending import STRANDED, doubt_waiting, readdress, recall, send_again
from keti.notify.actions.posting import (
    Letter,
    Outsider,
    note_announcement,
    post,
    post_each,
    post_outside,
    post_outside_each,
)
from keti.notify.actions.preferring import prefer
from keti.notify.actions.writing import OwnWords, write

__all__ = [
    "STRANDED",
    "Letter",
    "Outsider",
    "OwnWords",
    "deliver_due",
    "doubt_waiting",
    "forget",
    "note_announcement",
    "post",
    "post_each",
    "post_outside",
    "post_outside_each",
    "prefer",
    "readdress",
    "recall",
    "send_again",
    "write",
]
