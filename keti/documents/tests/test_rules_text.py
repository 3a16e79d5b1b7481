"""The old dialect (`md/1`): read as ever, plain words, safe HTML from anything."""

import re
from html.parser import HTMLParser
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keti.documents.messages import MESSAGES
from keti.documents.rules import html
from keti.documents.rules.dialect import cleaned, plain
from keti.documents.rules.headings import chapter_label, chinese, labelled
from keti.documents.rules.nodes import safe_link
from keti.documents.rules.numbering import misfits, paper_number
from keti.documents.rules.qr import qr_svg
from keti.documents.rules.tree import marked
from keti.documents.rules.written import MARKED, Written
from keti.kernel.refusals import Refused

MARKS = ["你好", "。", "！", "？", "；", "”", "“", "2022", "a", "-", "#", ">", "|", "`", "*", "**"]
MARKS += ["[^1]", "[甲](b)", "---", "===", "~", "{#x}", "<b>", "\\", "$", "（一）"]
SPACES = ["\n", "\n\n", "\n\n\n", " ", "  ", "\u3000", "\r\n", "    ", "\t", "\x00", "\u202e"]
STARTS = ["- ", "1. ", "# ", "> ", "```\n", "~~~\n", "[^1]: ", ": ", "i. "]


def to_html(md: str, base_level: int = 2) -> str:
    return html.to_html((Written(md, MARKED),), base_level)


def pages(texts: list[str]) -> list[str]:
    return html.many_to_html([(Written(text, MARKED),) for text in texts])


PIECES = st.lists(st.sampled_from([*MARKS, *SPACES, *STARTS]), max_size=40).map("".join)


def test_a_sentence_break_leaves_no_space_when_read() -> None:
    assert to_html("甲。\n2022年，\nESG 乙\nabc\ndef") == "<p>甲。2022年，ESG 乙 abc def</p>"


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)


@pytest.mark.parametrize("part", ["\n", " ", "[x](", "- ", "|", "。[x](甲。乙", "{#", "`", "> "])
def test_a_long_run_of_one_mark_takes_no_long_time(part: str) -> None:
    start = process_time()
    plain(part * 50_000 + "x")
    assert process_time() - start < 5


def test_plain_words_and_their_count() -> None:
    md = "# 标题\n\n**甲**与[乙](http://x)，共 42 个 test-case。\n第二句。[^1]\n\n[^1]: 注\n"
    assert plain(md) == "标题\n甲与乙，共 42 个 test-case。第二句。"


def test_html_of_an_ordinary_text() -> None:
    assert to_html("# 甲\n\n一句。\n二句 **重**。\n\n- 丙\n") == (
        '<h2 id="d-甲">甲</h2><p>一句。二句 <strong>重</strong>。</p><ul><li>丙</li></ul>'
    )


def test_tables_carry_header_scope_sides_and_caption() -> None:
    assert to_html("| 甲 | 乙 |\n|:--|--:|\n| 1 | 2 |\n\n: 说明\n") == (
        '<div class="table"><table><caption>说明</caption><thead><tr>'
        '<th scope="col" class="left">甲</th><th scope="col" class="right">乙</th></tr></thead>'
        '<tbody><tr><td class="left">1</td><td class="right">2</td></tr></tbody></table></div>'
    )


def test_headings_start_at_the_base_and_skip_no_level() -> None:
    found = re.findall(r"<(h\d)", to_html("### 甲\n\n##### 乙\n\n### 丙\n\n# 丁\n", 3))
    assert found == ["h3", "h4", "h3", "h3"]


def test_many_texts_do_not_touch_each_other() -> None:
    left, right = pages(["```\n没有收尾[^1]", "# 甲\n\n乙[^1]\n\n[^1]: 注\n"])
    assert "注" not in left
    assert left.startswith("<p>```") and 'id="d2-甲"' in right and 'id="d2--fn1"' in right
    assert pages([]) == []


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:a)",
    "[x](//evil.example)",
    "[x](/\\evil.example)",
    '[x](https://a.cn/" onmouseover="alert(1))',
    "[x](file:///etc/passwd)",
    "![x](/etc/passwd)",
    "![x](https://tracker.example/a.png)",
    "```{=html}\n<script>alert(1)</script>\n```",
    "`<script>alert(1)</script>`{=html}",
    '# a {#x" onclick="alert(1)}',
    '[a]{onclick="alert(1)"}',
    ':::{onclick="alert(1)" style="position:fixed"}\na\n:::',
    "<div onclick=alert(1)>a</div>",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "\\<script>alert(1)\\</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;script>",
    "---\ntitle: <script>\n---\n\n$x^2$ \\input{/etc/passwd}",
    "\x00\ud800\u202e<b>",
    "[^1]\n\n[^1]: <script>alert(1)</script>",
    "[" * 3000,
    "![](" * 3000,
    "> " * 2000 + "a",
    "1. " * 2000,
    "`" * 9999,
    "[x" * 12 + "](" * 5000,
]
TAGS = {"p", "h2", "ul", "ol", "li", "a", "sup", "sub", "em", "strong", "code", "pre", "blockquote"}
TAGS |= {"section", "hr", "br", "del", "table", "thead", "tbody", "tr", "th", "td", "div", "u"}
ATTRIBUTES = {"id", "href", "rel", "role", "class", "aria-label", "start", "scope"}


