"""Captions, cross references and citations of a `doc/1`: numbered in their order, right on page,
PDF and in Word, out and in again the same."""

import io
import json
from typing import Any

import pytest
from pypdf import PdfReader

from keti.documents.rules.doc1 import schema
from keti.documents.rules.doc1.plain import plain
from keti.documents.rules.doc1.shown import LOST
from keti.documents.rules.docx import to_docx
from keti.documents.rules.docx_alone import document_docx
from keti.documents.rules.html import many_to_html, to_html
from keti.documents.rules.paper import Chapter, Paper, as_json, from_json
from keti.documents.rules.pdf import to_pdf
from keti.documents.rules.placing import Part, placed
from keti.documents.rules.refs.item import Reference
from keti.documents.rules.word.reader import read_word
from keti.documents.rules.written import DOC, Written, as_body
from keti.kernel.refusals import Refused


def para(ident: str, *runs: dict[str, Any]) -> dict[str, Any]:
    return {"id": ident, "kind": "paragraph", "runs": list(runs)}


def words(text: str) -> dict[str, Any]:
    return {"words": text}


def table(ident: str, caption: str = "") -> dict[str, Any]:
    cells = [[{"rows": 1, "cols": 1, "blocks": [para(f"{ident}x", words("甲"))]}]]
    said = {"caption": caption} if caption else {}
    return {"id": ident, "kind": "table", "columns": 1, "head": 0, "rows": cells} | said


def chart(ident: str, caption: str = "") -> dict[str, Any]:
    said = {"caption": caption} if caption else {}
    series = [{"name": "金额", "values": ["1", "2"]}]
    one = {"id": ident, "kind": "chart", "form": "bar", "title": "", "labels": ["一", "二"]}
    return one | {"series": series} | said


def heading(ident: str, text: str) -> dict[str, Any]:
    return {"id": ident, "kind": "heading", "level": 1, "runs": [words(text)]}


def doc(*blocks: dict[str, Any]) -> dict[str, Any]:
    return schema.checked(schema.blank(list(blocks)))


def body(one: dict[str, Any]) -> tuple[Written, ...]:
    return (Written(schema.write(one), DOC),)


ONE = doc(
    heading("b1", "资金安排"),
    para("b2", words("见"), {"to": "b4"}, words("和"), {"to": "b6"}, words("。")),
    para("b3", words("又见"), {"to": "b7"}, words("，来源"), {"cite": [{"ref": "wang2020"}]}),
    table("b4", "各年金额"),
    chart("b6", "走势"),
    heading("b7", "结论"),
    para("b8", words("参见"), {"to": "b1"}, {"cite": [{"ref": "a", "at": "35"}, {"ref": "b"}]}),
)


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_numbers_in_the_order_they_stand(lang: str) -> None:
    found = placed([Part(body(ONE))], lang)
    page = many_to_html(found.bodies)[0]
    said = {"zh-hans": ("表1", "图1"), "en": ("Table 1", "Figure 1")}[lang]
    assert f'见<a href="#t0-b4">{said[0]}</a>和<a href="#t0-b6">{said[1]}</a>。' in page
    assert f'<table id="t0-b4"><caption>{said[0]}　各年金额</caption>' in page
    assert '<figure class="chart" id="t0-b6"' in page and f"{said[1]}　走势" in page
    assert '又见<a href="#t0-b7">“结论”</a>' in page and '<h2 id="t0-b7">结论</h2>' in page
    assert found.unknown == ("wang2020", "a", "b") and found.lost == 0


def test_what_is_gone_is_said_and_never_guessed() -> None:
    gone = doc(para("b1", words("见"), {"to": "b9"}, words("。")))
    twice = [doc(table("b9", "甲")), doc(table("b9", "乙"))]
    for parts in ([gone], [gone, *twice]):
        found = placed([Part(body(one)) for one in parts], "zh-hans")
        assert found.lost == 1
        assert f'见<span class="lost">{LOST}</span>。' in many_to_html(found.bodies)[0]
    # one table of that name, in another section of the same text: that one is meant
    found = placed([Part(body(gone)), Part(body(twice[0]))], "zh-hans")
    assert (found.lost, '<a href="#t1-b9">表1</a>' in many_to_html(found.bodies)[0]) == (0, True)
    # in another text it is not
    assert placed([Part(body(gone)), Part(body(twice[0]), whole=1)], "zh-hans").lost == 1


def test_a_table_that_is_referred_to_has_a_number_without_a_caption() -> None:
    one = doc(table("b1"), table("b3"), para("b5", {"to": "b3"}))
    assert ">表1</a>" in to_html(body(one)) and "<caption>表1</caption>" in to_html(body(one))
    assert to_html(body(one)).count("<caption>") == 1


def listed(key: str, title: str, **more: Any) -> Reference:
    return Reference(key, {"type": "book", "title": title} | more)


WANG, ZHAO = listed("wang2020", "甲"), listed("a", "乙")


def test_citations_are_numbered_as_they_come_and_one_work_is_one() -> None:
    typed = "先引[@a; @wang2020]，再引[@a, 35]和[@wang2020]，没有[@nobody]，也不是[@ 空 格]。"
    other = listed("x9", "乙")  # the same book in another author's list, under another key
    cites = doc(para("b1", {"cite": [{"ref": "x9"}]}, {"cite": [{"ref": "a"}]}))
    more = listed("z", "丙")
    parts = [
        Part(as_body(typed), (WANG, ZHAO)),
        Part(body(cites), (other, listed("a", "丁"), more), whole=1),
    ]
    found = placed(parts, "zh-hans")
    assert [one.item["title"] for one in found.references] == ["乙", "甲", "丁", "丙"]
    first, second = many_to_html(found.bodies)
    assert "先引" + cite("[1-2]", 1) + "，再引" + cite("[1]35", 1) + "和" + cite("[2]", 2) in first
    assert "没有[@nobody]，也不是[@ 空 格]。" in first and found.unknown == ("nobody",)
    assert cite("[1]", 1) + cite("[3]", 3) in second


