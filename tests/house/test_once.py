"""What is said in one place is said there alone: both languages, the end of a day, who decides."""

import re

import pytest

from tests.house.sources import name, python_files

ONCE = {
    "a sentence in both languages: kernel.refusals.both": (
        r"Text\(\s*\*?\(?\s*sentence\(",
        {"keti/kernel/refusals.py"},
    ),
    "the end of a day: kernel.terms.end_of_day": (
        r"combine\([^\n]*\+ (?:timedelta\(days=1\)|DAY), time\((?:0|)\)",
        {"keti/kernel/terms.py"},
    ),
    "who decides at a gate: the compiled charter's `decides`": (
        r"\bin [\w.()]+\.decides\b(?!\])(?!\s*(?:if|for|:))",
        {"keti/charter/rules/compiled.py"},
    ),
    "which states are still owed: duties.models.STILL_OWED": (
        r"DutyState\.OPEN, DutyState\.RETURNED",
        {"keti/duties/models.py"},
    ),
    "the language of a paper: documents.rules.paper.tongue": (
        r"lang=\"en\" if [\w.]*lang\w*\.startswith",
        set(),
    ),
    "how a paper comes to its number: duties.actions.numbers_of": (
        r"from keti\.documents\.actions import [^\n]*next_number",
        {"keti/duties/actions/numbering.py"},
    ),
    "the page of a duty: duties.doors.page_of": (
        r"/duties/\{[\w.]*public_id\}/\"",
        {"keti/duties/doors.py"},
    ),
}


@pytest.mark.parametrize("what", ONCE)
def test_it_is_said_in_one_place(what: str) -> None:
    pattern, there = ONCE[what]
    files = [one for one in python_files() if "/tests/" not in name(one)]
    found = {name(one) for one in files if re.search(pattern, one.read_text())}
    assert found == there
