"""Minutes that hold more than lines: written in the editor, read from Word, kept, shown, frozen."""

import io
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from docx import Document

from keti.documents.actions import read
from keti.documents.models import StoredFile
from keti.documents.rules.doc1 import schema
from keti.documents.tests.corpus import cell as tc
from keti.documents.tests.corpus import drawn, note, noted, p, packed, row, t, tbl
from keti.documents.tests.corpus_files import RED, sha
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.meetings import actions, queries
from keti.meetings.actions import MinutesFacts
from keti.meetings.models import Meeting
from tests.cast import Cast

WIDE = '<w:gridSpan w:val="2"/>'
WORD = packed(
    p("讨论了", noted(2), "框架。")
    + tbl(row("地区", "场次"), row(tc("合计两场", props=WIDE)))
    + p(drawn("rId7", "会场示意"))
    + p("请看", t("三层", "<w:b/>"), "。"),
    media={"rId7.png": RED},
    footnotes=note("footnote", 2, "据录音。"),
)


def box(name: str, words: str) -> dict[str, Any]:
    cell = {
        "rows": 1,
        "cols": 1,
        "blocks": [{"id": f"{name}c", "kind": "paragraph", "runs": [{"words": words}]}],
    }
    return {"id": name, "kind": "table", "columns": 1, "head": 0, "rows": [[cell]]}


DOC = schema.write(
    schema.blank(
        [{"id": "a", "kind": "paragraph", "runs": [{"words": "成果如下："}]}, box("b", "合计两场")]
    )
)


@pytest.fixture
def begun(cast: Cast, planned: Meeting) -> Meeting:
    cast.at("2030-04-11T17:00")
    return planned


def sent(meeting: Meeting, **more: Any) -> dict[str, Any]:
    data = {f"who_{one.seat.public_id}": "present" for one in meeting.attendance.all()}
    return data | {"key": "m", "body": "讨论了框架。", "resolutions": "框架分三层\n"} | more


def fields(answer: Any) -> dict[str, str]:
    """What the page would send: the values of its forms."""
    found: dict[str, str] = {}
    for form in (answer.context["form"], answer.context["word"]):
        for name in form.fields:
            value = form[name].value()
            if name != "file" and not name.startswith(("evidence", "happened")):
                found[name] = "" if value is None else str(value)
    return found


def read_in(cast: Cast, meeting: Meeting, data: bytes = WORD, **more: Any) -> Any:
    file = SimpleUploadedFile("纪要.docx", data)
    data_ = sent(meeting, read="1", file=file) | more
    return cast.lu.client.post(f"{meeting.path}record/", data_)


def test_what_the_editor_writes_is_kept_shown_and_printed(cast: Cast, begun: Meeting) -> None:
    spelled = json.dumps(json.loads(DOC), indent=1)
    answer = cast.lu.client.post(f"{begun.path}record/", sent(begun, doc=spelled))
    assert answer.status_code == 302
    begun.refresh_from_db()
    assert (begun.minutes_doc, begun.minutes) == (DOC, "成果如下：\n合计两场")
    assert begun.minutes_form == "plain/1"
    page = cast.mao.client.get(begun.path).content.decode()
    assert "<td>合计两场</td>" in page and "doc/1" not in page
    again = cast.lu.client.get(f"{begun.path}record/")
    assert fields(again)["doc"] == DOC and "editor.js" in again.content.decode()
    word = cast.lu.client.get(f"{begun.path}docx/").content
    assert [one.cell(0, 0).text for one in Document(io.BytesIO(word)).tables][-1] == "合计两场"
    assert cast.lu.client.get(f"{begun.path}pdf/").content.startswith(b"%PDF")


