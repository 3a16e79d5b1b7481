"""The Word file of a report: headings counted by Word, contents, captions, a header with the
title; changes and comments are Word's own."""

import io
import re
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keti.documents.rules.doc1 import schema
from keti.documents.rules.docx import to_docx
from keti.documents.rules.docx_numbers import Lists, parsed, value_of
from keti.documents.rules.headings import chapter_label, chinese, labelled
from keti.documents.rules.paper import Chapter, Paper
from keti.documents.rules.tree import levelled
from keti.documents.rules.word.reader import read_word
from keti.documents.rules.word_styles import LIST_NAME, numbers_of
from keti.documents.rules.written import DOC, Written, as_body

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TITLES = st.sampled_from(["甲", "一、乙", "第三章 丙", "1.2 丁", "戊"])
HEADS = st.lists(st.tuples(st.integers(1, 4), TITLES), min_size=1, max_size=12)


@settings(max_examples=150, deadline=None)
@given(st.lists(HEADS, min_size=1, max_size=4), st.sampled_from(["zh-hans", "en"]))
def test_word_counts_every_heading_as_it_is_printed(texts: list[Any], lang: str) -> None:
    """Read with the rules by which Word counts, each list gives the number that was wanted."""
    lists, wanted = Lists(), []
    for place, heads in enumerate(texts, 1):
        nodes = levelled([["h", level, "", [["s", title]]] for level, title in heads])
        chapter = ["h", 1, chapter_label(heads[0][1], place, lang), [["s", "章"]]]
        for node in (chapter, *labelled(nodes, lang, under=place)):
            number = parsed(node[2]) if node[2] else None
            assert bool(number) == bool(node[2])
            if number:
                wanted.append((node[1], node[2].strip("　 "), lists.place(node[1], number)))
    patterns, numbers = lists.markup()
    told = f"<w:numbering {W}>{patterns}{numbers}</w:numbering>".replace(LIST_NAME, "other")
    counted = numbers_of(told.encode())
    for level, label, place in wanted:
        assert counted.next(str(7000 + place), level - 1).strip() == label


@pytest.mark.parametrize("n", [1, 9, 10, 11, 20, 21, 99, 100, 101, 110, 115, 999])
def test_chinese_numbers_are_read(n: int) -> None:
    assert value_of(chinese(n)) == n


WHO = {"by": "钱（演示）", "at": "2022-05-06T10:00:00Z"}
MARKED = schema.checked(
    schema.blank([
        {"id": "b1", "kind": "heading", "level": 1, "runs": [{"words": "资金安排"}]},
        {"id": "b2", "kind": "paragraph", "runs": [
            {"words": "共"}, {"words": "三", "cut": WHO}, {"words": "两", "ins": WHO},
            {"words": "处", "said": ["c1"]}, {"words": "。"},
        ]},
    ]) | {"comments": {"c1": {**WHO, "words": "几处？"}}}
)  # fmt: skip


def report(lang: Any = "zh-hans") -> Paper:
    body = (Written(schema.write(MARKED), DOC),)
    filled = as_body("一段很长的文字。" * 4000)
    chapters = (Chapter("总论", (), body), Chapter("第二章 工业", (), filled), Chapter("建议"))
    return Paper("report", "总报告 <一>", lang, issuer="某组", chapters=chapters, demo=True)


def parts(paper: Paper) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(to_docx(paper))) as made:
        names = [one for one in made.namelist() if one.endswith((".xml", ".rels"))]
        return {one: made.read(one).decode() for one in names}


def test_a_report_has_contents_numbers_and_a_header() -> None:
    made = parts(report())
    document = made["word/document.xml"]
    assert document.count(' TOC \\o "1-2"') == 1 and "目　录" in document
    begins, ends = (document.count(f'fldCharType="{one}"') for one in ("begin", "end"))
    assert begins == ends > 3
    for name in re.findall(r"PAGEREF (\S+)", document):
        assert document.count(f'w:name="{name}"') == 1
    marks = re.findall(r'<w:bookmarkStart w:id="(\d+)"', document)
    assert len(marks) == len(set(marks)) == document.count("<w:bookmarkEnd")
    entry = r'w:anchor="_Ref_toc_\d+"><w:r><w:t xml:space="preserve">([^<]*)'
    wanted = ["第一章　总论", "资金安排", "第二章 工业", "第三章　建议", "编印说明"]
    assert re.findall(entry, document) == wanted
    # Word counts the first and the third; the second was numbered by its writer
    assert document.count("<w:numPr>") == 2 and "第一章" not in document.split("</w:sdt>")[1]
    assert made["word/numbering.xml"].count("<w:num ") == 3  # Pandoc's own, and one for each
    assert "总报告 &lt;一&gt;" in made["word/header1.xml"]
    assert "总报告" not in made["word/header2.xml"] and "PAGE" not in made["word/footer2.xml"]
    assert "<w:titlePg" in document and " PAGE " in made["word/footer1.xml"]


def test_changes_and_comments_are_words_own_and_come_back() -> None:
    data = to_docx(report())
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        document, said = (made.read(f"word/{one}.xml").decode() for one in ("document", "comments"))
    assert document.count("<w:ins ") == document.count("<w:del ") == 1
    assert 'w:author="钱（演示）"' in document and "几处？" in said
    again = read_word(io.BytesIO(data), "a.docx").doc
    wanted = MARKED["blocks"][1]["runs"]
    [found] = [one for one in again["blocks"] if one.get("runs", [{}])[0].get("words") == "共"]
    assert found["runs"] == wanted and again["comments"] == MARKED["comments"]
    heads = [one["runs"][0]["words"] for one in again["blocks"] if one["kind"] == "heading"]
    assert "总论" in heads and "资金安排" in heads and "第二章 工业" in heads


def test_the_same_report_is_the_same_file() -> None:
    assert to_docx(report()) == to_docx(report())


@pytest.mark.parametrize(
    ("kind", "signatory", "foot"),
    [
        ("report", "", ["某组", "2030年4月30日"]),
        ("report", "卢组长（演示）", ["卢组长（演示）", "2030年4月30日"]),
        ("notice", "", ["2030年4月30日"]),
    ],
)
def test_a_report_nobody_signs_is_its_issuers(kind: str, signatory: str, foot: list[str]) -> None:
    """As on the PDF: the last lines say whose it is and of what day."""
    made = Paper(
        kind,
        "月报",
        issuer="某组",
        signatory=signatory,
        date="2030年4月30日",
        body=as_body("正文。"),
    )
    text = parts(made)["word/document.xml"]
    signed = re.findall(r'<w:pStyle w:val="Signature" */>.*?</w:p>', text, re.DOTALL)
    assert ["".join(re.findall(r"<w:t[^>]*>([^<]*)", one)) for one in signed] == foot
