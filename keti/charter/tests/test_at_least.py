"""So many times in each stretch of time: owed from its first day to its last."""

from datetime import date

import pytest

from keti.charter.rules import load
from keti.charter.rules.lint import lint
from keti.charter.rules.windows import windows
from keti.charter.rules.wording import worded
from keti.charter.tests.test_one_group import PACKAGES
from keti.kernel.acts import Text

BEFORE = "  wp_seats:"
TALKS = """\
  talks: {en: Talks, form: meeting, per: wp, by: lead, record: minutes, at_least: 1 per P45D, from: term.from, to: term.to}
"""  # noqa: E501


def talking(*change: str) -> str:
    line = TALKS.replace(*change) if change else TALKS
    return PACKAGES.replace(BEFORE, line + BEFORE)


@pytest.mark.parametrize(
    ("said", "first", "last", "expected"),
    [
        ("1 per P1Y", "2023-03-01", "2025-08-31", [("2023", "2024-02-29"), ("2024", "2025-02-28")]),
        ("2 per P6M", "2023-03-01", "2023-12-31", [("2023-03", "2023-08-31"),
                                                   ("2023-03.2", "2023-08-31")]),
        ("1 per P2W", "2023-03-01", "2023-03-28", [("2023-03-01", "2023-03-14"),
                                                   ("2023-03-15", "2023-03-28")]),
    ],
)  # fmt: skip
def test_whole_stretches_are_counted_from_the_first_day(said, first, last, expected):
    found = windows(said, date.fromisoformat(first), date.fromisoformat(last), "")
    assert [(one.period, one.last.isoformat()) for one in found] == expected


def test_each_stretch_is_owed_from_its_first_day_to_its_last():
    charter, found = load(talking(), "x")
    assert charter is not None, [one.as_text("en") for one in found]
    owed = [one for one in charter.obligations if one.kind == "talks" and one.group == "wp.w1"]
    assert [(one.key, f"{one.opens_at:%m-%d %H:%M}", f"{one.due_at:%m-%d %H:%M}") for one in owed
            if one.opens_at] == [
        ("talks@wp.w1/2023-03-01", "02-28 16:00", "04-14 16:00"),
        ("talks@wp.w1/2023-04-15", "04-14 16:00", "05-29 16:00"),
    ]  # fmt: skip
    assert charter.work("talks").recurring
    assert [one.as_text("en") for one in lint(talking(), "x") if one.severity == "error"] == []


def test_how_it_is_said():
    names = {"term": Text("期限", "Term")}
    assert worded(f"at least {'1 per P1Y'} from term.from", "zh", names) == (
        "自期限首日起每 1 年至少 1 次"
    )
    assert worded("at least 2 per P6M from term.from", "en", names) == (
        "at least twice in every 6 months from the first day of Term"
    )


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("once a year", "SHP193"), ("0 per P1Y", "SHP193"), ("1 per PT5H", "SHP193"),
        ("2 per P45D", "SHP194"), ("1 per P1Y", "SHP195"),
    ],
)  # fmt: skip
def test_what_is_no_such_rule_is_told_where_it_stands(said, number):
    told = [(one.number, one.path) for one in lint(talking("1 per P45D", said), "x")]
    assert (number, "obligations.talks.at_least") in told


def test_it_needs_its_ends_and_no_other_day():
    no_end = {one.number for one in lint(talking(", to: term.to", ""), "x")}
    assert "SHP171" in no_end
    both = {one.number for one in lint(talking("record: minutes", "due: 2023-04-14"), "x")}
    assert "SHP129" in both


ASKED = """
rounds:
  asked: {en: Asked, subject: paper, open: P20D, min: P1M, from: [head], disposition: required}
"""
ASKING = "  asking: {en: Asking, form: consultation, by: clerk, subject: paper, due: 2023-06-10}\n"


def asking(*changes: tuple[str, str]) -> str:
    text = PACKAGES.replace(BEFORE, ASKING + BEFORE) + ASKED
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return text


def test_a_round_is_open_for_so_long_at_the_least():
    charter, found = load(asking(("P20D", "P31D")), "x")
    assert charter is not None, [one.as_text("en") for one in found]
    assert charter.work("asking").least_open == "P1M"
    assert charter.work("paper").least_open == ""


def test_a_round_announced_for_less_than_its_least_is_told():
    told = {(one.number, one.path) for one in lint(asking(), "x")}
    assert ("SHP196", "rounds.asked.open") in told
    longer = {one.number for one in lint(asking(("P20D", "P30D")), "x")}
    assert "SHP196" not in longer
    odd = {(one.number, one.path) for one in lint(asking(("min: P1M", "min: month")), "x")}
    assert ("SHP123", "rounds.asked.min") in odd


def test_a_round_that_cannot_be_open_so_long_in_time_does_not_fit():
    short = asking(
        ("P20D", "P1D"), ("min: P1M", "min: P1D"), ("due: 2023-06-10", "due: 2023-06-09")
    )
    assert not [one for one in lint(short, "x") if one.severity == "error"]
    told = [one.path for one in lint(short.replace("min: P1D", "min: P12D").replace(
        "open: P1D", "open: P12D"), "x") if one.severity == "error"]  # fmt: skip
    assert told
