"""More of the corpus: what showed itself in files of others, once for every kind."""
# ruff: noqa: E501

import io
import zipfile
from collections.abc import Iterator

from .corpus import (
    SPACES,
    WHO,
    Sample,
    at,
    cell,
    charted,
    listed,
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
from .corpus_files import c, sha

RED = png()
STRICT = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "http://purl.oclc.org/ooxml/drawingml/main",
}


def field(code: str, *shown: str, data: str = "") -> str:
    """A field of several runs; without `shown` it ends where its code does."""
    begin = f"<w:r><w:fldChar w:fldCharType='begin'>{data}</w:fldChar></w:r>"
    told = f"<w:r><w:instrText xml:space='preserve'> {code} </w:instrText></w:r>"
    middle = "<w:r><w:fldChar w:fldCharType='separate'/></w:r>" if shown else ""
    inner = "".join(one if one.startswith("<") else t(one) for one in shown)
    return begin + told + middle + inner + "<w:r><w:fldChar w:fldCharType='end'/></w:r>"


def fields() -> Iterator[Sample]:
    link = field('HYPERLINK "https://example.org/a"', "官网", t("首页", "<w:b/>"))
    yield Sample("WPS的链接域", packed(p("见", link, "。")), [
        ("p", "见", ["官网", "https://example.org/a"], ["首页", "b", "https://example.org/a"], "。"),
    ])  # fmt: skip
    rings = field("EQ \\o\\ac(○,1)"), field("eq \\f(1,x+2)"), field("EQ \\r(3,8)")
    yield Sample("域里的圈号与分式", packed(p("第", rings[0], "条：", *rings[1:], "。")), [
        ("p", "第①条：1/(x+2)3√(8)。"),
    ])  # fmt: skip
    guide = field('EQ \\* jc2 \\* "Font:宋体" \\* hps10 \\o\\ad(\\s\\up 9(pin),拼)')
    yield Sample("域里的拼音", packed(p(guide, "音")), [("p", "拼音")], {"phonetic": 1})
    ticked = "<w:ffData><w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox></w:ffData>"
    empty = "<w:ffData><w:checkBox><w:default w:val='0'/></w:checkBox></w:ffData>"
    some = "<w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='东'/><w:listEntry w:val='西'/></w:ddList></w:ffData>"
    form = p(
        field("FORMCHECKBOX", data=ticked),
        "同意",
        field("FORMCHECKBOX", "", data=empty),
        "不同意 ",
        field("FORMDROPDOWN", data=some),
    )
    yield Sample("旧式窗体", packed(form), [("p", "☑同意□不同意 西")])
    button = field("MACROBUTTON NoMacro [点此填写]"), field("SYMBOL 254 \\f Wingdings")
    yield Sample("按钮与符号域", packed(p(*button)), [("p", "[点此填写]☑")])
    inner = field("IF", "是")
    nested = inner.replace(
        " IF ",
        " IF </w:instrText></w:r>" + field("DOCPROPERTY x", "旧值") + "<w:r><w:instrText> = 1 ",
    )
    yield Sample("域代码里的字", packed(p("判", nested, "。")), [("p", "判是。")])
    open_ = "<w:r><w:fldChar w:fldCharType='begin'/></w:r>"
    yield Sample(
        "没有结束的域", packed(p("前", open_, "后") + p("次段")), [("p", "前后"), ("p", "次段")]
    )
    nothing = p(field("REF 图1", ""))
    yield Sample("什么也不显示的引用", packed(p("甲") + nothing), [("p", "甲")])
    index = field('XE "词条"')
    yield Sample("索引项", packed(p("词", index, "条")), [("p", "词条")])


