"""Writing letters into the outbox, and delivering what is due."""

from keti.notify.actions.posting import (
    STRANDED,
    Letter,
    note_announcement,
    post,
    readdress,
    send_again,
)
from keti.notify.actions.sending import TRIES, deliver_due

__all__ = [
    "STRANDED",
    "TRIES",
    "Letter",
    "deliver_due",
    "note_announcement",
    "post",
    "readdress",
    "send_again",
]
