"""Every act of the room: opening gates, opinions and conflicts, decisions and what follows."""

from keti.review.actions.again import vote_again
from keti.review.actions.asking import ask_decision
from keti.review.actions.deciding import decide
from keti.review.actions.opening import declare_gates, drop_gates, open_gate
from keti.review.actions.opinions import (
    MarkedCopy,
    change_opinion,
    declare_conflict,
    give_opinion,
    withdraw_opinion,
)

__all__ = [
    "MarkedCopy",
    "ask_decision",
    "change_opinion",
    "decide",
    "declare_conflict",
    "declare_gates",
    "drop_gates",
    "give_opinion",
    "open_gate",
    "vote_again",
    "withdraw_opinion",
]
