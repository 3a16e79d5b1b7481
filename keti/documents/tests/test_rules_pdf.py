"""Papers as PDF, Word file and page: what stands in them, and that hostile words stay words."""

import io
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from keti.documents.rules.docx import to_docx
from keti.documents.rules.paper import Chapter, Lang, Paper, RollGroup, file_day, printed_day
from keti.documents.rules.pdf import check_fonts, to_pdf
from keti.documents.rules.render import render
from keti.documents.rules.standalone import to_page
from keti.documents.rules.written import MARKED, Written, as_body
from keti.kernel.refusals import Refused

TEXT = "# 总体情况\n\n走访四十二家。[^1]\n\n[^1]: 截至六月。\n\n# 建议\n\n"
TEXT += "| 版块 | 案例 |\n|---|--:|\n| 工业 | 12 |\n\n: 案例数\n"
OLD = (Written(TEXT, MARKED),)
REPORT = Paper(
    kind="report",
    title="产业治理（演示）报告",
    number="演示〔2022〕5号",
    date="2022年8月20日",
    issuer="（演示）委员会",
    facts=(("版本", "v3"),),
    chapters=(Chapter("总论", ("秦（演示）",), OLD), Chapter("工业", (), OLD)),
    roll=(RollGroup("总体组", ("卢（演示）",)),),
    checkpoint="keti-checkpoint 128 9f86d081",
    demo=True,
)
NOTICE = Paper(
    kind="notice",
    title="会议通知",
    number="演示〔2022〕6号",
    date="2022年7月29日",
    issuer="（演示）委员会",
    signatory="（演示）委员会",
    seal_place=True,
    body=as_body("各课题组：\n\n请按时参加。\n"),
)
SHEET = Paper(
    kind="sheet",
    title="中期报告",
    conclusion="建议通过。",
    version="9f86d081",
    qr="https://keti.example/p/1",
    body=as_body("请审批。"),
    seal_place=True,
)


def _read(paper: Paper) -> PdfReader:
    return PdfReader(io.BytesIO(to_pdf(paper)))


def _words(reader: PdfReader) -> str:
    return re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))


def test_dates_as_printed() -> None:
    assert printed_day(date(2022, 5, 27), "zh-hans") == "2022年5月27日"
    assert printed_day(date(2022, 5, 27), "en") == "27 May 2022"


def test_no_font_is_missing() -> None:
    assert check_fonts() == []


def test_a_report_is_tagged_titled_and_archivable() -> None:
    reader = _read(REPORT)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert root["/Lang"] == "zh-CN"
    meta = root["/Metadata"].get_data().decode()
    assert re.search(r"pdfaid:part>2<.*pdfaid:conformance>A<", meta, re.DOTALL)
    assert "pdfuaid:part>1<" in meta
    assert reader.metadata is not None
    assert reader.metadata.title == "产业治理（演示）报告"


def test_a_report_has_cover_contents_chapters_roll_and_imprint() -> None:
    reader = _read(REPORT)
    outline = [item.title for item in reader.outline if not isinstance(item, list)]
    assert [re.sub(r"\s", "", title) for title in outline] == [
        "第一章总论",
        "第二章工业",
        "课题组名册",
        "编印说明",
    ]
    text = _words(reader)
    for part in ("演示〔2022〕5号", "一、总体情况", "执笔：秦（演示）", "截至六月。", "卢（演示）"):
        assert part in text
    assert "keti-checkpoint1289f86d081" in text


@pytest.mark.parametrize(
    ("lang", "stage", "said"),
    [("zh-hans", "送审稿", "（送审稿）"), ("en", "draft for review", "(draftforreview)")],
)
def test_what_a_version_is_called_stands_below_the_title(lang: Lang, stage: str, said: str) -> None:
    staged = replace(REPORT, lang=lang, stage=stage)
    title = re.sub(r"\s", "", REPORT.title)
    assert title + said in re.sub(r"\s", "", _read(staged).pages[0].extract_text())
    made = docx.Document(io.BytesIO(to_docx(staged))).paragraphs
    lines = [re.sub(r"\s", "", one.text) for one in made]
    assert lines[lines.index(title) + 1] == said
    assert said in re.sub(r"\s", "", to_page(staged))
    assert said not in _words(_read(REPORT))


