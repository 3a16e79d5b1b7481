"""Word files as they come: made by a library, by hand, by WPS; with everything that confuses."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import docx

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)


Rows = Sequence[Sequence[str]]


def document(lines: Sequence[str | Rows], bold: Sequence[str] = ()) -> bytes:
    """A file of plain paragraphs and tables, as from a writer who knows no styles."""
    made = docx.Document()
    for line in lines:
        if isinstance(line, str):
            made.add_paragraph().add_run(line).bold = line in bold or None
            continue
        table = made.add_table(len(line), len(line[0]))
        for row, cells in zip(table.rows, line, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
    return saved(made)


def saved(made: Any) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def raw(body: str, **parts: str) -> bytes:
    """A file of this very markup; `parts` are further parts of word/, by name."""
    made = zipfile.ZipFile(io.BytesIO(document([])))
    out = io.BytesIO()
    own = {f"word/{name}.xml": text for name, text in parts.items()}
    own["word/document.xml"] = f"<w:document {W} {MORE}><w:body>{body}</w:body></w:document>"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in made.namelist():
            if name not in own:
                archive.writestr(name, made.read(name))
        for name, text in own.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return out.getvalue()


def p(text: str, *, props: str = "", run: str = "") -> str:
    """One paragraph of markup."""
    return (
        f"<w:p><w:pPr>{props}</w:pPr><w:r><w:rPr>{run}</w:rPr>"
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )
