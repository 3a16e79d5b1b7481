"""A charter that locks itself is an error: no decision in the file talks it away."""

from __future__ import annotations

import pytest

from keti.charter.tests.sound import SOUND, bent, judged
from keti.charter.tests.test_lint_people import ROSTER, seated

DECIDED = "    resolve: {by: clerk, why: 试一试}\n"
LOCKED = [
    ("when: panel.approve\n", "when: panel.approve and panel.revise\n", "  last:\n", "GAT303"),
    ("when: start.approve\n", "when: panel.approve and start.approve\n", "  check:\n", "GAT304"),
    ("when: start.approve\n", "when: start.stop\n", "  check:\n", "GAT305"),
]


@pytest.mark.parametrize(("old", "new", "block", "number"), LOCKED)
def test_a_deadlock_is_an_error_even_where_it_was_decided(old, new, block, number):
    found = {(one.number, one.severity) for one in judged(bent(old, new))}
    assert (number, "error") in found
    decided = judged(bent(block, block + DECIDED, bent(old, new)))
    assert {one.severity for one in decided if one.number == number} == {"error"}


def test_a_quorum_nobody_can_reach_is_an_error_unless_it_is_decided_about():
    high = ("rule: {quorum: 2/3, approve: 1/2}\n", "rule: {quorum: 9, approve: 1/2}\n")
    assert [(one.number, one.severity) for one in judged(bent(*high))] == [("ROL207", "error")]
    decided = judged(bent("  panel:\n", "  panel:\n" + DECIDED, bent(*high)))
    assert [(one.number, one.severity) for one in decided] == [("ROL207", "note")]


def test_seats_that_are_empty_for_now_are_a_warning():
    rows = [row for row in ROSTER if " wise " not in row]
    found = judged(SOUND, roster=seated(*rows))
    assert {(one.number, one.severity) for one in found} == {("ROL207", "warning")}


def test_a_condition_on_nothing_is_told_once():
    found = [one.number for one in judged(bent("when: panel.approve\n", "when: panel.yes\n"))]
    assert "SHP142" in found
    assert "GAT303" not in found


def test_a_decider_nobody_declared_is_told_once():
    found = [one.number for one in judged(bent("decides: [wise]", "decides: [wize]"))]
    assert "SHP137" in found
    assert "ROL207" not in found


def test_a_gate_that_one_recusal_would_stop_is_told():
    old = "rule: {quorum: 2/3, approve: 1/2}\n"
    text = bent(old, old + "    composition: {wise: {min: 3}}\n")
    assert judged(text) == []
    few = bent("wise: {in: whole, min: 3,", "wise: {in: whole, min: 3, max: 3,", text)
    assert [(one.number, one.path) for one in judged(few)] == [
        ("ROL213", "gates.panel.composition.wise")
    ]
