"""A work handed in as a file that is a text: read from Word, written on the page, kept, judged."""

import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from keti.documents.actions import read
from keti.documents.models import StoredFile
from keti.documents.rules.doc1 import schema
from keti.documents.tests.corpus import cell as tc
from keti.documents.tests.corpus import drawn, note, noted, p, packed, row, t, tbl
from keti.documents.tests.corpus_files import RED, sha
from keti.duties import actions
from keti.duties.enums import DutyState
from keti.duties.models import Filing, Obligation
from keti.duties.rules import FiledText
from keti.duties.tests.test_actions import PNG, stored
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from tests.cast import Cast

pytestmark = pytest.mark.django_db
WIDE = '<w:gridSpan w:val="2"/>'
BOLD = "<w:b/>"
WORD = packed(
    p(t("一、研究目标", BOLD))
    + p("摸清", noted(2), "底数。")
    + p(t("二、进度安排", BOLD))
    + tbl(row("阶段", "时间"), row(tc("合计两段", props=WIDE)))
    + p(drawn("rId7", "路线图")),
    media={"rId7.png": RED},
    footnotes=note("footnote", 2, "据访谈。"),
)
REMARKED = packed(
    '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>目标</w:t></w:r><w:commentRangeEnd w:id="0"/>'
    '<w:r><w:commentReference w:id="0"/></w:r></w:p>',
    comments='<w:comment w:id="0" w:author="吴（演示）" w:date="2030-03-01T08:00:00Z">'
    "<w:p><w:r><w:t>再想想</w:t></w:r></w:p></w:comment>",
)


def at(duty: Obligation, tail: str = "") -> str:
    return f"/p/cast/duties/{duty.public_id}/{tail}"


@pytest.fixture
def paper(cast: Cast) -> Obligation:
    return cast.duty("paper")


def word(name: str = "方案.docx", data: bytes = WORD) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def fields(answer: Any) -> dict[str, str]:
    """What the page would send: the values of its form."""
    form, found = answer.context["form"], {}
    for name in form.fields:
        value = form[name].value()
        if name not in ("file", "evidence", "happened_at"):
            found[name] = "" if value is None else str(value)
    return found


def test_a_word_file_is_read_seen_and_handed_in_with_its_text(cast: Cast, paper: Any) -> None:
    first = cast.tao.client.post(at(paper, "file/"), {"key": "k", "file": word()})
    assert first.status_code == 200 and paper.filings.count() == 0
    page = first.content.decode()
    assert "请核对标题、表格和图片" in page and "方案.docx" in page
    sent = fields(first)
    kinds = [one["kind"] for one in json.loads(sent["doc"])["blocks"]]
    assert kinds == ["heading", "paragraph", "heading", "table", "figure"]
    shown = cast.tao.client.get(at(paper, f"pictures/{sha(RED)}/"))
    assert shown.status_code == 200 and shown["Content-Type"] == "image/png"
    answer = cast.tao.client.post(at(paper, "write/"), sent)
    assert (answer.status_code, answer.url) == (302, at(paper))
    paper.refresh_from_db()
    one = paper.filings.get()
    assert (paper.state, one.doc) == (DutyState.MET, sent["doc"])
    assert read(one.file) == WORD and one.file.name == "方案.docx"
    assert one.lines == ["一、研究目标", "摸清［据访谈。］底数。", "二、进度安排"]
    line = Entry.objects.get(kind="duties.filing.handed-in").content["facts"]
    assert line["file"] == one.file.sha256 and len(line["doc"]) == 64
    again = cast.tao.client.post(at(paper, "write/"), sent)
    assert again.status_code == 302 and paper.filings.count() == 1


def test_the_text_is_read_by_the_group_and_by_nobody_else(cast: Cast, paper: Any) -> None:
    first = cast.tao.client.post(at(paper, "file/"), {"key": "k", "file": word()})
    cast.tao.client.post(at(paper, "write/"), fields(first))
    one = paper.filings.get()
    url = at(paper, f"filings/{one.public_id}/text/")
    page = cast.tao.client.get(url).content.decode()
    assert "合计两段" in page and f"pictures/{sha(RED)}/" in page and "据访谈。" in page
    assert re.search(r"<h2[^>]*><strong>一、研究目标", page)
    assert url in cast.tao.client.get(at(paper)).content.decode()
    for who in (cast.he, cast.wu):
        assert who.client.get(url).status_code == 404
        assert who.client.get(at(paper, f"pictures/{sha(RED)}/")).status_code == 404


def test_a_scan_an_archive_and_a_pdf_stay_files(cast: Cast, paper: Any) -> None:
    data = {"key": "k", "file": SimpleUploadedFile("签字页.png", PNG), "line1": "签字页"}
    assert cast.tao.client.post(at(paper, "file/"), data).status_code == 302
    one = paper.filings.get()
    assert (one.text, one.doc, one.sha256) == (None, None, one.file.sha256)
    assert "读正文" not in cast.tao.client.get(at(paper)).content.decode()
    assert cast.tao.client.get(at(paper, f"filings/{one.public_id}/text/")).status_code == 404


def test_a_file_without_a_summary_is_asked_for_one(cast: Cast, paper: Any) -> None:
    data = {"key": "k", "file": SimpleUploadedFile("签字页.png", PNG)}
    answer = cast.tao.client.post(at(paper, "file/"), data)
    assert answer.status_code == 422 and paper.filings.count() == 0
    assert "签字页.png" in answer.content.decode()


