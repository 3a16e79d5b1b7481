"""The text layer of a PDF, page by page. A page without one (a scan) has no lines.

A reader of PDFs is the part of a house that strangers try first: this one is started in jobs only.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import IO, Any, cast

from pypdf import PdfReader

from keti.kernel.refusals import Refused

from .reading import LINE, NOTE, Line, Read, within
from .streams import Stream
from .typed import heading_rank, shown, starts_point

MOST_PAGES = 3000
FULL = 0.8
_NUMBER = re.compile(r"[-–—·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*/\s*\d{1,4})?[-–—·\s]*")
_STOPS = tuple("。！？：；.!?:;…”」』）)")
_DIGITS = re.compile(r"[\d\s]+")
_ODD = re.compile(r"[\ue000-\uf8ff\ufffd]")


def read_pdf(file: Stream, name: str, marks: dict[str, str]) -> Read:
    """The pages and their lines. Refuses a file whose pages cannot be found at all."""
    try:
        pages: Any = PdfReader(cast(IO[bytes], file), strict=False).pages
        count = min(len(pages), MOST_PAGES)
    except Exception as broken:  # whatever a damaged file makes its reader raise
        raise Refused("documents.file-damaged", name=name) from broken
    lines, cut = within(_lines(pages, count))
    if cut:
        lines.append(Line(NOTE, marks.get("cut", "")))
    scanned = count - len({line.page for line in lines if line.page})
    return Read(tuple(lines), count, (("scanned", scanned),) if scanned else ())


def _lines(pages: Any, count: int) -> Iterator[Line]:
    """The paragraphs of every page, without what is printed on all of them: running heads."""
    told = [_words(pages, place) for place in range(count)]
    heads, feet = (_repeated([page[end] for page in told if page]) for end in (0, -1))
    for number, lines in enumerate(told, start=1):
        start = 1 if lines and _bare(lines[0]) in heads else 0
        end = -1 if lines[start:] and _bare(lines[-1]) in feet else None
        for words in unwrapped(lines[start:end]):
            yield Line(LINE, words, page=number)


def _bare(line: str) -> str:
    return _DIGITS.sub("", line)


def _repeated(lines: list[str]) -> set[str]:
    """What stands, but for its numbers, at the same end of most pages."""
    counted = Counter(map(_bare, lines))
    return {line for line, n in counted.items() if n > 1 and n * 2 > len(lines)}


def _words(pages: Any, place: int) -> list[str]:
    """The lines of one page, without its number; none where they are not letters."""
    try:
        text = shown(pages[place].extract_text() or "")
    except Exception:  # one damaged page leaves the others readable
        return []
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    while lines and _NUMBER.fullmatch(lines[-1]):
        lines.pop()
    if lines and _NUMBER.fullmatch(lines[0]):
        lines = lines[1:]
    letters = sum(len(line) for line in lines)
    odd = sum(len(_ODD.findall(line)) for line in lines)
    return [] if odd * 3 > letters else lines


def unwrapped(lines: list[str]) -> list[str]:
    """Paragraphs again, of lines as they were set: a full line that ends no sentence goes on."""
    widest = max(map(_width, lines), default=0)
    out: list[str] = []
    goes_on = False
    for line in lines:
        if goes_on and not heading_rank(line) and not starts_point(line):
            between = " " if out[-1][-1].isascii() and line[0].isascii() else ""
            out[-1] = f"{out[-1]}{between}{line}"
        else:
            out.append(line)
        goes_on = _width(line) >= FULL * widest and widest > 20 and not line.endswith(_STOPS)
    return out


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)
