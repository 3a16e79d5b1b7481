"""A refusal is a code, its facts, and a sentence in each language."""

import pytest

from keti.kernel.acts import Text
from keti.kernel.refusals import YES, Refused, no, sentence

CODE = "accounts.no-mail"


def test_a_refusal_speaks_both_languages():
    refused = Refused(CODE, who="毛研究员（演示）", ask="秦秘书（演示）")
    assert refused.sentence().startswith("毛研究员（演示）没有登记邮箱")
    assert refused.sentence("en").startswith("No mail address is known for 毛研究员（演示）")
    assert refused.ask == "秦秘书（演示）"
    assert str(refused) == f"{CODE}: {refused.sentence()}"


def test_a_bilingual_fact_is_put_in_the_language_asked_for():
    who = {"who": Text("毛研究员", "Researcher Mao")}
    assert "毛研究员" in sentence(CODE, who, "zh-hans")
    assert "Researcher Mao" in sentence(CODE, who, "en")


def test_a_text_falls_back_on_the_other_language():
    assert Text("甲").in_("en") == "甲"
    assert Text("", "A").in_("zh-hans") == "A"
    assert (Text("甲", "A").in_("en"), str(Text("甲", "A"))) == ("A", "甲")


def test_yes_is_silent_and_no_refuses_with_its_facts():
    YES.or_refuse()
    assert (bool(YES), YES.sentence()) == (True, "")
    verdict = no(CODE, who="毛")
    assert not verdict
    with pytest.raises(Refused) as refused:
        verdict.or_refuse()
    assert (refused.value.code, refused.value.facts) == (CODE, {"who": "毛"})
    assert verdict.sentence("en") == refused.value.sentence("en")


def test_an_unknown_code_is_an_error_of_ours():
    with pytest.raises(KeyError):
        sentence("accounts.never-written", {}, "en")


@pytest.mark.parametrize(
    ("due", "shown"),
    [
        (Text("2030-04-11 周四 24:00", "Thu 11 Apr"), "须在 2030-04-11 周四 24:00 前召开"),
        ("2030-04-11", "须在 2030-04-11 前召开"),
        (Text("2030-04-11 周四 09:00 UTC+2", ""), "须在 2030-04-11 周四 09:00 UTC+2 前召开"),
        ("开题会", "须在开题会前召开"),
        ("{due}", "须在{due}前召开"),
    ],
)
def test_a_date_stands_apart_from_the_words_around_it(due: object, shown: str):
    assert shown in sentence("meetings.hold-before", {"due": due}, "zh-hans")
