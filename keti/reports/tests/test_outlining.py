"""An accepted outline is the skeleton of the report and of its chapters."""

import re

import pytest

from keti.charter.rules.compiled import Section
from keti.documents.rules.doc1.schema import blank, write
from keti.kernel.acts import Text
from keti.kernel.refusals import Refused
from keti.reports import rules
from keti.reports.actions import accept_report, save_draft, submit_report
from keti.reports.rules import Content, Heading
from tests.cast import Cast

from .conftest import Desk

BONES = """一、总论
（一）为什么研究
二、红组：灯光与节能
（一）内容
1.1 走访
1.2 数据
（二）夜间的灯
三、蓝组的经验
（一）水面"""
GROUPS = {"cell.red": Text("红组", "Red cell"), "cell.blue": Text("蓝组", "Blue cell")}


def row(text: str, form: str = "plain/1") -> dict[str, str]:
    return {"key": "bones", "text": text, "form": form}


def test_numbered_lines_are_headings_by_their_rank() -> None:
    found = rules.outlined([row("没有标题。"), row(BONES)])
    assert [(one.level, one.words) for one in found[:5]] == [
        (1, "总论"), (2, "为什么研究"), (1, "红组：灯光与节能"), (2, "内容"), (3, "走访"),
    ]  # fmt: skip


def test_headings_of_a_document_are_its_own() -> None:
    blocks = [
        {"id": f"h{n}", "kind": "heading", "level": level, "runs": [{"words": words}]}
        for n, (level, words) in enumerate([(2, "第一章　总论"), (3, "1.1 背景")])
    ]
    text = {"id": "p", "kind": "paragraph", "runs": [{"words": "一、这一行只是正文"}]}
    doc = write(blank([*blocks, text]))
    assert rules.headings_in(row(doc, "doc/1")) == (Heading(1, "总论"), Heading(2, "背景"))


def test_a_heading_that_names_a_group_is_its_chapter_and_the_others_are_of_the_whole() -> None:
    found = rules.assigned(rules.outlined([row(BONES)]), GROUPS)
    assert found[""].headings == (Heading(1, "总论"), Heading(2, "为什么研究"))
    red, blue = found["cell.red"], found["cell.blue"]
    assert (red.title, blue.title) == ("红组：灯光与节能", "蓝组的经验")
    assert [(one.level, one.words) for one in red.headings] == [
        (1, "内容"), (2, "走访"), (2, "数据"), (1, "夜间的灯"),
    ]  # fmt: skip


def test_a_heading_that_names_two_groups_is_nobodys() -> None:
    found = rules.assigned([Heading(1, "红组与蓝组的比较")], GROUPS)
    assert found == {"": rules.Planned("", (Heading(1, "红组与蓝组的比较"),))}
    nested = {"a": Text("金融", "Finance"), "b": Text("金融监管", "Oversight")}
    assert set(rules.assigned([Heading(1, "金融监管的难点")], nested)) == {"", "b"}


def test_below_the_title_of_a_section_they_go_into_it() -> None:
    sections = [Section("first", Text("内容", "Matter")), Section("last", Text("建议", "Advice"))]
    red = rules.assigned(rules.outlined([row(BONES)]), GROUPS)["cell.red"]
    more = (*red.headings, Heading(1, "二、建议"), Heading(2, "给谁"))
    assert rules.skeleton(more, sections, "zh-hans") == {
        "first": "（一）走访\n\n（二）数据\n\n（三）夜间的灯",
        "last": "（一）给谁",
    }
    assert rules.skeleton(red.headings, sections, "en")["first"].startswith("1.1 走访")
    assert rules.skeleton(red.headings, [], "en") == {}


def test_a_section_that_only_repeats_its_headings_says_nothing() -> None:
    laid = {"first": "（一）走访\n\n（二）数据"}
    only = rules.without_skeleton({"first": "（二）数据\n（一）走访 ", "last": "x"}, laid)
    assert only == {"first": "", "last": "x"}
    said = {"first": "（一）走访\n去了三处。"}
    assert rules.without_skeleton(said, laid) == said


@pytest.fixture
def accepted(cast: Cast, desk: Desk) -> Desk:
    """The outline is handed in and accepted."""
    cast.at("2030-06-01T10:00")
    version = desk.plain("tao", "skeleton", bones=BONES)
    accept_report(cast.gao.act(), report=version.report)
    cast.at("2030-06-04T10:00")
    return desk


def test_before_it_is_accepted_a_chapter_begins_empty(cast: Cast, desk: Desk) -> None:
    cast.at("2030-06-04T10:00")
    desk.plain("tao", "skeleton", bones=BONES)
    assert desk.start("lu", "part", "").sections == {}


def test_a_chapter_begins_with_its_headings_and_is_not_handed_in_with_them_alone(
    cast: Cast, accepted: Desk
) -> None:
    chapter = accepted.start("lu", "part", "")
    assert chapter.sections == {"matter": "（一）走访\n\n（二）数据\n\n（三）夜间的灯"}
    with pytest.raises(Refused, match="section-empty"):
        submit_report(cast.lu.act(), report=chapter)
    content = Content({"matter": "（一）走访\n去了三处。"})
    save_draft(cast.lu.act(), report=chapter, content=content, base=chapter.revision)
    assert submit_report(cast.lu.act(), report=chapter).number == 1


def test_the_book_has_the_titles_of_the_outline(cast: Cast, accepted: Desk) -> None:
    accepted.plain("lu", "part", matter="去了三处。")
    whole = accepted.start("tao", "whole_book", "")
    assert whole.sections == {"frame": "（一）为什么研究"}
    save_draft(cast.tao.act(), report=whole, content=Content({"frame": "因为。"}), base=1)
    version = submit_report(cast.tao.act(), report=whole)
    assert [(one["title_zh"], one["title_en"]) for one in version.chapters] == [
        ("红组：灯光与节能", "Red cell"), ("蓝组的经验", "Blue cell"),
    ]  # fmt: skip


def test_the_tree_beside_the_draft_shows_what_stands_and_what_is_to_be_written(
    cast: Cast, accepted: Desk
) -> None:
    chapter = accepted.start("lu", "part", "")
    content = Content({"matter": "（一）走访\n去了三处。"})
    save_draft(cast.lu.act(), report=chapter, content=content, base=1)
    page = cast.lu.client.get(f"{chapter.path}edit/").content.decode()
    tree = page.partition('<nav aria-label="提纲">')[2].partition("</nav>")[0]
    assert re.findall(r"<li class=\"level-1\"( data-missing)?>([^< ]+)", tree) == [
        ("", "走访"), (" data-missing", "数据"), (" data-missing", "夜间的灯"),
    ]  # fmt: skip
    whole = accepted.start("tao", "whole_book", "")
    page = cast.tao.client.get(f"{whole.path}edit/").content.decode()
    assert "<summary>红组：灯光与节能</summary>" in page
    assert "夜间的灯" in page