def test_the_demo_mark_stands_on_every_page_or_none() -> None:
    assert all("演示数据" in page.extract_text() for page in _read(REPORT).pages)
    plain_pages = _read(replace(REPORT, demo=False)).pages
    assert not any("演示数据" in page.extract_text() for page in plain_pages)
    english = _read(replace(REPORT, lang="en"))
    assert all("Demo data" in page.extract_text() for page in english.pages)


def test_a_notice_has_head_number_signature_and_place_for_the_seal() -> None:
    text = _words(_read(NOTICE))
    assert text.index("演示〔2022〕6号") < text.index("会议通知") < text.index("各课题组：")
    assert text.index("请按时参加。") < text.index("2022年7月29日")
    assert "盖章处" in text
    assert "盖章处" not in _words(_read(replace(NOTICE, seal_place=False)))


@pytest.mark.parametrize("kind", ["notice", "minutes", "task_book", "roll"])
def test_every_kind_is_set_in_both_languages(kind: str) -> None:
    paper = replace(NOTICE, kind=kind, parties=("甲方", "乙方"), roll=REPORT.roll)
    assert "会议通知" in _words(_read(paper))
    english = _read(replace(paper, lang="en"))
    assert english.trailer["/Root"]["/Lang"] == "en-GB"
    assert "Signature:" in _words(english)


def test_a_sign_off_sheet_is_one_page_whatever_is_put_into_it() -> None:
    reader = _read(SHEET)
    text = _words(reader)
    assert len(reader.pages) == 1
    assert text.index("建议通过。") < text.index("批示意见") < text.index("9f86d081")
    assert "同意" in text and "退回修改" in text
    long = "很长的一句话。" * 200
    full = replace(
        SHEET,
        title=long,
        conclusion=long,
        body=as_body(long),
        facts=((long, long),) * 20,
        choices=(long,) * 9,
        number=long[:60],
        issuer=long[:60],
        signatory=long[:40],
    )
    made = _read(full)
    assert len(made.pages) == 1
    assert "以下从略" in _words(made) and "批示意见" in _words(made)
    long = "A rather long sentence of some words. " * 40
    assert (
        len(_read(replace(full, lang="en", title=long, conclusion=long, body=as_body(long))).pages)
        == 1
    )


def test_a_long_address_breaks_stays_a_link_and_is_copied_whole() -> None:
    url = "https://www.example.org/policy/2022/notice-on-the-governance-of-industry?id=20220728"
    body = as_body(
        f"资料来源见{url}，另见附件。\n第二段写到这里为止，资料一并列在 {url} 和附件里。"
    )
    reader = _read(replace(NOTICE, body=body))
    page = reader.pages[0]
    assert _words(reader).count(url) == 2
    assert "\u200b" not in page.extract_text()
    links = {one.get_object()["/A"]["/URI"] for one in page["/Annots"]}
    assert links == {url}
    first = next(line for line in page.extract_text().split("\n") if "https" in line)
    assert len(re.sub(r"\s", "", first)) >= 38


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert to_pdf(REPORT) == to_pdf(REPORT)
    assert to_docx(REPORT) == to_docx(REPORT)
    assert to_page(REPORT) == to_page(REPORT)


def test_the_day_of_the_file_comes_from_the_paper() -> None:
    assert file_day(REPORT) == date(2022, 8, 20)
    assert file_day(replace(REPORT, day=date(2023, 1, 2))) == date(2023, 1, 2)
    assert file_day(replace(REPORT, date="2022-02-30")) == date(2000, 1, 1)
    made = _read(REPORT).metadata
    assert made is not None and "20220820" in str(made["/CreationDate"])


