"""Entering, changing, tying and merging what the research says; what stands behind its cases."""

from keti.research.actions.assessing import assess
from keti.research.actions.cases import (
    Found,
    Parties,
    answer_approval,
    ask_approval,
    check_facts,
    say_provenance,
    withdraw_approval,
    withdraw_check,
)
from keti.research.actions.links import link, read_again, unlink
from keti.research.actions.merging import merge, undo_merge
from keti.research.actions.nodes import Said, change, enter, enter_all, settle, withdraw
from keti.research.actions.uptake import Became, say_uptake, verify_uptake, withdraw_uptake

__all__ = [
    "Became",
    "Found",
    "Parties",
    "Said",
    "answer_approval",
    "ask_approval",
    "assess",
    "change",
    "check_facts",
    "enter",
    "enter_all",
    "link",
    "merge",
    "read_again",
    "say_provenance",
    "say_uptake",
    "settle",
    "undo_merge",
    "unlink",
    "verify_uptake",
    "withdraw",
    "withdraw_approval",
    "withdraw_check",
    "withdraw_uptake",
]
