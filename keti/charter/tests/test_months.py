"""Counted months of a term: in the calendar, in a work, beyond their end, over short months."""

import pytest

from keti.charter.rules import load
from keti.charter.tests.small import SMALL, bent, findings

MONTHLY = (
    'monthly: {rrule: "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", from: time.from, to: time.to}'
)
WIDE = SMALL.replace("to: 2022-10-31}", "to: 2025-04-30}").replace(
    "by: 2022-11-30", "by: 2025-05-30"
)


def dues(text: str, kind: str = "note") -> list[tuple[str, str]]:
    """Period and last day of every duty of a kind in the first group, as the file's zone has it."""
    charter, found = load(text, "small.yaml")
    assert charter is not None, [one.as_text("en") for one in found]
    owed = [one for one in charter.obligations if one.kind == kind and one.group == "team.a"]
    return [(one.period, f"{one.due_at:%Y-%m-%dT%H:%M}") for one in owed]


def test_a_month_of_a_term_ends_on_the_day_before_the_next_begins() -> None:
    text = WIDE.replace(MONTHLY, "monthly: {months: [2, 7, 13, 19, 25, 31, 36], from: time.from}")
    assert [period for period, _ in dues(text)] == [
        "2022-06", "2022-11", "2023-05", "2023-11", "2024-05", "2024-11", "2025-04",
    ]  # fmt: skip
    assert dues(text)[-1] == ("2025-04", "2025-04-30T16:00")


def test_months_are_counted_from_any_day_and_told_once_in_order() -> None:
    text = WIDE.replace(MONTHLY, "monthly: {months: [3, 1, 3], from: begin}")
    assert dues(text) == [("2022-06", "2022-06-26T16:00"), ("2022-08", "2022-08-26T16:00")]


def test_months_roll_to_working_days() -> None:
    text = WIDE.replace(MONTHLY, "monthly: {months: [2], from: begin, roll: next-workday}").replace(
        "begin: {date: 2022-05-27}", "begin: {date: 2022-05-10}"
    )
    assert dues(text) == [("2022-07", "2022-07-11T16:00")]


def test_a_work_counts_its_own_months() -> None:
    text = bent(
        "due: monthly, first: {skip_if_younger_than: 10 workdays}", "months: [1, 4], from: begin"
    )
    assert dues(text) == [("2022-06", "2022-06-26T16:00"), ("2022-09", "2022-09-26T16:00")]


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("{months: [2, 9], from: time.from, to: time.to}", "charter.months-beyond"),
        ("{months: [9], from: 2022-05-31}", "charter.rounding"),
        ("{months: [2]}", "charter.date-lacks"),
        ("{months: [2], rrule: FREQ=MONTHLY, from: time.from, to: time.to}", "charter.date-needs"),
        ("{months: [0], from: time.from}", "charter.bad-value"),
    ],
)
def test_months_that_cannot_be_counted_are_told_at_their_line(entry: str, code: str) -> None:
    text = SMALL.replace(MONTHLY, f"monthly: {entry}")
    line = next(n for n, row in enumerate(text.splitlines(), 1) if "monthly: {" in row)
    assert (code, line) in [(one.code, one.line) for one in findings(text)]


def test_an_author_says_how_a_short_month_rounds() -> None:
    text = WIDE.replace(MONTHLY, "monthly: {months: [9], from: 2022-05-31, round: down}")
    assert dues(text) == [("2023-02", "2023-02-27T16:00")]


@pytest.mark.parametrize(
    ("due", "day"),
    [
        ("time M1", "2022-05-31T16:00"), ("time M6", "2022-10-31T16:00"),
        ("time M2 - 3 workdays", "2022-06-27T16:00"), ("time M3 + P1D", "2022-08-01T16:00"),
    ],
)  # fmt: skip
def test_one_month_of_a_span_is_a_day_like_any_other(due: str, day: str) -> None:
    text = SMALL.replace("by: head, due: time.to,", f"by: head, due: {due},")
    assert dues(text, "paper") == [("", day)]


@pytest.mark.parametrize(
    ("due", "code"),
    [("time M7", "months-beyond"), ("begin M2", "month-of-a-day"), ("time M0", "months-beyond"),
     ("time M", "bad-date"), ("nowhere M2", "unknown-anchor")],
)  # fmt: skip
def test_a_month_a_span_does_not_have_is_refused(due: str, code: str) -> None:
    found = findings(SMALL.replace("by: head, due: time.to,", f"by: head, due: {due},"))
    assert [one.code for one in found if one.path == "deliverables.paper.due"] == [
        f"charter.{code}"
    ]
