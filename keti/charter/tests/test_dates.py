"""Dates: nothing rounds silently, nothing rolls to a day off, February has its day."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keti.charter.rules.dates import DateProblem, Dates, Moment, add_months, clock, duration
from keti.charter.rules.recurrence import days_of, periods_of
from keti.charter.rules.workdays import Workdays

CN = Workdays("cn")
SHANGHAI = ZoneInfo("Asia/Shanghai")
TERM = Moment(date(2022, 5, 1), date(2022, 10, 31))
days = st.dates(date(2005, 1, 1), date(2026, 11, 30))


def value(text: str, rounding: str = "") -> date:
    return (
        Dates({"term": TERM, "day": Moment.on(date(2022, 5, 27))}.__getitem__, CN)
        .moment(text, rounding)
        .day
    )


@pytest.mark.parametrize(
    ("text", "rounding", "expected"),
    [
        ("2022-05-27", "", date(2022, 5, 27)),
        ("day + 7 workdays", "", date(2022, 6, 8)),
        ("day - 1 workday", "", date(2022, 5, 26)),
        ("midpoint(term)", "", date(2022, 8, 1)),
        ("midpoint(term, day)", "", date(2022, 5, 14)),
        ("midpoint(term) + 10 workdays", "", date(2022, 8, 15)),
        ("term.to - P1M", "down", date(2022, 9, 30)),
        ("term.to - P1M", "up", date(2022, 10, 1)),
        ("term.from + P2W - P1D", "", date(2022, 5, 14)),
        ("2022-11", "", date(2022, 11, 1)),
        ("2022-05-25T24:00", "", date(2022, 5, 25)),
    ],
)
def test_expressions(text, rounding, expected):
    assert value(text, rounding) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("term.to - P1M", "charter.rounding"),
        ("2022-02-29", "charter.no-such-date"),
        ("term + P1D", "charter.span-needs-side"),
        ("dya + P1D", "charter.unknown-anchor"),
        ("day + soon", "charter.bad-date"),
        ("day + P", "charter.bad-date"),
        ("2022-05-27T25:00", "charter.bad-time"),
        ("2022-05-27 + P99999Y", "charter.out-of-range"),
    ],
)
def test_refused_expressions(text, code):
    with pytest.raises(DateProblem) as refusal:
        value(text)
    assert refusal.value.code == code


@given(days, st.integers(-60, 60))
def test_month_arithmetic_keeps_the_day_or_asks(day, months):
    try:
        found = add_months(day, months, "")
    except DateProblem:
        down, up = add_months(day, months, "down"), add_months(day, months, "up")
        assert up - down == timedelta(days=1)
        assert up.day == 1
        assert down.day < day.day
    else:
        assert found.day == day.day
        assert (found.year - day.year) * 12 + found.month - day.month == months


@given(days, st.sampled_from(["next-workday", "previous-workday"]))
def test_rolling_lands_on_a_working_day_and_no_farther_than_needed(day, how):
    found = CN.roll(day, how)
    assert CN.is_workday(found)
    first, last = sorted((day, found))
    between = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert [one for one in between if one != found and CN.is_workday(one)] == []


@given(days, st.integers(1, 40))
def test_adding_working_days_and_counting_them_agree(day, count):
    found = CN.add(day, count)
    assert CN.is_workday(found)
    assert CN.between(day, found) == count


@given(st.integers(2000, 2099))
def test_the_thirtieth_or_the_last_day_exists_in_every_month(year):
    rule = "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"
    found = days_of(rule, date(year, 1, 1), date(year, 12, 31))
    assert len(found) == 12
    assert found[1] == date(year, 3, 1) - timedelta(days=1)
    assert {day.day for day in found if day.month != 2} == {30}
    assert periods_of(found)[1] == f"{year}-02"


def test_two_days_in_a_month_are_told_apart_by_their_date():
    found = days_of("FREQ=WEEKLY;BYDAY=TU", date(2022, 6, 1), date(2022, 6, 20))
    assert periods_of(found) == ("2022-06-07", "2022-06-14")


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=MONTHLY;INTERVAL=0", "every day",
        "FREQ=DAILY;BYMONTHDAY=30;BYMONTH=2", "FREQ=MONTHLY;BYDAY=XX", "FREQ=DAILY",
    ],
)  # fmt: skip
def test_rules_that_cannot_be_used_are_refused(rule):
    with pytest.raises(DateProblem):
        days_of(rule, date(2000, 1, 1), date(2022, 1, 1))


def test_make_up_days_and_holidays_of_2022():
    assert CN.is_workday(date(2022, 5, 7))
    assert CN.is_workday(date(2022, 10, 8))
    assert not CN.is_workday(date(2022, 10, 7))
    assert not Workdays("mon-fri").is_workday(date(2022, 5, 7))


def test_a_year_without_a_table_falls_back_and_is_remembered():
    table = Workdays("cn")
    assert table.is_workday(date(2040, 1, 2))
    assert not table.is_workday(date(2040, 1, 1))
    assert table.unknown_years == {2040}


def test_a_day_ends_at_the_next_midnight_and_a_time_at_itself():
    whole, timed = Moment.on(date(2022, 5, 25)), Moment.on(date(2022, 5, 26), clock("18:00"))
    assert whole.end(SHANGHAI).isoformat() == "2022-05-25T16:00:00+00:00"
    assert whole.end(SHANGHAI) == Moment.on(date(2022, 5, 25), clock("24:00")).end(SHANGHAI)
    assert timed.end(SHANGHAI).isoformat() == "2022-05-26T10:00:00+00:00"


def test_durations():
    assert duration("P-5D").plain() == duration("P5D").plain() == timedelta(days=5)
    assert duration("P1W").plain() == timedelta(days=7)
    assert duration("PT12H30M").plain() == timedelta(hours=12, minutes=30)
    with pytest.raises(DateProblem):
        duration("P1M").plain()
