"""Files as ordinary programs write them: all of these are taken."""

import io
import struct

import pypdf
import xlsxwriter
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from keti.documents.tests.hostile import (
    DOCX,
    HTTP,
    OFFICE,
    PDF,
    XLSX,
    field,
    odt,
    ofd,
    old_book,
    outside,
    packed,
    packed_object,
    pdf,
    relation,
    rels,
    rtf,
    rtf_field,
)

CHART_RELS = "word/charts/_rels/chart9.xml.rels"


def with_chart() -> bytes:
    """A Word document with a chart, and the workbook it was drawn from."""
    space = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    root = f'<c:chartSpace xmlns:c="{space}" xmlns:r="{OFFICE}">'
    chart = f'{root}<c:externalData r:id="r1"/></c:chartSpace>'
    return packed(
        {
            "word/charts/chart1.xml": chart.encode(),
            "word/charts/_rels/chart1.xml.rels": relation(
                f'Type="{OFFICE}/package" Target="../embeddings/Microsoft_Excel_Sheet1.xlsx"'
            ).encode(),
            "word/embeddings/Microsoft_Excel_Sheet1.xlsx": XLSX,
        }
    )


def by_a_word_program() -> bytes:
    document = Document()
    document.add_heading("工作报告", 1)
    document.add_table(2, 2).cell(0, 0).text = "甲"
    paragraph = document.add_paragraph("见第")
    field_xml = f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "/>'
    paragraph._p.append(parse_xml(field_xml))
    for target in ("https://example.org/a?b=c&d", "mailto:a@example.org", "附件1.docx"):
        document.part.relate_to(target, f"{OFFICE}/hyperlink", is_external=True)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def book_with_chart() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    page.write_row(0, 0, [1, 2, 3])
    page.write_formula(1, 0, "=SUM(A1:C1)")
    page.write_url(2, 0, "https://example.org")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Sheet1!$A$1:$C$1"})
    page.insert_chart("D2", chart)
    book.close()
    return out.getvalue()


def packed_pdf() -> bytes:
    reader = pypdf.PdfReader(io.BytesIO(PDF))
    out, writer = io.BytesIO(), pypdf.PdfWriter(clone_from=reader)
    writer.add_outline_item(title="第一章", page_number=0)
    writer.write(out)
    return out.getvalue()


def jpeg(*segments: bytes, behind: bytes = b"") -> bytes:
    """A photograph: its segments (a small picture of itself within), the scan, what is behind."""
    own = b"".join(b"\xff\xe1" + struct.pack(">H", len(one) + 2) + one for one in segments)
    return b"\xff\xd8" + own + b"\xff\xda\x00\x02" + b"ab\xff\x00" * 40 + b"\xff\xd9" + behind


FILM = b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + b"\0\0\x20\x08mdat" + b"\x5a" * 8192
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200
OWN_TEMPLATE = r"file:///C:\Users\wang\AppData\Roaming\Microsoft\Templates\公文%20模板.dotx"
ORDINARY = {
    "begun from a template": (rels(outside("attachedTemplate", OWN_TEMPLATE)), "docx"),
    "template by its path": (rels(outside("attachedTemplate", r"D:\模板\t.dotm")), "docx"),
    "template of a Mac": (rels(outside("attachedTemplate", "file:///Users/wang/t.dotx")), "docx"),
    "photograph": (jpeg(b"Exif\0\0"), "jpg"),
    "photograph with its small picture": (jpeg(b"Exif\0\0" + jpeg()), "jpg"),
    "photograph with a film": (jpeg(b"Exif\0\0", behind=FILM), "jpg"),
    "photograph with a larger one": (jpeg(behind=jpeg() * 3), "jpg"),
    "photograph with data of its maker": (jpeg(behind=b"\0\0\1\x0aSEFH" + b"a" * 9000), "jpg"),
    "photograph of a telephone": (HEIC, "heic"),
    "scan": (b"II*\0\x08\0\0\0" + b"\0" * 60, "tiff"),
    "scan of another order": (b"MM\0*\0\0\0\x08" + b"\0" * 60, "tiff"),
    "ofd": (ofd(), "ofd"),
    "rtf": (
        rtf(r"\'d6\'d0 C:\\obj\\a {\pict\pngblip 8950}{\sp{\sn pibName}{\sv C:\\a.png}}"), "rtf"),
    "rtf with a link and a page number": (
        rtf_field(r'{HYPERLINK "https://example.org"}}{\field{\*\fldinst { PAGE }}'), "rtf"),
    "old sheet": (old_book(b"\x85\0\x0c\0\1\2\3\0\0\0\4\0Shee"), "et"),
    "old sheet of Excel": (old_book(b"\x85\0\x0c\0\1\2\3\0\0\0\4\0Shee"), "xls"),
    "new sheet under the old name": (XLSX, "et"),
    "old slides": (old_book(body="PowerPoint Document"), "dps"),
    "padded by megabytes": (PDF + b"\0" * (2 << 20), "pdf"),
    "our docx": (DOCX, "docx"),
    "our pdf": (PDF, "pdf"),
    "chart with its workbook": (with_chart(), "docx"),
    "word program": (by_a_word_program(), "docx"),
    "page numbers": (field(" PAGE "), "docx"),
    "contents": (field(' TOC \\o "1-3" \\h \\z \\u '), "docx"),
    "link to the web in a field": (field(' HYPERLINK "https://example.org" '), "docx"),
    "condition": (field(' IF 1 = 1 "a" "b" '), "docx"),
    "picture lost by the writer": (rels(outside("image", "NULL")), "docx"),
    "template of an installed program": (
        rels(outside("attachedTemplate", "file:///C:\\Program%20Files\\a%20b.dotm")), "docx"),
    "chart pasted from a workbook": (
        rels(outside("oleObject", "file:///D:\\2022\\Book%201.xlsx"), part=CHART_RELS), "docx"),
    "folders of their own": (packed({"word/embeddings/": b"", "word/": b""}), "docx"),
    "settings nobody made": (odt("", **{"Configurations2/accelerator/current.xml": b""}), "odt"),
    "link to the web": (rels(outside("hyperlink", "https://example.org/a b>c")), "docx"),
    "strict link": (
        rels(
            relation(
                'Type="http://purl.oclc.org/ooxml/officeDocument/relationships/hyperlink" '
                f'{HTTP} TargetMode="External"'
            )
        ),
        "docx",
    ),
    "odt": (odt('<text:a xlink:href="https://a.cn"/><draw:image xlink:href="Pictures/a"/>'), "odt"),
    "odt chart": (odt("", **{"Object 1/content.xml": b"<c/>"}), "odt"),
    "workbook with a chart": (book_with_chart(), "xlsx"),
    "printer settings": (packed({"xl/printerSettings/printerSettings1.bin": b"\0P"}, XLSX), "xlsx"),
    "pdf by another program": (packed_pdf(), "pdf"),
    "pdf with a link and an outline": (
        pdf(b"<</First 2 0 R/A<</S/URI/URI(https://example.org)>>/OpenAction[3 0 R/Fit]>>"), "pdf"),
    "plain object stream": (pdf(packed_object(b"<</Type/Page>>")), "pdf"),
    "blank lines first": (b"\r\n\r\n" + PDF, "pdf"),
    "padded": (PDF + b"\0" * 4096, "pdf"),
    "remark behind": (PDF + b"\n% stamped by the archive\n", "pdf"),
}  # fmt: skip
