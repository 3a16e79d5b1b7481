"""Word files read as their readers see them, and laid out under the parts of a report."""

import io
import time

import docx
import pytest

from keti.documents.rules.parts import Found, laid_out
from keti.documents.rules.reading import HEAD, Read, ReadLine, as_json, from_json
from keti.documents.rules.sniff import examine
from keti.documents.rules.titles import normal
from keti.documents.rules.word_in import read_docx
from keti.kernel.refusals import Refused

from .words import W, document, p, raw, saved

MARKS = {
    "picture": "［图］", "chart": "［表］", "formula": "［式］", "footnote": "［注］",
    "object": "［物］", "cut": "［长］",
}  # fmt: skip
TITLES = {"gains": ["本月成果", "Results"], "snags": ["问题"], "cures": ["措施"]}


def read(data: bytes) -> Read:
    examine(data, "月报.docx")
    found = read_docx(io.BytesIO(data), "月报.docx", MARKS)
    assert from_json(as_json(found)) == found
    return found


def found(data: bytes) -> Found:
    return laid_out(read(data).lines, TITLES)


def words(data: bytes) -> list[str]:
    return [one.words or "\t".join(one.cells) for one in read(data).lines]


def left(data: bytes) -> dict[str, int]:
    return dict(read(data).left)


@pytest.mark.parametrize(
    "title",
    ["一、本月成果", "（一）本月成果", "第一章　本月成果", "1. 本月成果", "1.1 本月成果：",
     "本 月 成 果", "１、本月成果", "①本月成果", "【本月成果】", "一 本月成果", "RESULTS",
     "II. Results"],
)  # fmt: skip
def test_a_title_is_known_whatever_stands_around_it(title: str) -> None:
    assert normal(title) in (normal("本月成果"), normal("Results"))


@pytest.mark.parametrize("title", ["本月主要成果", "成果", "一季度本月成果", "本月成果分析"])
def test_a_title_that_says_something_else_is_another(title: str) -> None:
    assert normal(title) != normal("本月成果")


def test_real_headings() -> None:
    made = docx.Document()
    made.add_heading("金融组月度报告", 0)
    for title, text in (("本月成果", "甲。"), ("问题", "乙。"), ("措施", "丙。")):
        made.add_heading(title, 1)
        made.add_heading("小标题", 2)
        made.add_paragraph(text)
    got = found(saved(made))
    assert got.texts == {"gains": "小标题\n甲。", "snags": "小标题\n乙。", "cures": "小标题\n丙。"}
    assert [(one.words, one.weighty) for one in got.apart] == [("金融组月度报告", False)]


def test_faked_headings_and_what_stands_under_none() -> None:
    lines = ["本月成果", "甲。", "其他工作", "搬了办公室。", "问题", "无", "措施：继续观察。"]
    got = found(document(lines, bold=("本月成果", "其他工作", "问题")))
    assert got.texts == {"gains": "甲。", "snags": "无", "cures": "继续观察。"}
    assert [(one.title, one.words, one.follows) for one in got.apart] == [
        ("其他工作", "搬了办公室。", "gains")
    ]


def test_numbered_lines_are_headings_and_points_are_none() -> None:
    got = found(
        document(["一、本月成果", "1.办了会；", "2.写了稿。", "二、其他", "无。", "三、问题", "无"])
    )
    assert got.texts == {"gains": "1.办了会；\n2.写了稿。", "snags": "无"}
    assert [(one.title, one.follows) for one in got.apart] == [("二、其他", "gains")]


def test_text_before_the_first_heading_is_given_back() -> None:
    early = "各位领导：现将本月工作报告如下，请予审阅，不足之处请指正。"
    got = found(document([early, "一、本月成果", "甲。"]))
    assert [(one.words, one.follows, one.weighty) for one in got.apart] == [(early, "", True)]


def test_two_sections_of_one_name() -> None:
    got = found(document(["一、问题", "甲。", "二、措施", "乙。", "三、问题", "丙。"]))
    assert got.texts["snags"] == "甲。\n\n三、问题\n丙。"
    twice = laid_out(
        read(document(["问题", "甲。", "问题", "乙。"])).lines, {"a": ["问题"], "b": ["问题"]}
    )
    assert twice.texts == {"a": "甲。", "b": "乙。"}


def test_headings_in_a_form_of_cells() -> None:
    made = docx.Document()
    table = made.add_table(3, 2)
    for row, (title, text) in enumerate(
        (("本月成果", "甲。\n乙。"), ("问 题", "无"), ("措施", "丙。"))
    ):
        table.cell(row, 0).text, table.cell(row, 1).text = title, text
    assert found(saved(made)).texts == {"gains": "甲。\n乙。", "snags": "无", "cures": "丙。"}


def test_a_table_is_rows_of_tabs() -> None:
    made = docx.Document()
    made.add_paragraph("本月成果")
    table = made.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    assert found(saved(made)).texts["gains"] == "00\t01 02\t\n10 20\t11\t12\n\t21\t22"


def test_tracked_changes_are_read_as_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>问题</w:t></w:r></w:p><w:p><w:r><w:t>有</w:t></w:r>"
        "<w:del><w:r><w:delText>三</w:delText></w:r></w:del><w:ins><w:r><w:t>两</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:r><w:t>处。</w:t></w:r></w:p>"
    )
    assert found(raw(body)).texts == {"snags": "有两处。"}
    assert left(raw(body)) == {}
    assert read(raw(body)).doc.count('"cut"') == 2


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{p('本月成果', run='<w:b/>')}</w:txbxContent>"
    body = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{box}"
        "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        f"{p('甲。')}"
    )
    assert words(raw(body)) == ["本月成果", "甲。"]
    assert found(raw(body)).texts == {"gains": "甲。"}


