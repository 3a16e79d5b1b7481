"""What is printed of opinions is what stands, not what was said first."""

import pytest

from keti.release.queries.annexes import _differed
from keti.review.actions import change_opinion, decide
from keti.review.tests.bench import opened, vote
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_an_opinion_that_was_changed_to_the_outcome_did_not_differ(cast: Cast) -> None:
    on = opened(cast)
    vote(cast, "ren", "revise", on, comment="请修改。")
    act = cast.ren.act("2030-05-17T10:00")
    change_opinion(act, gate=on, verdict="approve", comment="看过附件，同意。")
    vote(cast, "rong", "approve", on, at="2030-05-17T11:00")
    made = decide(cast.qin.act("2030-05-18T09:00"), gate=on, outcome="approve", reasons="好。")
    assert _differed(made, "zh") == ()