def test_it_is_written_on_the_page_without_a_file(cast: Cast, paper: Any) -> None:
    page = cast.tao.client.get(at(paper, "write/"))
    assert page.status_code == 200 and "editor.js" in page.content.decode()
    answer = cast.tao.client.post(at(paper, "write/"), {"key": "w", "body": "一、目标\n摸底。"})
    assert (answer.status_code, answer.url) == (302, at(paper))
    one = paper.filings.get()
    assert (one.file, one.text, one.doc, one.lines) == (
        None,
        "一、目标\n摸底。",
        None,
        ["一、目标", "摸底。"],
    )
    shown = cast.tao.client.get(at(paper)).content.decode()
    assert "读正文" in shown
    text = cast.tao.client.get(at(paper, f"filings/{one.public_id}/text/"))
    assert "摸底。" in text.content.decode() and "下载原件" not in text.content.decode()
    assert cast.tao.client.get(at(paper, f"filings/{one.public_id}/")).status_code == 404
    undone = {"key": "u", "filing-key": "u", "filing-reason": "写错了"}
    assert cast.tao.client.post(at(paper, "take-back/filing/"), undone).status_code == 302
    paper.refresh_from_db()
    assert paper.state != DutyState.MET


def test_neither_file_nor_text_is_refused_and_nothing_is_lost(cast: Cast, paper: Any) -> None:
    answer = cast.tao.client.post(at(paper, "write/"), {"key": "w", "line1": "只有摘要"})
    assert answer.status_code == 422 and paper.filings.count() == 0
    assert "只有摘要" in answer.content.decode()
    other = cast.duty("moon", "cell.red", "2030-04")
    assert cast.lu.client.get(at(other, "write/")).url == f"{other.path}?file=1"


def test_who_does_not_owe_it_is_told_and_keeps_no_picture(cast: Cast, paper: Any) -> None:
    for who, status in ((cast.he, 200), (cast.wu, 404)):
        assert who.client.get(at(paper, "write/")).status_code == status
        sent = who.client.post(at(paper, "write/"), {"key": "w", "body": "混进来的"})
        assert sent.status_code == (422 if status == 200 else 404)
        put = who.client.post(at(paper, "pictures/"), {"file": SimpleUploadedFile("a.png", PNG)})
        assert put.status_code == (422 if status == 200 else 404)
    assert Filing.objects.count() == 0
    assert not StoredFile.objects.filter(mime="image/png").exists()


def test_remarks_of_the_file_keep_their_author(cast: Cast, paper: Any) -> None:
    first = cast.tao.client.post(at(paper, "file/"), {"key": "k", "file": word(data=REMARKED)})
    assert "1 条批注" in first.content.decode()
    assert cast.tao.client.post(at(paper, "write/"), fields(first)).status_code == 302
    [said] = json.loads(paper.filings.get().doc)["comments"].values()
    assert said["by"] == "吴（演示）"


def test_a_remark_nobody_made_in_a_file_is_its_writers_own(cast: Cast, paper: Any) -> None:
    doc = json.dumps(
        {
            "form": "doc/1",
            "blocks": [
                {"id": "a", "kind": "paragraph", "runs": [{"words": "目标", "said": ["r1"]}]}
            ],
            "comments": {"r1": {"by": "吴（演示）", "at": "2030-01-01T00:00:00", "words": "同意"}},
        }
    )
    sent = {"key": "w", "body": "目标", "doc": doc}
    assert cast.tao.client.post(at(paper, "write/"), sent).status_code == 302
    [said] = json.loads(paper.filings.get().doc)["comments"].values()
    assert said["by"] == cast.tao.person.label


def test_what_was_typed_before_a_file_is_read_is_shown_beside(cast: Cast, paper: Any) -> None:
    sent = {"key": "k", "read": "1", "file": word(), "body": "先写的一段。", "line1": "摘要"}
    answer = cast.tao.client.post(at(paper, "write/"), sent)
    assert "先写的一段。" in answer.content.decode()
    assert fields(answer)["body"].startswith("一、研究目标") and fields(answer)["line1"] == "摘要"


def test_hostile_words_stay_words_and_a_forged_picture_is_refused(cast: Cast, paper: Any) -> None:
    figure = {
        "id": "f",
        "kind": "figure",
        "file": "0" * 64,
        "mime": "image/png",
        "alt": "",
        "wide": 90,
    }
    sent = {"key": "w", "body": "图", "doc": json.dumps(schema.blank([figure]))}
    assert cast.tao.client.post(at(paper, "write/"), sent).status_code == 422
    bad = {"key": "x", "body": "<script>alert(1)</script>"}
    assert cast.tao.client.post(at(paper, "write/"), bad).status_code == 302
    one = paper.filings.get()
    page = cast.tao.client.get(at(paper, f"filings/{one.public_id}/text/")).content.decode()
    assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page


def test_what_was_handed_in_never_changes(cast: Cast, paper: Any) -> None:
    act = cast.tao.act()
    one = actions.hand_in_file(
        act, obligation=paper, file=None, lines=[], text=FiledText("一、目标")
    )
    for change in ({"text": "别的"}, {"doc": "x"}, {"left": []}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Filing.objects.filter(pk=one.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Filing.objects.filter(pk=one.pk).delete()


def test_only_a_work_of_files_is_met_by_a_text_alone(cast: Cast) -> None:
    duty = cast.duty("talk", "cell.red")
    with pytest.raises(Refused) as refused:
        actions.hand_in_file(
            cast.lu.act(), obligation=duty, file=None, lines=["x"], text=FiledText("字")
        )
    assert refused.value.code == "duties.file-needed"
    act = cast.lu.act()
    made = actions.hand_in_file(
        act, obligation=duty, file=stored(cast, act), lines=["x"], text=FiledText("字")
    )
    assert made.text == "字" and made.sha256 != made.file.sha256
