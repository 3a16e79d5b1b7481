"""Every act of the room: a checkpoint confirmed on the page (`confirming`), a unit's own key, and a
checkpoint signed with it (`signing`)."""

from keti.witness.actions.confirming import DIFFERS, confirm, dispute, withdraw, write_monthly
from keti.witness.actions.signing import cosign, lodge_key, note_of, withdraw_key

__all__ = [
    "DIFFERS", "confirm", "cosign", "dispute", "lodge_key", "note_of", "withdraw",
    "withdraw_key", "write_monthly",
]  # fmt: skip
