"""Headings of a Word file that comes as a report: none is lost, each goes where its sender says."""

import re

from django.http import HttpResponse

from keti.documents.rules.doc1 import schema
from keti.documents.tests.corpus import drawn, note, noted, p, packed, row, t, tbl
from keti.documents.tests.corpus_files import RED
from keti.reports.actions import return_report
from keti.reports.models import Version
from tests.cast import Cast

from .conftest import Desk
from .test_files import choose, fields, planned, where

BOLD, LARGE = "<w:b/>", '<w:b/><w:sz w:val="36"/>'
SAID = '<w:comment w:id="5" w:author="王同事（演示）">' + p("日期请再确认。") + "</w:comment>"
MESSY = packed(
    p(t("金融组四月报告", LARGE))
    + p(t("一、本月进展", BOLD))
    + p("走访四省", noted(2), "。")
    + tbl(row("地区", "份数"), row("东部", "205"))
    + p(drawn("rId7", "各省样本"))
    + p(t("二、存在的问题", BOLD))
    + p("分歧较大。")
    + p(t("三、下月计划", BOLD))
    + p(
        '<w:commentRangeStart w:id="5"/>'
        + t("1．写案例；2．访谈。")
        + '<w:commentRangeEnd w:id="5"/>'
        '<w:r><w:commentReference w:id="5"/></w:r>'
    )
    + p(t("四、需要协调的事项", BOLD))
    + p("请协调补交数据。"),
    media={"rId7.png": RED},
    footnotes=note("footnote", 2, "口径见方案。"),
    comments=SAID,
)
CHAPTERS = "".join(
    p(t(f"第{n}章 {name}", BOLD)) + p(f"{name}的文字。")
    for n, name in (("一", "总论"), ("二", "现状"), ("三", "建议"))
)
WORDS = ["金融组四月报告", "一、本月进展", "二、存在的问题", "三、下月计划", "四、需要协调的事项"]


def listed(page: HttpResponse) -> dict[str, str]:
    return {title: bound.value() for title, bound in page.context["heads"]}


def laid(cast: Cast, page: HttpResponse, **to: str) -> HttpResponse:
    """The headings put elsewhere, by the field of each, and laid out."""
    return cast.lu.client.post(where(cast), fields(page) | to | {"lay": "1"})


def test_the_first_chapter_put_into_a_section_keeps_its_heading(cast: Cast, desk: Desk) -> None:
    page = choose(cast.lu, where(cast), packed(CHAPTERS))
    heads = {name: "gains" for name in fields(page) if name[0] == "h"}
    assert len(heads) == 3
    page = laid(cast, page, **heads)
    said = fields(page) | {"s1": "无", "s2": "无"} | planned(cast, "写案例")
    done = cast.lu.client.post(where(cast), said)
    assert done.status_code == 302, done.content.decode()
    words = Version.objects.get().sections[0]["text"]
    assert [words.count(f"第{n}章") for n in "一二三"] == [1, 1, 1]
    shown = cast.lu.client.get(done.headers["Location"]).content.decode()
    assert re.search("第一章 总论(</strong>)?</h", shown)


def test_only_a_heading_that_says_the_sections_name_is_swallowed(cast: Cast, desk: Desk) -> None:
    page = laid(cast, choose(cast.lu, where(cast), MESSY), h9="cures")
    assert fields(page)["s2"] == "四、需要协调的事项\n请协调补交数据。"
    assert fields(page)["s1"] == "分歧较大。"
    own = packed(p(t("（三） 解决 措施：", BOLD)) + p("继续。"))
    assert fields(choose(cast.lu, where(cast), own))["s2"] == "继续。"


def test_every_heading_is_offered_whatever_stands_above_it(cast: Cast, desk: Desk) -> None:
    page = choose(cast.lu, where(cast), MESSY)
    assert listed(page) == dict(
        zip(WORDS, [" apart", " apart", "snags", " plan", " apart"], strict=True)
    )
    inner = p(t("二、存在的问题", BOLD)) + p(t("（一）分歧", BOLD)) + p("较大。")
    assert listed(choose(cast.lu, where(cast), packed(inner)))["（一）分歧"] == " within"


def test_one_choice_takes_no_other_heading_along(cast: Cast, desk: Desk) -> None:
    page = laid(cast, choose(cast.lu, where(cast), MESSY), h0="gains")
    assert list(listed(page)) == WORDS
    assert listed(page)["二、存在的问题"] == "snags"
    assert fields(page)["s1"] == "分歧较大。"
    assert fields(page)["s0"] == "金融组四月报告"
    page = laid(cast, page, h1=" within")
    assert list(listed(page)) == WORDS
    assert fields(page)["s0"].startswith("金融组四月报告\n一、本月进展\n走访四省")


