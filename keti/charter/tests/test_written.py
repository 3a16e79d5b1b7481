"""What is not written as the language has it is told with its reason and what to write."""

from __future__ import annotations

from collections import Counter

import pytest

from keti.charter.messages import NUMBERS
from keti.charter.rules.lint import lint
from keti.charter.tests.small import TIDY

BEGIN = "{zh: 成立, en: Beginning, date: 2022-05-26}"
RULE = "FREQ=MONTHLY;BYMONTHDAY=25"


def told(old: str, new: str, lang: str = "zh") -> list[str]:
    """Number, sentence and mend of every error and warning on the changed tidy charter."""
    assert TIDY.count(old) == 1, old
    found = lint(TIDY.replace(old, new), "x.yaml")
    return [
        f"{one.number} {one.sentence(lang)} {one.suggestion(lang)}"
        for one in found
        if one.severity != "note"
    ]


def first(old: str, new: str, lang: str = "zh") -> str:
    return told(old, new, lang)[0]


def test_a_span_with_one_end_is_told_which_is_missing():
    said = first(BEGIN, "{zh: 成立, from: 2022-05-26}")
    assert said == "SHP171 “成立（begin）”写了“自（from）”，还缺“至（to）”。 加上“至: …”"
    said = first(BEGIN, "{en: Begin, to: 2022-05-26}", "en")
    assert said == "SHP171 'Begin' has 'to' and lacks 'from'. add 'from: ...'"


def test_a_rule_and_counted_months_are_told_what_they_lack():
    done = told(BEGIN, f'{{en: B, rrule: "{RULE}"}}', "en")
    lacking = [one.partition("add ")[2] for one in done if one.startswith("SHP171")]
    assert lacking == ["'from: ...'", "'to: ...'"]
    done = told(BEGIN, "{en: B, months: [2]}", "en")
    assert done[0] == "SHP171 'B (begin)' has 'months' and lacks 'from'. add 'from: ...'"


@pytest.mark.parametrize("more", ["date: 2022-05-26, after: time", "en: nothing"])
def test_other_wrong_ways_are_told_the_right_ones(more):
    assert first(BEGIN, f"{{zh: 成立, {more}}}")[:6] == "SHP129"


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=MONTHLY;COUNT=3",
         "SHP172 重复规则里的“COUNT=3”不可用：到哪一天为止，另写在规则旁边。"
         " 删去“COUNT=3”，用 from 和 to 写明起止"),
        ("FREQ=MONTHLY;UNTIL=20220901", "SHP172 重复规则里的“UNTIL=20220901”"),
        ("FREQ=MONTHLY;BYHOUR=9", "SHP173 重复规则里的“BYHOUR=9”不可用：几点到期，另写在规则旁边。"
         " 删去“BYHOUR=9”，写上 at: 18:00"),
        ("FREQ=HOURLY", "SHP174 重复规则里的“FREQ=HOURLY”不可用。 可用：FREQ=DAILY, FREQ=MONTHLY"),
        ("FREQ=MONTHLY;BYMONTHDAY=99", "SHP174 重复规则里的“BYMONTHDAY=99”"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "SHP174 重复规则里的“BYMONTHDAY=0”"),
        ("FREQ=YEARLY;BYMONTH=13;BYMONTHDAY=1", "SHP174 重复规则里的“BYMONTH=13”"),
        ("FREQ=MONTHLY;INTERVAL=0", "SHP174 重复规则里的“INTERVAL=0”"),
        ("FREQ=MONTHLY;BYWEEKNO=3", "SHP174 重复规则里的“BYWEEKNO=3”"),
        ("BYMONTHDAY=3", "SHP130"),
        ("FREQ=MONTHLY;;", "SHP130"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_used_says_which_part(rule, said):
    assert first(RULE, rule).startswith(said)


def test_only_months_the_rule_names_can_lack_a_day():
    assert [one for one in told(RULE, "FREQ=MONTHLY;BYMONTH=5,7,8;BYMONTHDAY=31")
            if "CAL104" in one] == []  # fmt: skip
    said = told(RULE, "FREQ=MONTHLY;BYMONTH=5,6;BYMONTHDAY=31", "en")
    told_of = next(one for one in said if "CAL104" in one)
    assert told_of.startswith("CAL104 Month 6 has no day 31:")


@pytest.mark.parametrize(
    ("old", "new", "zh", "en"),
    [
        ("max_rounds: 2", "max_rounds: 21", "不得大于 20", "at most 20"),
        ("quorum: 2/3", "quorum: 11/10", "多于 1 的是人数，写整数", "a whole one"),
        ("quorum: 2/3", "quorum: 0", "须大于 0", "more than 0"),
        ("stated: {days: 162}", "stated: {days: -1}", "不得小于 0", "at least 0"),
    ],
)
def test_a_value_out_of_bounds_is_told_the_bound_in_both_languages(old, new, zh, en):
    assert f"不合这里的要求：{zh}。" in first(old, new)
    assert en in first(old, new, "en")


def test_a_key_is_called_as_its_block_calls_it():
    said = first("touches: [calendar, obligations], approve: [clerk],", "touches: [calendar],")
    assert said == "SHP112 缺少必填的键“批准者（approve）”。 加上“批准者: …”"


def test_an_id_is_told_its_first_letter_and_no_hyphens():
    said = first("  eye:\n", "  2-eye:\n")
    assert said.startswith("SHP117 “2-eye”不能作标识：以小写英文字母开头")
    assert said.endswith("不含连字符。 写作 n2_eye")


def test_a_block_written_twice_is_one_error_and_no_echoes():
    text = TIDY + "roles:\n  more: {en: More, in: whole}\n"
    found = [one for one in lint(text, "x.yaml") if one.severity == "error"]
    assert [(one.number, one.line) for one in found] == [("SHP110", len(TIDY.splitlines()) + 1)]
    key = lint(TIDY.replace("tz: Asia/Shanghai", "tz: Asia/Shanghai\ntz: Asia/Shanghai"), "x.yaml")
    assert [one.number for one in key] == ["SHP110"]


@pytest.mark.parametrize("tail", ["---\n", "---", "--- \n\n# the end\n", "...\n"])
def test_a_rule_at_the_end_of_the_file_is_no_second_charter(tail):
    assert lint(TIDY + tail, "x.yaml") == lint(TIDY, "x.yaml") == []


@pytest.mark.parametrize("tail", ["---\na: 1\n", "---\n---\n", "---\n''\n", "---\n- a\n"])
def test_a_second_charter_is_one(tail):
    found = lint(TIDY + tail, "x.yaml")
    assert [(one.number, one.line) for one in found] == [("SHP108", len(TIDY.splitlines()) + 1)]


def test_days_after_every_span_are_counted_to_none():
    done = told("due: 2022-12-02, needs", "due: 2022-12-02, needs", "en")
    assert done == []
    said = [one for one in told("en: Closing, form: closing, by: clerk, due: 2022-12-02",
                                "en: Closing, form: file, by: clerk, due: 2023-01-20", "en")
            if "CAL111" in one]  # fmt: skip
    assert [one.split(":")[0] for one in said] == ["CAL111 A holiday follows 2023-01-20"]
    assert "remain" not in said[0]


def test_one_number_stands_for_one_thing():
    """Where two sentences share a number they say the same thing of two cases."""
    shared = {number for number, many in Counter(NUMBERS.values()).items() if many > 1}
    assert {one for one in shared if one.startswith("SHP")} == set()
