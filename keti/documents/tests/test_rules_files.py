"""Uploads and spreadsheets: what is taken, what is refused, and what survives the way."""

import io
import struct
import zipfile
from datetime import date, datetime

import pytest
import python_calamine
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from keti.documents.rules.docx import to_docx
from keti.documents.rules.paper import Paper
from keti.documents.rules.sheet import (
    CUT as CUT_ALOUD,
)
from keti.documents.rules.sheet import (
    LONGEST_CELL,
    deadline_cell,
    read_table,
    read_xlsx,
    to_csv,
    to_xlsx,
)
from keti.documents.rules.sniff import MIMES, decoded, examine, safe_name
from keti.documents.rules.written import as_body
from keti.kernel.refusals import Refused

OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 20
JPG = b"\xff\xd8\xff\xe0" + b"\x00" * 20 + b"\xff\xd9"
WEBP = b"RIFF\x10\x00\x00\x00WEBPVP8 " + b"\x00" * 8
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2040
CUT = OLE[:30] + b"\x09" + OLE[31:48] + b"\x40" + OLE[49:]
"""An old file whose list of parts would stand behind the end."""
DOCX = to_docx(Paper(kind="notice", title="通知", body=as_body("链接 https://example.org\n")))
XLSX = to_xlsx("名册", ["姓名"], [["秦（演示）"]])


