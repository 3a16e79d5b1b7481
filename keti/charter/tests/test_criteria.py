"""The language of criteria: what is read, computed and met."""

import pytest

from keti.charter.rules.criteria import Tally, read_criterion

READ = [
    ("task_book.met", "task_book.met", ""),
    ("reports.on_time >= 5/6", "report.on_time", ">="),
    ("inputs_verified", "input.verified", ""),
    ("meetings.attended >= 80%", "meeting.attended", ">="),
    ("nominations.by_peers >= 2", "nomination.by_peers", ">="),
    ("report.monthly_on_time", "report.monthly.on_time", ""),
    ("field_note.on_time", "field_note.on_time", ""),
]


@pytest.mark.parametrize(("word", "measure", "sign"), READ)
def test_a_word_is_one_measure(word, measure, sign):
    found = read_criterion(word)
    assert found is not None and (found.measure, found.sign) == (measure, sign)
    assert found.computed({"report.monthly", "field_note"})


@pytest.mark.parametrize("word", ["贡献突出", "loved.by_all", "met", "gate.approve", ""])
def test_what_is_no_fact_is_none(word):
    found = read_criterion(word)
    assert found is None or not found.computed(set())


MET = [
    ("task_book.met", (3, 3), True), ("task_book.met", (2, 3), False),
    ("task_book.met", (0, 0), False), ("inputs_verified", (1, 4), True),
    ("inputs_verified", (0, 2), False), ("reports.on_time >= 5/6", (5, 6), True),
    ("reports.on_time >= 5/6", (4, 5), False), ("reports.on_time >= 5/6", (0, 0), False),
    ("reports.on_time >= 2", (2, 9), True), ("meetings.attended >= 80%", (4, 5), True),
    ("meetings.attended >= 80%", (7, 9), False), ("reports.on_time < 3", (2, 2), True),
]  # fmt: skip


@pytest.mark.parametrize(("word", "tally", "met"), MET)
def test_it_is_met_by_its_figure(word, tally, met):
    found = read_criterion(word)
    assert found is not None and found.holds(Tally(*tally)) is met
