"""The corpus: forty files and more of the habits of WPS, LibreOffice, Word and officials' desks."""
# ruff: noqa: E501

from collections.abc import Iterator
from typing import Any

from keti.documents.rules.pictures import cleaned

from .corpus import (
    WHO,
    Sample,
    at,
    cell,
    charted,
    drawn,
    listed,
    math,
    mr,
    note,
    noted,
    p,
    packed,
    plotted,
    png,
    row,
    style,
    styled,
    t,
    tbl,
)

OUTLINE = '<w:pPr><w:outlineLvl w:val="{}"/></w:pPr>'
RED, BLUE = png(), png((20, 40, 200), extra=b"somebody")
BIG = '<w:sz w:val="36"/>'


def c(*words: str, rows: int = 1, cols: int = 1) -> Any:
    return (rows, cols, [("p", one) for one in words])


def sha(data: bytes) -> str:
    found = cleaned(data)
    assert found is not None
    return found.sha256


def headings() -> Iterator[Sample]:
    body = p("总则", props=styled("1")) + p("甲。") + p("细则", props=styled("2")) + p("乙。")
    for name, one, two in (
        ("Word英文样式", "heading 1", "heading 2"),
        ("WPS中文样式", "标题 1", "标题 2"),
        ("繁体样式", "標題 1", "標題 2"),
        ("LibreOffice样式", "Heading 1", "Heading 2"),
        ("德文样式", "Überschrift 1", "Überschrift 2"),
    ):
        styles = style("1", one) + style("2", two)
        yield Sample(name, packed(body, styles=styles), [
            ("h1", "总则"), ("p", "甲。"), ("h2", "细则"), ("p", "乙。"),
        ])  # fmt: skip
    own = style("1", "公文一级", OUTLINE.format(0)) + style("2", "公文二级", based="3")
    own += style("3", "某样式", OUTLINE.format(2))
    yield Sample("自定样式的大纲级别", packed(body, styles=own), [
        ("h1", "总则"), ("p", "甲。"), ("h2", "细则"), ("p", "乙。"),
    ])  # fmt: skip
    direct = p("总则", props='<w:outlineLvl w:val="0"/>') + p("甲。")
    yield Sample("段落的大纲级别", packed(direct), [("h1", "总则"), ("p", "甲。")])
    bold = (
        p(t("工作进展", "<w:b/>")) + p("做了三件事。") + p(t("全文皆粗，但这是一句话。", "<w:b/>"))
    )
    yield Sample("加粗冒充标题", packed(bold), [
        ("h1", ["工作进展", "b"]), ("p", "做了三件事。"), ("p", ["全文皆粗，但这是一句话。", "b"]),
    ])  # fmt: skip
    large = p(t("调研情况", BIG)) + p("走了六个地方，开了九次座谈会。") * 3
    yield Sample("大字冒充标题", packed(large), [
        ("h1", "调研情况"), *[("p", "走了六个地方，开了九次座谈会。")] * 3,
    ])  # fmt: skip
    typed = "".join(
        map(
            p,
            ("一、背景", "（一）由来", "早已有之。", "（二）意义", "很大。", "二、做法", "如下。"),
        )
    )
    yield Sample("手打编号标题", packed(typed), [
        ("h1", "一、背景"), ("h2", "（一）由来"), ("p", "早已有之。"), ("h2", "（二）意义"),
        ("p", "很大。"), ("h1", "二、做法"), ("p", "如下。"),
    ])  # fmt: skip
    mixed = (
        p("报告", props=styled("T")) + p("第一章", props=styled("1")) + p("一、背景") + p("有的。")
    )
    styles = style("T", "Title") + style("1", "heading 1")
    yield Sample("题名与真假标题", packed(mixed, styles=styles), [
        ("h1", "报告"), ("h2", "第一章"), ("h3", "一、背景"), ("p", "有的。"),
    ])  # fmt: skip
    toc = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
        f"</w:sdtPr><w:sdtContent>{p('总则 1')}</w:sdtContent></w:sdt>"
    )
    yield Sample(
        "目录不入正文", packed(toc + direct), [("h1", "总则"), ("p", "甲。")], {"contents": 1}
    )


