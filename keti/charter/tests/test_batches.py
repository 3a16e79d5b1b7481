"""A window that comes again: opening, close and decision belong together, batch by batch."""

import pytest

from keti.charter.rules import load
from keti.charter.rules.lint import lint
from tests.cases.test_charters import text_of
from tests.cast import local

TEXT = text_of("173-yearly-call")


def test_each_year_has_its_own_window_also_beyond_the_horizon():
    charter, _ = load(TEXT, "x")
    assert charter is not None
    assert charter.admission is not None
    first, second, *later = charter.admission.every
    assert (first.opens_at, first.closes_at) == (local("2023-03-08"), local("2023-04-08"))
    assert (second.opens_at, second.closes_at) == (local("2024-03-08"), local("2024-04-08"))
    assert second.decide_at == local("2024-04-29")
    assert len(later) > 20
    assert charter.admission.batch_of_call(local("2024-03-02")) == second
    assert charter.admission.batch_of_call(local("2023-04-08")) == second


@pytest.mark.parametrize(
    ("before", "after", "number", "path"),
    [
        ("decide_by: chosen", "decide_by: start", "SHP198", "admission.decide_by"),
        ("close: closing", "close: 2023-04-01", "SHP198", "admission.window.close"),
        ("after: opening, plus: P30D", "after: opening, plus: P380D", "SHP200", "admission.window"),
        ("after: closing, plus: P21D", "after: opening, plus: P1D", "SHP200", "admission.window"),
        ("from: 2023-02-01, roll", "from: 2023-02-01, to: 2026-12-31, roll", "", ""),
    ],
)
def test_what_makes_no_batches_is_told_at_its_place(before, after, number, path):
    found = lint(TEXT.replace(before, after), "x")
    errors = [(one.number, one.path) for one in found if one.severity == "error"]
    assert errors == ([(number, path)] if number else [])