def signs() -> Iterator[Sample]:
    sym = "<w:r><w:sym w:font='{}' w:char='{}'/></w:r>"
    made = p(sym.format("Symbol", "F061"), sym.format("Wingdings 2", "0052"), sym.format("MS Gothic", "2610"),
             sym.format("Wingdings", "F081"), "完")  # fmt: skip
    yield Sample("各种符号字体", packed(made), [("p", "α☑☐①完")])
    yield Sample(
        "不识的符号", packed(p(sym.format("某字体", "F07E"), "完")), [("p", "□完")], {"symbol": 1}
    )
    greek = t("D=b", "<w:rFonts w:ascii='Symbol' w:hAnsi='Symbol'/>")
    yield Sample("字体写成的希腊字母", packed(p(greek, " 度")), [("p", "Δ=β 度")])
    hyphens = "<w:r><w:t>甲</w:t><w:noBreakHyphen/><w:t>乙</w:t><w:softHyphen/><w:t>丙</w:t></w:r>"
    yield Sample("两种连字符", packed(p(hyphens)), [("p", "甲\u2011乙\xad丙")])
    broken = p(t("前\r\n后\n尾")).replace("\n", "&#10;").replace("\r", "&#13;")
    yield Sample("排版换行不是换行", packed(broken), [("p", "前 后 尾")])
    filled = p("姓名：", t("", "<w:u w:val='single'/>").replace("<w:t ", "<w:tab/><w:t "), "。")
    yield Sample("下划线的空位", packed(filled), [("p", "姓名：", ["\t", "u"], "。")])
    lines_ = p(
        t("粗", "<w:b/>"), "<w:r><w:rPr><w:b/></w:rPr><w:br/><w:t>体，还有。</w:t></w:r>", "完"
    )
    yield Sample("粗体里的换行", packed(lines_), [("p", ["粗\n体，还有。", "b"], "完")])
    numbers = packed(p("甲", props=at()) * 28, numbering=listed(("lowerLetter", "%1) ")))
    shown = [*"abcdefghijklmnopqrstuvwxyz", "aa", "bb"]
    yield Sample("超过二十六的字母", numbers, [("i1", f"{one})  甲") for one in shown])


def parts() -> Iterator[Sample]:
    """Parts that other programs call otherwise."""
    styles = f"<w:styles {SPACES}>{style('1', 'heading 1')}</w:styles>"
    lists = f"<w:numbering {SPACES}>{listed(('chineseCounting', '%1、'))}</w:numbering>"
    files = {"styles2.xml": ("styles", styles), "lists/n.xml": ("numbering", lists)}
    body = p("总则", props=styled("1")) + p("条", props=at())
    yield Sample("另名的部件", packed(body, others=files), [("h1", "总则"), ("i1", "一、条")])
    notes = note("footnote", 0, "谷歌的第一条。") + note("footnote", 1, "第二条。")
    yield Sample("从零起的注", packed(p("甲", noted(0), "乙", noted(1)), footnotes=notes), [
        ("p", "甲", ["note", ("p", "谷歌的第一条。")], "乙", ["note", ("p", "第二条。")]),
    ])  # fmt: skip
    line = (
        "<w:footnote w:type='separator' w:id='0'><w:p><w:r><w:separator/></w:r></w:p></w:footnote>"
    )
    lost = line + note("footnote", 1, "无处提到。")
    yield Sample("无人提到的注", packed(p("甲"), footnotes=lost), [("p", "甲")], {"footnote": 1})
    head = f"<w:hdr {SPACES}>{p('内部资料（演示）')}</w:hdr>"
    number = f"<w:ftr {SPACES}>{p('— ', field('PAGE', '1'), ' —')}</w:ftr>"
    said = {"header1.xml": ("header", head), "footer1.xml": ("footer", number)}
    yield Sample("页眉与页码", packed(p("正文"), others=said), [("p", "正文")], {"running": 1})
    same = {"header1.xml": ("header", f"<w:hdr {SPACES}>{p('正文')}</w:hdr>")}
    yield Sample("重复题名的页眉", packed(p("正文"), others=same), [("p", "正文")])
    hidden = style("1", "隐", "<w:rPr><w:vanish/></w:rPr>")
    yield Sample(
        "隐藏的样式",
        packed(p("明") + p("暗", props=styled("1")), styles=hidden),
        [("p", "明")],
        {"hidden": 1},
    )
    odd = p("甲", f"<w:unheardOf>{t('乙')}</w:unheardOf>") + f"<w:strange>{p('丙')}</w:strange>"
    yield Sample("没听说过的容器", packed(odd), [("p", "甲乙"), ("p", "丙")])


