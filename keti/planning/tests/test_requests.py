"""Decisions on request in an amendment: they come, change and go; what was asked for stays."""

import pytest

from conftest import CHARTER
from keti.charter.actions import CharterFile
from keti.charter.queries import compiled
from keti.charter.rules import load
from keti.planning.actions import propose_amendment
from keti.planning.rules import changes as made
from keti.planning.rules.applied import applied, standing
from keti.planning.rules.plan import plan
from keti.planning.rules.reality import founded
from keti.planning.tests.test_amending import Proposal
from keti.review.actions import decide, declare_conflict
from keti.review.tests.bench import longer
from tests.cast import local

WORDS = CHARTER.read_text("utf-8")
LONGER = WORDS.replace("    within: P10D\n", "    within: P20D\n", 1)
AT = local("2030-04-01T00:00")


def charter(text):
    found, findings = load(text, "cast.yaml")
    assert findings == []
    return found


def test_a_longer_term_is_a_change_of_the_gate_and_of_no_duty():
    before, after = charter(WORDS), charter(LONGER)
    found = plan(after, founded(before), AT)
    assert [(one.verb, one.thing, one.key) for one in found.changes] == [
        (made.ADJUST, made.GATE, "more_time@cell.red"),
        (made.ADJUST, made.GATE, "more_time@cell.blue"),
    ]
    assert found.changes[0].after == (("within", "20 days, 0:00:00"),)
    then = applied(founded(before), found, after)
    assert standing(then) == standing(founded(after))


def test_one_that_comes_and_one_that_goes():
    head, rest = WORDS.split("  more_time:", 1)
    without = head + rest[rest.index("  end:\n    zh: 最终评审") :]
    before, after = charter(without), charter(WORDS)
    assert {one.verb for one in plan(after, founded(before), AT).changes} == {made.CREATE}
    gone = plan(before, founded(after), AT)
    assert {(one.verb, one.thing) for one in gone.changes} == {(made.CANCEL, made.GATE)}
    assert standing(applied(founded(after), gone, before)) == standing(founded(before))


@pytest.mark.django_db
def test_what_was_asked_for_is_decided_as_the_charter_stood_then(cast):
    gate = longer(cast, "2030-03-04T09:00")
    text = WORDS.replace("    outcomes: [approve, refuse]\n", "    outcomes: [stop, refuse]\n", 1)
    made = propose_amendment(
        cast.gao.act("2030-03-05T09:00"),
        programme=cast.programme,
        proposal=Proposal(CharterFile("cast.yaml", text, ""), "改为申请终止。"),
    )
    assert made.state == "applied"
    assert {one.effect for one in compiled(cast.programme).requests[0].outcomes} == {
        "stop", "refuse",
    }  # fmt: skip
    gate.refresh_from_db()
    declare_conflict(cast.gao.act("2030-03-13T10:00"), gate=gate, has=False)
    decide(cast.gao.act("2030-03-13T10:00"), gate=gate, outcome="approve", reasons="同意。")
    gate.refresh_from_db()
    assert gate.outcome == "approve"