def numbering() -> Iterator[Sample]:
    def lines(name: str, form: str, text: str, *shown: str) -> Sample:
        body = "".join(p("条", props=at()) for _one in shown)
        made = packed(body, numbering=listed((form, text)))
        return Sample(name, made, [("i1", f"{one}条") for one in shown])

    yield lines("自动编号一二三", "chineseCounting", "%1、", "一、", "二、", "三、")
    yield lines("自动编号括号", "chineseCountingThousand", "（%1）", "（一）", "（二）")
    yield lines("自动编号壹贰", "chineseLegalSimplified", "%1、", "壹、", "贰、")
    yield lines("自动编号甲乙", "ideographTraditional", "%1、", "甲、", "乙、", "丙、")
    yield lines("自动编号子丑", "ideographZodiac", "%1、", "子、", "丑、")
    yield lines("自动编号圈码", "decimalEnclosedCircleChinese", "%1", "① ", "② ")
    yield lines("自动编号全角", "decimalFullWidth", "%1．", "１． ", "２． ")
    yield lines("自动编号字母", "lowerLetter", "%1) ", "a)  ", "b)  ")
    yield lines("自动编号罗马", "upperRoman", "%1. ", "I.  ", "II.  ")
    yield lines("项目符号", "bullet", "\uf06c", "• ", "• ")
    yield lines("条款", "chineseCounting", "第%1条", "第一条 ", "第二条 ")
    body = p("甲", props=at()) + p("子", props=at(1)) + p("丑", props=at(1)) + p("乙", props=at())
    body += p("寅", props=at(1))
    yield Sample("多级编号", packed(body, numbering=listed(("decimal", "%1."), ("decimal", "%1.%2"))), [
        ("i1", "1. 甲"), ("i2", "1.1 子"), ("i2", "1.2 丑"), ("i1", "2. 乙"), ("i2", "2.1 寅"),
    ])  # fmt: skip
    heads = style("1", "heading 1", f"<w:pPr>{at()}</w:pPr>")
    heads += style("2", "heading 2", f"<w:pPr>{at(1)}</w:pPr>")
    body = p("总则", props=styled("1")) + p("目的", props=styled("2")) + p("甲。")
    many = listed(("chineseCounting", "第%1章"), ("decimal", "%1.%2"))
    many = many.replace('<w:numFmt w:val="decimal"/>', '<w:numFmt w:val="decimal"/><w:isLgl/>')
    yield Sample("标题自带编号", packed(body, styles=heads, numbering=many), [
        ("h1", "第一章总则"), ("h2", "1.1 目的"), ("p", "甲。"),
    ])  # fmt: skip
    again = listed(("decimal", "%1."), number=1)
    again += (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    body = p("甲", props=at()) + p("乙", props=at(0, 2)) + p("丙", props=at(0, 2))
    yield Sample("重新编号", packed(body, numbering=again), [
        ("i1", "1. 甲"), ("i1", "5. 乙"), ("i1", "6. 丙"),
    ])  # fmt: skip
    typed = "".join(
        map(p, ("1.开了会；", "2、写了稿；", "（3）定了稿。", "①　甲　乙", "3.2亿元已到账。"))
    )
    yield Sample("手打编号原样", packed(typed), [
        ("p", "1.开了会；"), ("p", "2、写了稿；"), ("p", "（3）定了稿。"), ("p", "①　甲　乙"),
        ("p", "3.2亿元已到账。"),
    ])  # fmt: skip


def tables() -> Iterator[Sample]:
    plain = tbl(row("地区", "数量"), row("东", "1"), row("西", "2"))
    yield Sample("简单表", packed(p("见表") + plain), [
        ("p", "见表"), ("table", 0, [[c("地区"), c("数量")], [c("东"), c("1")], [c("西"), c("2")]]),
    ])  # fmt: skip
    head = "<w:tblHeader/>"
    yield Sample("跨页重复的表头", packed(tbl(row("甲", "乙", props=head), row("1", "2"))), [
        ("table", 1, [[c("甲"), c("乙")], [c("1"), c("2")]]),
    ])  # fmt: skip
    begin, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    wide = '<w:gridSpan w:val="2"/>'
    merged = tbl(
        row(cell("类别", props=begin), cell("数量", props=wide)),
        row(cell(props=on), "上年", "本年"),
        row(cell("甲", props=begin), "1", "2"), row(cell(props=on), "3", "4"),
    )  # fmt: skip
    yield Sample("纵横合并", packed(merged), [("table", 0, [
        [c("类别", rows=2), c("数量", cols=2)], [c("上年"), c("本年")],
        [c("甲", rows=2), c("1"), c("2")], [c("3"), c("4")],
    ])])  # fmt: skip
    old = tbl(row(cell("合", props='<w:hMerge w:val="restart"/>'), cell(props="<w:hMerge/>"), "丙"))
    yield Sample("旧式横向合并", packed(old), [("table", 0, [[c("合", cols=2), c("丙")]])])
    late = tbl(row("甲", "乙", "丙"), row("子", props='<w:gridBefore w:val="1"/>'), row("一", "二"))
    yield Sample("缺格的表", packed(late), [("table", 0, [
        [c("甲"), c("乙"), c("丙")], [c(), c("子"), c()], [c("一"), c("二"), c()],
    ])])  # fmt: skip
    form = tbl(row("姓名", "（演示）"), row(cell("简历", "一九九〇年生。", "二〇一二年毕业。"), ""))
    yield Sample("一格数段", packed(form), [("table", 0, [
        [c("姓名"), c("（演示）")], [c("简历", "一九九〇年生。", "二〇一二年毕业。"), c()],
    ])])  # fmt: skip
    nested = tbl(row(cell(tbl(row("里", "面"))), "外"))
    yield Sample("表中表", packed(nested), [("table", 0, [
        [(1, 1, [("table", 0, [[c("里"), c("面")]])]), c("外")],
    ])])  # fmt: skip
    held = f"<w:sdt><w:sdtContent>{row('控件', '里')}</w:sdtContent></w:sdt>"
    yield Sample("控件里的行", packed(tbl(held)), [("table", 0, [[c("控件"), c("里")]])])
    inner = tbl(row(cell(p(drawn("rId7", "公章位置")), "图旁文字"), "乙"))
    yield Sample("格中图", packed(inner, media={"rId7.png": RED}), [("table", 0, [
        [(1, 1, [("figure", sha(RED), "公章位置", 60), ("p", "图旁文字")]), c("乙")],
    ])])  # fmt: skip


def drawings() -> Iterator[Sample]:
    body = p(drawn("rId7", "走势", 80)) + p("图1　走势") + p("前", drawn("rId8"), "后")
    media = {"rId7.png": RED, "rId8.png": BLUE}
    yield Sample("图片与题注", packed(body, media=media), [
        ("figure", sha(RED), "走势", 80), ("p", "图1　走势"), ("p", "前后"),
        ("figure", sha(BLUE), "", 60),
    ])  # fmt: skip
    old = '<w:r><w:pict><v:shape><v:imagedata r:id="rId7"/></v:shape></w:pict></w:r>'
    yield Sample("旧式图片", packed(p(old), media={"rId7.png": RED}), [("figure", sha(RED), "", 2)])
    emf = packed(p("见图", drawn("rId7")), media={"rId7.emf": b"\x01\0\0\0 metafile"})
    yield Sample("矢量图", emf, [("p", "见图", ["left", "picture"])], {"picture": 1})
    bars = plotted("barChart", ["一季度", "二季度"], "各季", 金额=["1.5", "2"], 数量=["3", ""])
    yield Sample("柱形图", packed(p(charted("k1")), k1=bars), [
        ("chart", "bar", "各季", ["一季度", "二季度"], [("金额", ["1.5", "2"]), ("数量", ["3", ""])]),
    ])  # fmt: skip
    line = plotted("lineChart", ["甲", "乙"], 率=["0.1", "-0.25"])
    pie = plotted("pieChart", ["东", "西"], "占比", 份=["40", "60"])
    yield Sample("折线图与饼图", packed(p("上", charted("k1")) + p(charted("k2")), k1=line, k2=pie), [
        ("p", "上"), ("chart", "line", "", ["甲", "乙"], [("率", ["0.1", "-0.25"])]),
        ("chart", "pie", "占比", ["东", "西"], [("份", ["40", "60"])]),
    ])  # fmt: skip
    radar = plotted("radarChart", ["甲"], 率=["1"])
    yield Sample(
        "雷达图", packed(p(charted("k1")), k1=radar), [("p", ["left", "chart"])], {"chart": 1}
    )
    box = f"<w:txbxContent>{p('框中一段')}{p('框中二段')}</w:txbxContent>"
    boxed = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>"
        f"{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
        f"<v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    yield Sample(
        "文本框", packed(p("正文", boxed)), [("p", "正文"), ("p", "框中一段"), ("p", "框中二段")]
    )