HOSTILE = [
    '#read("/etc/passwd")',
    '```{=typst}\n#read("/etc/passwd")\n```',
    '`#panic("x")`{=typst}',
    '"]); panic("x")',
    "\\ \\\\ $x$ @ref <label> #show: none",
    "a\x00\x07\ufffeb\ud800",
    "\u202egnp.exe",
    "w" * 900,
    "😀 ก \ue000 𓀀 ﷺ",
    "> " * 40 + "深",
    "- " * 40 + "深",
    "文[^1]\n\n[^1]: 甲\n\n    - 乙\n",
    "~~a [b](https://x.cn)~~",
    "1. a\n\n   | x | y |\n   |---|---|\n   | 1 | 2 |\n",
    "",
    "</w:t><w:br/>&amp;{{ x }}",
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_stay_words_in_every_form(words: str) -> None:
    paper = replace(
        REPORT,
        title=words,
        subtitle=words,
        number=words,
        date=words,
        issuer=words,
        body=as_body(words),
        facts=((words, words),),
        chapters=(Chapter(words, (words,), as_body(words)),),
        roll=(RollGroup(words, (words,)),),
        checkpoint=words,
    )
    text = _words(_read(paper))
    assert "root:" not in text
    if words.startswith("#read"):
        assert '#read("/etc/passwd")' in text
    assert len(docx.Document(io.BytesIO(to_docx(paper))).paragraphs) > 5
    assert "<script" not in to_page(paper)


def test_a_character_without_a_glyph_is_shown_as_missing() -> None:
    assert "甲〓乙〓" in _words(_read(replace(NOTICE, body=as_body("甲\ue000乙\u3040\n"))))


def test_the_word_file_has_styles_fonts_tables_and_notes() -> None:
    made = docx.Document(io.BytesIO(to_docx(REPORT)))
    heads = [p.text for p in made.paragraphs if p.style and p.style.name == "Heading 1"]
    assert heads == ["总论", "工业", "课题组名册", "编印说明"]  # Word counts the chapters
    second = [p.text for p in made.paragraphs if p.style and p.style.name == "Heading 2"]
    assert second[:2] == ["总体情况", "建议"]
    cells = [[cell.text for cell in row.cells] for row in made.tables[1].rows]
    assert cells == [["版块", "案例"], ["工业", "12"]]
    fonts = made.styles["Body Text"].element.rPr.rFonts
    assert (fonts.get(qn("w:eastAsia")), fonts.get(qn("w:ascii"))) == ("宋体", "Times New Roman")
    section = made.sections[0]
    assert [round(side.mm) for side in (section.page_width, section.page_height)] == [210, 297]
    assert section.header.paragraphs[0].text == "产业治理（演示）报告\t演示数据"
    assert "PAGE" in section.footer.paragraphs[0]._p.xml
    assert "footnoteReference" in made.element.xml


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_latin_words_of_the_word_file_are_english_so_none_breaks_inside(lang: Lang) -> None:
    made = docx.Document(io.BytesIO(to_docx(replace(NOTICE, lang=lang))))
    marks = made.styles.element.findall(f".//{qn('w:lang')}")
    assert [(one.get(qn("w:val")), one.get(qn("w:eastAsia"))) for one in marks] == [
        ("en-GB", "zh-CN")
    ]
    assert made.element.findall(f".//{qn('w:lang')}") == []


def test_the_word_notice_follows_the_page_of_official_papers() -> None:
    made = docx.Document(io.BytesIO(to_docx(NOTICE)))
    section = made.sections[0]
    assert [round(side.mm) for side in (section.top_margin, section.left_margin)] == [37, 28]
    fonts = made.styles["Body Text"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert made.styles["Body Text"].font.size.pt == 16
    assert [p.text for p in made.paragraphs][-3:] == [
        "（演示）委员会",
        "2022年7月29日",
        "（盖章处）",
    ]


class Tags(HTMLParser):
    """The tags of a page, and whatever would load something from outside."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.outside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.outside += [f"{tag}.{name}" for name, _ in attrs if name in ("src", "srcset", "data")]


def test_the_page_needs_nothing_from_outside() -> None:
    page = to_page(REPORT)
    seen = Tags(page)
    assert page.startswith('<!DOCTYPE html>\n<html lang="zh-Hans">')
    assert seen.outside == []
    assert not {"script", "link", "iframe", "img"} & set(seen.tags)
    assert "url(" not in page and "@import" not in page
    assert [seen.tags.count(tag) for tag in ("h1", "style", "main")] == [1, 1, 1]
    assert "keti-checkpoint 128 9f86d081" in page
    assert '<html lang="en">' in to_page(replace(REPORT, lang="en"))


def test_render_gives_bytes_kind_and_name() -> None:
    made = {form: render(NOTICE, form) for form in ("pdf", "docx", "html")}
    assert made["pdf"].data.startswith(b"%PDF-") and made["docx"].data.startswith(b"PK")
    assert made["html"].mime == "text/html; charset=utf-8"
    assert made["pdf"].name == "演示〔2022〕6号 会议通知.pdf"
    with pytest.raises(Refused) as refused:
        render(NOTICE, "exe")
    assert refused.value.code == "documents.form-unknown"
