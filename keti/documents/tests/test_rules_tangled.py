"""Every text can be shown: what no reader can finish with stands as it was typed, and says so."""

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from keti.documents.rules import html, pandoc, tree
from keti.documents.rules.docx import to_docx
from keti.documents.rules.paper import Chapter, Paper
from keti.documents.rules.pdf import to_pdf
from keti.documents.rules.written import MARKED, Written

TANGLED = "\"'" * 500
SOUND = "# 一\n\n写成的一章。"
MARKS = "\"'*_~^`[](){}<>#|-+:\\!&$@=\n \t　一a1."


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    """A shorter time limit, and nothing remembered from another test."""
    monkeypatch.setattr(pandoc, "SECONDS", 3)
    tree._TANGLED.clear()
    yield
    tree._TANGLED.clear()


def to_html(md: str) -> str:
    return html.to_html((Written(md, MARKED),))


def many_to_html(texts: list[str]) -> list[str]:
    return html.many_to_html([(Written(text, MARKED),) for text in texts])


def words_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


@pytest.mark.parametrize(
    "text",
    [TANGLED, "\"a 'b " * 500, "![a" * 11 + "]" * 11, "*(_\"" * 400,
     "".join("  " * deep + "- a\n" for deep in range(300))],
)  # fmt: skip
def test_what_no_reader_finishes_with_is_shown(text):
    html = to_html(text)
    shown = "".join(words_of(html).split())
    assert "".join(text.split()) in shown or ("一" not in text and html)
    assert tree.AS_TYPED in words_of(html) or "<ul>" in html


def test_one_tangled_text_spoils_no_other():
    pages = many_to_html([SOUND, TANGLED, SOUND.replace("一", "二")])
    assert ["<h2" in page for page in pages] == [True, False, True]
    assert tree.AS_TYPED in words_of(pages[1])
    assert TANGLED in words_of(pages[1])
    assert many_to_html([SOUND, TANGLED, SOUND.replace("一", "二")]) == pages


def test_what_was_given_up_on_is_not_tried_again(monkeypatch):
    first = to_html(TANGLED)
    monkeypatch.setattr(pandoc, "run", lambda *rest, **more: pytest.fail("a reader was started"))
    assert to_html(TANGLED) == first


def paper(text: str) -> Paper:
    return Paper(
        "report",
        "报告",
        chapters=tuple(
            Chapter(f"第{n}章", (), (Written(md, MARKED),))
            for n, md in (("一", text), ("二", SOUND))
        ),
    )


def test_the_pdf_and_the_word_file_carry_the_source_and_say_so(tmp_path):
    file = tmp_path / "a.pdf"
    file.write_bytes(to_pdf(paper("甲乙丙。\n\n" + TANGLED)))
    text = "".join("".join(page.extract_text() for page in PdfReader(file).pages).split())
    assert "标记过于复杂" in text
    assert "甲乙丙" in text
    assert "写成的一章" in text
    assert to_docx(paper(TANGLED)).startswith(b"PK")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(MARKS, max_size=300), min_size=1, max_size=4))
def test_any_texts_have_pages(texts):
    assert len(many_to_html(texts)) == len(texts)