def inlines() -> Iterator[Sample]:
    notes = note("footnote", 2, "据某年鉴。") + note("footnote", 3, "作者自算。")
    body = p("总量", noted(2), "上升", noted(3), "。")
    yield Sample("脚注", packed(body, footnotes=notes), [
        ("p", "总量", ["note", ("p", "据某年鉴。")], "上升", ["note", ("p", "作者自算。")], "。"),
    ])  # fmt: skip
    yield Sample("尾注", packed(p("总量", noted(1, "endnote")), endnotes=note("endnote", 1, "见附录。")), [
        ("p", "总量", ["note", ("p", "见附录。")]),
    ])  # fmt: skip
    half = f"<m:f><m:num>{mr('a+b')}</m:num><m:den>{mr('2')}</m:den></m:f>"
    power = f"<m:sSup><m:e>{mr('x')}</m:e><m:sup>{mr('2')}</m:sup></m:sSup>"
    total = (
        f"<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>{mr('i=1')}</m:sub>"
        f"<m:sup>{mr('n')}</m:sup><m:e>{mr('x')}</m:e></m:nary>"
    )
    yield Sample("公式", packed(p("令", math(half + mr("=") + power), "。") + p(math(total))), [
        ("p", "令", ["formula", "(a+b)/2=x^2"], "。"), ("formula", "∑_(i=1)^nx"),
    ])  # fmt: skip
    root = f"<m:rad><m:radPr><m:degHide m:val='1'/></m:radPr><m:deg/><m:e>{mr('y')}</m:e></m:rad>"
    fence = f"<m:d><m:dPr><m:begChr m:val='['/><m:endChr m:val=']'/></m:dPr><m:e>{root}</m:e></m:d>"
    yield Sample(
        "公式段", packed(p(f"<m:oMathPara>{math(fence)}</m:oMathPara>")), [("formula", "[√y]")]
    )


