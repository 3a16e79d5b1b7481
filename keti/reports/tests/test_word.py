"""A report that comes as a Word file: its tables, pictures, notes and changes are handed in,
frozen, shown and printed; headings go where their sender says."""

import io
import json

import pytest

from keti.documents.actions import path_of
from keti.documents.models import StoredFile
from keti.documents.rules.apart import render
from keti.documents.rules.doc1 import schema
from keti.documents.rules.word.reader import read_word
from keti.documents.tests.corpus import cell as tc
from keti.documents.tests.corpus import drawn, note, noted, p, packed, row, t, tbl
from keti.documents.tests.corpus_files import RED, sha
from keti.reports import queries
from keti.reports.actions import hand_in_by_file, return_report, submit_report
from keti.reports.models import Version
from keti.reports.rules import Content, Handed, bare
from tests.cast import Cast

from .conftest import Desk
from .test_files import choose, fields, where

WHO = 'w:author="审稿人（演示）" w:date="2030-04-20T00:00:00Z"'
WIDE = '<w:gridSpan w:val="2"/>'
BODY = (
    p(t("本月成果", "<w:b/>"))
    + p("办了两次研讨", noted(2), "。")
    + tbl(row("地区", "场次"), row(tc("合计两场", props=WIDE)))
    + p(drawn("rId7", "会场示意"))
    + p(t("存在问题", "<w:b/>"))
    + p("共", f"<w:ins w:id='1' {WHO}>{t('两')}</w:ins>", "处。")
    + p(t("怎样解决", "<w:b/>"))
    + p("继续观察。")
)
WORD = packed(BODY, media={"rId7.png": RED}, footnotes=note("footnote", 2, "据会议记录。"))


def handed_in(cast: Cast, **more: str) -> Version:
    """Chosen, confirmed and sent through the page."""
    said = fields(choose(cast.lu, where(cast), WORD))
    laid = cast.lu.client.post(where(cast), said | {"h6": "cures", "lay": "1"})
    said = fields(laid) | {"p0-title": "无"} | more
    done = cast.lu.client.post(where(cast), said)
    assert done.status_code == 302, done.content.decode()
    return Version.objects.select_related("report", "programme").get()


def test_headings_go_where_their_sender_says(cast: Cast, desk: Desk) -> None:
    page = choose(cast.lu, where(cast), WORD)
    heads = {title: bound.value() for title, bound in page.context["heads"]}
    assert heads == {"本月成果": "gains", "存在问题": "snags", "怎样解决": " apart"}
    said = fields(page)
    assert "s2" not in said and said["r0-words"] == "怎样解决\n继续观察。"
    # changed and sent at once: the page lays the parts out anew and asks to look at them
    early = cast.lu.client.post(where(cast), said | {"h6": "cures", "p0-title": "无"})
    assert early.status_code == 200 and Version.objects.count() == 0
    assert fields(early)["s2"] == "怎样解决\n继续观察。"
    assert "r0-words" not in fields(early)


def test_the_preview_shows_the_document_with_its_pictures(cast: Cast, desk: Desk) -> None:
    page = choose(cast.lu, where(cast), WORD)
    text = page.content.decode()
    assert '<td colspan="2">合计两场</td>' in text
    assert 'title="审稿人（演示） 2030-04-20"' in text
    assert "带入报告的有未接受的修订 1 处、批注 0 条" in text
    address = next(one for one in text.split('"') if "/file/pictures/" in one).replace("&amp;", "&")
    assert cast.lu.client.get(address).content == RED
    assert cast.lu.client.get(address.replace(sha(RED), "0" * 64)).status_code == 404
    assert cast.he.client.get(address).status_code == 404