def cite(said: str, number: int) -> str:
    return f'<sup class="cite"><a href="#ref-{number}" role="doc-biblioref">{said}</a></sup>'


def test_a_line_nobody_could_read_is_listed_once_for_all_sections() -> None:
    odd = Reference("文献", {"type": "document"}, "没有标识的一行")
    sections = [Part(as_body("甲[@文献]"), (odd,)), Part(as_body("乙"), (odd,))]
    assert placed(sections, "zh-hans").references == (odd,)
    other = Part(as_body("丙[@文献]"), (Reference("文献", {"type": "document"}, "别的"),), whole=1)
    assert len(placed([*sections, other], "zh-hans").references) == 2


def test_what_was_typed_before_there_were_references_stays_as_typed() -> None:
    page = to_html(as_body("见[@wang2020]。"))
    found = placed([Part(as_body("见[@wang2020]。"))], "zh-hans")
    assert page == many_to_html(found.bodies)[0] == "<p>见[@wang2020]。</p>"
    assert found.bodies == (as_body("见[@wang2020]。"),) and found.unknown == ()


def test_numbers_go_with_a_paper_to_whoever_makes_it() -> None:
    found = placed([Part(body(ONE), (WANG,))], "zh-hans")
    chapter = Chapter("第一部分", (), found.bodies[0])
    paper = Paper("report", "题", chapters=(chapter,), references=("王. 甲[M].",))
    assert from_json(as_json(paper)) == paper
    bare = Paper("report", "题", body=as_body("甲"))
    assert '["written", "plain/1", "甲"]' in as_json(bare)
    pages = PdfReader(io.BytesIO(to_pdf(paper))).pages
    said = "".join("".join(one.extract_text() for one in pages).split())
    for one in ("见表1和图1", "表1各年金额", "图1走势", "参考文献[1]王.甲[M]."):
        assert one in said
    again = read_word(io.BytesIO(to_docx(paper)), "a.docx").doc
    assert "表1" not in json.dumps(again, ensure_ascii=False)  # a number of Word's, not a word
    runs = [run for run in schema.runs_of(again["blocks"]) if "words" not in run]
    kinds = {one["id"]: (one["kind"], one.get("caption")) for one in again["blocks"]}
    led = [kinds[run["to"]] for run in runs if "to" in run]
    assert led == [("table", "各年金额"), ("chart", "走势"), *[("heading", None)] * 2]
    assert next(run["cite"] for run in runs if "cite" in run) == [{"ref": "wang2020"}]


ROUNDS = {
    "everything": doc(
        heading("b1", "资金安排"),
        para("b2", words("见"), {"to": "b4"}, words("和"), {"to": "b6"}, words("。")),
        para("b3", words("又见"), {"to": "b7"}, words("，来源"), {"cite": [{"ref": "王2020"}]}),
        table("b4", "各年金额"),
        chart("b6", "走势 <一>"),
        heading("b7", "结论"),
        para("b8", {"to": "b1"}, {"cite": [{"ref": "a", "at": "35"}, {"ref": "b/1"}]}),
    ),
    "no caption": doc(table("b1"), table("b3"), para("b5", {"to": "b3"}, words("为准"))),
    "only captions": doc(table("b1", "甲"), table("b3", "乙"), chart("b5", "丙")),
    "in a note": doc(
        para("b1", words("甲"), {"note": [para("b2", {"cite": [{"ref": "a"}]}, {"to": "b3"})]}),
        table("b3", "乙"),
    ),
    "in a cell": doc(
        {"id": "b1", "kind": "table", "columns": 1, "head": 0, "caption": "外", "rows": [
            [{"rows": 1, "cols": 1, "blocks": [para("b2", words("见"), {"to": "b1"})]}]]},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ROUNDS)
def test_out_and_in_again_changes_nothing(name: str) -> None:
    one = ROUNDS[name]
    renamed = json.loads(json.dumps(one).replace('"b4x"', '"b5"').replace('"b1x"', '"b2"')
                         .replace('"b3x"', '"b4"'))  # fmt: skip
    again = read_word(io.BytesIO(document_docx(renamed)), "a.docx")
    assert again.doc == renamed
    assert not +again.left


def test_the_words_of_it() -> None:
    said = plain(schema.write(ONE)).split("\n")
    assert said[1:3] == ["见“各年金额”和“走势”。", "又见“结论”，来源[@wang2020]"]
    assert said[-1] == "参见“资金安排”[@a, 35; @b]" and "各年金额" in said and "走势" in said


@pytest.mark.parametrize(
    "run",
    [
        {"cite": []}, {"cite": [{"ref": ""}]}, {"cite": [{"ref": "a b"}]}, {"cite": [{"at": "1"}]},
        {"cite": [{"ref": "a", "at": ""}]}, {"cite": [{"ref": "a", "more": 1}]}, {"to": ""},
        {"to": "B1"}, {"to": "b1", "words": "x"}, {"cite": [{"ref": "a"}] * 51},
    ],
)  # fmt: skip
def test_what_is_no_citation_or_reference_is_refused(run: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        doc(para("b1", run))


@pytest.mark.parametrize("said", ["", " 甲", "甲\n乙", 3])
def test_a_caption_is_one_line_of_words(said: Any) -> None:
    with pytest.raises(Refused):
        doc(table("b1") | {"caption": said})
