"""Mistakes planted in clean charters are found at their line, and clean charters are left alone.

Every mistake is planted in the small charters here; `python -m bench.defects` plants them in all.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.defects import DEFECTS, alarms, grounds, planted
from keti.charter.rules.lint import lint
from keti.charter.rules.reading import read
from keti.charter.rules.writing import put, remove
from keti.charter.tests.small import TIDY

GROUNDS = {here.name: here for here in grounds()}
SMALL = ("tidy", "sound", "commissioned-study", "fund-project", "association-standard")


def test_there_are_many_kinds_of_mistakes_and_several_clean_charters():
    assert len({(one.number, one.says) for one in DEFECTS}) == len(DEFECTS) >= 60
    assert set(SMALL) < set(GROUNDS)


@pytest.mark.parametrize("name", sorted(GROUNDS))
def test_a_clean_charter_causes_no_alarm(name):
    assert [one.as_text("en") for one in alarms(GROUNDS[name])] == []


@pytest.mark.parametrize("name", SMALL)
def test_planted_mistakes_are_found_at_their_line(name):
    results = planted(GROUNDS[name])
    missed = [(one.number, one.says, one.found[:3]) for one in results if not one.caught]
    assert len(results) >= 60
    assert len(missed) <= len(results) * 0.05, missed


PLACES = [path for path in read(TIDY).values if path]


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(PLACES), st.sampled_from([None, 0, "x", [], {"zh": "改"}, "2022-02-28"]))
def test_any_value_anywhere_ends_in_findings_and_never_in_a_crash(path, value):
    text = remove(TIDY, path) if value is None else put(TIDY, path, value)
    for one in lint(text, "mended.yaml"):
        assert one.as_text("zh")
        assert one.as_text("en")
