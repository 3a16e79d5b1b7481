"""The name of a body goes to its next line between words, in print and in Word."""

import io

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from keti.documents.rules.docx import to_docx
from keti.documents.rules.layout import laid_out
from keti.documents.rules.nodes import text_width
from keti.documents.rules.paper import Paper
from keti.documents.rules.pdf import to_pdf
from keti.documents.rules.wrapped import units, wrapped

INSTITUTE = "清华大学人工智能国际治理研究院"
COMMITTEE = "中国移动通信联合会元宇宙产业委员会"


@pytest.mark.parametrize(
    ("name", "width", "lines"),
    [
        (INSTITUTE, 15, INSTITUTE),
        (INSTITUTE, 14, "清华大学/人工智能国际治理研究院"),
        (COMMITTEE, 14, "中国移动通信联合会/元宇宙产业委员会"),
        (f"{COMMITTEE}（委托方代表）", 14, "中国移动通信联合会/元宇宙产业委员会/（委托方代表）"),
        ("海棠工程研究院(北京)股份有限公司", 14, "海棠工程研究院/(北京)股份有限公司"),
        ("中国科学院大学海棠工程协会（演示）", 12, "中国科学院大学/海棠工程协会（演示）"),
        ("关于征集《路灯治理》课题成员的通知", 15, "关于征集《路灯治理》/课题成员的通知"),
        ("Institute for Lamps of Begonia University", 14,
         "Institute for Lamps/of Begonia University"),
        ("没有词界可循的一个很长的名称", 8, "没有词界可循的/一个很长的名称"),
        ("某某某某某某某某某某", 8, "某某某某某某某某某某"),
        ("", 8, ""),
    ],
)  # fmt: skip
def test_a_name_breaks_between_words(name: str, width: float, lines: str) -> None:
    assert wrapped(name, width) == lines.replace("/", "\n")


@settings(max_examples=200, deadline=None)
@given(st.text("海棠大学的委员会有限公司（）《》a b，", max_size=30), st.integers(3, 20))
def test_nothing_of_a_name_is_lost(name: str, width: int) -> None:
    assert "".join(units(name)).split() == name.split()
    made = wrapped(name, width)
    assert made.replace("\n", "").replace(" ", "") == name.replace(" ", "")
    if made != name:
        assert max(map(text_width, made.split("\n"))) <= width


def read_pdf(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def notice(lang: str, issuer: str) -> Paper:
    return Paper(
        kind="notice", title="结题", lang=lang, issuer=issuer, signatory=issuer, seal_place=True,
        number="元产委结题〔2022〕1号", date="2022年11月25日",
    )  # fmt: skip


def test_the_letterhead_is_as_big_as_one_line_lets_it_be() -> None:
    sizes = {
        name: (laid_out(notice("zh-hans", name))["head-size"], laid["issuer-lines"])
        for name in ("海棠协会", INSTITUTE, COMMITTEE, COMMITTEE * 2)
        if (laid := laid_out(notice("zh-hans", name)))
    }
    assert sizes == {
        "海棠协会": (26, ["海棠协会"]),
        INSTITUTE: (22, [INSTITUTE]),
        COMMITTEE: (22, [COMMITTEE]),
        COMMITTEE * 2: (22, [COMMITTEE, COMMITTEE]),
    }


def test_a_long_name_has_its_lines_in_word_and_in_print() -> None:
    paper = notice("zh-hans", COMMITTEE)
    assert "中国移动通信联合会\n元宇宙产业委员会" in read_pdf(to_pdf(paper))
    said = [one.text for one in docx.Document(io.BytesIO(to_docx(paper))).paragraphs]
    assert said[0] == "中国移动通信联合会\n元宇宙产业委员会"


def test_an_english_name_is_not_cut_within_a_word() -> None:
    name = "Institute for AI International Governance of Tsinghua University"
    text = read_pdf(to_pdf(notice("en", name)))
    assert text.count("Governance of Tsinghua University") >= 1
    assert "\u00ad" not in text and "Univer-" not in text
