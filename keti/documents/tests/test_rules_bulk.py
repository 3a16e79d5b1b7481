"""How many leaves a report takes: a few words take one, and only a book is bound as one."""

import io
import re
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from keti.documents.rules.bulk import bulk
from keti.documents.rules.docx import to_docx
from keti.documents.rules.paper import Chapter, Lang, Paper, RollGroup
from keti.documents.rules.pdf import to_pdf
from keti.documents.rules.standalone import to_page
from keti.documents.rules.written import Head, Piece, as_body

LINE = {
    "zh-hans": "本月办了两次研讨，走访四家单位，形成案例三个。",
    "en": "Two seminars, four visits. ",
}
TITLES = ("本月成果", "存在问题", "解决措施")


def report(words: int, parts: int = 3, lang: Lang = "zh-hans", **more: Any) -> Paper:
    """A report of so many parts, each so many sentences long."""
    body: list[Piece] = []
    for place in range(parts):
        body += [Head(TITLES[place % 3]), *as_body(LINE[lang] * words)]
    facts = (("版本", "第1版"), ("提交", "2030-04-28 10:00"))
    paper: dict[str, Any] = {"number": "测〔2030〕5号", "date": "2030年4月28日", "facts": facts}
    paper |= {"issuer": "红组", "signatory": "卢组长", "body": tuple(body), "lang": lang}
    return Paper(kind="report", title="红组四月月度报告", **paper | more)


def pages(paper: Paper) -> list[str]:
    """The words of each page, without blanks."""
    reader = PdfReader(io.BytesIO(to_pdf(paper)))
    return [re.sub(r"\s", "", page.extract_text()) for page in reader.pages]


GOLDEN = [
    # sentences a part, parts, language, how it is bound, pages
    (1, 3, "zh-hans", "short", 1),
    (1, 3, "en", "short", 1),
    (12, 3, "zh-hans", "short", 2),
    (6, 14, "zh-hans", "middle", 5),
    (60, 3, "zh-hans", "long", 8),
]


@pytest.mark.parametrize(("words", "parts", "lang", "bound", "count"), GOLDEN)
def test_so_many_pages(words: int, parts: int, lang: Lang, bound: str, count: int) -> None:
    paper = report(words, parts, lang)
    assert bulk(paper) == bound
    found = pages(paper)
    assert len(found) == count
    assert min(map(len, found)) > 10, "a blank leaf"


def test_a_short_report_says_on_its_leaf_what_a_cover_says() -> None:
    (leaf,) = pages(report(1))
    for words in ("红组", "测〔2030〕5号", "红组四月月度报告", "第1版", "卢组长", "2030年4月28日"):
        assert words in leaf
    assert "目录" not in leaf and "编印说明" not in leaf
    assert leaf.index("三、解决措施") < leaf.rindex("2030年4月28日")


def test_what_is_published_is_bound_as_a_book_however_short() -> None:
    roll = (RollGroup("总体组", ("卢组长",)),)
    chapters = (Chapter("总论", (), as_body("一句。")),)
    assert bulk(report(1, checkpoint="keti 1 abc")) == "middle"
    assert bulk(report(1, 0, chapters=chapters, roll=roll)) == "long"
    assert "目录" in "".join(pages(report(1, checkpoint="keti 1 abc")))


def breaks(paper: Paper) -> int:
    """How many places of the Word file begin a page."""
    file = docx.Document(io.BytesIO(to_docx(paper)))
    begins = [one for one in file.paragraphs if one.style.paragraph_format.page_break_before]
    return len(begins) + len(list(file.element.body.iter(qn("w:br"))))


def test_word_begins_pages_where_the_pdf_does() -> None:
    assert breaks(report(1)) == 0
    assert breaks(report(6, 14)) == 2  # cover, contents, text
    assert breaks(report(60)) == 5


def test_the_page_lists_no_contents_of_a_few_lines() -> None:
    chapters = tuple(Chapter(title, (), as_body("一句。")) for title in TITLES)
    assert "<nav" not in to_page(report(0, 0, chapters=chapters))
    assert "<nav" in to_page(report(0, 0, chapters=chapters, checkpoint="keti 1 abc"))