def shapes() -> Iterator[Sample]:
    def drawing(inner: str) -> str:
        return f'<w:r><w:drawing><wp:inline><wp:extent cx="1800000" cy="9"/><a:graphic><a:graphicData>{inner}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'

    text = "<a:p><a:r><a:t>形状里</a:t></a:r><a:br/><a:r><a:t>的字</a:t></a:r></a:p>"
    yield Sample(
        "形状里的字",
        packed(p(drawing(f"<a:sp><a:txSp><a:txBody>{text}</a:txBody></a:txSp></a:sp>"))),
        [("p", "形状里\n的字")],
    )
    art = '<w:r><w:pict><v:shape><v:textpath string="样稿"/></v:shape></w:pict></w:r>'
    yield Sample("艺术字", packed(p("正文", art)), [("p", "正文"), ("p", "样稿")])
    filled = (
        '<wps:wsp><wps:spPr><a:blipFill><a:blip r:embed="rId7"/></a:blipFill></wps:spPr></wps:wsp>'
    )
    yield Sample(
        "形状的图片填充",
        packed(p(drawing(filled)), media={"rId7.png": RED}),
        [("figure", sha(RED), "", 50)],
    )
    choice = "<w:r><mc:AlternateContent><mc:Choice Requires='wpi'><w:drawing><wp:inline/></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:imagedata r:id='rId7'/></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    yield Sample(
        "只有替代的一种可读",
        packed(p(choice), media={"rId7.png": RED}),
        [("figure", sha(RED), "", 2)],
    )
    box = f"<w:txbxContent>{p(t('框中粗体', '<w:b/>'))}</w:txbxContent>"
    boxed = f"<w:r><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r>"
    yield Sample(
        "框中粗体不是标题", packed(p("正文。", boxed)), [("p", "正文。"), ("p", ["框中粗体", "b"])]
    )
    space = 'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    points = "".join(
        f"<dgm:pt><dgm:t><a:p><a:r><a:t>{one}</a:t></a:r></a:p></dgm:t></dgm:pt>"
        for one in ("立项", "结项")
    )
    data = f"<dgm:dataModel {space} {SPACES}><dgm:ptLst>{points}</dgm:ptLst></dgm:dataModel>"
    art = drawing(f'<dgm:relIds {space} r:dm="data1"/>')
    yield Sample("智能图形", packed(p("流程", art), others={"diagrams/data1.xml": ("diagramData", data)}), [
        ("p", "流程", ["left", "chart"]), ("p", "立项"), ("p", "结项"),
    ], {"chart": 1})  # fmt: skip


def charts() -> Iterator[Sample]:
    days = plotted("lineChart", ["45292", "45323"], 率=["1", "2"])
    days = days.replace(
        "<c:cat><c:strRef><c:strCache>",
        "<c:cat><c:numRef><c:numCache><c:formatCode>yyyy/m/d</c:formatCode>",
    )
    days = days.replace("</c:strCache></c:strRef></c:cat>", "</c:numCache></c:numRef></c:cat>")
    yield Sample("日期轴", packed(p(charted("k1")), k1=days), [
        ("chart", "line", "", ["2024-01-01", "2024-02-01"], [("率", ["1", "2"])]),
    ])  # fmt: skip
    axis = plotted("barChart", ["甲"], 量=["1"]).replace(
        "</c:plotArea>",
        "<c:valAx><c:title><c:tx><c:rich><a:p><a:r><a:t>亿元</a:t></a:r></a:p></c:rich></c:tx></c:title></c:valAx></c:plotArea>",
    )
    yield Sample(
        "坐标轴的题",
        packed(p(charted("k1")), k1=axis),
        [("chart", "bar", "", ["甲"], [("量", ["1"])])],
        {"axis": 1},
    )
    levels = plotted("barChart", ["上", "下", "上", "下"], 量=["1", "2", "3", "4"])
    outer = (
        '<c:lvl><c:pt idx="0"><c:v>2023</c:v></c:pt><c:pt idx="2"><c:v>2024</c:v></c:pt></c:lvl>'
    )
    levels = levels.replace(
        "<c:cat><c:strRef><c:strCache>", "<c:cat><c:multiLvlStrRef><c:multiLvlStrCache><c:lvl>"
    )
    levels = levels.replace(
        "</c:strCache></c:strRef></c:cat>",
        f"</c:lvl>{outer}</c:multiLvlStrCache></c:multiLvlStrRef></c:cat>",
    )
    yield Sample("两级分类", packed(p(charted("k1")), k1=levels), [
        ("chart", "bar", "", ["2023 上", "2023 下", "2024 上", "2024 下"], [("量", ["1", "2", "3", "4"])]),
    ])  # fmt: skip


