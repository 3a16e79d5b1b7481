"""Entering, changing, tying and merging what the research says."""

from keti.research.actions.links import link, read_again, unlink
from keti.research.actions.merging import merge, undo_merge
from keti.research.actions.nodes import Said, change, enter, enter_all, settle, withdraw
from keti.research.actions.uptake import Became, say_uptake, verify_uptake, withdraw_uptake

__all__ = [
    "Became",
    "Said",
    "change",
    "enter",
    "enter_all",
    "link",
    "merge",
    "read_again",
    "say_uptake",
    "settle",
    "undo_merge",
    "unlink",
    "verify_uptake",
    "withdraw",
    "withdraw_uptake",
]
