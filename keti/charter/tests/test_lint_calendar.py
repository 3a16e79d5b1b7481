"""The family of dates: each finding at its line, none on a charter without that flaw."""

from __future__ import annotations

import pytest

from keti.charter.rules import load
from keti.charter.rules.lint import lint
from keti.charter.rules.writing import put, remove
from keti.charter.tests.small import NOTICE, TIDY


def seen(text: str) -> list[tuple[str, str, str]]:
    """Number, severity and path of what the family of dates says; both languages checked."""
    found = [one for one in lint(text, "tidy.yaml") if one.number.startswith("CAL")]
    for one in found:
        for lang in ("zh", "en"):
            said = one.sentence(lang) + one.suggestion(lang)
            assert said, one.code
            assert "{}" not in said and "None" not in said, said
    return [(one.number, one.severity, one.path) for one in found]


def test_a_charter_without_a_flaw_is_told_nothing():
    assert [one.as_text("en") for one in lint(TIDY, "tidy.yaml")] == []


FLAWS = [
    (("calendar", "time", "stated", "days"), 180, "CAL101", "calendar.time.stated"),
    (("calendar", "time", "stated", "months"), 6, "CAL101", "calendar.time.stated"),
    (("calendar", "time", "from"), "2022-05-11", "CAL102", "calendar.time.from"),
    (("calendar", "monthly", "rrule"), "FREQ=MONTHLY;BYMONTHDAY=31", "CAL104",
     "calendar.monthly.rrule"),
    (("deliverables", "paper", "due"), "2022-10-23", "CAL105", "deliverables.paper.due"),
    (("gates", "end", "by"), "2022-11-27", "CAL105", "gates.end.by"),
    (("admission", "window", "close"), "2022-05-24", "CAL107", "admission.window.close"),
    (("deliverables", "paper", "due"), "2022-09-23", "CAL109", "deliverables.paper.due"),
    (("obligations", "sum", "due"), "monthly", "CAL110", "obligations.sum.due"),
    (("deliverables", "paper", "due"), "2022-09-30", "CAL111", "deliverables.paper.due"),
    (("calendar", "begin", "date"), "time.to - P4M", "CAL112", "calendar.begin.date"),
    (("deliverables", "paper", "due"), "2022-11-10", "CAL120", "gates.check.first_by"),
    (("gates", "check", "max_rounds"), 4, "CAL120", "gates.check.by"),
    (("gates", "end", "by"), "2022-11-08", "CAL120", "gates.end.by"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "number", "where"), FLAWS)
def test_a_flaw_is_found_where_it_is(path, value, number, where):
    assert (number, where) in [(one, place) for one, _, place in seen(put(TIDY, path, value))]


def test_a_work_with_a_rule_of_its_own():
    text = remove(TIDY, ("obligations", "note", "due"))
    rule = {"rrule": "FREQ=MONTHLY;BYDAY=1SU", "from": "time.from", "to": "time.to"}
    for key, value in rule.items():
        text = put(text, ("obligations", "note", key), value)
    assert ("CAL105", "warning", "obligations.note.rrule") in seen(text)


def test_a_term_that_begins_while_people_apply():
    text = put(TIDY, ("admission", "window", "close"), "2022-05-24")
    assert [number for number, _, _ in seen(text)] == ["CAL103", "CAL107"]


def test_the_first_report_some_days_after_the_founding_and_before_it():
    text = remove(TIDY, ("calendar", "monthly", "first"))
    assert ("CAL114", "warning", "obligations.note.due") in seen(text)
    later = put(text, ("calendar", "monthly", "rrule"), "FREQ=MONTHLY;BYMONTHDAY=31")
    assert ("CAL106", "warning", "obligations.note.due") in seen(later)


def test_words_alone_are_an_error_with_a_number_of_their_own():
    text = TIDY.replace("date: 2022-05-26}", "stated: {text: 五月底}}")
    assert ("CAL108", "error", "calendar.begin") in seen(text)
    assert load(text, "tidy.yaml")[0] is None


def test_an_admission_nobody_decides():
    assert ("CAL113", "error", "admission") in seen(remove(TIDY, ("admission", "decide_by")))


def test_a_month_day_that_never_fails_in_the_term_is_only_a_note():
    text = put(TIDY, ("calendar", "monthly", "rrule"), "FREQ=MONTHLY;BYMONTHDAY=30")
    assert ("CAL104", "note", "calendar.monthly.rrule") in seen(text)
    longer = put(text, ("calendar", "time", "to"), "2023-03-31")
    assert ("CAL104", "warning", "calendar.monthly.rrule") in seen(longer)
    last = put(TIDY, ("calendar", "monthly", "rrule"),
               "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1")  # fmt: skip
    assert "CAL104" not in [number for number, _, _ in seen(last)]


def test_a_comment_window_in_the_holidays():
    asked = {"form": "consultation", "by": "clerk", "subject": "paper", "zh": "征求意见"}
    dates = {"opens": "2022-10-01", "due": "2022-10-08"}
    text = put(TIDY, ("obligations", "asked"), asked | dates)
    text = put(text, ("deliverables", "paper", "due"), "2022-09-27")
    assert ("CAL115", "warning", "obligations.asked.due") in seen(text)
    text = put(text, ("obligations", "asked", "due"), "2022-10-14")
    assert "CAL115" not in [number for number, _, _ in seen(text)]


def test_a_year_without_a_holiday_table_is_said():
    text = put(TIDY, ("gates", "end", "by"), "2042-12-02")
    assert ("CAL116", "note", "workdays") in seen(text)


def test_a_decision_turns_a_finding_into_a_note():
    resolve = {"by": "asker", "why": {"en": "the two dates rule"}, "waives": ["CAL101"]}
    text = put(TIDY, ("calendar", "time", "stated", "days"), 180)
    assert seen(text) == [("CAL101", "warning", "calendar.time.stated")]
    decided = put(text, ("calendar", "time", "resolve"), resolve)
    assert seen(decided) == [("CAL101", "note", "calendar.time.stated")]
    other = put(decided, ("calendar", "time", "resolve", "waives"), ["CAL102"])
    assert seen(other) == [("CAL101", "warning", "calendar.time.stated")]


def test_the_notice_of_2022_has_no_error_and_every_fact_is_decided():
    found = lint(NOTICE.read_text("utf-8"), NOTICE.name)
    assert [one.as_text("en") for one in found if one.severity == "error"] == []
    dates = [one for one in found if one.number.startswith("CAL")]
    assert [(one.number, one.path) for one in dates] == [
        ("CAL103", "admission.window"),
        ("CAL107", "admission.window.close"),
        ("CAL102", "calendar.research.from"),
        ("CAL101", "calendar.research.stated"),
        ("CAL109", "calendar.outline_due.date"),
        ("CAL111", "calendar.outline_due.date"),
        ("CAL115", "obligations.consultation.outline.due"),
    ]
    assert all(one.waived for one in dates)
