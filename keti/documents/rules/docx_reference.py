"""The styles of our Word files, written by script onto Pandoc's own reference document."""

import io
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from .bulk import Bulk
from .pandoc import run
from .paper import FORMS
from .word_styles import HEAD_NUMBER, PLAIN, RUNNING
from .words import WORDS

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_STAMP = (2000, 1, 1, 0, 0, 0)
_SONG, _HEI, _KAI, _FANG = "宋体", "黑体", "楷体_GB2312", "仿宋_GB2312"
_TITLE = "方正小标宋简体"


@dataclass(frozen=True, slots=True)
class Style:
    """One paragraph style: sizes in points, the indent in hundredths of a character."""

    ident: str
    name: str
    font: str
    size: float
    line: float = 0
    align: str = "both"
    indent: int = 0
    before: float = 0
    after: float = 0
    bold: bool = False
    level: int = 0
    more: str = ""
    color: str = "000000"
    hanging: int = 0


Look = Literal["official", "inner", "report", "form", "table"]
_SIZES: dict[Look, tuple[float, float, float]] = {
    "official": (16.0, 28.0, 12.0),
    "inner": (12.0, 22.0, 12.0),
    "report": (12.0, 22.0, 12.0),
    "form": (12.0, 20.0, 12.0),
    "table": (10.5, 16.0, 10.5),
}
"""Text, its line, and what stands in tables, in points."""
_SIDES: dict[Look, tuple[int, int, int, int]] = {
    "official": (37, 26, 35, 28),
    "inner": (37, 26, 35, 28),
    "report": (33, 27, 30, 29),
    "form": (25, 22, 24, 24),
    "table": (24, 20, 22, 20),
}
"""Top, right, bottom, left in millimetres, as in the PDF."""


def look_of(kind: str) -> Look:
    """Which look a kind of paper has."""
    looks: dict[str, Look] = {
        "report": "report", "form": "form", "table": "table", "sheet": "form",
        "task_book": "inner", "roll": "inner",
    }  # fmt: skip
    return looks.get(kind, "official")


