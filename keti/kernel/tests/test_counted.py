"""Numbers and their words agree: "1 duty is", "2 duties are"."""

import pytest

from keti.kernel.refusals import sentence


@pytest.mark.parametrize(
    ("code", "facts", "english"),
    [
        ("duties.late-days", {"days": 1}, "Late (1 day)"),
        ("duties.late-days", {"days": 12}, "Late (12 days)"),
        ("site.applications-wait", {"count": 1}, "1 application waits for a decision"),
        ("site.applications-wait", {"count": "0"}, "0 applications wait for a decision"),
    ],
)
def test_the_word_goes_with_the_number(code, facts, english):
    assert sentence(code, facts, "en") == english


def test_a_mark_in_a_fact_is_left_as_it_is():
    said = sentence("release.still-owed", {"count": 1, "first": "甲|乙 {x}"}, "en")
    assert said.startswith("1 duty is still owed, the first is '甲|乙 {x}'.")
