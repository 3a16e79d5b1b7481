"""When a programme begins: with its phases, else with the span in which it first owes something."""

from zoneinfo import ZoneInfo

import pytest

from keti.charter.rules import load
from keti.charter.tests.test_lint_carried import BASE
from keti.planning.rules.reality import term

SPAN = "  term: {en: Term, from: 2023-03-01, to: 2023-06-30}\n"
PHASES = "phases:\n  p: {en: P, from: 2023-03-06, to: 2023-06-30}\nobligations:\n"


def begins(text: str) -> str:
    """The first day of the programme, where it lives."""
    compiled = load(text, "base.yaml")[0]
    assert compiled is not None
    return f"{term(compiled)[0].astimezone(ZoneInfo(compiled.tz)):%Y-%m-%d}"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (BASE, "2023-03-01"),
        (BASE.replace("obligations:\n", PHASES), "2023-03-06"),
        (BASE.replace(SPAN, SPAN + "  old: {en: Old, from: 2023-01-01, to: 2023-01-31}\n"),
         "2023-03-01"),
        (BASE.replace(SPAN, SPAN + "  wide: {en: Wide, from: 2023-02-20, to: 2023-07-31}\n"),
         "2023-02-20"),
    ],
)  # fmt: skip
def test_a_programme_begins_with_its_phases_or_its_term(text, day):
    assert begins(text) == day