def _zip(parts: dict[str, bytes], base: bytes = b"") -> bytes:
    out = io.BytesIO(base)
    with zipfile.ZipFile(out, "a" if base else "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def test_rare_forms_of_characters_stay_in_the_names_of_files() -> None:
    assert safe_name("\uf907e\u0301.docx") == "\uf907\u00e9.docx"


def test_what_is_longer_than_a_cell_is_cut_aloud() -> None:
    rows = read_table(to_xlsx("表", ["文"], [["字" * 40_000], ["字" * LONGEST_CELL]]), "xlsx").rows
    assert rows[1][0].endswith(CUT_ALOUD) and len(rows[1][0]) == LONGEST_CELL
    assert rows[2][0] == "字" * LONGEST_CELL


def _relation(kind: str) -> bytes:
    return (
        '<Relationships><Relationship Id="r1" TargetMode="External" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        'Target="https://example.org/t.dotm"/></Relationships>'
    ).encode()


def _lying() -> bytes:
    """An archive whose header claims ten bytes where eight million come out."""
    data = bytearray(_zip({"[Content_Types].xml": b"<x/>", "word/document.xml": b"\0" * (8 << 20)}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(data)


MIMETYPE = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}
TAKEN = [
    (PDF, "报告.pdf", "pdf"),
    (DOCX, "报告.DOCX", "docx"),
    (XLSX, "名册.xlsx", "xlsx"),
    (_zip({"[Content_Types].xml": b"<x/>", "ppt/presentation.xml": b"<x/>"}), "a.pptx", "pptx"),
    (_zip(MIMETYPE), "a.odt", "odt"),
    (OLE, "旧.doc", "doc"),
    (OLE, "旧.wps", "wps"),
    (DOCX, "新.wps", "wps"),
    (PNG, "照片.png", "png"),
    (JPG, "照片.JPEG", "jpg"),
    (WEBP, "照片.webp", "webp"),
    ("中文".encode(), "a.txt", "txt"),
    ("姓名,单位\n".encode("gb18030"), "a.csv", "csv"),
    ("# 标题\n".encode(), "a.markdown", "md"),
]


@pytest.mark.parametrize(("data", "name", "kind"), TAKEN, ids=[name for _, name, _ in TAKEN])
def test_a_file_that_is_what_it_says_is_taken(data: bytes, name: str, kind: str) -> None:
    found = examine(data, name)
    assert (found.kind, found.mime) == (kind, MIMES[kind])
    assert found.safe_name == f"{name.rpartition('.')[0]}.{kind}"


HTML = b"<html><script>alert(1)</script></html>"
MISMATCH, UNSAFE = "file-kind-mismatch", "file-archive-unsafe"
REMOTE = "file-has-remote-parts"
RELS = "word/_rels/settings.xml.rels"
REFUSED = [
    (b"", "a.pdf", "file-empty"),
    (HTML, "a.pdf", MISMATCH),
    (b"%PDF-1.7 cut short", "a.pdf", MISMATCH),
    (HTML, "a.png", MISMATCH),
    (HTML, "a.txt", MISMATCH),
    (b"<?xml version='1.0'?><svg onload='a'/>", "a.md", MISMATCH),
    (b"\x00\x01\x02\x03", "a.txt", "file-kind-unknown"),
    (HTML, "a.doc", MISMATCH),
    (HTML, "a.html", "file-kind-not-allowed"),
    (b"MZ", "报告.pdf.exe", "file-kind-not-allowed"),
    (b"<svg/>", "a.svg", "file-kind-not-allowed"),
    (_zip({"a.txt": b"a"}), "a.zip", "file-kind-not-allowed"),
    (DOCX, "a.docm", "file-kind-not-allowed"),
    (_zip({"a.txt": b"a"}), "a.docx", MISMATCH),
    (_zip({"word/vbaProject.bin": b"x"}, DOCX), "a.docx", "file-has-macros"),
    (
        _zip(
            {
                "[Content_Types].xml": b"<a><Default ContentType='x.macroEnabled.y'/></a>",
                "word/a": b"",
            }
        ),
        "a.docx",
        "file-has-macros",
    ),
    (_zip({**MIMETYPE, "Basic/script-lc.xml": b"x"}), "a.odt", "file-has-macros"),
    (OLE + "_VBA_PROJECT".encode("utf-16-le"), "a.doc", "file-has-macros"),
    (_zip({"word/embeddings/oleObject1.bin": b"x"}, DOCX), "a.docx", "file-has-embedded"),
    (_zip({"word/activeX/activeX1.xml": b"x"}, DOCX), "a.docx", "file-has-embedded"),
    (_zip({RELS: _relation("attachedTemplate")}, DOCX), "a.docx", REMOTE),
    (
        _zip({"word/_rels/x.rels": _relation("image").decode().encode("utf-16")}, DOCX),
        "a.docx",
        REMOTE,
    ),
    (_zip({"word/x": b"\0" * (30 << 20)}, DOCX), "a.docx", UNSAFE),
    (_zip({"../../etc/x": b"x"}, DOCX), "a.docx", UNSAFE),
    (_zip({f"word/{n}": b"" for n in range(3001)}, DOCX), "a.docx", UNSAFE),
    (_lying(), "a.docx", "file-damaged"),
    (DOCX[:-300], "a.docx", "file-damaged"),
    (CUT, "a.xls", "file-damaged"),
    (CUT, "a.doc", "file-damaged"),
    (b"PK\x03\x04" + b"\xff" * 400, "a.docx", "file-damaged"),
]


@pytest.mark.parametrize(("data", "name", "code"), REFUSED, ids=range(len(REFUSED)))
def test_a_file_that_is_not_is_refused_with_its_reason(data: bytes, name: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        examine(data, name)
    assert refused.value.code == f"documents.{code}"
    assert refused.value.sentence("zh-hans") and refused.value.sentence("en")


def test_the_limit_is_exact() -> None:
    assert examine(PDF, "a.pdf", limit=len(PDF)).kind == "pdf"
    with pytest.raises(Refused) as refused:
        examine(PDF, "a.pdf", limit=len(PDF) - 1)
    assert refused.value.code == "documents.file-too-big"


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/报告.pdf", "报告.pdf"),
        ("C:\\桌面\\月报 （7月）.docx", "月报 （7月）.docx"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a\r\nb\x00.txt", "a b.txt"),
        ("CON.txt", "_CON.txt"),
        ("...", "file"),
        ("。", "file"),
        ("说明。．.pdf", "说明.pdf"),
        ("说明。", "说明"),
        ("", "file"),
        ('<a>"b"|c?.md', "abc.md"),
    ],
)
def test_names_are_made_safe(given_name: str, kept: str) -> None:
    assert safe_name(given_name) == kept


@given(st.text(max_size=300), st.sampled_from(["", "pdf", "docx"]))
@example("0。", "pdf")
@settings(max_examples=300, deadline=None)
def test_a_safe_name_stays_safe(raw: str, ending: str) -> None:
    name = safe_name(raw, ending)
    assert 1 <= len(name) <= 120
    assert not set(name) & set('/\\:*?"<>|\x00\n\u202e')
    assert name.endswith(f".{ending}" if ending else "")
    assert safe_name(name, ending) == name


def test_text_files_are_read_in_the_usual_codes() -> None:
    assert decoded("甲".encode("gb18030")) == "甲"
    assert decoded("\ufeff甲".encode()) == "甲"
    assert decoded("甲".encode("utf-16")) == "甲"
    assert decoded(b"\xff\xff\xff") is None


def test_a_spreadsheet_comes_back_as_it_went() -> None:
    rows = [
        ["=1+1", "@x", "https://a.cn", 13800138000, 0.5],
        ["", None, True, date(2022, 7, 29), datetime(2022, 7, 29, 9, 30)],
    ]
    data = to_xlsx("名册[1]", ["甲", "乙", "丙", "丁", "戊"], rows)
    assert read_xlsx(data) == [
        ["甲", "乙", "丙", "丁", "戊"],
        ["=1+1", "@x", "https://a.cn", "13800138000", "0.5"],
        ["", "", "TRUE", "2022-07-29", "2022-07-29 09:30"],
    ]
    inside = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in inside and "hyperlink" not in inside and 'state="frozen"' in inside
    assert data == to_xlsx("名册[1]", ["甲", "乙", "丙", "丁", "戊"], rows)


def test_days_and_moments_go_out_as_dates_that_a_program_can_count_with() -> None:
    moment = datetime(2022, 7, 29, 9, 30)
    cells = [
        date(2022, 7, 29),
        moment,
        moment.replace(second=7),
        deadline_cell(datetime(2022, 7, 30)),
        deadline_cell(moment),
        date(1066, 1, 1),
    ]
    data = to_xlsx("a", ["a"] * 6, [cells])
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    assert book.get_sheet_by_index(0).to_python()[1] == [
        date(2022, 7, 29),
        moment,
        moment.replace(second=7),
        datetime(2022, 7, 29, 23, 59),
        moment,
        "1066-01-01",
    ]
    styles = zipfile.ZipFile(io.BytesIO(data)).read("xl/styles.xml").decode()
    assert "yyyy-mm-dd hh:mm:ss" in styles and "24:00" in styles
    assert to_csv(["a"] * 6, [cells]).decode("utf-8-sig").split("\r\n")[1] == (
        "2022-07-29,2022-07-29 09:30,2022-07-29 09:30:07,2022-07-29 24:00,2022-07-29 09:30,"
        "1066-01-01"
    )


def test_typed_cells_are_read_as_people_wrote_them() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, ["１３８００Ａ，（甲）", 13800138000.0, 1.25])
    sheet.write_datetime(0, 3, datetime(2022, 8, 20), day)
    sheet.write_string(3, 5, "  ")
    book.close()
    assert read_xlsx(out.getvalue()) == [["13800A，（甲）", "13800138000", "1.25", "2022-08-20"]]


def test_an_empty_block_beside_the_table_breaks_nothing() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_column(0, 0, ["姓名", "甲", "乙"])
    sheet.merge_range(1, 5, 2, 7, "")
    sheet.merge_range(3, 0, 4, 0, "丙")
    sheet.write(5, 0, "丁")
    book.close()
    assert [row[0] for row in read_table(out.getvalue(), "xlsx").rows] == [
        "姓名",
        "甲",
        "乙",
        "丙",
        "丙",
        "丁",
    ]


def test_large_and_damaged_sheets_are_refused() -> None:
    codes = []
    wide = to_xlsx("a", [str(n) for n in range(9)], [])
    tall = to_xlsx("a", ["a"], [["b"]] * 9)
    for data, rows, columns in ((tall, 9, 9), (wide, 9, 8), (b"PK", 9, 9), (DOCX, 9, 9)):
        with pytest.raises(Refused) as refused:
            read_xlsx(data, max_rows=rows, max_columns=columns)
        codes.append(refused.value.code.removeprefix("documents."))
    assert codes == [
        "sheet-too-many-rows",
        "sheet-too-many-columns",
        "file-damaged",
        "sheet-damaged",
    ]


def test_csv_carries_its_mark_and_no_formula() -> None:
    data = to_csv(["甲", "=乙"], [["+1", -1, '引"号'], ["-x", "\t=1", "＝1"], [None, 2.5, "a\nb"]])
    assert data.decode("utf-8-sig") == (
        '甲,\'=乙\r\n\'+1,-1,"引""号"\r\n\'-x,\'\t=1,\'＝1\r\n,2.5,"a\nb"\r\n'
    )
    assert data.startswith(b"\xef\xbb\xbf")
