"""Every act of docs/acts.md holds its rows in the one order, the head of the ledger last."""

from pathlib import Path

import pytest

from keti.play import live as playing
from keti.play.command import charter_file
from tests.acts.holding import ORDER, Holding, spied
from tests.acts.listed import listed, replaced
from tests.acts.recipes import SCENES
from tests.cast import Cast

ACTS = listed()
CHARTER = Path(__file__).resolve().parents[2] / "charters" / "association-standard.yaml"


def watched(holding: Holding):
    return replaced({name: (one.function, holding.watching(one)) for name, one in ACTS.items()})


@pytest.mark.slow
def test_the_acts_of_a_play_hold_rows_in_one_order(db):
    holding = Holding()
    with watched(holding), spied(holding):
        playing.live(playing.begin(charter_file(CHARTER), seed=1, slug="play", beside=CHARTER))
    assert "\n".join(sorted(holding.faults)) == ""
    assert len(holding.seen) > 30


@pytest.mark.parametrize("scene", SCENES, ids=lambda one: one.__name__)
def test_the_acts_of_a_scene_hold_rows_in_one_order(cast: Cast, scene):
    holding = Holding()
    with watched(holding), spied(holding):
        scene(cast)
    assert "\n".join(sorted(holding.faults)) == ""
    assert holding.seen


def test_a_planted_breach_is_found():
    holding = Holding(acting="x.do")
    for table in ("Obligation", "Report", "Head", "Seat", "Unheard"):
        holding.holds(table)
    holding.changes("Gate", made=False)
    holding.changes("Report", made=False)
    assert sorted(holding.faults) == [
        "x.do changes Gate after the head of the ledger",
        "x.do holds Report after Obligation",
        "x.do holds Seat after Obligation, Report, Head",
        "x.do holds Unheard, which has no place in the order",
    ]


def test_the_order_ends_with_the_ledger():
    assert ORDER[0] == "Programme"
    assert ORDER[-1] == "Head"
