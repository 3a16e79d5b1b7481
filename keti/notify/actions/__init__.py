"""Writing letters into the outbox, and delivering what is due."""

from keti.notify.actions.delivering import deliver_due
from keti.notify.actions.mending import STRANDED, readdress, recall, send_again
from keti.notify.actions.posting import Letter, note_announcement, post, post_each

__all__ = [
    "STRANDED",
    "Letter",
    "deliver_due",
    "note_announcement",
    "post",
    "post_each",
    "readdress",
    "recall",
    "send_again",
]
