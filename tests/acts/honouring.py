"""Scenes of honours: every act of the room once, as the cast does them."""

from collections.abc import Callable

from keti.honours import actions
from keti.honours.tests.conftest import Hall, halled
from keti.jobs.actions import Asker, at_once
from tests.cast import Cast


def contributions(cast: Cast) -> None:
    """Put in and verified, put in and not, taken back."""
    hall = halled(cast)
    actions.verify_input(cast.ji.act(), contribution=hall.declare("mao"))
    one = hall.declare("mi")
    actions.decline_input(cast.ji.act(), contribution=one, reason="票据不清。")
    actions.withdraw_input(cast.mi.act(), contribution=one, reason="重复申报。")


def awards(cast: Cast) -> None:
    """One goes the whole way and is taken back; others end before."""
    hall = halled(cast)
    one = hall.noticed()
    made = actions.object_to(cast.hua.act(), nomination=one, text="请核对。")
    actions.answer_objection(cast.qin.act(), objection=made, upheld=False, answer="已核对。")
    cast.at("2030-06-24T09:00")
    one = actions.award(cast.qin.act(), nomination=one)
    with at_once():
        asker = Asker(cast.qin.person, cast.programme, cast.qin.seat.public_id)
        actions.order_all(cast.programme, asker, "/")
    stock(cast, one)
    actions.revoke(cast.qin.act(), nomination=one, reason="材料不实。")
    aside(cast, hall)


def stock(cast: Cast, one: object) -> None:
    """A badge is handed over and comes back, another is broken."""
    pieces = actions.receive_pieces(
        cast.qin.act(), programme=cast.programme, kind="badge", serials=["A1", "A2"]
    )
    actions.hand_piece(cast.qin.act(), piece=pieces[0], nomination=one, taken_by="毛（演示）")
    actions.return_piece(cast.qin.act(), piece=pieces[0], note="换一枚。")
    actions.write_off(cast.qin.act(), piece=pieces[1], note="破损。")


def aside(cast: Cast, hall: Hall) -> None:
    """Another is nominated; one who decides stands aside; the nomination ends."""
    hall.assess("mi")
    hall.verified("mi")
    one = hall.nominated("mi")
    hall.draw()
    one = actions.check(cast.qin.act(), nomination=one, told=hall.basis)
    actions.stand_aside(cast.ji.act(), nomination=one, text="曾与其合作。")
    actions.end_nomination(cast.lu.act(), nomination=one, reason="本人不愿意。")
    actions.certify_all(cast.qin.act(), programme=cast.programme, honour="leaf")


HONOURING: dict[Callable[[Cast], None], set[str]] = {
    contributions: {
        "honours.declare_input", "honours.decline_input", "honours.verify_input",
        "honours.withdraw_input",
    },
    awards: {
        "honours.answer_objection", "honours.assess_book", "honours.award", "honours.certify_all",
        "honours.check", "honours.draw_record", "honours.end_nomination", "honours.give_notice",
        "honours.hand_piece", "honours.nominate", "honours.object_to", "honours.produce",
        "honours.receive_pieces", "honours.return_piece", "honours.revoke",
        "honours.stand_aside", "honours.vote", "honours.write_off",
    },
}  # fmt: skip
