"""`plain/1`: what a person typed reads letter for letter on the page, in the PDF and in Word."""

import io
import json
import random
import re
import subprocess
import time
import unicodedata
from html import unescape
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from keti.documents.rules import pandoc
from keti.documents.rules.docx import to_docx
from keti.documents.rules.html import many_to_html, to_html
from keti.documents.rules.paper import Paper
from keti.documents.rules.pdf import to_pdf
from keti.documents.rules.typed import shown, tree
from keti.documents.rules.written import MARKED, Head, Points, Written, as_body, excerpt

GOLDEN = Path(__file__).with_name("golden") / "md1.json"


def page(text: str) -> str:
    return to_html(as_body(text))


def words_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def letters(text: str) -> str:
    """What has to come out: every character that is no blank and no line end."""
    return "".join(shown(text).split())


@pytest.mark.parametrize(
    "text",
    [
        "样本量为60万~100万元，周期26~43年，另有3~5家单位。",
        '会上有人说"可以"，也有人说"不行"。',
        "任务完成👍，附图见🇨🇳专栏。",
        "a*b*c _d_ `e` #f > g | h $i$ \\j ^k^ <l> [m](n) {o} @p 5 < 6 & 7",
        "# 不是标题\n> 不是引文\n```\n    不是代码",
        "豈更車賈滑", "ﬁ ﷺ ｶﾅ １２３", "e\u0301 é", "第 1 行\n第 2 行\n\n\n第 3 行",
    ],
)  # fmt: skip
def test_signs_mean_themselves_on_the_page(text: str) -> None:
    assert letters(words_of(page(text))) == letters(text)
    assert not re.search(r"<(em|strong|code|sub|sup|del|blockquote|pre|ol)\b", page(text))


def test_a_new_line_is_a_new_line() -> None:
    assert page("第一行\n第二行\n\n第三行") == (
        '<p>第一行</p><p class="next">第二行</p><p>第三行</p>'
    )
    assert page("　　缩进的一段。\n    四个空格也是一段。") == (
        '<p class="own">　　缩进的一段。</p><p class="next own">    四个空格也是一段。</p>'
    )


def test_lists_keep_their_marks_as_typed() -> None:
    assert page("1、完成调研\n2、完成初稿\n3、召开会议") == (
        '<ul class="points" role="list"><li>1、完成调研</li><li>2、完成初稿</li>'
        "<li>3、召开会议</li></ul>"
    )
    marks = ["1.甲", "（1）乙", "(2) 丙", "①丁", "- 戊", "• 己", "a) 庚", "3）辛", "第一，壬"]
    assert page("\n".join(marks)).count("<li>") == len(marks)
    assert page("1、甲\n　　接着说\n2、乙") == (
        '<ul class="points" role="list"><li>1、甲<br>　　接着说</li><li>2、乙</li></ul>'
    )
    for no_list in ("3.5万元", "2026年", "-5度", "1949.10.1"):
        assert "<li>" not in page(no_list)


def test_headings_are_what_chinese_writers_type() -> None:
    text = "一、总体情况\n（一）进展\n正文一句。\n1.1 背景\n又一句。\n二、问题\n没有问题。"
    assert re.findall(r"<(h\d)>([^<]*)<", page(text)) == [
        ("h2", "一、总体情况"), ("h3", "（一）进展"), ("h4", "1.1 背景"), ("h2", "二、问题"),
    ]  # fmt: skip
    assert re.findall(r"<(h\d)>", page("第一章 总论\n第一节 范围\n正文。")) == ["h2", "h3"]
    only_points = "一、完成调研\n二、完成初稿\n三、召开会议"
    assert "<h" not in page(only_points) and page(only_points).count("<li>") == 3
    assert "<h" not in page("一、本月完成了全部调研工作。\n接着写。")