def _styles(look: Look, lang: str, bound: Bulk) -> list[Style]:
    zh, report = lang == "zh-hans", look == "report"
    size, line, small = _SIZES[look]
    if not zh:
        size, line, small = min(size, 12.0), min(line, 22.0), min(small, 11.0)
    body = _SONG if report else _FANG
    indent = 200 if zh else 0
    gap = 0.0 if zh else 6.0
    filled = look in FORMS
    below = 4 if filled else 24
    keep = "<w:keepNext/>"
    red = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="6" w:color="A8321F"/></w:pBdr>'
    text = [
        Style("Normal", "Normal", body, size, line),
        Style("BodyText", "Body Text", body, size, line, indent=indent, after=gap),
        Style("PlainLine", PLAIN, body, size, line, indent=indent, after=gap),
        Style("FirstParagraph", "First Paragraph", body, size, line, indent=indent, after=gap),
        Style("Compact", "Compact", body, small, min(line, 20), "left", before=2, after=2),
        Style("TableHead", "Table Head", _HEI, small, min(line, 20), "left", 0, 2, 2, bold=True),
        Style("Label", "Label", _HEI, small, min(line, 20), "center", before=2, after=2),
        Style("SignedAt", "Signed At", body, small, min(line, 20), "right", before=18, after=2),
        Style("FormLine", "Form Line", body, small, 20, "left", before=6, after=4, more=_tab(look)),
        Style("Quiet", "Quiet", _HEI, small - 1, 20, "left", before=2, after=2, color="5C6268"),
        Style("Strong", "Strong", _HEI, small + 1, 22, "left", 0, 8, 4, bold=True, more=keep),
        Style("Points", "Points", body, size, line, "left", indent=indent, after=gap),
        *(
            Style(
                f"Points{deep}", f"Points {deep}", body, size, line, "left", deep * 200, after=gap
            )
            for deep in range(2, 10)
        ),
        Style("TOCHeading", "TOC Heading", _HEI, 16, 28, "center", before=6, after=10, more=keep),
        Style("TOC1", "toc 1", _HEI, 12, 22, "left", before=6, more=_tab(look, "dot")),
        Style("TOC2", "toc 2", body, 12, 20, "left", indent=200, more=_tab(look, "dot")),
        Style("Reference", "Reference", body, 10.5, 17, "left", after=3, hanging=560),
        Style("SignHere", "SignHere", body, small, 20, "left", before=30, more=keep),
        Style("BlockText", "Block Text", _KAI, size, line, indent=indent),
        Style("SourceCode", "Source Code", "Consolas", 9.5, 14, "left"),
        Style("FootnoteText", "Footnote Text", _SONG, 9, 13),
        Style("TableCaption", "Table Caption", _HEI, 11, 20, "center", more=keep, before=6),
        Style("ImageCaption", "Image Caption", _HEI, 11, 20, "center"),
        Style("TypedCaption", "Typed Caption", _HEI, 11, 20, "center", more=keep, before=6),
        Style("Picture", "Picture", body, size, 0, "center", more=keep, before=6),
        Style("DefinitionTerm", "Definition Term", _HEI, size, line, more=keep, bold=True),
        Style("Definition", "Definition", body, size, line, indent=indent),
        Style("Header", "header", _HEI, 9, 12, "right", color="A8321F"),
        Style("Footer", "footer", _SONG, 14 if zh else 10, 16, "center"),
        Style("Letterhead", "Letterhead", _TITLE, 26 if not report else 15, 36, "center"),
        Style(
            "PaperNumber", "PaperNumber", body, 14 if zh else 11, 24, "right", more=red, after=24
        ),
        Style("Title", "Title", _TITLE, 22, 32, "center", before=6, after=10, more=keep),
        Style("CoverTitle", "CoverTitle", _TITLE, 28, 42, "center", before=120, after=12),
        Style("Subtitle", "Subtitle", _KAI, 12 if filled else 16, 28, "center", after=below),
        Style("CoverFoot", "CoverFoot", body, 15, 28, "center", before=18),
        Style("Signature", "Signature", body, size, line, "right", before=12),
    ]
    return text + _heads(report, lang, bound, size)


def _tab(look: Look, leader: str = "none") -> str:
    """A stop at the right margin, so that one line holds who at the left and when at the right."""
    _top, right, _bottom, left = _SIDES[look]
    at = round(((297 if look == "table" else 210) - left - right) * 56.693)
    return f'<w:tabs><w:tab w:val="right" w:leader="{leader}" w:pos="{at}"/></w:tabs>'


def _heads(report: bool, lang: str, bound: Bulk, size: float) -> list[Style]:
    """The six levels of headings; a report bound as a book begins a page with each part."""
    body = _SONG if report else _FANG
    zh = lang == "zh-hans"
    indent = 200 if zh else 0
    breaks = "<w:pageBreakBefore/>" if report and bound == "long" else ""
    high = (15.0, 13.0) if bound == "short" else (18.0, 15.0)
    sizes = (*high, 13.0, 12.0, 12.0, 12.0) if report else (size,) * 6
    fonts = (_HEI, _HEI if report else _KAI, body, body, body, body)
    return [
        Style(
            f"Heading{level}",
            f"heading {level}",
            fonts[level - 1],
            sizes[level - 1],
            0,
            "left",
            0 if report else indent,
            14 if report else 4,
            6 if report else 2,
            level > 2 or not zh,
            level,
            f"<w:keepNext/>{breaks if level == 1 else ''}",
        )
        for level in range(1, 7)
    ]


