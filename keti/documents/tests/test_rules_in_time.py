"""No text makes a reader think for longer than it takes to read: each of fifty thousand signs
is looked at a few times, however they stand together."""

import io
import time
import zipfile
from collections.abc import Callable
from datetime import date
from html import escape

import pytest

from keti.documents.rules.html import to_html
from keti.documents.rules.parts import laid_out
from keti.documents.rules.planned import planned
from keti.documents.rules.reading import LINE, ReadLine
from keti.documents.rules.sheet import read_table
from keti.documents.rules.word_in import read_docx
from keti.documents.rules.written import as_body, excerpt, plain
from keti.kernel.refusals import Refused
from keti.kernel.texts import as_typed

MANY, SECONDS = 50_000, 4.0
"""What grows with the square of the length takes ten seconds and more for so many signs."""
SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TITLES = {"done": ["本月成果"], "next": ["下月计划"]}
PIECES = {
    "blanks": " ", "tabs": "\t", "wide blanks": "　", "breaks": "\n", "blank lines": " \n",
    "brackets": "(", "brackets closed": "()", "square": "[", "stars": "*", "dots": ".",
    "colons": "：", "semicolons": "；", "figures": "1", "numbers": "1.1", "dates": "2026年",
    "addresses": "https://", "mails": "a@", "points": "1、甲\n", "heads": "一、甲\n乙\n",
    "rows": "a\tb\n", "marks": '"', "quoted": '","\n', "names": "张三：", "combining": "\u0301",
    "turned": "\u202e", "families": "👨\u200d",
}  # fmt: skip
BEFORE_MANY = {
    "an address": ("https://example.org/a", ")"), "a mail": ("a@b.", "c."), "a point": ("1、", " "),
    "a wide row": ("a\tb\n" * 5000, "\t"), "a head": ("一、甲", "\n"),
    "a title": ("本月成果：", "."),
}  # fmt: skip
TEXTS = {name: piece * (MANY // len(piece)) for name, piece in PIECES.items()} | {
    name: f"{first}{then * (MANY // len(then))}x" for name, (first, then) in BEFORE_MANY.items()
}


def page(text: str) -> None:
    to_html(as_body(text))


def in_a_line(text: str) -> None:
    assert len(excerpt(text, 60)) <= 60
    plain(as_body(text))
    as_typed(text)


def parts_of_a_report(text: str) -> None:
    laid_out([ReadLine(LINE, one) for one in text.split("\n")], TITLES)


def plan(text: str) -> None:
    planned(text, {"张三": "a", "李四": "b"}, date(2030, 4, 1))


def sheet(text: str) -> None:
    try:
        read_table(text.encode("utf-8"), "csv")
    except Refused as refused:
        assert refused.code.startswith("documents.sheet-")


def word(text: str) -> None:
    body = f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<a/>")
        made.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{SPACE}"><w:body>{body}</w:body></w:document>',
        )
    read_docx(out, "报告.docx", {})


@pytest.mark.parametrize("reader", [page, in_a_line, parts_of_a_report, plan, sheet, word])
def test_no_text_is_read_for_minutes(reader: Callable[[str], None]) -> None:
    slow = {}
    for name, text in TEXTS.items():
        began = time.process_time()
        reader(text)
        if (took := time.process_time() - began) > SECONDS:
            slow[name] = round(took)
    assert slow == {}