def test_a_table_pasted_from_a_sheet_is_a_table() -> None:
    html = page("指标\t数量\n走访\t42\n座谈\t7")
    assert html.count("<tr>") == 3 and html.count("<th ") == 2 and "<td>42</td>" in html
    assert page("1\t2\n3\t4").count("<th ") == 0
    assert "<table" not in page("只有一行\t带制表符")


def test_links_are_clickable_and_copy_clean() -> None:
    html = page("见https://example.org/a_b?c=1&d=%E4%B8%AD，或写信给qin@example.org。")
    assert '<a href="https://example.org/a_b?c=1&amp;d=%E4%B8%AD"' in html
    assert ">https://example.org/a_b?c=1&amp;d=%E4%B8%AD</a>，或" in html
    assert '<a href="mailto:qin@example.org"' in html
    assert "（https://example.org/x" in words_of(page("（https://example.org/x）"))
    assert 'href="https://example.org/x"' in page("(https://example.org/x).")
    for bad in ("javascript:alert(1)", "http://", "https://?x", "ftp://a.cn"):
        assert "<a " not in page(bad)


def test_what_a_room_puts_around_means_itself() -> None:
    body = (Head("# 题 *一*"), Written("一、甲\n正文"), Points(("*a*", "1. b"), numbered=True))
    assert to_html(body) == (
        "<h2># 题 *一*</h2><h3>一、甲</h3><p>正文</p><ol><li>*a*</li><li>1. b</li></ol>"
    )


def test_what_was_frozen_before_shows_as_it_did() -> None:
    rows = json.loads(GOLDEN.read_text())
    assert len(rows) == 20
    shown = many_to_html([(Written(one["text"], MARKED),) for one in rows])
    # The class says that the writer indented the paragraph; every letter is as it was.
    assert [one.replace('<p class="own">', "<p>") for one in shown] == [one["html"] for one in rows]


def test_no_reader_is_started_for_what_is_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "run", lambda *rest, **more: pytest.fail("a reader was started"))
    assert many_to_html([as_body("# 甲"), (Head("乙"), Points(("丙",)))]) == [
        "<p># 甲</p>", "<h2>乙</h2><ul><li>丙</li></ul>",
    ]  # fmt: skip


def test_an_excerpt_is_one_line() -> None:
    assert excerpt("甲\n 乙  丙", 4) == "甲 乙…"
    assert excerpt("短", 4) == "短"


def test_rows_with_tabs_that_make_no_table_stay_lines() -> None:
    """A table of many rows and one very wide one would be all cells and no words."""
    for text in ("a\tb\n" * 3000 + "\t" * 3000 + "x", "甲\t" * 61 + "乙\n" + "丙\t丁"):
        html = page(text)
        assert "<table" not in html and letters(words_of(html)) == letters(text)
        assert len(html) < 40 * len(text)


def test_a_long_address_ends_as_fast_as_it_is_read() -> None:
    for tail in (")" * 60_000, "]." * 30_000, "(" * 30_000 + ")" * 30_000):
        began = time.process_time()
        html = page(f"见https://example.org/a{tail}")
        assert time.process_time() - began < 1
        assert letters(words_of(html)) == f"见https://example.org/a{tail}"


LONG = {
    "a word": "a" * 20_000,
    "an address": "https://example.org/" + "a/" * 6_000,
    "stars": "*" * 12_000,
}


@pytest.mark.parametrize("text", list(LONG.values()), ids=list(LONG))
def test_a_word_however_long_is_printed(text: str) -> None:
    paper = Paper("notice", "长词", body=(Written(text),))
    command = ["pdftotext", "-raw", "-", "-"]
    read = subprocess.run(command, input=to_pdf(paper), capture_output=True, check=True)
    rows = re.split("[\n\f]", read.stdout.decode())
    assert text in letters("".join(row for row in rows if not re.fullmatch(r"\s*— \d+ —\s*", row)))