def test_the_version_holds_the_document_and_its_pictures(cast: Cast, desk: Desk) -> None:
    version = handed_in(cast)
    gains, snags, cures = version.sections
    assert [one["form"] for one in version.sections] == ["doc/1", "doc/1", "doc/1"]
    doc = schema.read(gains["text"])
    assert [one["kind"] for one in doc["blocks"]] == ["paragraph", "table", "figure"]
    assert path_of(doc["blocks"][2]["file"]).read_bytes() == RED
    assert path_of(version.file.sha256).read_bytes() == WORD
    assert bare(gains) == "办了两次研讨［据会议记录。］。\n地区\t场次\n合计两场\n［会场示意］"
    assert (bare(snags), bare(cures)) == ("共两处。", "怎样解决\n继续观察。")
    assert [one["kind"] for one in schema.read(cures["text"])["blocks"]] == ["heading", "paragraph"]
    assert version.report.sections["gains"] == bare(gains)
    assert "合计两场" in version.words and '"kind"' not in version.words
    shown = cast.lu.client.get(version.path).content.decode()
    address = f"{version.path}pictures/{sha(RED)}/"
    assert f'src="{address}"' in shown and "据会议记录。" in shown
    got = cast.lu.client.get(address)
    assert (b"".join(got), got.headers["Content-Type"]) == (RED, "image/png")
    assert cast.lu.client.get(f"{version.path}pictures/{'0' * 64}/").status_code == 404
    assert cast.he.client.get(address).status_code == 404


def test_pdf_and_word_carry_it(cast: Cast, desk: Desk) -> None:
    paper = queries.paper(handed_in(cast), "zh-hans")
    pdf = render(paper, "pdf").data
    assert pdf.count(b"/Subtype /Image") + pdf.count(b"/Subtype/Image") >= 1
    found = read_word(io.BytesIO(render(paper, "docx").data), "月报.docx").doc
    kinds = [one["kind"] for one in found["blocks"]]
    assert "figure" in kinds and schema.files_of(found) == [sha(RED)]
    runs = list(schema.runs_of(found["blocks"]))
    assert [run["words"] for run in runs if "ins" in run] == ["两"]
    assert any("note" in run for run in runs)
    assert "data:image/png;base64," in render(paper, "html").data.decode()


def test_words_changed_on_the_page_are_handed_in_as_words(cast: Cast, desk: Desk) -> None:
    version = handed_in(cast, s0="只开了一次会。")
    assert (version.sections[0]["form"], version.sections[0]["text"]) == (
        "plain/1",
        "只开了一次会。",
    )
    assert version.sections[1]["form"] == "doc/1"


def test_what_nobody_changed_keeps_its_document_in_the_next_version(cast: Cast, desk: Desk) -> None:
    first = handed_in(cast)
    return_report(cast.qin.act(), report=first.report, reason="请补充问题。")
    report = type(first.report).objects.get(pk=first.report.pk)
    sections = report.sections | {"snags": "共三处。"}
    report.sections = sections
    report.save()
    second = submit_report(cast.lu.act(), report=report)
    assert second.sections[0]["text"] == first.sections[0]["text"]
    assert (second.sections[1]["form"], second.sections[1]["text"]) == ("plain/1", "共三处。")
    page = cast.lu.client.get(f"{second.report.path}diff/1/2/").content.decode()
    assert "共三处。" in page and '"kind"' not in page and "合计两场" not in page


def test_a_document_whose_pictures_nobody_keeps_is_refused(cast: Cast, desk: Desk) -> None:
    doc = read_word(io.BytesIO(WORD), "月报.docx").doc
    texts = {"gains": schema.write(doc)}
    handed = Handed(Content({"snags": "无", "cures": "无"}, desk.handed().content.plan), docs=texts)
    duty, file = cast.duty("moon", "cell.red", "2030-04"), desk.file("lu")
    for bad, code in ((handed, "documents.picture-not-kept"), (
        Handed(handed.content, docs={"gains": json.dumps(doc)}), "documents.doc-not-in-form"
    )):  # fmt: skip
        with pytest.raises(Exception, match=code):
            hand_in_by_file(cast.lu.act(), obligation=duty, file=file, handed=bad)
    assert not StoredFile.objects.filter(sha256=sha(RED)).exists()
