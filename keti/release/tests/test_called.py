"""A version goes by the name of what it was handed on for."""

from keti.consultation.actions import open_round
from keti.release.actions import retract
from keti.release.queries import final_paper
from keti.release.tests.ending import Walk
from keti.reports.actions import return_report, save_draft, submit_report
from keti.reports.models import Version
from keti.reports.queries import called, paper
from keti.reports.rules import Content
from keti.review.actions import open_gate
from tests.cast import Cast


def names(version: Version) -> tuple[str, str]:
    return called(version, "zh-hans"), called(version, "en")


def test_a_book_is_named_by_how_far_it_came(cast: Cast, walk: Walk) -> None:
    version = walk.to_the_book()
    assert names(version) == ("", "")
    assert ("版本", "1") in paper(version, "zh").facts
    assert paper(version, "zh").stage == ""
    open_gate(cast.qin.act("2030-07-01T09:00"), gate=walk.gate("panel@core"))
    assert names(version) == ("送审稿", "draft for review")
    assert ("版本", "1（送审稿）") in paper(version, "zh").facts
    assert [paper(version, lang).stage for lang in ("zh", "en")] == ["送审稿", "draft for review"]
    assert ("Version", "1 (draft for review)") in paper(version, "en").facts


def test_the_last_gate_approves_and_publication_comes_after_it(cast: Cast, walk: Walk) -> None:
    version = walk.to_the_panel()
    open_gate(cast.qin.act("2030-07-11T09:00"), gate=walk.gate("end@core"))
    assert names(version) == ("报批稿", "draft for approval")


def test_what_is_out_is_as_published_until_it_is_withdrawn(cast: Cast, walk: Walk) -> None:
    out = walk.published()
    assert names(out.version) == ("发布稿", "as published")
    made = final_paper(cast.programme, "zh")
    assert made is not None
    assert ("定稿版次", "1（发布稿）") in made.facts
    retract(cast.qin.act("2030-07-19T10:00"), publication=out, reason="数据有误")
    assert names(out.version) == ("报批稿", "draft for approval")


def test_list_and_comparison_name_each_version(cast: Cast, walk: Walk) -> None:
    walk.agreed()
    first = walk.report("tao", "skeleton", "2030-05-30T09:00", bones="一、总论")
    open_round(cast.qin.act("2030-06-03T09:00"), obligation=cast.duty("remarks"))
    assert names(first) == ("征求意见稿", "draft for comment")
    cast.at("2030-06-05T10:00")
    report = return_report(cast.gao.act(), report=first.report, reason="请补一章")
    content = Content({"bones": "一、总论\n二、建议"})
    save_draft(cast.tao.act(), report=report, content=content, base=report.revision)
    second = submit_report(cast.tao.act(), report=report)
    assert names(second) == ("", "")
    page = cast.tao.client.get(second.path).content.decode()
    assert "征求意见稿 · <a href" in " ".join(page.split())
    assert "<strong>征求意见稿</strong>" not in page
    assert (
        "<strong>征求意见稿</strong> · 第 1 版" in cast.tao.client.get(first.path).content.decode()
    )
    compared = cast.tao.client.get(f"{report.path}diff/1/2/").content.decode()
    assert "征求意见稿 → — · 第 1 版 → 第 2 版" in " ".join(compared.split())