def test_a_tab_within_a_line_parts_its_words_on_paper() -> None:
    paper = Paper("notice", "制表", body=(Written("单位\t负责人"),))
    command = ["pdftotext", "-raw", "-", "-"]
    read = subprocess.run(command, input=to_pdf(paper), capture_output=True, check=True)
    assert re.search(r"单位\s+负责人", read.stdout.decode())
    document = docx.Document(io.BytesIO(to_docx(paper)))
    assert "单位\t负责人" in [one.text for one in document.paragraphs]


def test_every_rare_form_of_a_character_comes_out_as_itself() -> None:
    """Compatibility ideographs, radicals, squared words: none turns into the sign it looks like."""
    spans = ((0xF900, 0xFB00), (0x2F800, 0x2FA20), (0x2E80, 0x2FE0), (0x3200, 0x3400))
    signs = [chr(one) for start, end in spans for one in range(start, end)]
    text = "\n".join(f"甲{one}乙" for one in signs if unicodedata.name(one, ""))
    assert len(text) > 6000
    assert letters(words_of(page(text))) == letters(text)
    compared([text])


LINES = st.text(
    st.sampled_from("一二三、（）1.2)①-•*#>|`~_^$\\<[]&\"' \t　甲乙abch:/@.。豈\r\n"), max_size=60
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(LINES, st.text(max_size=120)))
def test_every_text_has_a_page_with_every_letter(text: str) -> None:
    assert letters(words_of(page(text))) == letters(text)
    assert all(block[0] in ("p", "line", "h", "points", "table") for block in tree(text))


HAN = "课题组完成了对工业区的调研建议政策元宇宙治理标准数据安全企业"
SIGNS = "，。；：！？、“”‘’（）《》—…·~～*^_#>|$\\<[]()\"'`@&%+=-/{}"
RARE = "\uf900豈\uf907龜\uf909契〇㐀䶵﨎﨏﨑﨓﨔﨟"
STARTS = [
    "",
    "",
    "",
    "一、",
    "（一）",
    "1. ",
    "1、",
    "(1) ",
    "（2）",
    "① ",
    "- ",
    "• ",
    "　　",
    "  ",
]


def made(seed: int) -> str:
    """One text as a person types: lines of Chinese, Latin, figures and every punctuation mark."""
    draw = random.Random(seed)
    lines = []
    for _ in range(draw.randint(1, 6)):
        pool = HAN * 3 + "abcXYZ0123456789" + SIGNS + (RARE if draw.random() < 0.2 else "")
        line = "".join(draw.choice(pool) for _ in range(draw.randint(1, 60)))
        lines.append(draw.choice(STARTS) + line)
        lines.extend([""] * (draw.random() < 0.2))
    return "\n".join(lines)


def compared(texts: list[str]) -> None:
    """These texts as one paper: every letter stands in the PDF and in the Word file, in order."""
    paper = Paper("notice", "往返", body=tuple(Written(text) for text in texts))
    wanted = letters("".join(texts))
    document = docx.Document(io.BytesIO(to_docx(paper)))
    said = "".join(one.text or "" for one in document.element.body.iter(qn("w:t")))
    assert wanted in letters(said)
    command = ["pdftotext", "-raw", "-", "-"]
    read = subprocess.run(command, input=to_pdf(paper), capture_output=True, check=True)
    rows = re.split("[\n\f]", read.stdout.decode())
    joined = letters("".join(row for row in rows if not re.fullmatch(r"\s*— \d+ —\s*", row)))
    assert wanted in joined


def test_a_round_trip_through_html_pdf_and_word() -> None:
    texts = [made(seed) for seed in range(60)]
    for text in texts:
        assert letters(words_of(page(text))) == letters(text)
    compared(texts)


@pytest.mark.slow
@pytest.mark.parametrize("share", range(10))
def test_ten_thousand_round_trips(share: int) -> None:
    for start in range(share * 1000, share * 1000 + 1000, 250):
        texts = [made(seed) for seed in range(start, start + 250)]
        assert [letters(words_of(page(text))) for text in texts] == [letters(one) for one in texts]
        compared(texts)