def _style_xml(style: Style, lang: str) -> str:
    line = f'w:line="{int(style.line * 20)}" w:lineRule="atLeast"' if style.line else ""
    outline = f'<w:outlineLvl w:val="{style.level - 1}"/>' if style.level else ""
    first = int(style.indent * style.size / 5)
    indent = f'<w:ind w:firstLineChars="{style.indent}" w:firstLine="{first}"/>'
    if style.hanging:
        indent = f'<w:ind w:left="{style.hanging}" w:hanging="{style.hanging}"/>'
    based = "" if style.ident == "Normal" else '<w:basedOn w:val="Normal"/>'
    default = ' w:default="1"' if style.ident == "Normal" else ""
    bold = "<w:b/>" if style.bold else '<w:b w:val="0"/>'
    # the order of these elements is fixed by the format: keepNext, pageBreakBefore, pBdr, spacing
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{style.ident}">'
        f'<w:name w:val="{style.name}"/>'
        f"{based}<w:qFormat/><w:pPr>{style.more}"
        f'<w:spacing w:before="{int(style.before * 20)}" w:after="{int(style.after * 20)}" {line}/>'
        f'{indent}<w:jc w:val="{style.align}"/>{outline}</w:pPr>'
        f"<w:rPr>{_fonts(style.font, lang)}{bold}"
        f'<w:i w:val="0"/><w:color w:val="{style.color}"/>'
        f'<w:sz w:val="{int(style.size * 2)}"/><w:szCs w:val="{int(style.size * 2)}"/>'
        "</w:rPr></w:style>"
    )


def _fonts(font: str, _lang: str) -> str:
    latin = "Consolas" if font == "Consolas" else "Arial" if font == _HEI else "Times New Roman"
    east = _SONG if font == "Consolas" else font
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east}" w:cs="{latin}"/>'


def _style_sheet(look: Look, lang: str, bound: Bulk) -> str:
    # Latin words are English in either language: read as Chinese they may break anywhere
    paragraphs = "".join(_style_xml(style, lang) for style in _styles(look, lang, bound))
    ruled = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="1F2328"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    edge = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{color}"/>'
        for side, color in (("top", "1F2328"), ("bottom", "1F2328"), ("insideH", "C9C4BA"))
    )
    return (
        f"{_HEAD}<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(_SONG, lang)}"
        f'<w:sz w:val="24"/><w:lang w:val="en-GB" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr>'
        f"</w:rPrDefault><w:pPrDefault/></w:docDefaults>{paragraphs}"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="character" w:styleId="VerbatimChar"><w:name w:val="Verbatim Char"/>'
        '<w:rPr><w:rFonts w:ascii="Consolas" w:hAnsi="Consolas"/></w:rPr></w:style>'
        f'<w:style w:type="character" w:styleId="{HEAD_NUMBER}"><w:name w:val="{HEAD_NUMBER}"/>'
        "</w:style>"
        '<w:style w:type="character" w:styleId="FootnoteReference">'
        '<w:name w:val="Footnote Reference"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
        '<w:rPr><w:color w:val="2B5F75"/><w:u w:val="single"/></w:rPr></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="Table"><w:name w:val="Table"/>'
        f"<w:tblPr><w:tblBorders>{edge}</w:tblBorders><w:tblCellMar>"
        '<w:left w:w="100" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tcPr><w:vAlign w:val="center"/></w:tcPr></w:style>'
        '<w:style w:type="table" w:styleId="Ruled"><w:name w:val="Ruled"/>'
        f"<w:tblPr><w:tblBorders>{ruled}</w:tblBorders><w:tblCellMar>"
        '<w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tcPr><w:vAlign w:val="center"/></w:tcPr></w:style></w:styles>'
    )


_FIRST = (
    '<w:headerReference w:type="first" r:id="rId103"/>'
    '<w:footerReference w:type="first" r:id="rId104"/>'
)


