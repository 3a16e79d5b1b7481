"""What nothing uses is told, and times that never come are refused at their line."""

from __future__ import annotations

import pytest

from keti.charter.rules.lint import lint
from keti.charter.tests.small import TIDY
from keti.charter.tests.test_lint_carried import BASE

DAY = "  begin: {zh: 成立"
BODY = "  office: {zh: 办公室"
SPRING = "tz: America/New_York\nworkdays: mon-fri"
MET = "by: clerk, due: 2022-12-02, needs"


def told(*changes: tuple[str, str]) -> list[str]:
    """Line, number, severity and path of what the changed tidy charter is told beside holidays."""
    text = TIDY
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    found = [one for one in lint(text, "x.yaml") if one.number != "CAL116"]
    for one in found:
        for lang in ("zh", "en"):
            assert "{" not in one.sentence(lang) + one.suggestion(lang)
    lines = text.splitlines()
    return [
        f"{one.number} {one.severity} {one.path} | {lines[one.line - 1].strip()[:12]}"
        for one in found
    ]


def test_a_date_nothing_hangs_on_is_told():
    assert told((DAY, "  idle: {en: Idle, date: 2022-07-01}\n" + DAY)) == [
        "CAL117 note calendar.idle | idle: {en: I"
    ]


@pytest.mark.parametrize("use", ["idle", "idle + P1D", "midpoint(idle, begin)"])
def test_a_date_another_one_is_counted_from_is_used(use):
    more = f"  idle: {{en: Idle, date: 2022-07-04}}\n  on: {{en: On, date: '{use}'}}\n"
    assert told((DAY, more + DAY)) == ["CAL117 note calendar.on | on: {en: On,"]


def test_a_span_tells_how_long_something_lasts_and_needs_no_use():
    assert told((DAY, "  idle: {en: Idle, from: 2022-07-01, to: 2022-07-29}\n" + DAY)) == []


def test_a_name_in_a_sentence_is_no_use():
    more = '  idle: {en: Idle, date: 2022-07-01}\n  on: {en: "on idle", from: begin, to: begin}\n'
    assert told((DAY, more + DAY)) == ["CAL117 note calendar.idle | idle: {en: I"]


def test_a_party_without_a_part_is_told():
    assert told((BODY, "  idle: {en: Idle, kind: academic}\n" + BODY)) == [
        "ROL214 note parties.idle | idle: {en: I"
    ]
    kin = "  idle: {en: Idle, kind: academic, affiliated_with: office}\n"
    assert told((BODY, kin + BODY)) == []


def test_an_hour_the_clocks_skip_is_refused_where_it_is_written():
    text = TIDY.replace("tz: Asia/Shanghai\nworkdays: cn", SPRING)
    assert [one.number for one in lint(text, "x.yaml") if one.severity != "note"] == []
    zone = ("tz: Asia/Shanghai\nworkdays: cn", SPRING)
    assert told(zone, (MET, 'by: clerk, due: 2023-03-12, at: "02:30", needs')) == [
        "CAL105 warning obligations.end_it.due | end_it: {zh:",
        "CAL118 error obligations.end_it.at | end_it: {zh:",
    ]
    assert told(zone, (MET, "by: clerk, due: 2023-03-12T02:30, needs"))[-1].startswith(
        "CAL118 error obligations.end_it.due"
    )
    found = lint(text.replace(MET, "by: clerk, due: 2023-03-12T02:00, needs"), "x.yaml")
    said = next(one for one in found if one.number == "CAL118")
    assert "no 02:00 on 2023-03-12" in said.sentence("en")
    assert said.suggestion("zh") == "改为 03:00，或拨快之前的时刻"


@pytest.mark.parametrize("at", ["01:59", "03:00", "24:00"])
def test_the_hours_around_it_are_hours_like_others(at):
    zone = ("tz: Asia/Shanghai\nworkdays: cn", SPRING)
    done = told(zone, (MET, f'by: clerk, due: 2023-03-12, at: "{at}", needs'))
    assert [one for one in done if "CAL118" in one] == []


def test_every_day_of_a_series_is_looked_at():
    zone = ("tz: Asia/Shanghai\nworkdays: cn", "tz: Europe/Berlin\nworkdays: none")
    rule = '  idle: {en: I, rrule: "FREQ=WEEKLY;BYDAY=SU", from: 2022-03-01, to: 2022-04-30, %s}\n'
    done = told(zone, (DAY, rule % 'at: "02:15"' + DAY))
    assert "CAL118 error calendar.idle.at | idle: {en: I" in done
    done = told(zone, (DAY, rule % 'at: "03:15"' + DAY))
    assert [one for one in done if "CAL118" in one] == []


def test_a_day_that_never_was_is_refused():
    zone = ("tz: Asia/Shanghai\nworkdays: cn", "tz: Pacific/Apia\nworkdays: none")
    done = told(zone, (DAY, "  lost: {en: Lost, date: 2011-12-30}\n" + DAY))
    assert "CAL119 error calendar.lost.date | lost: {en: L" in done


@pytest.mark.parametrize(
    ("word", "known"),
    [("seats.delegate", True), ("duty.extension", True), ("seats.banana", False),
     ("duty.fruit", False), ("seats", False), ("seats.delegate.x", False)],
)  # fmt: skip
def test_of_a_seat_only_what_can_change_is_touched(word, known):
    done = told(("touches: [calendar, obligations]", f"touches: [{word}, calendar, obligations]"))
    expected = ["AMD802 warning amendment.classes.minor.touches[0] | minor: {touc"]
    assert done == ([] if known else expected)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("term: {en: Term, from:", "term: {en: Term, date: 2023-03-01, from:",
         ["calendar.term.from", "calendar.term.to"]),
        ("{en: Paper, date: 2023-05-31}", "{en: Paper, date: 2023-05-31, to: 2023-06-30}",
         ["calendar.paper_due.to"]),
        ("{en: Paper, date: 2023-05-31}", "{en: Paper, date: 2023-05-31, plus: P1D, at: '18:00'}",
         ["calendar.paper_due.plus"]),
        ("due: paper_due,", "due: paper_due, from: term.from,", ["deliverables.paper.from"]),
        ("due: paper_due,", "due: paper_due, at: '18:00',", []),
    ],
)  # fmt: skip
def test_a_key_beside_the_one_that_makes_the_day_is_pointed_out(old, new, expected):
    assert BASE.count(old) == 1
    found = [one for one in lint(BASE.replace(old, new), "x") if one.number == "CAL122"]
    assert [one.path for one in found] == expected
    for one in found:
        assert one.severity == "warning"
        assert not set("abcdefghijklmnopqrstuvwxyz") & set(one.sentence("zh"))
