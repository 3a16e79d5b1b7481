"""The text layer of a PDF, page by page. A page without one (a scan) has no lines.

A reader of PDFs is the part of a house that strangers try first: this one is started in jobs only.
"""

import re
import signal
import threading
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import IO, Any, cast

from pypdf import PdfReader

from keti.kernel.refusals import Refused

from .reading import LINE, Read, ReadLine, within
from .streams import Stream
from .typed import heading_rank, shown, starts_point

MOST_PAGES = 3000
SECONDS = 20.0
"""Long enough for the longest report; other people's readings wait behind this one."""
AGAIN = 0.01
FULL = 0.8
_OURS = ("pypdf", __name__)
_NUMBER = re.compile(r"[-–—·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*/\s*\d{1,4})?[-–—·\s]*")
_STOPS = tuple("。！？：；.!?:;…”」』）)")
_DIGITS = re.compile(r"[\d\s]+")
_ODD = re.compile(r"[\ue000-\uf8ff\ufffd]")


class _TimeUp(BaseException):
    """Above all exceptions, so that no reader of damaged files takes it for one of theirs."""


@contextmanager
def _stopping(seconds: float) -> Iterator[None]:
    """Break off after so many seconds of the processor's time, in the middle of a page too; the
    worker's own alarm counts another clock. Only the main thread can be broken into."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _break_off)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds, AGAIN)
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _break_off(_number: int, frame: FrameType | None) -> None:
    """Where the alarm meets somebody else's code (a callback of the collector of garbage swallows
    whatever is raised in it), the next one comes at once."""
    if frame is not None and str(frame.f_globals.get("__name__", "")).startswith(_OURS):
        raise _TimeUp


def read_pdf(file: Stream, name: str, *, seconds: float = SECONDS) -> Read:
    """The pages and their lines, as far as they could be read in so many seconds; how many were
    not is said. Refuses a file whose pages cannot be found at all."""
    told: list[list[str]] = []
    count = 0
    try:
        with _stopping(seconds):
            begun = time.thread_time()
            pages = _pages(file, name)
            count = min(len(pages), MOST_PAGES)
            for place in range(count):
                told.append(_words(pages, place))
                if time.thread_time() - begun > seconds:
                    break
    except _TimeUp as up:
        if not count:
            raise Refused("documents.file-takes-too-long", name=name) from up
    lines, cut = within(_lines(told))
    done = lines[-1].page if cut and lines else len(told)
    scanned = done - len({line.page for line in lines})
    left = (("scanned", scanned), ("unread", count - done))
    return Read(tuple(lines), count, tuple(one for one in left if one[1]))


def _pages(file: Stream, name: str) -> Any:
    try:
        pages: Any = PdfReader(cast(IO[bytes], file), strict=False).pages
        len(pages)
    except Exception as broken:  # whatever a damaged file makes its reader raise
        raise Refused("documents.file-damaged", name=name) from broken
    return pages


def _lines(told: list[list[str]]) -> Iterator[ReadLine]:
    """The paragraphs of every page, without what is printed on all of them: running heads."""
    heads, feet = (_repeated([page[end] for page in told if page]) for end in (0, -1))
    for number, lines in enumerate(told, start=1):
        start = 1 if lines and _bare(lines[0]) in heads else 0
        end = -1 if lines[start:] and _bare(lines[-1]) in feet else None
        for words in unwrapped(lines[start:end]):
            yield ReadLine(LINE, words, page=number)


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