def test_what_is_no_text_is_named_where_it_stands() -> None:
    body = (
        f"{p('本月成果')}<w:p><w:r><w:t>见图</w:t></w:r><w:r><w:drawing><a:graphic><a:graphicData>"
        "<pic:pic/></a:graphicData></a:graphic></w:drawing></w:r><w:r><w:t>和式</w:t></w:r>"
        "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath><w:r><w:footnoteReference w:id='2'/></w:r>"
        "<w:r><w:drawing><c:chart/></w:drawing></w:r></w:p>"
    )
    assert found(raw(body)).texts == {"gains": "见图［图］和式［式］［注］［表］"}
    assert left(raw(body)) == {"picture": 1, "footnote": 1, "chart": 1}


def test_the_table_of_contents_is_no_text() -> None:
    toc = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
        f"</w:sdtPr><w:sdtContent>{p('一、本月成果 1')}{p('二、问题 2')}</w:sdtContent></w:sdt>"
    )
    data = raw(f"{toc}{p('一、本月成果')}{p('甲。')}{p('二、问题……………3')}")
    assert found(data).texts == {"gains": "甲。"}
    assert [one.title for one in found(data).apart] == ["二、问题……………3"]
    assert left(data) == {"contents": 2}


def test_numbers_that_word_adds_are_typed() -> None:
    level = "<w:lvl w:ilvl='0'><w:numFmt w:val='{}'/><w:lvlText w:val='{}'/></w:lvl>"
    numbering = (
        f"<w:numbering {W}><w:abstractNum w:abstractNumId='0'>"
        f"{level.format('chineseCounting', '%1、')}</w:abstractNum>"
        f"<w:abstractNum w:abstractNumId='1'>"
        f"{level.format('decimal', '（%1）')}</w:abstractNum><w:num w:numId='1'>"
        "<w:abstractNumId w:val='0'/></w:num>"
        "<w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>"
        "</w:numbering>"
    )
    one, two = (f"<w:numPr><w:ilvl w:val='0'/><w:numId w:val='{n}'/></w:numPr>" for n in (1, 2))
    body = (
        f"{p('本月成果', props=one)}{p('甲', props=two)}{p('乙', props=two)}{p('问题', props=one)}"
    )
    assert words(raw(body, numbering=numbering)) == [
        "一、本月成果",
        "（1）甲",
        "（2）乙",
        "二、问题",
    ]


def test_styles_of_wps_and_of_ones_own() -> None:
    styles = (
        f"<w:styles {W}><w:style w:type='paragraph' w:styleId='2'><w:name w:val='heading 1'/>"
        "</w:style><w:style w:type='paragraph' w:styleId='a9'><w:name w:val='我的标题'/>"
        "<w:basedOn w:val='2'/></w:style><w:style w:type='paragraph' w:styleId='x'>"
        "<w:basedOn w:val='x'/><w:name w:val='loop'/></w:style></w:styles>"
    )
    body = "".join(
        p(f"节{n}", props=f"<w:pStyle w:val='{key}'/>") for n, key in enumerate(["2", "a9", "x"])
    )
    lines = read(raw(body, styles=styles)).lines
    assert [(one.kind, one.level) for one in lines] == [(HEAD, 1), (HEAD, 1), ("line", 0)]


def test_hidden_words_stay_in_the_file() -> None:
    data = raw(f"{p('问题')}{p('机密', run='<w:vanish/>')}{p('无')}")
    assert found(data).texts == {"snags": "无"}
    assert left(data) == {"hidden": 1}


def test_a_damaged_part_is_refused_in_words() -> None:
    with pytest.raises(Refused, match=r"documents\.file-damaged"):
        read_docx(io.BytesIO(raw("<w:p>")), "月报.docx", MARKS)


def test_a_heading_near_two_titles_is_neither_and_each_stands_by_itself() -> None:
    titles = {"gains": ["本月成果"], "snags": ["存在问题"], "next": ["下月计划"]}
    heads = ["成果和问题", "本月计划", "存在的主要问题", "问题", "成果转化中的困难"]
    lines = [ReadLine(HEAD, one, 1) for one in heads]
    found = laid_out([line for one in lines for line in (one, ReadLine("line", "有。"))], titles)
    assert [one.title for one in found.apart] == ["成果和问题", "本月计划", "成果转化中的困难"]
    assert found.texts == {"snags": "有。\n\n问题\n有。"}


@pytest.mark.parametrize("around", ["<w:p>", "<w:sdt>", "<w:p><w:txbxContent>"])
def test_what_is_nested_beyond_measure_is_refused_at_once(around: str) -> None:
    end = "".join(f"</{one}" for one in reversed(around.split("<")[1:]))
    data = raw(around * 40_000 + end * 40_000)
    begun = time.process_time()
    with pytest.raises(Refused, match=r"documents\.file-too-nested"):
        read_docx(io.BytesIO(data), "月报.docx", MARKS)
    assert time.process_time() - begun < 2


def test_strict_files_read_alike() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = f"{p('问题')}{p('无')}".replace("w:", "s:")
    data = raw(f"<s:body xmlns:s='{strict}'>{body}</s:body>")
    assert found(data).texts == {"snags": "无"}


def test_nothing_is_lost_of_a_long_and_messy_file() -> None:
    lines = [
        f"{'一二三四五六七八九'[n % 9]}、题目{n}" if n % 3 == 0 else f"第{n}句话，说完了。"
        for n in range(600)
    ]
    got = found(document([*lines[:300], "问题", *lines[300:]]))
    whole = "\n".join([*got.texts.values(), *(f"{one.title}\n{one.words}" for one in got.apart)])
    assert all(line in whole for line in lines)
    assert len(got.apart) <= 40
