"""One rule for page, Word file and PDF: captions, heads of tables, widths of pictures."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from keti.documents.rules import captions, pictures
from keti.documents.rules.doc1.schema import write
from keti.documents.rules.docx import to_docx
from keti.documents.rules.html import to_html
from keti.documents.rules.paper import Paper
from keti.documents.rules.pdf import to_pdf
from keti.documents.rules.placing import Part, placed
from keti.documents.rules.word.reader import read_word
from keti.documents.rules.written import DOC, Body, as_body

from .corpus import cell, drawn, p, packed, png, row, tbl

HEAD, TWO = "<w:tblHeader/>", '<w:gridSpan w:val="2"/>'
TYPED = ("表1 样本分布（单位：家）", "图1 各地区样本数")
SAMPLE = packed(
    p("见下表。") + p(TYPED[0])
    + tbl(
        row(cell("地区"), cell("单位", props=TWO), props=HEAD),
        row("", "企业", "高校", props=HEAD),
        row("东部", "20", "8"),
    )
    + p("表2列出各年情况。") + tbl(row("年份", "份数"), row("2029", "205"))
    + p(drawn("rId7", "样本", 80)) + p(TYPED[1])
    + tbl(row("名称", "图"), row("很长的名称" * 8, cell(p(drawn("rId7", "宽图", 150))))),
    media={"rId7.png": png(side=40)},
)  # fmt: skip


@pytest.fixture
def body(tmp_path: Path) -> Iterator[Body]:
    """The sample as it stands in a report, its picture in its place."""
    before = list(pictures._folders)
    pictures.lie_in(lambda: tmp_path)
    word = read_word(io.BytesIO(SAMPLE), "样本.docx")
    for sha, found in word.pictures.items():
        lies = tmp_path / sha[:2] / sha[2:4] / sha
        lies.parent.mkdir(parents=True, exist_ok=True)
        lies.write_bytes(found.data)
    yield placed([Part(as_body(write(word.doc), DOC))], "zh-hans").bodies[0]
    pictures._folders[:] = before


def paper(body: Body) -> Paper:
    return Paper("report", "版式（演示）", issuer="某组", body=body, date="2030年5月1日")


def test_a_typed_caption_stands_in_the_middle_everywhere(body: Body) -> None:
    page = to_html(body)
    assert re.findall('<p class="caption">(.*?)</p>', page) == list(TYPED)
    assert "<p>表2列出各年情况。</p>" in page
    word = docx.Document(io.BytesIO(to_docx(paper(body))))
    named = {one.text: _style(one) for one in word.paragraphs}
    assert {named[one] for one in TYPED} == {"Typed Caption"}
    assert named["表2列出各年情况。"] != "Typed Caption"
    lefts = _lefts(to_pdf(paper(body)))
    assert lefts["表1样本分布（单位：家）"] > lefts["表2列出各年情况。"] + 60
    assert lefts["图1各地区样本数"] > lefts["表2列出各年情况。"] + 60


def _style(one: Any) -> str:
    return str(one.style.name)


def _lefts(data: bytes) -> dict[str, float]:
    """Each piece of text of the first page without blanks, and where it begins."""
    found: dict[str, float] = {}

    def seen(text: str, place: list[float], *_rest: object) -> None:
        found["".join(text.split())] = place[4]

    PdfReader(io.BytesIO(data)).pages[0].extract_text(visitor_text=seen)
    return found


def test_every_row_of_a_head_is_one_everywhere(body: Body) -> None:
    assert re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", to_html(body)) == [
        "地区", "单位", "", "企业", "高校",
    ]  # fmt: skip
    table = docx.Document(io.BytesIO(to_docx(paper(body)))).tables[0]
    said = {
        one.text: _style(one.paragraphs[0])
        for line in table.rows for one in line.cells if one.text
    }  # fmt: skip
    assert {key for key, name in said.items() if name == "Table Head"} == {
        "地区", "单位", "企业", "高校",
    }  # fmt: skip
    heads = [line._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") for line in table.rows]
    assert [one is not None for one in heads] == [True, True, False]


def test_a_picture_is_as_wide_as_said_and_as_there_is_room(body: Body) -> None:
    widths = re.findall(r'<img [^>]*width="(\d+)"', to_html(body, source=lambda sha: f"/{sha}"))
    assert [round(int(one) * 25.4 / 96) for one in widths] == [80, 150]
    word = docx.Document(io.BytesIO(to_docx(paper(body))))
    drawings = [
        round(int(one.get("cx")) / 36000) for one in word.element.body.iter(qn("wp:extent"))
    ]
    assert drawings[0] == 80
    wide = [one.width for one in word.tables[2].columns]
    room = 154 * wide[1] / sum(wide)
    assert room - 8 < drawings[1] <= room
    picture = next(one for one in word.paragraphs if list(one._p.iter(qn("w:drawing"))))
    assert _style(picture) == "Picture"


def test_out_and_in_again_changes_nothing(body: Body) -> None:
    first = read_word(io.BytesIO(to_docx(paper(body))), "再.docx")
    words = [one["runs"][0]["words"] for one in first.doc["blocks"] if one["kind"] == "paragraph"]
    assert set(TYPED) < set(words)
    heads = [one["head"] for one in first.doc["blocks"] if one["kind"] == "table"]
    assert heads == [2, 0, 0]
    inner = [
        run
        for one in first.doc["blocks"]
        if one["kind"] == "table"
        for line in one["rows"]
        for box in line
        for block in box["blocks"]
        for run in block.get("runs", ())
    ]
    assert not [run for run in inner if "marks" in run]


@pytest.mark.parametrize(
    ("said", "is_one"),
    [
        ("表1 样本", True), ("表 3-2　样本", True), ("附表一：样本", True), ("表2", True),
        ("Table 4. Sample", True), ("表1显示样本如下", False), ("表1 样本如下。", False),
        ("表格说明", False), ("图1 样本", False), ("表1 " + "长" * 90, False),
    ],
)  # fmt: skip
def test_which_line_over_a_table_is_its_caption(said: str, is_one: bool) -> None:
    table = ["table", {}]
    line = ["p", [["s", said]]]
    marked = ["p", [["s", said]], "caption"]
    assert captions.known([line, table]) == [marked if is_one else line, table]
    assert captions.known([line, ["hr"], table])[0] == line
