"""The rules of the text, without a database."""

import pytest

from keti.charter.rules.compiled import Section, Text
from keti.documents.rules.html import to_html
from keti.reports import rules
from keti.reports.enums import ReportState

SECTIONS = [Section(key, Text(key.upper(), key)) for key in ("a", "b", "c")]


@pytest.mark.parametrize(
    ("state", "verb", "after"),
    [
        ("draft", "submit", "submitted"),
        ("draft", "accept", ""),
        ("draft", "send-back", ""),
        ("submitted", "submit", ""),
        ("submitted", "return", "returned"),
        ("submitted", "accept", "accepted"),
        ("returned", "submit", "submitted"),
        ("returned", "accept", ""),
        ("accepted", "submit", ""),
        ("accepted", "return", ""),
        ("accepted", "send-back", "returned"),
    ],
)
def test_moves(state: str, verb: str, after: str) -> None:
    assert rules.next_state(state, verb) == after


def test_every_state_has_its_moves() -> None:
    assert set(rules.MOVES) == set(ReportState)


@pytest.mark.parametrize(
    ("text", "none"),
    [("无", True), ("无。", True), ("None", True), ("无明显问题", False), ("", False)],
)
def test_a_stated_none(text: str, none: bool) -> None:
    assert rules.states_none(text) is none


def test_a_section_on_pages_of_the_original_says_so() -> None:
    handed = rules.Handed(rules.Content({"a": "一"}), {"a": (1, 1), "b": (3, 5)})
    rows = rules.file_rows(SECTIONS[:2], handed, "月报.pdf")
    assert [rules.words_of(one, "zh") for one in rows] == ["一", "见原件《月报.pdf》第3–5页。"]
    assert rules.words_of(rows[1], "en") == "See pages 3–5 of the original, 月报.pdf."
    assert rules.pages_of(rows[0], "zh") == "第1页"
    assert rules.empty_sections(SECTIONS[:2], {}, handed.pages) == []


@pytest.mark.parametrize(
    ("pages", "count", "bad"),
    [
        ((1, 3), 3, False),
        ((1, 3), 0, False),
        ((3, 1), 0, True),
        ((1, 4), 3, True),
        ((0, 1), 0, True),
    ],
)
def test_pages_that_are_none(pages: tuple[int, int], count: int, bad: bool) -> None:
    assert rules.bad_pages({"a": pages}, count) is bad


@pytest.mark.parametrize("title", ["# x", "- x", "*x*", "[x](http:e)", "`x`", "$x$", "一、x"])
def test_words_around_a_text_mean_only_themselves(title: str) -> None:
    rows = rules.section_rows([Section("a", Text(title, title))], {"a": "一、甲\n**乙**"})
    assert to_html(rules.body(rows, "zh")) == (f"<h2>{title}</h2><h3>一、甲</h3><p>**乙**</p>")


def test_changes_name_only_what_changed() -> None:
    old = [{"key": "a", "title_zh": "甲", "title_en": "A", "text": "一。二。"}]
    new = [{"key": "a", "title_zh": "甲", "title_en": "A", "text": "一。三。"}]
    assert rules.changes(old, new, "en") == [rules.ChangedLine("A", "二。", "三。")]
    assert rules.changes(old, old, "zh") == []


def test_the_fingerprint_follows_the_content() -> None:
    assert rules.fingerprint({"b": 1, "a": 2}) == rules.fingerprint({"a": 2, "b": 1})
    assert rules.fingerprint({"a": 1}) != rules.fingerprint({"a": 2})
