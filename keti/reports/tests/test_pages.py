"""Pages of the reports: who gets in by which door, and what the pages do."""

import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from keti.documents.rules.sheet import read_xlsx
from keti.groups.doors import unchanged
from keti.jobs.actions import at_once
from keti.reports import queries
from keti.reports.actions import return_report, save_draft, submit_report
from keti.reports.models import Report, Version
from keti.reports.rules import Content, PlanItem
from tests.cast import Cast, local, seen_by

from .conftest import PDF, TEXTS, Desk

SECRET = "红组的秘密进展"
DOORS = [
    "", "edit/", "preview/", "submit/", "take-back/", "docx/", "pdf/", "v/1/", "v/1/docx/",
    "v/1/pdf/", "v/1/file/", "v/1/evidence/", "diff/1/2/",
]  # fmt: skip
POSTS = ["edit/", "quote/", "submit/", "take-back/", "accept/", "return/"]


def base(cast: Cast) -> str:
    return f"/p/{cast.programme.slug}/reports/"


def without_ids(content: bytes, report: Report) -> str:
    """A page without what differs on every request: the address asked for, the form token."""
    text = content.decode().replace(report.public_id, "").replace("a" * 26, "")
    return re.sub(r'(name="csrfmiddlewaretoken" value=|CSRFToken": )"[^"]*"', "", text)


def draft_data(report: Report, **texts: str) -> dict[str, str]:
    said = TEXTS | texts
    return {
        "base": str(report.revision),
        "s0": said["gains"],
        "s1": said["snags"],
        "s2": said["cures"],
        "p0-title": "无",
        "p0-who": "",
        "p0-due": "",
    }


@pytest.mark.parametrize("who", ["he", "hua", "ren", "tao", "fang", "gao"])
def test_a_draft_is_no_page_for_others(cast: Cast, desk: Desk, who: str) -> None:
    report = desk.written(gains=SECRET)
    client = getattr(cast, who).client
    for tail in DOORS:
        hidden = client.get(report.path + tail)
        absent = client.get(f"{base(cast)}{'a' * 26}/{tail}")
        assert (hidden.status_code, absent.status_code) == (404, 404)
        assert without_ids(hidden.content, report) == without_ids(absent.content, report)
    for tail in POSTS:
        assert client.post(report.path + tail, {"key": "k"}).status_code == 404
    report.refresh_from_db()
    assert (report.state, report.latest) == ("draft", 0)


@pytest.mark.parametrize("who", ["he", "hua", "ren", "tao", "wu"])
def test_a_submitted_report_is_no_page_for_a_neighbour(cast: Cast, desk: Desk, who: str) -> None:
    report = desk.submitted(gains=SECRET).report
    client = getattr(cast, who).client
    for tail in DOORS:
        assert client.get(report.path + tail).status_code == 404
    for tail in POSTS:
        assert client.post(report.path + tail, {"key": "k"}).status_code == 404


def test_anonymous_cannot_tell_absent_from_hidden(cast: Cast, desk: Desk) -> None:
    report = desk.submitted().report
    for tail in DOORS:
        hidden, absent = (
            Client().get(f"{base(cast)}{one}/{tail}") for one in (report.public_id, "a" * 26)
        )
        assert (hidden.status_code, absent.status_code) == (302, 302)
        assert hidden.headers["Location"].replace(report.public_id, "") == (
            absent.headers["Location"].replace("a" * 26, "")
        )


@pytest.mark.parametrize("who", ["he", "hua", "ren", "tao"])
def test_lists_counts_exports_and_search_hold_nothing_of_others(
    cast: Cast, desk: Desk, who: str
) -> None:
    desk.submitted(gains=SECRET)
    player = getattr(cast, who)
    page = player.client.get(base(cast)).content.decode()
    assert "还没有您可以看的报告" in page
    assert SECRET not in page
    sent = player.client.get(f"{base(cast)}export.csv")
    table = b"".join(sent.streaming_content).decode("utf-8-sig")
    assert len(table.strip().splitlines()) == 1
    sheet = read_xlsx(player.client.get(f"{base(cast)}export.xlsx").getvalue())
    assert sum("红组" in row for row in sheet) == 0
    assert queries.search(seen_by(player.seat), cast.programme, "秘密") == []
    duty = cast.duty("moon", "cell.red", "2030-04")
    assert player.client.get(f"{base(cast)}for/{duty.public_id}/").status_code == 404


