"""The editor of a section in a real browser, under the policy of the house's pages: what is typed,
composed and pasted, and the exact `doc/1` that comes of it. The page is a section alone."""
# ruff: noqa: E501

import base64
import json
from typing import Any

from keti.documents.rules.doc1 import schema
from keti.documents.rules.doc1.typed_in import received
from keti.documents.tests.corpus_files import RED, sha

from .editing import Open, cell, nameless, para

TYPED = (
    "第一段：60万~100万，\u3000全角空格；尾随空格  \n\n  缩进\t制表 𠮷😀 <b>&amp;\"'\\\n"
    "一、标题\n- 一点\n末行"
)


def test_typed_lines_stay_lines_to_the_letter(section: Open) -> None:
    box = section(TYPED)
    assert (box.words, box.raw) == (TYPED, "")
    box.click(box.text)
    box.keys("Control+End")
    box.page.keyboard.type("。")
    assert (box.words, box.raw) == (f"{TYPED}。", "")
    box.text.fill("甲\n乙  丙\n\n丁")
    assert (box.words, box.raw) == ("甲\n乙  丙\n\n丁", "")


def test_chinese_is_composed_and_half_composed_words_are_words(section: Open) -> None:
    box = section()
    box.click(box.text)
    cdp = box.page.context.new_cdp_session(box.page)

    def compose(*steps: str) -> None:
        for said in steps:
            facts = {"text": said, "selectionStart": len(said), "selectionEnd": len(said)}
            cdp.send("Input.imeSetComposition", facts)

    compose("y", "yj", "yuan jing")
    assert box.words == "yuan jing"
    cdp.send("Input.insertText", {"text": "元境"})
    box.keys("Enter")
    box.press("b")
    compose("z", "zl")
    cdp.send("Input.insertText", {"text": "治理"})
    box.press("b")
    cdp.send("Input.insertText", {"text": "指数"})
    # within a cell, whose first line is made by the composition itself
    box.press("table")
    compose("b", "biao")
    cdp.send("Input.insertText", {"text": "表头"})
    head = [cell("表头"), cell(), cell()]
    rows = [head, [cell()] * 3, [cell()] * 3]
    assert box.blocks() == [
        para("元境"),
        para({"words": "治理", "marks": ["b"]}, "指数"),
        {"kind": "table", "columns": 3, "head": 1, "rows": rows},
    ]
    for _ in range(12):
        box.keys("Control+z")
    assert (box.words, box.raw) == ("", "")


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p{color:red}</style>
</head><body lang=ZH-CN style='tab-interval:21.0pt'><!--StartFragment-->
<h1><span style='font-family:宋体'>一、进展</span></h1>
<p class=MsoNormal style='text-indent:24.0pt'><b><span lang=EN-US>2030</span></b><span
style='font-family:宋体;font-weight:bold'>年</span>办了<u>两次</u>研讨<a style='mso-footnote-id:
ftn1' href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference>[1]</span></a>，H<sub>2</sub>O。
<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>（一）<span style='font:7.0pt "Times New Roman"'>&nbsp;</span></span><![endif]>摸底</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>1.<span>
&nbsp;&nbsp;</span></span>走访<a href="https://example.org/a?b=1">某地</a></p>
<table class=MsoTableGrid border=1><tr><td colspan=2 style='border:solid'><p class=MsoNormal>合计</p>
</td></tr><tr><td rowspan=2><p class=MsoNormal>东部</p></td><td><p class=MsoNormal>
12<o:p>&nbsp;</o:p></p></td></tr><tr><td><p class=MsoNormal><o:p>&nbsp;</o:p></p></td></tr></table>
<p class=MsoNormal><img width=100 height=80 src="file:///C:/Temp/clip_image001.png"></p>
<p class=MsoNormal onclick="alert(1)"><a href="javascript:alert(1)">完</a><script>alert(1)</script></p>
<!--EndFragment--><div style='mso-element:footnote-list'><hr><div style='mso-element:footnote'
id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1">[1]</a> 据会议记录。</p></div></div></body></html>"""


def test_word_is_pasted_with_its_table_list_and_footnote(section: Open) -> None:
    box = section()
    box.click(box.text)
    box.paste(html=WORD, text="（不用这个）")
    bold, under = {"marks": ["b"]}, {"marks": ["u"]}
    assert box.blocks() == [
        {"kind": "heading", "level": 1, "runs": [{"words": "一、进展"}]},
        para(
            {"words": "2030年"} | bold,
            "办了",
            {"words": "两次"} | under,
            "研讨",
            {"note": [para("据会议记录。")]},
            "，H",
            {"words": "2", "marks": ["sub"]},
            "O。",
        ),
        {"kind": "item", "level": 1, "runs": [{"words": "（一） 摸底"}]},
        {
            "kind": "item",
            "level": 2,
            "runs": [{"words": "1. 走访"}, {"words": "某地", "link": "https://example.org/a?b=1"}],
        },
        {
            "kind": "table",
            "columns": 2,
            "head": 0,
            "rows": [[cell("合计", cols=2)], [cell("东部", rows=2), cell("12")], [cell()]],
        },
        para("完"),
    ]
    assert box.page.locator("[role=status]:visible").inner_text() == "missing1"


