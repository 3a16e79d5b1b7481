"""Older text files are read by way of LibreOffice, where it is installed: the real program."""

import io
import subprocess
import threading
import time
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import docx
import pytest

from keti.documents.rules import through_office
from keti.documents.rules.sniff import examine
from keti.documents.rules.through_office import as_docx, office
from keti.documents.rules.word.reader import read_word
from keti.kernel.refusals import Refused

pytestmark = pytest.mark.skipif(not office(), reason="LibreOffice is not installed")
LINES = ["一、主要成果", "投资60万~100万元，增长5%*，见《办法》第三条。", "二、问题与措施", "无"]
CELLS = [["项目", "金额（元）"], ["合计", "1,234.50"]]
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"'
)


def rtf() -> bytes:
    """As WordPad writes it: every sign beyond Latin by its number."""

    def said(words: str) -> str:
        return "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in words)

    rows = "".join(
        "\\trowd\\cellx3000\\cellx6000"
        + "".join(f"\\intbl {said(one)}\\cell" for one in row)
        + "\\row"
        for row in CELLS
    )
    paragraphs = "".join(f"{said(one)}\\par\n" for one in LINES)
    return f"{{\\rtf1\\ansi\\deff0{{\\fonttbl{{\\f0 SimSun;}}}}\n{paragraphs}{rows}}}".encode(
        "ascii"
    )


def odt(more: str = "") -> bytes:
    paragraphs = "".join(f"<text:p>{one}</text:p>" for one in LINES)
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{one}</text:p></table:table-cell>" for one in row)
        + "</table:table-row>"
        for row in CELLS
    )
    table = f'<table:table table:name="t">{"<table:table-column/>" * 2}{rows}</table:table>'
    content = (
        f"<office:document-content {ODF}><office:body><office:text>{paragraphs}{more}{table}"
        "</office:text></office:body></office:document-content>"
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            "<manifest:manifest "
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/" '
            'manifest:media-type="application/vnd.oasis.opendocument.text"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
        )
    return held.getvalue()


def word_97(tmp_path: Path) -> bytes:
    """What the real program saves as .doc."""
    made = docx.Document()
    for one in LINES:
        made.add_paragraph(one)
    table = made.add_table(2, 2)
    for row, cells in enumerate(CELLS):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    made.add_paragraph("")  # as Word does: no body ends with a table
    made.save(str(tmp_path / "old.docx"))
    subprocess.run(
        [office(), "--headless", f"-env:UserInstallation={(tmp_path / 'p').as_uri()}",
         "--convert-to", "doc:MS Word 97", "--outdir", str(tmp_path), str(tmp_path / "old.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (tmp_path / "old.doc").read_bytes()


def said(data: bytes, name: str) -> tuple[list[str], list[list[str]]]:
    """The lines and the rows of the file, by way of Word's form."""
    kind = examine(data, name).kind
    found = read_word(io.BytesIO(as_docx(io.BytesIO(data), name, kind)), name)
    words = [one.words for one in found.lines if one.words.strip()]
    return words, [list(one.cells) for one in found.lines if one.cells]


@pytest.mark.parametrize(("name", "data"), [("报告.rtf", rtf()), ("报告.odt", odt())])
def test_it_is_read_letter_for_letter_and_cell_by_cell(name: str, data: bytes):
    assert said(data, name) == (LINES, CELLS)


@pytest.mark.slow
def test_so_is_a_document_of_word_97(tmp_path: Path):
    assert said(word_97(tmp_path), "报告.doc") == (LINES, CELLS)


def test_nothing_outside_is_asked_for():
    """A picture by address is refused before; had it come through, nobody would fetch it."""
    asked: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

    server = HTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    picture = (
        '<text:p><draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:type="simple" '
        f'xlink:href="http://127.0.0.1:{server.server_port}/seen.png"/></draw:frame></text:p>'
    )
    data = odt(picture)
    with pytest.raises(Refused) as refused:
        examine(data, "报告.odt")
    assert refused.value.code.startswith("documents.")
    as_docx(io.BytesIO(data), "报告.odt", "odt")
    server.shutdown()
    assert asked == []


def test_what_does_not_end_is_ended_with_all_it_started(monkeypatch, tmp_path: Path):
    program = tmp_path / "office"
    program.write_text(f"#!/bin/sh\n(sleep 600 & echo $! > {tmp_path}/child)\nsleep 600\n")
    program.chmod(0o755)
    monkeypatch.setattr(through_office, "office", lambda: str(program))
    monkeypatch.setattr(through_office, "SECONDS", 1)
    begun = time.monotonic()
    with pytest.raises(Refused) as refused:
        as_docx(io.BytesIO(rtf()), "报告.rtf", "rtf")
    assert refused.value.code == "documents.file-takes-too-long"
    assert time.monotonic() - begun < 10
    child = Path("/proc") / (tmp_path / "child").read_text().strip()
    time.sleep(0.2)
    assert not child.exists() or "Z" in (child / "stat").read_text().rpartition(")")[2][:3]


def test_what_cannot_be_opened_is_refused_in_words(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(through_office, "office", lambda: "/bin/true")
    with pytest.raises(Refused) as refused:
        as_docx(io.BytesIO(rtf()), "报告.rtf", "rtf")
    assert refused.value.code == "documents.office-cannot-read"
    assert "另存为 docx" in refused.value.sentence("zh-hans")
