"""The editor of a section in a real browser, under the policy of the house's pages: what is typed,
composed and pasted, and the exact `doc/1` that comes of it. The page is a section alone."""
# ruff: noqa: E501

import base64
import json
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route

from keti.documents.rules.doc1 import schema
from keti.documents.rules.doc1.typed_in import received
from keti.documents.tests.corpus_files import RED, sha

STATIC = Path(__file__).parents[2] / "keti/static/keti"
HOUSE = "http://house.test/"
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
WORDS = (
    "carried",
    "chart",
    "formula",
    "note",
    "alt",
    "missing",
    "up",
    "done",
    "remove",
    "find",
    "pages",
)
CITED = [
    {"key": "li2020", "text": "李一. 数字治理[M]. 北京: 示例出版社, 2020."},
    {"key": "wang2021", "text": "王二. 平台规则[J]. 示例学报, 2021(3): 1-9."},
]


class Box:
    """A section in the editor: the two boxes that are sent, and what the browser complained of."""

    def __init__(self, page: Page, words: str = "", doc: str = "") -> None:
        self.page = page
        self.complaints: list[str] = []
        self.sent: list[bytes] = []
        page.on("console", lambda one: self._heard(one.type, one.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.route(f"{HOUSE}**", self._serve(words, doc))
        page.goto(HOUSE)
        self.text = page.locator("#id_s0")
        self.text.wait_for()

    def _heard(self, kind: str, words: str) -> None:
        if kind == "error":
            self.complaints.append(words)

    def _serve(self, words: str, doc: str) -> Callable[[Route], None]:
        house = "".join(f' data-{name}="{name}{{}}"' for name in WORDS)
        body = (
            f'<!doctype html><html lang="zh-hans"><meta charset="utf-8">'
            f'<link rel="stylesheet" href="/editor.css"><form method="post">'
            f'<div id="editor-house" data-pictures="/pictures/" data-upload="/pictures/"{house}>'
            f'</div><script type="application/json" id="editor-references">{json.dumps(CITED)}</script>'
            f'<label for="id_s0">成果</label><textarea name="s0" id="id_s0">\n{escape(words)}'
            f'</textarea><textarea name="d0" data-doc-of="s0" hidden>\n{escape(doc)}</textarea>'
            f'</form><script type="module" src="/editor.js"></script></html>'
        )
        kinds = {"js": "text/javascript", "css": "text/css"}

        def answer(route: Route) -> None:
            path = route.request.url.removeprefix(HOUSE)
            if route.request.method == "POST":
                self.sent.append(route.request.post_data_buffer or b"")
                facts = {"file": sha(RED), "mime": "image/png", "wide": 40}
                route.fulfill(json=facts)
            elif path.startswith("pictures/"):
                route.fulfill(body=RED, content_type="image/png")
            elif path in ("editor.js", "editor.css"):
                kind = kinds[path.rpartition(".")[2]]
                route.fulfill(body=(STATIC / path).read_bytes(), content_type=kind)
            elif path == "":
                headers = {"Content-Security-Policy": POLICY}
                route.fulfill(body=body, content_type="text/html", headers=headers)
            else:
                route.fulfill(status=404)

        return answer

    @property
    def words(self) -> str:
        return str(self.page.locator("[name=s0]").input_value())

    @property
    def raw(self) -> str:
        return str(self.page.locator("[name=d0]").input_value())

    def blocks(self) -> list[Any]:
        """What is sent, examined as the server does; names of blocks left out."""
        return [nameless(one) for one in received(self.raw)["blocks"]]

    def paste(self, **kinds: str) -> None:
        """The clipboard as another program fills it, at human speed: the editor has seen by then
        where the cursor went."""
        self.page.wait_for_timeout(100)
        self.page.evaluate(
            """kinds => {
              const data = new DataTransfer();
              for (const [kind, text] of Object.entries(kinds)) data.setData(kind, text);
              const box = document.querySelector("#id_s0");
              box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
            }""",
            {"text/html" if kind == "html" else "text/plain": text for kind, text in kinds.items()},
        )

    def click(self, place: Locator) -> None:
        """Put the cursor there, and let the editor see it."""
        place.click()
        self.page.wait_for_timeout(100)

    def press(self, name: str) -> None:
        self.page.locator(f".do-{name}").click()


def nameless(value: Any) -> Any:
    """Without the names of blocks, which are chance."""
    if isinstance(value, list):
        return [nameless(one) for one in value]
    if isinstance(value, dict):
        return {key: nameless(one) for key, one in value.items() if key != "id"}
    return value


def para(*runs: Any) -> dict[str, Any]:
    return {"kind": "paragraph", "runs": [{"words": r} if isinstance(r, str) else r for r in runs]}


def cell(words: str = "", rows: int = 1, cols: int = 1) -> dict[str, Any]:
    return {"rows": rows, "cols": cols, "blocks": [para(words)] if words else []}


Open = Callable[..., Box]


@pytest.fixture
def section(browser: Browser) -> Iterator[Open]:
    context = browser.new_context(locale="zh-CN")
    boxes: list[Box] = []

    def open_one(words: str = "", doc: str = "") -> Box:
        boxes.append(Box(context.new_page(), words, doc))
        return boxes[-1]

    yield open_one
    context.close()
    assert [one for box in boxes for one in box.complaints] == []


TYPED = (
    "第一段：60万~100万，\u3000全角空格；尾随空格  \n\n  缩进\t制表 𠮷😀 <b>&amp;\"'\\\n"
    "一、标题\n- 一点\n末行"
)


def test_typed_lines_stay_lines_to_the_letter(section: Open) -> None:
    box = section(TYPED)
    assert (box.words, box.raw) == (TYPED, "")
    box.click(box.text)
    box.page.keyboard.press("Control+End")
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
    box.page.keyboard.press("Enter")
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
        box.page.keyboard.press("Control+z")
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
    box.page.keyboard.press("Control+Home")
    box.page.keyboard.press("End")
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
    box.page.keyboard.press("Home")
    box.page.keyboard.type("新")
    assert box.page.locator("#id_s0 .piece img").get_attribute("src") == f"/pictures/{sha(RED)}/"
    after = received(box.raw)
    assert after["blocks"][0]["runs"] == [{"words": "新甲"}, *before["blocks"][0]["runs"][1:]]
    assert after | {"blocks": after["blocks"][1:]} == before | {"blocks": before["blocks"][1:]}
    # moved, cut and pasted with the keyboard: the very same pieces
    chart = box.page.locator("#id_s0 .carried").first
    chart.get_by_title("up").click()
    assert [one["kind"] for one in received(box.raw)["blocks"]][:2] == ["chart", "paragraph"]
    box.page.keyboard.press("Control+a")
    box.page.keyboard.press("Control+c")
    box.page.keyboard.press("ArrowRight")
    box.page.keyboard.press("Control+v")
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
    box.page.keyboard.press("Enter")
    assert [one.get("alt") for one in box.blocks() if one["kind"] == "figure"] == ["会场", ""]


def test_cells_are_merged_split_and_headed_by_keys_and_buttons(section: Open) -> None:
    box = section()
    box.click(box.text)
    box.press("table")
    for word in ("项目", "上半年", "下半年", "课题"):
        box.page.keyboard.type(word)
        box.page.keyboard.press("Tab")
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
    box.page.keyboard.press("Enter")
    assert box.blocks() == [table | {"head": 0, "rows": rows[1:], "caption": "场次"}]
    assert json.loads(box.raw)["blocks"][0]["id"]


def test_words_cite_references_and_refer_to_places(section: Open) -> None:
    box = section("如前人所说。")
    box.click(box.text.locator("p").first)
    box.page.keyboard.press("End")
    box.press("cite")
    ask = box.page.locator(".editor-ask")
    assert ask.locator("option").all_text_contents() == [one["text"] for one in CITED]
    box.page.keyboard.type("平台")
    ask.locator("input[type=text]").fill("3-5")
    box.page.keyboard.press("Enter")
    box.press("cite")
    box.page.keyboard.press("Enter")
    cited = {"cite": [{"ref": "wang2021", "at": "3-5"}, {"ref": "li2020"}]}
    assert box.blocks() == [para("如前人所说。", cited)]
    # a place: nothing to see yet, then a heading
    box.press("refer")
    assert ask.locator("select").count() == 0
    box.page.keyboard.press("Escape")
    box.page.keyboard.press("Enter")
    box.page.keyboard.press("Control+Alt+1")
    box.page.keyboard.type("背景")
    box.page.keyboard.press("Enter")
    box.press("refer")
    ask.locator("option", has_text="背景").wait_for()
    box.page.keyboard.press("Enter")
    heading, line = received(box.raw)["blocks"][1:]
    assert (heading["kind"], line["runs"]) == ("heading", [{"to": heading["id"]}])


def test_words_are_remarked_upon_and_a_remark_goes_by_its_button(section: Open) -> None:
    box = section("如前人所说。")
    assert box.page.locator(".do-remark").is_disabled()
    box.page.evaluate(
        """() => {
          const words = document.querySelector("#id_s0 p").firstChild;
          getSelection().setBaseAndExtent(words, 0, words, 3);
        }"""
    )
    box.page.wait_for_timeout(100)
    box.press("remark")
    box.page.keyboard.type("哪位前人？")
    box.page.keyboard.press("Control+Enter")
    doc = received(box.raw)
    [(name, remark)] = doc["comments"].items()
    assert remark == {"by": "", "at": "", "words": "哪位前人？"}
    assert doc["blocks"][0]["runs"][:2] == [
        {"words": "如前人", "said": [name]},
        {"words": "所说。"},
    ]
    assert box.page.locator(".remarks mark").all_text_contents() == ["如前人"]
    box.page.locator(".remarks button").click()
    assert box.page.locator(".remarks").is_hidden()
    assert (box.raw, box.words) == ("", "如前人所说。")
    box.page.keyboard.press("Control+z")
    assert list(received(box.raw)["comments"]) == [name]