@pytest.mark.parametrize("who", ["lu", "mao", "qin", "ji", "fang", "gao"])
def test_readers_find_what_was_handed_in(cast: Cast, desk: Desk, who: str) -> None:
    report = desk.submitted(gains=SECRET).report
    player = getattr(cast, who)
    page = player.client.get(report.path)
    assert page.status_code == 200
    assert SECRET in page.content.decode()
    found = queries.search(seen_by(player.seat), cast.programme, "秘密")
    assert [(one.subject.id, SECRET in one.excerpt) for one in found] == [(report.public_id, True)]
    assert "export.xlsx" in player.client.get(base(cast)).content.decode()


@pytest.mark.parametrize(
    ("who", "sees"), [("mao", True), ("qin", True), ("ji", True), ("fang", False), ("gao", False)]
)
def test_the_new_draft_of_a_returned_report_stays_inside(
    cast: Cast, desk: Desk, who: str, sees: bool
) -> None:
    report = desk.submitted().report
    return_report(cast.fang.act(), report=report, reason="请补充。")
    report.refresh_from_db()
    save_draft(
        cast.lu.act(),
        report=report,
        base=report.revision,
        content=Content(TEXTS | {"gains": SECRET}, []),
    )
    player = getattr(cast, who)
    assert player.client.get(report.path).status_code == 200
    assert SECRET not in player.client.get(report.path).content.decode()
    preview = player.client.get(f"{report.path}preview/")
    assert preview.status_code == (200 if sees else 404)
    assert bool(queries.search(seen_by(player.seat), cast.programme, SECRET)) is sees


def test_an_external_reviewer_reads_at_the_gate_and_opens_no_report(cast: Cast, desk: Desk) -> None:
    halfway = desk.plain("lu", "halfway", **TEXTS)
    monthly = desk.submitted()
    assert cast.ren.client.get(halfway.path).status_code == 404
    assert cast.ren.client.get(monthly.path).status_code == 404
    assert cast.ren.client.get(f"{halfway.report.path}preview/").status_code == 404


def test_who_assembles_reads_the_chapters(cast: Cast, desk: Desk) -> None:
    chapter = desk.plain("lu", "part", matter="红组正文。")
    assert cast.tao.client.get(chapter.path).status_code == 200
    assert cast.he.client.get(chapter.path).status_code == 404


def test_a_month_written_in_the_browser(cast: Cast, desk: Desk) -> None:
    duty = cast.duty("moon", "cell.red", "2030-04")
    where = f"{base(cast)}for/{duty.public_id}/"
    begin = cast.lu.client.get(where)
    assert "开始起草" in begin.content.decode()
    assert cast.lu.client.post(f"{where}start/", {"key": "s"}).status_code == 302
    report = Report.objects.get()
    assert cast.lu.client.get(where).headers["Location"] == f"{report.path}edit/"
    data = draft_data(report) | {
        "p0-title": "写案例",
        "p0-who": cast.mao.seat.public_id,
        "p0-due": "2030-05-20",
    }
    looked = cast.lu.client.post(f"{report.path}edit/", data | {"preview": "1"})
    assert looked.headers["Location"] == f"{report.path}preview/"
    assert "写案例" in cast.lu.client.get(f"{report.path}preview/").content.decode()
    data |= {"base": Report.objects.get().revision}
    saved = cast.lu.client.post(f"{report.path}edit/", data | {"submit": "1"})
    assert saved.headers["Location"] == f"{report.path}submit/"
    confirm = cast.lu.client.get(f"{report.path}submit/").content.decode()
    assert "提交后分配 1 项任务" in confirm
    done = cast.lu.client.post(f"{report.path}submit/", {"key": "h"})
    assert done.headers["Location"] == f"{report.path}v/1/"
    again = cast.lu.client.post(f"{report.path}submit/", {"key": "h"})
    assert again.headers["Location"] == f"{report.path}v/1/"
    assert Version.objects.count() == 1
    page = cast.lu.client.get(f"{report.path}v/1/").content.decode()
    assert "写案例" in page
    assert Version.objects.get().sha256 in page


def test_a_refused_submission_says_why(cast: Cast, desk: Desk) -> None:
    report = desk.written(snags="")
    answer = cast.lu.client.post(f"{report.path}submit/", {"key": "h"})
    assert answer.status_code == 422
    assert "以下部分还没有内容：存在问题" in answer.content.decode()


