"""What somebody looks for is found in whatever writing it stands."""

import pytest

from keti.kernel.sought import MOST, place_of, writings

STANDS = [
    ("工業", "工业"),
    ("工业", "工業"),
    ("ＡＢＣ", "ABC"),
    ("abc", "ａｂｃ"),
    ("[2030]12号", "〔2030〕12号"),
    ("(2030)12号", "〔2030〕12号"),
    ("〔2030〕12号", "（2030）12号"),
    ("閆", "闫"),
    ("資料權", "资料权"),
]


@pytest.mark.parametrize(("typed", "stands"), STANDS)
def test_a_word_is_tried_in_the_writing_in_which_it_stands(typed: str, stands: str) -> None:
    found = writings(typed)
    assert found[0] == typed
    assert stands in found
    assert len(found) == len(set(found)) <= MOST


def test_a_word_with_one_writing_is_asked_for_once() -> None:
    assert writings("月度") == ("月度",)


def test_every_character_of_the_table_has_one_other_form() -> None:
    assert writings("龍馬")[1] == "龙马"
    assert writings("龙马")[1] == "龍馬"
    assert set(writings("发")) == {"发", "發"}


@pytest.mark.parametrize(
    ("words", "at"), [("工業 没有", 2), ("没有 ＡＢＣ", 4), ("没有", -1), ("", -1)]
)
def test_the_words_around_a_find_begin_at_what_was_found(words: str, at: int) -> None:
    assert place_of("发展工业abc", words) == at
