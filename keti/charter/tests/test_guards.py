"""Guards: the three-valued table, and why not yet."""

from __future__ import annotations

from itertools import product

import pytest

from keti.charter.rules import load
from keti.charter.rules.facts import facts
from keti.charter.rules.guards import BadGuard, Reading, evaluate, facts_of, parse
from keti.charter.tests.small import SMALL

VALUES = (True, False, None)


@pytest.mark.parametrize(("left", "right"), list(product(VALUES, VALUES)))
def test_and_or_not(left, right):
    facts = {"a.x": left, "b.x": right}
    both = False if False in (left, right) else None if None in (left, right) else True
    either = True if True in (left, right) else None if None in (left, right) else False
    assert evaluate("a.x and b.x", facts).value is both
    assert evaluate("a.x or b.x", facts).value is either
    assert evaluate("not a.x", facts).value is (None if left is None else not left)


def test_why_not_yet():
    facts = {"a.x": True, "b.x": False, "c.x": None}
    found = evaluate("a.x and b.x and c.x and d.x", facts)
    assert found == Reading(False, ("c.x", "d.x"), ("b.x",))


MANY = {"m.ok@g.1": True, "m.ok@g.2": None, "m.ok@g.3": False, "m.ok@g.4": True}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("all(m.ok)", False),
        ("any(m.ok)", True),
        ("count(m.ok) >= 2", True),
        ("count(m.ok) >= 3", None),
        ("count(m.ok) >= 4", False),
        ("count(m.ok) > 1", True),
        ("count(m.ok) < 2", False),
        ("count(m.ok) < 3", None),
        ("count(m.ok) <= 3", True),
        ("count(m.ok) == 4", False),
        ("count(m.ok) == 2", None),
        ("all(nothing.ok)", None),
    ],
)
def test_counting(text, value):
    assert evaluate(text, MANY).value is value


def test_a_fact_is_seen_from_its_own_group():
    assert evaluate("m.ok", MANY, "g.1").value is True
    assert evaluate("m.ok", MANY, "g.3") == Reading(False, (), ("m.ok@g.3",))
    assert evaluate("m.ok", MANY).value is None
    assert evaluate("one.ok", {"one.ok@top": True}, "g.1").value is True


def test_grammar():
    assert facts_of(parse("a.x and (b.y or not all(c.z)) and date >= day.to")) == (
        "a.x", "b.y", "c.z", "date>=day.to",
    )  # fmt: skip
    assert parse("a.x 且 全部(b.y)") == parse("a.x and all(b.y)")
    assert evaluate("a.x or b.x and c.x", {"a.x": True, "b.x": False}).value is True


@pytest.mark.parametrize(
    ("text", "at"),
    [("", 0), ("a.x and", 7), ("and a.x", 4), ("(a.x", 4), ("a.x b.x", 4), ("count(a.x)", 10),
     ("all a.x", 4), ("a.x & b.x", 4), ("not " * 50 + "a.x", 88)],
)  # fmt: skip
def test_unreadable_guards_say_where(text, at):
    with pytest.raises(BadGuard) as trouble:
        parse(text)
    assert trouble.value.at == at


def test_facts_of_a_charter():
    compiled, _ = load(SMALL, "small.yaml")
    assert compiled is not None
    end = compiled.gate("end@whole").when
    assert evaluate(end, facts(compiled, {}, ())).unknown == (
        "check.approve@team.a",
        "check.approve@team.b",
    )
    half = facts(compiled, {"check@team.a": "approve", "check@team.b": "revise"}, ())
    assert evaluate(end, half) == Reading(False, (), ("check.approve@team.b",))
    whole = facts(compiled, {"check@team.a": "approve", "check@team.b": "approve"}, ())
    assert evaluate(end, whole).value is True


def test_a_work_is_done_when_all_of_it_is():
    compiled, _ = load(SMALL, "small.yaml")
    assert compiled is not None
    notes = [one.key for one in compiled.obligations if one.key.startswith("note@team.a")]
    assert facts(compiled, {}, notes[1:])["note.done@team.a"] is None
    assert facts(compiled, {}, notes)["note.done@team.a"] is True
    assert facts(compiled, {}, notes)["note.done@team.b"] is None