def marks() -> Iterator[Sample]:
    def said(kind: str, ident: int) -> str:
        return f"<w:commentRange{kind} w:id='{ident}'/>"

    remarks = "".join(
        f"<w:comment w:id='{n}' {WHO}><w:p><w:r><w:t>意见{n}</w:t><w:br/><w:t>如上</w:t></w:r></w:p></w:comment>"
        for n in (7, 3)
    )
    over = p(
        said("Start", 3), "一", said("Start", 7), "二", said("End", 3), "三", said("End", 7), "四"
    )
    yield Sample("交叠的批注", packed(over, comments=remarks), [
        ("p", ["一", "c1"], ["二", "c1", "c2"], ["三", "c2"], "四"),
    ], comments=["审稿人（演示） 2022-05-06T07:08:00Z 意见3\n如上", "审稿人（演示） 2022-05-06T07:08:00Z 意见7\n如上"])  # fmt: skip
    moved = f"<w:moveFrom w:id='1' {WHO}>{t('原处')}</w:moveFrom><w:moveTo w:id='2' {WHO}>{t('新处')}</w:moveTo>"
    yield Sample(
        "移动的修订",
        packed(p(moved)),
        [("p", ["原处", "-审稿人（演示）"], ["新处", "+审稿人（演示）"])],
    )
    old = f"<w:b/><w:rPrChange w:id='3' {WHO}><w:rPr/></w:rPrChange>"
    ended = f"<w:rPr><w:ins w:id='4' {WHO}/></w:rPr>"
    looks = p(t("加粗了", old), "的一段，完。", props=ended)
    yield Sample(
        "只改格式的修订", packed(looks), [("p", ["加粗了", "b"], "的一段，完。")], {"format": 2}
    )
    lit = '<w:highlight w:val="yellow"/>'
    body = p(
        "甲",
        t("待", lit),
        t("定", lit),
        "乙",
        t("再议", lit),
        t("丙", '<w:highlight w:val="none"/>'),
    )
    yield Sample("突出显示", packed(body), [("p", "甲待定乙再议丙")], {"highlight": 2})
    deep = tbl(row(cell(tbl(row(cell(tbl(row("里")), p("中")))), p("外")), "右"))
    yield Sample("三层的表", packed(deep), [("table", 0, [[
        (1, 1, [("table", 0, [[(1, 1, [("table", 0, [[c("里")]]), ("p", "中")])]]), ("p", "外")]), c("右"),
    ]])])  # fmt: skip
    half = f"<m:oMath><m:sSubSup><m:e>{mr('x')}</m:e><m:sub>{mr('i')}</m:sub><m:sup>{mr('2')}</m:sup></m:sSubSup></m:oMath>"
    yield Sample("上下标公式", packed(p("令", half)), [("p", "令", ["formula", "x_i^2"])])
    strict = p(t("甲", "<w:b/>"), "乙") + tbl(row("一", "二"))
    yield Sample(
        "严格的名字空间",
        _strict(packed(strict)),
        [("p", ["甲", "b"], "乙"), ("table", 0, [[c("一"), c("二")]])],
    )


def _strict(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as made:
        for name in old.namelist():
            inner = old.read(name).decode()
            for usual, other in STRICT.items():
                inner = inner.replace(usual, other)
            made.writestr(name, inner)
    return out.getvalue()


MORE = [one for group in (fields, signs, parts, shapes, charts, marks) for one in group()]
