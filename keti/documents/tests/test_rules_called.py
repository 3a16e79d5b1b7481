"""What a file is called says little: its content decides, and its name is kept."""

import io
import zipfile

import pytest

from keti.documents.rules.sniff import MIMES, examine
from keti.documents.tests.hostile import DOCX, PDF, XLSX, packed
from keti.documents.tests.ordinary import HEIC, by_a_word_program, jpeg
from keti.documents.tests.test_rules_files import OLE, PNG
from keti.kernel.refusals import Refused

JPG = jpeg(b"Exif\0\0")


def template() -> bytes:
    """What a word program writes as a template."""
    said = b"wordprocessingml.document.main+xml"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(by_a_word_program())) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(
                entry, data.replace(said, said.replace(b"document.main", b"template.main"))
            )
    return out.getvalue()


WORD97 = OLE + "WordDocument".encode("utf-16-le") + b"\0" * 2048
BY_CONTENT = [
    (template(), "模板.dotx", "dotx", "模板.dotx"),
    (template(), "报告.docx", "dotx", "报告.docx.dotx"),
    (DOCX, "模板.dotx", "docx", "模板.dotx.docx"),
    (DOCX, "报告.docx (1)", "docx", "报告 (1).docx"),
    (DOCX, "报告.docx（12）", "docx", "报告 （12）.docx"),
    (DOCX, "报告(1).docx.docx", "docx", "报告(1).docx"),
    (DOCX, "报告.docx.DOCX.docx", "docx", "报告.docx"),
    (DOCX, "报告．docx", "docx", "报告.docx"),
    (DOCX, "报告。docx  ", "docx", "报告.docx"),
    (DOCX, "报告 . docx .", "docx", "报告.docx"),
    (DOCX, "报告.docx。　", "docx", "报告.docx"),
    (DOCX, "报告.v2", "docx", "报告.v2.docx"),
    (DOCX, "报告.docx_", "docx", "报告.docx_.docx"),
    (DOCX, "a.docx\u202egpj", "docx", "a.docxgpj.docx"),
    (DOCX, "a.xlsx", "docx", "a.xlsx.docx"),
    (DOCX, "a.pdf", "docx", "a.pdf.docx"),
    (XLSX, "名单.xls", "xls", "名单.xls"),
    (XLSX, "a.wps", "xlsx", "a.wps.xlsx"),
    (PDF, "没有扩展名", "pdf", "没有扩展名.pdf"),
    (PDF, "2030年4月.报告", "pdf", "2030年4月.报告.pdf"),
    (PDF, "a.csv", "pdf", "a.csv.pdf"),
    (PNG, "a.jpg", "png", "a.jpg.png"),
    (JPG, "照片.png", "jpg", "照片.png.jpg"),
    (JPG, "照片.jfif", "jpg", "照片.jpg"),
    (HEIC, "IMG_0001.JPG", "heic", "IMG_0001.JPG.heic"),
    (WORD97, "报告.wps", "wps", "报告.wps"),
    (WORD97, "报告.xls", "doc", "报告.xls.doc"),
    (b"{\\rtf1 a}", "报告.doc", "rtf", "报告.doc.rtf"),
]


@pytest.mark.parametrize(
    ("data", "name", "kind", "kept"), BY_CONTENT, ids=[name for _, name, *_ in BY_CONTENT]
)
def test_the_content_says_what_a_file_is_and_not_its_name(
    data: bytes, name: str, kind: str, kept: str
) -> None:
    found = examine(data, name)
    assert (found.kind, found.mime, found.safe_name) == (kind, MIMES[kind], kept)


ACTIVE = packed({"word/vbaProject.bin": b"x"}, DOCX)


@pytest.mark.parametrize("name", ["a.pdf", "a", "a.docx (1)", "a.jpg", "a.dotx", "a．docx"])
def test_what_is_active_is_refused_whatever_it_is_called(name: str) -> None:
    with pytest.raises(Refused) as refused:
        examine(ACTIVE, name)
    assert refused.value.code == "documents.file-has-macros"


@pytest.mark.parametrize("name", ["a.exe", "报告.pdf.exe", "a.docm", "a.zip", "a.svg"])
def test_a_name_that_means_an_active_file_is_not_taken(name: str) -> None:
    with pytest.raises(Refused) as refused:
        examine(PDF, name)
    assert refused.value.code == "documents.file-kind-not-allowed"
