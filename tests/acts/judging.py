"""Scenes of judging: a round with and without remarks, a gate that sends back."""

from keti.consultation.actions import Remark, comment, no_remarks, open_round
from keti.reports.tests.conftest import Desk
from keti.review.actions import change_opinion, withdraw_opinion
from keti.review.tests.bench import longer, opened, sent_back, vote
from tests.acts.undoing import Scene
from tests.cast import Cast


def rounds(cast: Cast) -> None:
    """A round on the outline: one has no remarks, another comments."""
    cast.at("2030-06-03T09:00")
    Desk(cast).plain("tao", "skeleton", bones="第一章写现状。")
    found = open_round(cast.qin.act(), obligation=cast.duty("remarks"))
    no_remarks(cast.lu.act(), round=found)
    comment(cast.lu.act(), round=found, remark=Remark("还是补一条。"))


def gates(cast: Cast) -> None:
    """A gate sends the report it judged back; more time is asked for."""
    sent_back(cast)
    longer(cast)


def second_thoughts(cast: Cast) -> None:
    """Who gave an opinion says something else, then withdraws it."""
    on = opened(cast)
    vote(cast, "ren", "approve", on)
    cast.at("2030-05-17T10:00")
    change_opinion(cast.ren.act(), gate=on, verdict="revise", comment="请补充案例。")
    withdraw_opinion(cast.ren.act(), gate=on, reason="另有材料要看。")


JUDGING: dict[Scene, set[str]] = {
    rounds: {"consultation.no_remarks"},
    gates: {"reports.send_back", "review.ask_decision"},
    second_thoughts: {"review.change_opinion", "review.withdraw_opinion"},
}