def test_autosave_says_when_and_carries_the_next_base(cast: Cast, desk: Desk) -> None:
    report = desk.start()
    answer = cast.lu.client.post(
        f"{report.path}edit/", draft_data(report), headers={"HX-Request": "true"}
    )
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "2030-04-28" in text
    assert 'name="base" id="id_base" value="1"' in text


def test_a_stale_page_shows_both_texts(cast: Cast, desk: Desk) -> None:
    report = desk.written()
    mao = draft_data(report, gains="毛写的。")
    assert cast.mao.client.post(f"{report.path}edit/", mao).status_code == 302
    lu = draft_data(report, gains="卢写的。")
    answer = cast.lu.client.post(f"{report.path}edit/", lu)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "毛写的。" in text
    assert text.count("卢写的。") == 2
    assert 'id="id_base" value="2"' in text
    small = cast.lu.client.post(f"{report.path}edit/", lu, headers={"HX-Request": "true"})
    assert re.search("没有保存.*并排列出", small.content.decode())
    assert "下面" not in small.content.decode()
    merged = cast.lu.client.post(f"{report.path}edit/", lu | {"base": "2"})
    assert merged.status_code == 302
    report.refresh_from_db()
    assert report.sections["gains"] == "卢写的。"


def test_a_paper_report_by_the_form_is_on_time(cast: Cast, desk: Desk) -> None:
    cast.at("2030-05-02T10:00")
    duty = cast.duty("moon", "cell.red", "2030-04")
    where = f"{base(cast)}for/{duty.public_id}/file/"
    scan = io.BytesIO(PDF)
    scan.name = "月报扫描件.pdf"
    with at_once():
        waits = cast.qin.client.post(where, {"key": "f", "file": scan, "read": "1"})
    page = (waits if waits.status_code == 200 else cast.qin.client.get(f"{where}?of=f")).content
    assert f'value="{cast.lu.seat.public_id}" selected' in page.decode()
    answer = cast.qin.client.post(
        where,
        {
            "key": "f",
            "s0": "办了两次研讨。",
            "s1": "无",
            "from2": "1",
            "p0-title": "写案例。",
            "p0-who": cast.mao.seat.public_id,
            "p0-due": "2030-05-20",
            "on_behalf_of": cast.lu.seat.public_id,
            "happened_at": "2030-04-30T17:00",
        },
    )
    version = Version.objects.get()
    assert answer.headers["Location"] == version.path
    duty.refresh_from_db()
    assert (duty.met_at, duty.recorded_late) == (local("2030-04-30T17:00"), True)
    shown = cast.lu.client.get(version.path).content.decode()
    assert "补录" in shown
    assert "代录" in shown
    original = cast.lu.client.get(f"{version.path}file/")
    assert original.getvalue() == PDF
    assert original.headers["Content-Disposition"].startswith("attachment;")
    assert "%E6%9C%88%E6%8A%A5" in original.headers["Content-Disposition"]
    assert cast.lu.client.get(f"{version.path}evidence/").getvalue() == PDF


def test_a_hostile_file_is_refused_in_words(cast: Cast, desk: Desk) -> None:
    duty = cast.duty("moon", "cell.red", "2030-04")
    bad = io.BytesIO(b"MZ\x90\x00 not a report")
    bad.name = "report.pdf"
    answer = cast.lu.client.post(
        f"{base(cast)}for/{duty.public_id}/file/",
        {
            "key": "f",
            "file": bad,
            "read": "1",
        },
    )
    assert answer.status_code == 422
    assert "report.pdf" in answer.content.decode()
    assert (Report.objects.count(), Version.objects.count()) == (0, 0)


def test_word_and_pdf_of_any_version(cast: Cast, desk: Desk) -> None:
    version = desk.submitted(gains="依据是**报表**。")
    word = cast.lu.client.get(f"{version.path}docx/")
    pdf = cast.lu.client.get(f"{version.report.path}pdf/")
    assert (word.content[:2], pdf.content[:5]) == (b"PK", b"%PDF-")
    assert word.headers["Content-Disposition"].startswith("attachment;")


