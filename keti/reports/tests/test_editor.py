"""A section that holds more than lines: saved from the editor, carried without it, handed in."""

import json
import re
from typing import Any

import pytest

from keti.documents.models import StoredFile
from keti.documents.rules.doc1 import schema
from keti.documents.rules.doc1.typed_in import as_lines, only_lines, received, with_lines
from keti.documents.rules.pictures import cleaned
from keti.documents.tests.corpus_files import BLUE, RED, sha
from keti.kernel.refusals import Refused
from keti.reports import queries
from keti.reports.actions import return_report, submit_report
from keti.reports.doors import KEPT_OUT
from keti.reports.models import Report, Version
from tests.cast import Cast

from .conftest import TEXTS, Desk
from .test_files import choose, fields, named, where
from .test_word import WORD, handed_in

OTHERS = {"s1": "无", "s2": "继续观察。", "p0-title": "无", "p0-who": "", "p0-due": ""}


def para(name: str, *words: str, **marks: Any) -> dict[str, Any]:
    return {"id": name, "kind": "paragraph", "runs": [{"words": one} | marks for one in words]}


def table(name: str, words: str) -> dict[str, Any]:
    box = {"rows": 1, "cols": 2, "blocks": [para(f"{name}-c", words)]}
    return {"id": name, "kind": "table", "columns": 2, "head": 0, "rows": [[box]]}


def figure(name: str, data: bytes) -> dict[str, Any]:
    picture = cleaned(data)
    assert picture is not None
    facts = {"file": picture.sha256, "mime": picture.mime, "alt": "会场", "wide": 40}
    return {"id": name, "kind": "figure"} | facts


DOC = schema.blank([para("a", "成果如下："), table("b", "合计两场")])
TEXT = schema.write(DOC)


def sent(
    report: Report, doc: str | None = TEXT, words: str = "随便", **more: str
) -> dict[str, str]:
    beside = {} if doc is None else {"d0": doc}
    return {"base": str(report.revision), "s0": words} | OTHERS | beside | more


def saved(cast: Cast, report: Report, **more: Any) -> Report:
    answer = cast.lu.client.post(f"{report.path}edit/", sent(report, **more))
    assert answer.status_code == 302, answer.content.decode()
    return Report.objects.with_names().get(pk=report.pk)


def test_a_document_is_kept_in_one_spelling_and_its_words_are_those_of_the_section(
    cast: Cast, desk: Desk
) -> None:
    spelled = json.dumps(DOC | {"blocks": DOC["blocks"][::1]}, indent=2)
    report = saved(cast, desk.start(), doc=spelled)
    assert report.docs == {"gains": TEXT}
    assert report.sections["gains"] == "成果如下：\n合计两场"
    again = saved(cast, report, doc=TEXT)
    assert again.revision == report.revision
    preview = cast.lu.client.get(f"{report.path}preview/").content.decode()
    assert '<td colspan="2">合计两场</td>' in preview
    version = submit_report(cast.lu.act(), report=again)
    assert [(one["form"], one["text"]) for one in version.sections] == [
        ("doc/1", TEXT),
        ("plain/1", "无"),
        ("plain/1", "继续观察。"),
    ]


def test_a_document_of_lines_is_the_lines_to_the_letter(cast: Cast, desk: Desk) -> None:
    lines = [para("a", "第一行  "), para("b"), para("c", "\u3000\t缩", "进\n", "末行。")]
    report = saved(cast, desk.start(), doc=json.dumps(schema.blank(lines)))
    assert report.docs == {}
    assert report.sections["gains"] == "第一行  \n\n\u3000\t缩进\n末行。"
    assert not only_lines(schema.blank([para("a", "粗", marks=["b"])]))
    assert not only_lines(schema.blank([{"id": "a", "kind": "item", "level": 1, "runs": []}]))
    assert as_lines(schema.blank()) == ""


