"""What a Word file of a paper has besides its text: numbers Word counts itself, contents that lead
to the headings, a running title. Put into the file once Pandoc has written it."""

import io
import re
import zipfile
from collections.abc import Iterable
from html import escape, unescape
from typing import Any

from .docx_fields import field
from .docx_numbers import Lists, parsed
from .word_styles import HEAD_NUMBER, RUNNING

DOCUMENT, NUMBERING, HEADER = "word/document.xml", "word/numbering.xml", "word/header1.xml"
DEEPEST = 2
"""Levels of headings that the contents list."""
_HEAD = re.compile(
    r'<w:p><w:pPr><w:pStyle w:val="Heading([1-6])" ?/></w:pPr>'
    rf'<w:r><w:rPr><w:rStyle w:val="{HEAD_NUMBER}" ?/>.*?</w:rPr>'
    r'<w:t xml:space="preserve">([^<]*)</w:t></w:r>',
)


def contents(headings: Iterable[tuple[int, str, str]], title: str) -> Any:
    """A field of contents, its entries as they stand now: level, words, bookmark. Word counts the
    pages when the file is opened; until then an entry leads to its heading without a number."""
    rows = [_entry(*one) for one in headings]
    begin = _BEGIN % f'TOC \\o "1-{DEEPEST}" \\h \\z \\u'
    end = '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    first, *rest = rows or ['<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr>%s</w:p>']
    inner = "".join([first.replace("%s", begin, 1), *(one.replace("%s", "", 1) for one in rest)])
    return {"t": "RawBlock", "c": ["openxml", (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        f"<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>{_titled(title)}{inner}{end}"
        "</w:sdtContent></w:sdt>"
    )]}  # fmt: skip


def captions(lines: Iterable[str], title: str, style: str) -> Any:
    """A field that lists the captions of a style, its entries as they stand now."""
    begin = _BEGIN % f'TOC \\h \\z \\t "{style},1"'
    rows = [
        f'<w:p><w:pPr><w:pStyle w:val="TOC2"/></w:pPr>{begin if not place else ""}'
        f'<w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for place, line in enumerate(lines)
    ]
    end = '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    return {"t": "RawBlock", "c": ["openxml", f"{_titled(title)}{''.join(rows)}{end}"]}


_BEGIN = (
    '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> %s </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)


def _titled(title: str) -> str:
    return (
        '<w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{escape(title)}</w:t></w:r></w:p>'
    )


def _entry(level: int, words: str, name: str) -> str:
    page = field(f"PAGEREF {name} \\h", "")
    return (
        f'<w:p><w:pPr><w:pStyle w:val="TOC{level}"/></w:pPr>%s<w:hyperlink w:anchor="{name}">'
        f'<w:r><w:t xml:space="preserve">{escape(words).replace("%", "&#37;")}</w:t></w:r>'
        f"<w:r><w:tab/></w:r>{page}</w:hyperlink></w:p>"
    )


def finished(data: bytes, title: str) -> bytes:
    """The file with its headings numbered by Word, and its title in the header; the same bytes for
    the same file."""
    lists = Lists()
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        body = _HEAD.sub(lambda found: _numbered(found, lists), old.read(DOCUMENT).decode())
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            for entry in old.infolist():
                inner = old.read(entry)
                if entry.filename == DOCUMENT:
                    inner = body.encode()
                elif entry.filename == NUMBERING:
                    inner = _listed(inner.decode(), lists).encode()
                elif entry.filename == HEADER:
                    inner = inner.decode().replace(RUNNING, escape(title)).encode()
                made.writestr(entry, inner, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _numbered(found: re.Match[str], lists: Lists) -> str:
    """A heading with its number as Word's; what Word cannot count stays the words it is."""
    level, number = int(found[1]), parsed(unescape(found[2]))
    if number is None:
        return found[0]
    place = lists.place(level, number)
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Heading{level}"/><w:numPr><w:ilvl w:val="{level - 1}"/>'
        f'<w:numId w:val="{7000 + place}"/></w:numPr></w:pPr>'
    )


def _listed(numbering: str, lists: Lists) -> str:
    patterns, numbers = lists.markup()
    before = numbering.index("<w:num ") if "<w:num " in numbering else -len("</w:numbering>")
    with_patterns = numbering[:before] + patterns + numbering[before:]
    return with_patterns.replace("</w:numbering>", f"{numbers}</w:numbering>")
