"""Entering, changing, tying and merging what the research says."""

from keti.research.actions.links import link, read_again, unlink
from keti.research.actions.merging import merge, undo_merge
from keti.research.actions.nodes import Said, change, enter, enter_all, settle, withdraw

__all__ = [
    "Said",
    "change",
    "enter",
    "enter_all",
    "link",
    "merge",
    "read_again",
    "settle",
    "undo_merge",
    "unlink",
    "withdraw",
]