class Watch(HTMLParser):
    """Collects every tag and attribute that a browser would see."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links |= {value or "" for name, value in attrs if name == "href"}


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_comes_out_harmless(text: str) -> None:
    seen = Watch(to_html(text))
    assert seen.tags <= TAGS
    assert seen.attributes <= ATTRIBUTES
    assert all(safe_link(link) for link in seen.links)
    assert not any("evil" in link or "script" in link for link in seen.links)


def test_only_known_kinds_of_links_are_links() -> None:
    good = ["https://a.cn/b?c=1", "mailto:qin@a.cn", "/p/demo/", "#a"]
    bad = ["javascript:x", "data:x", "//a.cn", "/\\a.cn", "ftp://a.cn", "https://", "http:a", "a b"]
    assert [safe_link(link) for link in good + bad] == [True] * 4 + [False] * 8


def test_a_number_is_not_printed_twice_in_a_row() -> None:
    typed = [["h", 1, "", [["s", "成果"]]], ["p", [["s", "一、甲"]]], ["h", 1, "", [["s", "问题"]]]]
    points = [typed[0], ["points", [[["s", "一、甲"]], [["s", "二、乙"]]]], typed[2]]
    for blocks in (typed, points):
        heads = [block[2] for block in labelled(blocks, "zh-hans") if block[0] == "h"]
        assert heads == ["第一部分　", "第二部分　"]
    chapter = [block[2] for block in labelled(typed, "zh-hans", under=2) if block[0] == "h"]
    assert chapter == ["第一节　", "第二节　"]
    other = [typed[0], ["p", [["s", "（一）甲"]]], typed[2]]
    assert [b[2] for b in labelled(other, "zh-hans") if b[0] == "h"] == ["一、", "二、"]
    assert [b[2] for b in labelled(typed, "en") if b[0] == "h"] == ["1.", "2."]


def test_headings_are_numbered_where_the_writer_did_not() -> None:
    (blocks,) = marked(["# 甲\n\n## 乙\n\n### 丙\n\n# 二、丁\n\n# 戊\n"])
    assert [block[2] for block in labelled(blocks, "zh-hans")] == [
        "一、",
        "（一）",
        "1.",
        "",
        "三、",
    ]
    assert [block[2] for block in labelled(blocks, "en", under=2)] == [
        "2.1",
        "2.1.1",
        "2.1.1.1",
        "",
        "2.3",
    ]
    assert chapter_label("总论", 12, "zh-hans") == "第十二章"
    assert chapter_label("第一章 总论", 1, "zh-hans") == ""
    assert [chinese(n) for n in (1, 10, 20, 35, 105)] == ["一", "十", "二十", "三十五", "一百零五"]


def test_paper_numbers_and_codes() -> None:
    assert paper_number("", 2022, 5, prefix=" 元产委 ") == "元产委〔2022〕5号"
    assert paper_number("T/SZX {号:3}—{年}", 2023, 1, prefix="院") == "T/SZX 001—2023"
    assert paper_number("{prefix}{series}[{year}] No. {n}", 2023, 12, prefix="A", series="B") == (
        "AB[2023] No. 12"
    )
    wrong = (
        "第{号}号",
        "{字头}〔{年}〕号",
        "{年}-{号}",
        "院〔{年}〕{号:9}号",
        "院{年}{号}{何}",
        "院{年}{号}}",
    )
    assert [next(misfits(one))[0] for one in wrong] == [
        "no-year", "no-n", "bare", "brace", "unknown", "brace",
    ]  # fmt: skip
    svg = qr_svg("https://keti.example/p/1", 'a"b<')
    assert svg.startswith("<svg ") and "<script" not in svg and 'aria-label="a&quot;b&lt;"' in svg
    with pytest.raises(Refused) as refused:
        qr_svg("javascript:alert(1)")
    assert refused.value.code == "documents.qr-url"


def test_every_sentence_has_two_languages_with_the_same_facts() -> None:
    for code, (zh, en) in MESSAGES.items():
        assert code.startswith("documents.")
        assert set(re.findall(r"{(\w+)}", zh)) == set(re.findall(r"{(\w+)}", en))
        assert re.search("[一-鿿]", zh) and not re.search("[一-鿿]", en)
