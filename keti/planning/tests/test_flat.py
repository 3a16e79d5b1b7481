"""Maps of maps as lines, and back: nothing is lost, and what cannot be said is not shown."""

import pytest

from keti.planning.rules import flat

HELD = {
    "rule.a": {"each": "finding", "needs": {"source": 2, "sure": True}},
    "rule.b": {"from": ["甲", "乙"], "fresh": False},
}


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_lines_come_back_as_they_were(lang):
    shown = flat.lines(HELD, lang)
    assert shown is not None
    pairs = dict(line.split(" = ", 1) for line in shown.split("\n"))
    assert flat.parsed(pairs, HELD) == HELD


def test_lines_say_it_in_the_readers_language():
    assert flat.lines(HELD, "zh-hans") == (
        "rule.a / each = finding\nrule.a / needs / source = 2\nrule.a / needs / sure = 是\n"
        "rule.b / from = 甲、乙\nrule.b / fresh = 否"
    )
    assert "rule.b / from = 甲, 乙\nrule.b / fresh = no" in (flat.lines(HELD, "en") or "")


def test_a_changed_line_changes_its_value_alone():
    assert flat.parsed({"a / n": "3", "a / l": "x，y", "b": "one, two"}, {"a": {"l": ["x"]}}) == {
        "a": {"n": 3, "l": ["x", "y"]},
        "b": "one, two",
    }


@pytest.mark.parametrize(
    "held",
    [
        {"a": "yes"}, {"a": "7"}, {"a": "two\nlines"}, {"a / b": 1}, {"a": ["x、y"]},
        {"a": [{"b": 1}]}, {"a": {}}, {"a": None},
    ],
)  # fmt: skip
def test_what_would_not_come_back_stays_in_the_file(held):
    assert flat.lines(held, "zh-hans") is None