def test_a_document_of_lines_is_lines_and_plain_writing_stays(cast: Cast, begun: Meeting) -> None:
    lines = [{"id": "a", "kind": "paragraph", "runs": [{"words": "只有一行。"}]}]
    data = sent(begun, doc=json.dumps(schema.blank(lines)), body="随便")
    assert cast.lu.client.post(f"{begun.path}record/", data).status_code == 302
    begun.refresh_from_db()
    assert (begun.minutes_doc, begun.minutes) == (None, "只有一行。")
    # no script: no document is sent at all
    plain = sent(begun, key="n", body="改成两行。\n好。")
    assert cast.lu.client.post(f"{begun.path}record/", plain).status_code == 302
    begun.refresh_from_db()
    assert (begun.minutes_doc, begun.minutes) == (None, "改成两行。\n好。")


def test_without_a_script_a_table_is_neither_lost_nor_changed(cast: Cast, begun: Meeting) -> None:
    url = f"{begun.path}record/"
    cast.lu.client.post(url, sent(begun, doc=DOC))
    page = cast.lu.client.get(url).content.decode()
    boxed = re.search(r'<textarea[^>]*name="body"[^>]*>', page)
    assert boxed and "readonly" in boxed.group()
    assert "只能在编辑器里改" in page and "<noscript>" in page
    same = sent(begun, key="n", body="成果如下：\n合计两场")
    assert cast.lu.client.post(url, same).status_code == 302
    begun.refresh_from_db()
    assert begun.minutes_doc == DOC
    other = cast.lu.client.post(url, sent(begun, key="o", body="别的"))
    assert other.status_code == 422 and "所以没有保存" in other.content.decode()
    begun.refresh_from_db()
    assert begun.minutes_doc == DOC


@pytest.mark.parametrize(
    ("doc", "why"),
    [
        ('{"form":"doc/1"}', "内部格式不合要求"),
        ("[", "内部格式不合要求"),
        (
            json.dumps(
                schema.blank(
                    [
                        {"id": "a", "kind": "figure", "file": "0" * 64, "mime": "image/png",
                         "alt": "甲", "wide": 40}
                    ]
                )
            ),
            "有图片没有一起保存",
        ),
    ],
)  # fmt: skip
def test_what_is_no_document_is_refused_and_comes_back(
    cast: Cast, begun: Meeting, doc: str, why: str
) -> None:
    answer = cast.lu.client.post(f"{begun.path}record/", sent(begun, doc=doc, body="打的字"))
    assert answer.status_code == 422 and why in answer.content.decode()
    assert fields(answer)["doc"] == doc and fields(answer)["body"] == "打的字"
    begun.refresh_from_db()
    assert (begun.minutes, begun.minutes_doc) == ("", None)


def test_a_word_file_becomes_the_minutes(cast: Cast, begun: Meeting) -> None:
    page = read_in(cast, begun, body="先打的几个字")
    text = page.content.decode()
    assert page.status_code == 200 and "文件已读入" in text
    assert "先打的几个字" in text, "what stood in the box is shown"
    said = fields(page)
    assert json.loads(said["doc"])["form"] == "doc/1" and "合计两场" in said["body"]
    assert said[f"who_{cast.lu.seat.public_id}"] == "present"
    begun.refresh_from_db()
    assert begun.minutes == "", "nothing is recorded before it was looked at"
    picture = cast.lu.client.get(f"{begun.path}pictures/{sha(RED)}/")
    assert b"".join(picture.streaming_content) == RED
    assert cast.mao.client.get(f"{begun.path}pictures/{sha(RED)}/").status_code == 404
    done = cast.lu.client.post(f"{begun.path}record/", said)
    assert done.status_code == 302, done.content.decode()
    begun.refresh_from_db()
    assert begun.original is not None and read(begun.original) == WORD
    shown = cast.mao.client.get(begun.path).content.decode()
    assert '<td colspan="2">合计两场</td>' in shown and "据录音。" in shown
    assert f'src="{begun.path}pictures/{sha(RED)}/"' in shown and "纪要.docx" in shown
    given = cast.mao.client.get(f"{begun.path}original/")
    assert b"".join(given.streaming_content) == WORD
    assert b"".join(cast.mao.client.get(f"{begun.path}pictures/{sha(RED)}/").streaming_content)