SHEET = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>td{mso-x:1}</style></head>
<body><table border=0 style='border-collapse:collapse'><col width=72 span=2><!--StartFragment-->
<tr height=18><td class=xl65 style='height:13.5pt'>地区</td><td>场次</td></tr>
<tr><td>东部</td><td align=right x:num>1,200.50</td></tr><!--EndFragment--></table></body></html>"""


def test_a_sheet_is_pasted_as_a_table_and_into_one(section: Open) -> None:
    box = section("前\n后")
    box.click(box.text)
    box.keys("Control+Home", "End")
    box.paste(html=SHEET, text="地区\t场次\n东部\t1,200.50")
    rows = [[cell("地区"), cell("场次")], [cell("东部"), cell("1,200.50")]]
    table = {"kind": "table", "columns": 2, "head": 0, "rows": rows}
    assert box.blocks() == [para("前"), table, para("后")]
    # as bare words, and over the cells that stand there
    box.click(box.page.locator("#id_s0 td").nth(2))
    box.paste(text="西部\t9\n北部\t")
    rows = [rows[0], [cell("西部"), cell("9")], [cell("北部"), cell()]]
    assert box.blocks()[1] == table | {"rows": rows}


def doc_of(*blocks: Any, **comments: Any) -> str:
    named = [{"id": f"b{place}"} | one for place, one in enumerate(blocks)]
    return schema.write(schema.checked(schema.blank(named) | {"comments": comments}))


OMML = (
    '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r>'
    '<m:t xml:space="preserve">x</m:t></m:r></m:oMath>'
)
BY = {"by": "审稿人（演示）", "at": "2030-04-20T00:00:00Z"}
CHART = {
    "kind": "chart",
    "form": "bar",
    "title": "场次",
    "labels": ["东部"],
    "series": [{"name": "场次", "values": ["2"]}],
}
FIGURE = {"kind": "figure", "file": sha(RED), "mime": "image/png", "alt": "会场", "wide": 40}
NAMED = FIGURE | {"caption": "会场示意"}
CARRIED = doc_of(
    para("甲", {"words": "乙", "ins": BY}, {"words": "丙", "cut": BY}, {"left": "drawing"}),
    CHART,
    {"kind": "formula", "omml": OMML, "text": "x"},
    NAMED,
    para({"words": "丁", "said": ["c1"]}, {"formula": {"omml": OMML, "text": "x"}}, {"to": "b3"}),
    para({"cite": [{"ref": "李2030", "at": "12–15"}]}),
    c1=BY | {"words": "为什么？"},
)


def test_what_the_editor_does_not_know_passes_through(section: Open) -> None:
    box = section("甲乙", CARRIED)
    before = received(CARRIED)
    assert (box.raw, box.words) == (CARRIED, "甲乙")
    box.click(box.text.locator("p").first)
    box.keys("Home")
    box.page.keyboard.type("新")
    assert box.page.locator("#id_s0 .piece img").get_attribute("src") == f"/pictures/{sha(RED)}/"
    after = received(box.raw)
    assert after["blocks"][0]["runs"] == [{"words": "新甲"}, *before["blocks"][0]["runs"][1:]]
    assert after | {"blocks": after["blocks"][1:]} == before | {"blocks": before["blocks"][1:]}
    # moved, cut and pasted with the keyboard: the very same pieces
    chart = box.page.locator("#id_s0 .carried").first
    chart.get_by_title("up").click()
    assert [one["kind"] for one in received(box.raw)["blocks"]][:2] == ["chart", "paragraph"]
    box.keys("Control+a", "Control+c", "ArrowRight", "Control+v")
    box.page.locator("#id_s0 .carried").nth(3).wait_for()
    twice = box.blocks()
    kinds = [one["kind"] for one in twice]
    assert kinds.count("chart") == kinds.count("figure") == 2
    assert twice.count(nameless(CHART)) == twice.count(nameless(NAMED)) == 2


def test_pictures_are_sent_and_named_by_what_the_house_says(section: Open) -> None:
    box = section("前")
    box.click(box.text)
    source = f"data:image/png;base64,{base64.b64encode(RED).decode()}"
    box.paste(html=f'<p>图：</p><img alt="红" src="{source}"><p>后</p>')
    box.page.locator("#id_s0 .piece img").wait_for()
    assert box.blocks() == [para("前图："), FIGURE | {"alt": "红"}, para("后")]
    assert len(box.sent) == 1 and RED in box.sent[0]
    box.page.evaluate(
        """base64 => {
          const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
          const data = new DataTransfer();
          data.items.add(new File([bytes], "截图.png", { type: "image/png" }));
          document.querySelector("#id_s0").dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        base64.b64encode(RED).decode(),
    )
    box.page.locator("#id_s0 .piece img").nth(1).wait_for()
    assert [one["kind"] for one in box.blocks()].count("figure") == 2
    box.page.locator(".piece-bar input").nth(1).fill("会场")
    box.keys("Enter")
    assert [one.get("alt") for one in box.blocks() if one["kind"] == "figure"] == ["会场", ""]


def test_cells_are_merged_split_and_headed_by_keys_and_buttons(section: Open) -> None:
    box = section()
    box.click(box.text)
    box.press("table")
    for word in ("项目", "上半年", "下半年", "课题"):
        box.page.keyboard.type(word)
        box.keys("Tab")
    box.click(box.page.locator("#id_s0 th").nth(1))
    box.press("merge")
    rows = [
        [cell("项目"), {**cell(cols=2), "blocks": [para("上半年"), para("下半年")]}],
        [cell("课题"), cell(), cell()],
        [cell()] * 3,
    ]
    table = {"kind": "table", "columns": 3, "head": 1, "rows": rows}
    assert box.blocks() == [table]
    box.press("headRow")
    box.press("dropRow")
    box.press("caption")
    box.page.locator("dialog input").fill("场次")
    box.keys("Enter")
    assert box.blocks() == [table | {"head": 0, "rows": rows[1:], "caption": "场次"}]
    assert json.loads(box.raw)["blocks"][0]["id"]