def test_hostile_markdown_is_only_text(cast: Cast, desk: Desk) -> None:
    version = desk.submitted(
        gains="<script>alert(1)</script> [点我](javascript:alert(1)) ![](http://x.example/p.png)"
    )
    page = cast.fang.client.get(version.path).content.decode()
    assert "<script>alert" not in page
    assert "[点我](javascript:alert(1)) ![](" in page
    assert "<img" not in page and 'href="javascript' not in page


def test_before_and_after_sentence_by_sentence(cast: Cast, desk: Desk) -> None:
    report = desk.submitted(gains="第一句。第二句。").report
    return_report(cast.fang.act(), report=report, reason="改第二句。")
    report.refresh_from_db()
    save_draft(
        cast.lu.act(),
        report=report,
        base=report.revision,
        content=Content(
            TEXTS | {"gains": "第一句。改过的第二句。"},
            [PlanItem("写案例", cast.mao.seat.public_id, date(2030, 5, 20))],
        ),
    )
    submit_report(cast.lu.act(), report=report)
    page = cast.lu.client.get(f"{report.path}diff/1/2/").content.decode()
    assert "<del>第二句。</del>" in page
    assert "<ins>改过的第二句。</ins>" in page
    assert "第一句" not in page
    assert cast.lu.client.get(f"{report.path}diff/2/1/").status_code == 404


def test_the_reader_returns_and_accepts_on_the_page(cast: Cast, desk: Desk) -> None:
    report = desk.submitted().report
    silent = cast.fang.client.post(f"{report.path}return/", {"key": "r", "reason": ""})
    assert silent.status_code == 422
    assert "退回须写明理由" in silent.content.decode()
    cast.fang.client.post(f"{report.path}return/", {"key": "r", "reason": "补依据"})
    report.refresh_from_db()
    assert (report.state, report.reason) == ("returned", "补依据")
    refused = cast.mao.client.post(f"{report.path}accept/", {"key": "a"})
    assert refused.status_code == 422


def test_the_consolidated_report_in_the_browser(cast: Cast, desk: Desk) -> None:
    desk.submitted()
    report = desk.start("fang", "sum")
    page = cast.fang.client.get(f"{report.path}edit/").content.decode()
    assert "做成了一件事。" in page
    assert "未交" in page
    cast.fang.client.post(f"{report.path}submit/", {"key": "s"})
    frozen = cast.fang.client.get(report.path).content.decode()
    assert Version.objects.get(report__kind="moon").sha256 in frozen
    assert cast.he.client.get(report.path).status_code == 404


def test_the_final_report_reads_chapter_by_chapter(cast: Cast, desk: Desk) -> None:
    desk.plain("lu", "part", matter="红组正文。")
    version = desk.plain("tao", "whole_book", frame="总论。")
    page = cast.tao.client.get(version.path).content.decode()
    for words in ("总论。", "红组正文。", "本章未交。"):
        assert words in page
    paper = queries.paper(version, "zh-hans")
    assert [one.title for one in paper.chapters] == ["总论", "红组", "蓝组"]
    assert paper.chapters[1].authors == (cast.lu.seat.label,)


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_every_page_in_both_languages(cast: Cast, desk: Desk, lang: str) -> None:
    desk.submitted()
    report = desk.start("he")
    for path in (
        base(cast),
        f"{report.path}edit/",
        f"{report.path}preview/",
        f"{report.path}submit/",
        f"{base(cast)}for/{report.obligation.public_id}/file/",
    ):
        page = cast.he.client.get(path, headers={"Accept-Language": lang})
        assert page.status_code == 200
        assert f'lang="{lang}"' in page.content.decode()


def test_the_list_costs_the_same_at_one_and_three_rows(cast: Cast, desk: Desk) -> None:
    desk.submitted()
    _warm, first = cost(cast), cost(cast)
    desk.submitted("he")
    desk.plain("lu", "halfway", **TEXTS)
    assert (Report.objects.count(), cost(cast)) == (3, first)


def cost(cast: Cast) -> int:
    """Queries of the list, nothing kept yet."""
    unchanged.forget()
    with CaptureQueriesContext(connection) as caught:
        cast.qin.client.get(base(cast))
    return len(caught)


def test_a_late_report_says_so_on_its_own_page(cast: Cast, desk: Desk) -> None:
    report = desk.written()
    cast.at("2030-05-03T09:00")
    version = submit_report(cast.lu.act(), report=report)
    assert "迟交（3 天）" in cast.qin.client.get(version.path).content.decode()
    assert "迟交" in cast.lu.client.get(version.path).content.decode()
