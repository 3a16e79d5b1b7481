"""Every act of the room: figures, contributions, nominations, awards, certificates, stock."""

from keti.honours.actions.assessing import assess_book, draw_record
from keti.honours.actions.awarding import award, certify_all, give_notice, revoke
from keti.honours.actions.contributing import (
    Input,
    declare_input,
    decline_input,
    verify_input,
    withdraw_input,
)
from keti.honours.actions.deciding import check, stand_aside, vote
from keti.honours.actions.nominating import end_nomination, nominate
from keti.honours.actions.objecting import answer_objection, object_to
from keti.honours.actions.producing import order_all, produce
from keti.honours.actions.stocking import hand_piece, receive_pieces, return_piece, write_off

__all__ = [
    "Input",
    "answer_objection",
    "assess_book",
    "award",
    "certify_all",
    "check",
    "declare_input",
    "decline_input",
    "draw_record",
    "end_nomination",
    "give_notice",
    "hand_piece",
    "nominate",
    "object_to",
    "order_all",
    "produce",
    "receive_pieces",
    "return_piece",
    "revoke",
    "stand_aside",
    "verify_input",
    "vote",
    "withdraw_input",
    "write_off",
]