@pytest.mark.parametrize(
    ("blocks", "why"),
    [
        ([{"id": "a", "kind": "script", "runs": []}], "内部格式不合要求"),
        ([para("a", "甲", link="javascript:alert(1)")], "内部格式不合要求"),
        ([table("a", "甲") | {"columns": 3}], "内部格式不合要求"),
        ([para("a", "甲"), para("a", "乙", marks=["b"])], "内部格式不合要求"),
        ([para("a", "甲", style="color:red")], "内部格式不合要求"),
        ([figure("a", RED)], "有图片没有一起保存"),
        ([[]], "内部格式不合要求"),
    ],
)
def test_what_is_no_document_is_refused_and_comes_back(
    cast: Cast, desk: Desk, blocks: list[Any], why: str
) -> None:
    report = desk.start()
    bad = json.dumps(schema.blank(blocks), ensure_ascii=False)
    answer = cast.lu.client.post(f"{report.path}edit/", sent(report, doc=bad, words="打的字"))
    page = answer.content.decode()
    assert answer.status_code == 422 and why in page
    form = answer.context["form"]
    assert (form["d0"].value(), form["s0"].value()) == (bad, "打的字")
    small = cast.lu.client.post(
        f"{report.path}edit/", sent(report, doc=bad), headers={"HX-Request": "true"}
    )
    assert "没有保存" in small.content.decode()
    report.refresh_from_db()
    assert (report.docs, report.revision) == (None, 0)


@pytest.mark.parametrize("text", ["[", '"x"', "[" * 100_000, '{"form":"doc/1"}', "null"])
def test_no_json_is_no_document(text: str) -> None:
    with pytest.raises(Refused, match="doc-not-in-form"):
        received(text)


def test_words_are_stored_without_what_no_file_may_hold() -> None:
    doc = schema.blank([para("a", "甲\u202e\x00乙\ud800", marks=["b"])])
    assert received(json.dumps(doc))["blocks"][0]["runs"][0]["words"] == "甲乙\ufffd"


def test_without_a_script_a_table_is_neither_lost_nor_changed(cast: Cast, desk: Desk) -> None:
    report = saved(cast, desk.start())
    page = cast.lu.client.get(f"{report.path}edit/").content.decode()
    box = re.search(r'<textarea[^>]*name="s0"[^>]*>', page)
    assert box and "readonly" in box.group() and "只能在编辑器里改" in page
    said = fields(cast.lu.client.get(f"{report.path}edit/"))
    assert said["d0"] == TEXT
    kept = cast.lu.client.post(f"{report.path}edit/", said | OTHERS | {"s1": "有一个问题"})
    assert kept.status_code == 302
    report.refresh_from_db()
    assert (report.docs, report.sections["snags"]) == ({"gains": TEXT}, "有一个问题")
    # words that come without the document beside them: the same are no change, others are refused
    alone = sent(report, doc=None, words=report.sections["gains"])
    assert cast.lu.client.post(f"{report.path}edit/", alone).status_code == 302
    other = cast.lu.client.post(f"{report.path}edit/", alone | {"s0": "改了"})
    assert other.status_code == 422 and "只能在编辑器里改" in other.content.decode()
    report.refresh_from_db()
    assert (report.docs, report.sections["gains"]) == ({"gains": TEXT}, "成果如下：\n合计两场")


def test_pictures_are_cleaned_kept_once_and_shown_to_who_reads_the_draft(
    cast: Cast, desk: Desk
) -> None:
    report = desk.start()
    url = f"{report.path}pictures/"
    answer = cast.lu.client.post(url, {"file": named(BLUE, "截图.png")})
    blue = cleaned(BLUE)
    assert blue is not None and blue.data != BLUE
    assert answer.json() == {"file": blue.sha256, "mime": "image/png", "wide": 10}
    assert cast.lu.client.post(url, {"file": named(BLUE, "又.png")}).json() == answer.json()
    assert StoredFile.objects.filter(sha256=blue.sha256).count() == 1
    mine = cast.lu.client.get(f"{url}{blue.sha256}/")
    assert b"".join(mine) == blue.data
    # a colleague sees it once the draft shows it; another group never does
    assert cast.mao.client.get(f"{url}{blue.sha256}/").status_code == 404
    shown = schema.write(schema.blank([figure("a", BLUE)]))
    saved(cast, report, doc=shown)
    assert b"".join(cast.mao.client.get(f"{url}{blue.sha256}/")) == blue.data
    assert cast.he.client.get(f"{url}{blue.sha256}/").status_code == 404
    assert cast.he.client.post(url, {"file": named(RED, "x.png")}).status_code == 404
    bad = cast.lu.client.post(url, {"file": named(b"<svg onload='alert(1)'>", "x.png")})
    assert bad.status_code == 422 and "这不是可以放入的图片" in bad.json()["why"]
    assert cast.lu.client.post(url, {}).status_code == 422
    version = submit_report(cast.lu.act(), report=Report.objects.get(pk=report.pk))
    late = cast.lu.client.post(url, {"file": named(RED, "x.png")})
    assert late.status_code == 422 and not StoredFile.objects.filter(sha256=sha(RED)).exists()
    assert b"".join(cast.lu.client.get(f"{version.path}pictures/{blue.sha256}/")) == blue.data


