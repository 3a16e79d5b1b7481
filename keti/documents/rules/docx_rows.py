"""Rows of ruled tables in a Word file that stay on their page. Pandoc has no word for it."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence

DOCUMENT = "word/document.xml"
_TABLE = re.compile(r'<w:tbl>(?:(?!<w:tbl>).)*?<w:tblStyle w:val="Ruled".*?</w:tbl>', re.DOTALL)
_ROW = re.compile(r"<w:tr>(<w:trPr>)?")
_WHOLE = "<w:cantSplit/>"


def kept_whole(data: bytes, whole: Sequence[bool]) -> bytes:
    """The file with each row of its ruled tables whole on one page where `whole` says so; the
    same bytes for the same file."""
    if not any(whole):
        return data
    out, say = io.BytesIO(), iter(whole)
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as made:
        for entry in old.infolist():
            inner = old.read(entry)
            if entry.filename == DOCUMENT:
                inner = _TABLE.sub(lambda table: _rows(table[0], say), inner.decode()).encode()
            made.writestr(entry, inner, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _rows(table: str, say: Iterator[bool]) -> str:
    def row(found: re.Match[str]) -> str:
        if not next(say, False):
            return found[0]
        return f"<w:tr><w:trPr>{_WHOLE}" + ("" if found[1] else "</w:trPr>")

    return _ROW.sub(row, table)
