"""Plans as people write them: who and when are read where nothing else can be meant."""

from datetime import date

import pytest

from keti.documents.rules.planned import Planned, planned

PEOPLE = {
    "毛研究员（演示）": "mao",
    "毛研究员": "mao",
    "王二": "wang",
    "李一": "",
    "Ann Lee": "ann",
}
NEAR = date(2030, 4, 28)
MAY = date(2030, 5, 20)


def items(words: str) -> list[tuple[str, str, date | None]]:
    return [(one.what, one.who, one.due) for one in planned(words, PEOPLE, NEAR)]


@pytest.mark.parametrize(
    "line",
    [
        "写案例（毛研究员，5月20日前）",
        "1. 写案例，毛研究员（演示）负责，5月20日前完成。",
        "（一）写案例，毛研究员5月20日前完成",
        "毛研究员：写案例；2030年5月20日",
        "• 写案例——毛研究员——2030-05-20",
        "写案例，5月20日前由毛研究员完成",
        "写案例，责任人：毛研究员，完成时间：2030.5.20",
        "1\t写案例\t毛研究员\t2030/5/20",
    ],
)
def test_a_line_that_says_what_who_and_when(line):
    assert items(line) == [("写案例", "mao", MAY)]


@pytest.mark.parametrize(
    "line",
    [
        "协助毛研究员写案例",
        "写案例（李一，5月20日）",
        "写案例；王二；13月20日",
        "写案例，王二，李一，5月20日",
        "5月20日会上，汇报案例",
        "写案例，5月10日或5月20日",
        "1.5版定稿",
        "完成，提交",
        "王二：",
    ],
)
def test_what_may_be_meant_otherwise_stays_as_written(line):
    assert items(line) == [(line, "", None)]


def test_what_is_not_understood_of_a_line_stays_in_what_is_to_be_done():
    assert items("写案例（毛研究员、王二，5月20日）") == [("写案例（毛研究员、王二）", "", MAY)]
    assert items("访谈三家（含金融、商贸），王二，5月底前") == [
        ("访谈三家（含金融、商贸）", "wang", date(2030, 5, 31))
    ]


def test_a_table_under_its_headings():
    rows = [
        "序号\t工作内容\t责任人\t完成时限\t备注",
        "1\t写案例\t毛研究员\t5月20日前\t",
        "2\t访谈\t王二、毛研究员\t5月中旬\t急",
    ]
    assert items("\n".join(rows)) == [
        ("写案例", "mao", MAY),
        ("访谈；王二、毛研究员；5月中旬；急", "", None),
    ]


def test_a_day_without_its_year_is_the_nearest():
    assert planned("写案例，1月5日", PEOPLE, date(2030, 12, 28)) == [
        Planned("写案例", "", date(2031, 1, 5))
    ]
    assert items("写案例，2月30日") == [("写案例，2月30日", "", None)]


def test_lines_that_are_no_items_are_none():
    assert items("长" * 201) == []
    assert items("\n".join(["写案例"] * 31)) == []


def test_in_english():
    assert items("Write the case, Ann Lee, by 2030-05-20") == [("Write the case", "ann", MAY)]


@pytest.mark.parametrize(
    "line",
    [
        "1．写案例；2．访谈三家。",
        "（1）写案例，（2）访谈三家",
        "一、写案例；二、访谈三家；",
        "①写案例 ②访谈三家",
    ],
)
def test_items_counted_on_one_line_are_items_each(line):
    assert [what for what, _who, _due in items(line)] == ["写案例", "访谈三家"]


@pytest.mark.parametrize(
    "line", ["核对第1、2、3号样本", "1. 复核2、3号样本", "1．写2．5万字", "写案例；2．访谈"]
)
def test_numbers_that_count_no_items_split_nothing(line):
    assert len(items(line)) == 1
