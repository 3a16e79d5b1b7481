"""What recurs without a last day: its first horizon is owed, the rest lies ahead."""

import pytest

from keti.charter.rules import load
from keti.charter.rules.lint import lint
from keti.charter.tests.test_one_group import PACKAGES

PLAIN = "programme: {id: packages, title: Packages (demo), commissioner: a}"
ROLLING = "programme: {id: packages, title: Packages (demo), commissioner: a, horizon: P3M}"
BEFORE = "  wp_seats:"
TALKS = """\
  talks: {en: Talks, form: meeting, by: head, record: minutes, from: term.from, rrule: FREQ=MONTHLY;BYMONTHDAY=15, roll: previous-workday}
  review: {en: Review, form: meeting, by: head, record: minutes, from: term.from, at_least: 1 per P1M, roll: previous-workday}
  note_again: {en: News, per: wp, by: lead, due: monthly, sections: {text: {en: Text}}}
  sum_again: {en: Digest, by: head, due: sum_day, collects: note_again, sections: {text: {en: Text}}}
"""  # noqa: E501
DAYS = """\
  monthly: {en: Monthly, rrule: FREQ=MONTHLY;BYMONTHDAY=23, from: term.from, roll: previous-workday}
  sum_day: {en: Sum day, after: monthly, plus: 5 workdays}
"""


def endless(head: str = ROLLING) -> str:
    text = PACKAGES.replace(PLAIN, head).replace(BEFORE, TALKS + BEFORE)
    return text.replace("obligations:\n", f"{DAYS}obligations:\n", 1)


def test_the_first_horizon_is_owed_and_the_rest_lies_ahead():
    charter, found = load(endless(), "x")
    assert charter is not None, [one.as_text("en") for one in found]
    for kind, owed in (
        ("talks", ["2023-03", "2023-04", "2023-05", "2023-06"]),
        ("review", ["2023-03", "2023-04", "2023-05"]),
    ):
        now = [one.period for one in charter.obligations if one.kind == kind]
        assert now == owed, kind
        ahead = [one.period for one in charter.ahead if one.kind == kind]
        assert ahead[0] > owed[-1]
        assert len(ahead) + len(now) == 360
    digest = next(one for one in charter.ahead if one.key == "sum_again@whole/2025-02")
    assert digest.needs == ("note_again@wp.w1/2025-02", "note_again@wp.w2/2025-02")
    series = {one.key: one for one in charter.series}
    assert len(series["monthly"].occurrences) == len(series["sum_day"].occurrences) == 4
    assert series["sum_day"].ahead[0].period == series["monthly"].ahead[0].period


def test_it_lints_clean_and_without_a_horizon_a_last_day_is_missing():
    assert [one.as_text("en") for one in lint(endless(), "x") if one.severity != "note"] == []
    told = {(one.number, one.path) for one in lint(endless(PLAIN), "x")}
    assert {("SHP171", f"obligations.{key}") for key in ("talks", "review")} <= told
    assert ("SHP171", "calendar.monthly") in told


@pytest.mark.parametrize(
    ("change", "number", "path"),
    [
        (("horizon: P3M", "horizon: soon"), "SHP123", "programme.horizon"),
        (("assembles: work, needs: [map, own]", "assembles: work, needs: [talks]"), "SHP197",
         "deliverables.paper"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_at_its_place(change, number, path):
    written = endless()
    assert change[0] in written
    assert (number, path) in {(one.number, one.path) for one in lint(written.replace(*change), "x")}
