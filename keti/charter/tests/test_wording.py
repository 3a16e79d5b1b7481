"""Every calendar expression of the language has a sentence in both languages."""

import re

import pytest

from keti.charter.rules import load
from keti.charter.rules.wording import worded
from keti.kernel.acts import Text
from tests.house.sources import ROOT

NAMES = {
    "kickoff": Text("启动日", "kick-off"),
    "research": Text("研究期", "the research term"),
    "closing": Text("收官日", "closing day"),
}
SHIPPED = sorted(
    one.name.replace(".clauses.tsv", ".yaml") for one in (ROOT / "charters").glob("*.clauses.tsv")
)
CASES = [
    ("2022-05-05", "2022 年 5 月 5 日", "5 May 2022"),
    ("2022-05-25T24:00", "2022 年 5 月 25 日 24:00", "25 May 2022 24:00"),
    ("2022-11", "2022 年 11 月", "November 2022"),
    ("kickoff", "启动日", "kick-off"),
    ("research.to", "研究期末日", "the last day of the research term"),
    ("research.from", "研究期首日", "the first day of the research term"),
    ("unheard_of", "“unheard_of”", "“unheard_of”"),
    ("midpoint(research)", "研究期的中点", "the midpoint of the research term"),
    (
        "midpoint(kickoff, closing)",
        "启动日与收官日的正中",
        "midway between kick-off and closing day",
    ),
    ("kickoff + 7 workdays", "启动日后 7 个工作日", "7 working days after kick-off"),
    ("kickoff - 1 workday", "启动日前 1 个工作日", "1 working day before kick-off"),
    ("kickoff + P10D", "启动日后 10 天", "10 days after kick-off"),
    ("kickoff + P-5D", "启动日前 5 天", "5 days before kick-off"),
    ("kickoff + P1M10D", "启动日后 1 个月零 10 天", "1 month and 10 days after kick-off"),
    ("kickoff + PT12H", "启动日后 12 小时", "12 hours after kick-off"),
    ("kickoff + PT30M", "启动日后 30 分钟", "30 minutes after kick-off"),
    (
        "research.to - P1M; round: down",
        "研究期末日前 1 个月，当月无此日则取月末",
        "1 month before the last day of the research term, "
        "the end of the month where there is no such day",
    ),
    (
        "kickoff + P1M; round: up; at: 09:00",
        "启动日后 1 个月，当月无此日则取次月首日，当日 09:00",
        "1 month after kick-off, the first of the next month where there is no such day, at 09:00",
    ),
    (
        "kickoff + P1M + 5 workdays",
        "启动日后 1 个月再后 5 个工作日",
        "5 working days after 1 month after kick-off",
    ),
    (
        "2022-05-01 .. research.to",
        "自 2022 年 5 月 1 日至研究期末日",
        "from 1 May 2022 to the last day of the research term",
    ),
    (
        "kickoff + months 3, 6",
        "自启动日起第 3、6 个月的最后一天",
        "the last day of month 3, 6, counted from kick-off",
    ),
    (
        "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1; roll: previous-workday; "
        "skip younger than 10 workdays",
        "每月 30 日（当月无此日则取月末），遇休息日提前到工作日，开始不足 10 个工作日的一期不计",
        "the 30th, or the last day where there is none, of every month, moved back to a working "
        "day when it falls on a day off, a period begun fewer than 10 working days before is "
        "left out",
    ),
    (
        "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
        "每月最后一天",
        "the last day of every month",
    ),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", "每月最后一天", "the last day of every month"),
    ("FREQ=MONTHLY;BYMONTHDAY=-3", "每月倒数第 3 天", "the 3rd day from the end of every month"),
    (
        "FREQ=MONTHLY;BYMONTHDAY=1,15; roll: next-workday",
        "每月 1 日、15 日，遇休息日顺延到工作日",
        "the 1st and the 15th of every month, moved on to a working day when it falls on a day off",
    ),
    ("FREQ=MONTHLY;BYDAY=3TH", "每月第三个周四", "the third Thursday of every month"),
    ("FREQ=MONTHLY;BYDAY=-1FR", "每月最后一个周五", "the last Friday of every month"),
    ("FREQ=MONTHLY;BYDAY=-2FR", "每月倒数第二个周五", "the 2nd to last Friday of every month"),
    (
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "每月最后一个周一至周五的日子",
        "the last weekday of every month",
    ),
    ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1", "每 3 个月 1 日", "the 1st of every 3 months"),
    ("FREQ=WEEKLY;BYDAY=MO,WE", "每周一、三", "every week on Monday and Wednesday"),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "每 2 周的周一", "every 2 weeks on Monday"),
    ("FREQ=WEEKLY", "每周", "every week"),
    ("FREQ=DAILY;INTERVAL=10", "每 10 天", "every 10 days"),
    (
        "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30",
        "每年 6 月 30 日",
        "the 30th of June every year",
    ),
    ("", "", ""),
]


@pytest.mark.parametrize(("rule", "zh", "en"), CASES)
def test_every_expression_is_a_sentence(rule: str, zh: str, en: str) -> None:
    assert (worded(rule, "zh-hans", NAMES), worded(rule, "en", NAMES)) == (zh, en)


@pytest.mark.parametrize(
    ("rule", "zh", "en"),
    [
        (
            "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
            "每月，日期按规则“FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13”排定",
            "every month, on the days the rule “FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13” gives",
        ),
        (
            "FREQ=HOURLY;BYHOUR=3",
            "多次，日期按规则“FREQ=HOURLY;BYHOUR=3”排定",
            "again and again, on the days the rule “FREQ=HOURLY;BYHOUR=3” gives",
        ),
        (
            "kickoff * 3",
            "按实施方案的算法“kickoff * 3”得出",
            "worked out by the charter's rule “kickoff * 3”",
        ),
        (
            "kickoff; sometimes",
            "按实施方案的算法“kickoff; sometimes”得出",
            "worked out by the charter's rule “kickoff; sometimes”",
        ),
    ],
)
def test_what_has_no_words_is_quoted_inside_a_sentence(rule: str, zh: str, en: str) -> None:
    assert (worded(rule, "zh-hans", NAMES), worded(rule, "en", NAMES)) == (zh, en)


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_no_shipped_charter_shows_a_formula(name: str, lang: str) -> None:
    charter, findings = load((ROOT / "charters" / name).read_text(), name)
    assert charter is not None, findings
    names = {one.key: one.title for one in (*charter.series, *charter.anchors)}
    for one in (*charter.series, *charter.anchors):
        sentence = worded(one.rule, lang, names)
        assert sentence
        assert not re.search(r"FREQ=|workdays|\bP\d|midpoint\(|roll:|“", sentence), sentence