def _page(look: Look) -> str:
    top, right, bottom, left = _SIDES[look]
    lying = look == "table"
    across, down = (16838, 11906) if lying else (11906, 16838)
    turned = ' w:orient="landscape"' if lying else ""
    head, foot = (12, 14) if look in FORMS else (18, 22)
    twips = {"top": top, "right": right, "bottom": bottom, "left": left}
    twips |= {"header": head, "footer": foot}
    sides = " ".join(f'w:{side}="{round(mm * 56.693)}"' for side, mm in twips.items())
    return (
        f"{_HEAD}<w:document {_W} {_R}><w:body><w:p/><w:sectPr>"
        '<w:headerReference w:type="default" r:id="rId101"/>'
        '<w:footerReference w:type="default" r:id="rId102"/>'
        f"{_FIRST if look == 'report' else ''}"
        f'<w:pgSz w:w="{across}" w:h="{down}"{turned}/><w:pgMar {sides} w:gutter="0"/>'
        f"{'<w:titlePg/>' if look == 'report' else ''}"
        "</w:sectPr></w:body></w:document>"
    )


def _footer(lang: str) -> str:
    dash = ("— ", " —") if lang == "zh-hans" else ("", "")
    return (
        f'{_HEAD}<w:ftr {_W}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{dash[0]}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        f'<w:r><w:t xml:space="preserve">{dash[1]}</w:t></w:r>'
        "</w:p></w:ftr>"
    )


def _header(look: Look, lang: str, demo: bool, first: bool = False) -> str:
    """The mark of a demonstration at the right; from the second page of a report on, its title at
    the left."""
    mark = WORDS[lang]["demo"] if demo else ""
    runs = f"<w:r><w:t>{mark}</w:t></w:r>"
    more = ""
    if look == "report" and not first:
        more = f'{_tab(look)}<w:jc w:val="left"/>'
        quiet = '<w:rPr><w:color w:val="5C6268"/></w:rPr>'
        runs = f"<w:r>{quiet}<w:t>{RUNNING}</w:t></w:r><w:r><w:tab/></w:r>{runs}"
    style = f'<w:pPr><w:pStyle w:val="Header"/>{more}</w:pPr>'
    return f"{_HEAD}<w:hdr {_W}><w:p>{style}{runs}</w:p></w:hdr>"


def _no_footer() -> str:
    return f'{_HEAD}<w:ftr {_W}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr></w:p></w:ftr>'


@lru_cache(maxsize=24)
def reference(look: Look, lang: str, demo: bool, bound: Bulk = "long") -> bytes:
    """The reference.docx of one look; made once per process, the same bytes each time."""
    base = run(["--print-default-data-file", "reference.docx"], b"")
    new = {
        "word/styles.xml": _style_sheet(look, lang, bound),
        "word/document.xml": _page(look),
        "word/header1.xml": _header(look, lang, demo),
        "word/footer1.xml": _footer(lang),
        "word/header2.xml": _header(look, lang, demo, first=True),
        "word/footer2.xml": _no_footer(),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base)) as old, zipfile.ZipFile(out, "w") as made:
        for entry in old.infolist():
            data = new.pop(entry.filename, None) or _joined(entry.filename, old.read(entry))
            made.writestr(zipfile.ZipInfo(entry.filename, _STAMP), data, zipfile.ZIP_DEFLATED)
        for name, text in new.items():
            made.writestr(zipfile.ZipInfo(name, _STAMP), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


_PARTS_OF = (
    ("rId101", "header1"), ("rId102", "footer1"), ("rId103", "header2"), ("rId104", "footer2"),
)  # fmt: skip


def _joined(name: str, data: bytes) -> str | bytes:
    """Tell the package of its header and footer."""
    text = data.decode("utf-8", "surrogateescape") if name.endswith((".xml", ".rels")) else ""
    if name == "[Content_Types].xml":
        more = "".join(
            f'<Override PartName="/word/{part}{n}.xml" ContentType="{_PARTS}.{part}+xml"/>'
            for part in ("header", "footer")
            for n in (1, 2)
        )
        return text.replace("</Types>", f"{more}</Types>")
    if name == "word/_rels/document.xml.rels":
        more = "".join(
            f'<Relationship Id="{ident}" Type="{_KINDS}/{part[:-1]}" Target="{part}.xml"/>'
            for ident, part in _PARTS_OF
        )
        return text.replace("</Relationships>", f"{more}</Relationships>")
    return data