def test_a_file_sent_with_the_minutes_is_read_before_anything_is_recorded(
    cast: Cast, begun: Meeting
) -> None:
    page = cast.lu.client.post(
        f"{begun.path}record/", sent(begun, file=SimpleUploadedFile("纪要.docx", WORD))
    )
    assert page.status_code == 200 and "文件已读入" in page.content.decode()
    begun.refresh_from_db()
    assert begun.minutes == ""
    # the same form without a file chosen: asked for one
    none = cast.lu.client.post(f"{begun.path}record/", sent(begun, key="x", read="1"))
    assert none.status_code == 422 and "请先选择文件" in none.content.decode()
    bad = read_in(cast, begun, b"MZ\x90", key="y", body="留着")
    assert bad.status_code == 422 and fields(bad)["body"] == "留着"


def test_strangers_find_neither_file_nor_picture(cast: Cast, begun: Meeting) -> None:
    said = fields(read_in(cast, begun))
    cast.lu.client.post(f"{begun.path}record/", said)
    for path in ("original/", f"pictures/{sha(RED)}/", "record/"):
        assert cast.he.client.get(f"{begun.path}{path}").status_code == 404
    count = StoredFile.objects.count()
    for player, status in ((cast.he, 404), (cast.mao, 422), (cast.lu, 200)):
        file = SimpleUploadedFile("a.png", RED, "image/png")
        told = player.client.post(f"{begun.path}pictures/", {"file": file})
        assert told.status_code == status
        assert StoredFile.objects.count() == count
    assert told.json()["file"] == sha(RED)


def test_confirmed_minutes_are_frozen_with_document_and_file(cast: Cast, begun: Meeting) -> None:
    said = fields(read_in(cast, begun))
    cast.lu.client.post(f"{begun.path}record/", said)
    begun.refresh_from_db()
    assert begun.original is not None
    told = Entry.objects.filter(kind="meetings.minutes.recorded").latest("pk").content["facts"]
    assert told["original"] == begun.original.sha256 and len(told["doc"]) == 64
    confirmed = actions.confirm_minutes(cast.lu.act(), meeting=begun)
    for change in ({"minutes_doc": DOC}, {"minutes_doc": None}, {"original": None}):
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            Meeting.objects.filter(pk=confirmed.pk).update(**change)
    with pytest.raises(Refused):
        actions.record_minutes(
            cast.lu.act(),
            meeting=confirmed,
            minutes=MinutesFacts(body="", doc=DOC, attendance={cast.lu.seat: "present"}),
        )


def test_remarks_in_minutes_carry_the_name_of_who_made_them(cast: Cast, begun: Meeting) -> None:
    run = {"words": "请核对", "said": ["r1"]}
    doc = schema.blank([{"id": "a", "kind": "paragraph", "runs": [run]}])
    doc["comments"] = {"r1": {"by": "别人", "at": "", "words": "数字？"}}
    cast.lu.client.post(f"{begun.path}record/", sent(begun, doc=json.dumps(doc)))
    begun.refresh_from_db()
    said = json.loads(begun.minutes_doc or "")["comments"]["r1"]
    assert said["by"] == cast.lu.person.label and said["words"] == "数字？"


def test_minutes_of_before_read_as_they_did(cast: Cast, begun: Meeting) -> None:
    for form, words in ((None, "讨论了**框架**。"), ("plain/1", "讨论了**框架**。")):
        Meeting.objects.filter(pk=begun.pk).update(
            minutes=words, minutes_form=form, state="recorded", recorded_at=cast.moment
        )
        begun.refresh_from_db()
        body = queries.body_of(begun, "zh-hans")
        written = [one for one in body if getattr(one, "words", "") == words]
        assert [one.form for one in written] == [form or "md/1"]