def test_both_texts_are_shown_as_they_read(cast: Cast, desk: Desk) -> None:
    report = saved(cast, desk.start())
    stale = sent(report, doc=schema.write(schema.blank([table("b", "合计三场")])), base="0")
    answer = cast.lu.client.post(f"{report.path}edit/", stale)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<td colspan="2">合计两场</td>' in page and '<td colspan="2">合计三场</td>' in page
    assert answer.context["form"]["d0"].value() == stale["d0"]
    report.refresh_from_db()
    assert report.docs == {"gains": TEXT}


def test_the_groups_words_go_behind_a_document(cast: Cast) -> None:
    longer = received(with_lines(TEXT, "一\n\n二"))
    assert longer["blocks"][:2] == DOC["blocks"]
    assert [one["runs"] for one in longer["blocks"][2:]] == [
        [{"words": "一"}],
        [],
        [{"words": "二"}],
    ]


def test_a_word_file_that_came_back_is_edited_with_its_tables(cast: Cast, desk: Desk) -> None:
    version = handed_in(cast)
    return_report(cast.qin.act(), report=version.report, reason="请补充。")
    report = Report.objects.with_names().get()
    gains = version.sections[0]["text"]
    said = fields(cast.lu.client.get(f"{report.path}edit/"))
    assert said["d0"] == gains
    doc = schema.read(gains)
    doc["blocks"].append(para("new", "补充一句。"))
    more = said | {"d0": schema.write(doc), "p0-title": "无"}
    assert cast.lu.client.post(f"{report.path}edit/", more).status_code == 302
    second = submit_report(cast.lu.act(), report=Report.objects.get())
    assert second.sections[0]["text"] == schema.write(doc)
    assert second.sections[1] == version.sections[1]
    shown = cast.lu.client.get(f"{second.path}pictures/{sha(RED)}/")
    assert b"".join(shown) == RED


def test_a_draft_of_before_is_edited_with_the_tables_of_its_version(cast: Cast, desk: Desk) -> None:
    version = handed_in(cast)
    return_report(cast.qin.act(), report=version.report, reason="请补充。")
    Report.objects.update(docs=None)
    docs = queries.content_of(Report.objects.get()).docs
    assert docs == {one["key"]: one["text"] for one in version.sections[:2]}


def test_a_file_leaves_the_document_of_a_section_it_says_nothing_of(cast: Cast, desk: Desk) -> None:
    report = desk.start()
    doc = schema.write(schema.blank([para("a", "怎么办："), table("b", "三步")]))
    other = {"d2": doc, "s0": "旧的", "s1": TEXTS["snags"]}
    saved(cast, report, doc=None, **other)
    page = fields(choose(cast.lu, where(cast), WORD))
    apart = {name: KEPT_OUT for name in page if name.endswith("-words")}
    kept_out = {name.replace("-words", "-to"): to for name, to in apart.items()}
    done = cast.lu.client.post(where(cast), page | kept_out | {"p0-title": "无"})
    assert done.status_code == 302, done.content.decode()
    version = Version.objects.get()
    assert version.sections[2]["text"] == doc
    assert version.sections[0]["form"] == "doc/1"