def marks() -> Iterator[Sample]:
    tracked = (
        f"<w:del w:id='1' {WHO}><w:r><w:delText>三</w:delText></w:r></w:del>"
        f"<w:ins w:id='2' {WHO}>{t('两')}</w:ins>"
    )
    yield Sample("修订", packed(p("共", tracked, "处。")), [
        ("p", "共", ["三", "-审稿人（演示）"], ["两", "+审稿人（演示）"], "处。"),
    ])  # fmt: skip
    said = (
        "<w:commentRangeStart w:id='0'/>" + t("数据") + "<w:commentRangeEnd w:id='0'/>"
        "<w:r><w:commentReference w:id='0'/></w:r>"
    )
    remarks = f"<w:comment w:id='0' {WHO}>{p('请注明出处。')}</w:comment>"
    yield Sample("批注", packed(p("这些", said, "可靠。"), comments=remarks), [
        ("p", "这些", ["数据", "c1"], "可靠。"),
    ], comments=["审稿人（演示） 2022-05-06T07:08:00Z 请注明出处。"])  # fmt: skip
    looks = p(t("粗", "<w:b/>"), t("斜", "<w:i/>"), t("上", '<w:vertAlign w:val="superscript"/>'),
              t("划", "<w:u w:val='single'/>"), t("删", "<w:strike/>"), t("不粗", '<w:b w:val="0"/>'))  # fmt: skip
    yield Sample("字体", packed(looks), [
        ("p", ["粗", "b"], ["斜", "i"], ["上", "sup"], ["划", "u"], ["删", "s"], "不粗"),
    ])  # fmt: skip
    link = '<w:hyperlink r:id="rId9">' + t("官网") + "</w:hyperlink>"
    yield Sample("链接", packed(p("见", link), links={"rId9": "https://example.org/a"}), [
        ("p", "见", ["官网", "https://example.org/a"]),
    ])  # fmt: skip
    odd = p(
        t("　　首行空格  两个空格\u3000全角"),
        "<w:r><w:tab/></w:r>",
        t("𠮷 镕 﨑"),
        "<w:r><w:br/></w:r>",
        t("次行"),
    )
    yield Sample(
        "空格、制表、生僻字",
        packed(odd),
        [("p", "　　首行空格  两个空格\u3000全角\t𠮷 镕 﨑\n次行")],
    )
    split = p(*[t(one) for one in "一句被拆成许多段的话。"])
    yield Sample("拆碎的文字", packed(split), [("p", "一句被拆成许多段的话。")])
    field = (
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> REF 图1 </w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r>" + t("图1")
        + "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )  # fmt: skip
    yield Sample("交叉引用", packed(p("见", field, "。")), [("p", "见图1。")])
    yield Sample("隐藏文字", packed(p("明", t("暗", "<w:vanish/>"))), [("p", "明")], {"hidden": 1})
    tick = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    yield Sample("方框勾选", packed(p(tick, "同意　□不同意")), [("p", "☑同意　□不同意")])
    ruby = f"<w:r><w:ruby><w:rt>{t('pin')}</w:rt><w:rubyBase>{t('拼')}</w:rubyBase></w:ruby></w:r>"
    yield Sample("注音", packed(p(ruby, "音")), [("p", "拼音")], {"phonetic": 1})


SAMPLES = [
    one for group in (headings, numbering, tables, drawings, inlines, marks) for one in group()
]