def test_what_belongs_to_no_part_goes_into_one_with_all_it_holds(cast: Cast, desk: Desk) -> None:
    page = choose(cast.lu, where(cast), MESSY)
    text = page.content.decode()
    apart = text[text.index('id="apart"') :]
    assert "<td>205</td>" in apart and "口径见方案。" in apart and "/file/pictures/" in apart
    said = fields(page) | planned(cast, "写案例", "访谈")
    said |= {"r0-to": " none", "r1-to": "gains", "r2-to": "cures"}
    done = cast.lu.client.post(where(cast), said)
    assert done.status_code == 302, done.content.decode()
    gains = schema.read(Version.objects.get().sections[0]["text"])
    kinds = [one["kind"] for one in gains["blocks"]]
    assert kinds == ["heading", "paragraph", "table", "figure"]
    assert any("note" in run for run in schema.runs_of(gains["blocks"]))


def test_a_comment_that_is_not_carried_is_counted_and_named(cast: Cast, desk: Desk) -> None:
    text = choose(cast.lu, where(cast), MESSY).content.decode()
    assert "只在原件里的：修订 0 处、批注 1 条" in text
    assert "王同事（演示）：日期请再确认。" in text
    carried = packed(
        p(t("存在问题", BOLD))
        + p(
            '<w:commentRangeStart w:id="5"/>' + t("两处。") + '<w:commentRangeEnd w:id="5"/>'
            '<w:r><w:commentReference w:id="5"/></w:r>'
        ),
        comments=SAID,
    )
    text = choose(cast.lu, where(cast), carried).content.decode()
    assert "带入报告的有未接受的修订 0 处、批注 1 条" in text and "只在原件里的：" not in text


def handed_in(cast: Cast) -> Version:
    """The messy file with each piece placed and each item of its plan given to somebody."""
    page = laid(cast, choose(cast.lu, where(cast), MESSY), h1="gains", h9="cures")
    said = fields(page) | planned(cast, "写案例", "访谈") | {"r0-to": " none"}
    done = cast.lu.client.post(where(cast), said)
    assert done.status_code == 302, done.content.decode()
    return Version.objects.get()


def test_a_corrected_file_keeps_who_when_and_where(cast: Cast, desk: Desk) -> None:
    first = handed_in(cast)
    return_report(cast.qin.act(), report=first.report, reason="请更正份数。")
    mended = packed(
        p(t("一、本月进展", BOLD)) + p("走访五省。")
        + p(t("二、存在的问题", BOLD)) + p("分歧较大。")
        + p(t("三、下月计划", BOLD)) + p("1．写案例；2．访谈；3．定稿。")
        + p(t("四、需要协调的事项", BOLD)) + p("请协调补交数据。")
    )  # fmt: skip
    page = choose(cast.lu, where(cast), mended)
    said = fields(page)
    assert list(listed(page).values()) == ["gains", "snags", " plan", "cures"]
    assert said["s0"] == "一、本月进展\n走访五省。" and "r0-words" not in said
    assert [said.get(f"p{n}-title") for n in range(3)] == ["写案例", "访谈", "定稿"]
    who = cast.mao.seat.public_id
    assert [said.get(f"p{n}-who") for n in range(3)] == [who, who, None]
    assert [said.get(f"p{n}-due") for n in range(3)] == ["2030-05-20", "2030-05-20", None]


def test_next_months_headings_go_where_they_went(cast: Cast, desk: Desk) -> None:
    handed_in(cast)
    cast.at("2030-05-28T10:00")
    page = choose(cast.lu, where(cast, period="2030-05"), MESSY)
    assert list(listed(page).values()) == [" apart", "gains", "snags", " plan", "cures"]
    assert fields(page)["r0-to"] == " none"
    other = choose(cast.he, where(cast, group="cell.blue", period="2030-05"), MESSY)
    assert listed(other)["一、本月进展"] == " apart"


def test_laying_a_heading_elsewhere_keeps_what_else_was_typed(cast: Cast, desk: Desk) -> None:
    page = choose(cast.lu, where(cast), MESSY)
    typed = planned(cast, "写两个案例") | {"s1": "分歧很大。", "r0-to": " none"}
    said = fields(laid(cast, page, h9="cures", **typed))
    assert (said["s1"], said["r0-to"]) == ("分歧很大。", " none")
    assert (said["p0-title"], said["p0-who"]) == ("写两个案例", cast.mao.seat.public_id)
    assert said["s2"].startswith("四、需要协调的事项")


def test_more_headings_than_are_listed_are_counted_aloud(cast: Cast, desk: Desk) -> None:
    many = "".join(p(t(f"第{n}节 走访", BOLD)) + p(f"第{n}家。") for n in range(1, 306))
    page = choose(cast.lu, where(cast), packed(p(t("一、本月成果", BOLD)) + many))
    assert len(listed(page)) == 300
    assert "文件里找到 306 处标题，这里只列出前 300 处" in page.content.decode()
    few = choose(cast.lu, where(cast), MESSY).content.decode()
    assert "这里只列出前" not in few
