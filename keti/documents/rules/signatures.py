"""By which bytes pictures and texts are known for what they are."""

from collections.abc import Callable

from .office import OLE, PROGRAMS, ZIP
from .pdf_inside import is_pdf
from .streams import Stream, head, size_of, windows

_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_MOST_SEGMENTS = 4000
_SCAN = 0xDA
_BEHIND = (OLE, ZIP, b"MZ", b"<", *PROGRAMS)


def _is_png(file: Stream) -> bool:
    start = head(file, 16)
    return start.startswith(b"\x89PNG\r\n\x1a\n") and start[12:16] == b"IHDR"


def _is_jpeg(file: Stream) -> bool:
    """A whole picture. What a telephone puts behind it (a film, depths, a larger picture) is
    kept with it; an archive, a program, a page or a document behind it is not."""
    end = _end_of_jpeg(file)
    if end < 0:
        return False
    file.seek(end)
    return not file.read(64).lstrip(b"\0 \t\r\n").startswith(_BEHIND)


def _end_of_jpeg(file: Stream) -> int:
    """Where the picture ends; -1 where it does not."""
    if head(file, 3) != b"\xff\xd8\xff":
        return -1
    at = 2
    for _segment in range(_MOST_SEGMENTS):
        file.seek(at)
        mark = file.read(4)
        if len(mark) < 4 or mark[0] != 0xFF or mark[1] in (0xD9, _SCAN):
            break
        at += 2 + int.from_bytes(mark[2:], "big") if mark[1] != 0xFF else 1
    for start, window in windows(file, 1):
        found = window.find(b"\xff\xd9", max(at - start, 0))
        if found >= 0:
            return start + found + 2
    return -1


def _is_webp(file: Stream) -> bool:
    start = head(file, 12)
    return start[:4] == b"RIFF" and start[8:12] == b"WEBP"


def _is_heic(file: Stream) -> bool:
    """A picture of a telephone: the first box names the family it belongs to."""
    start = head(file, 256)
    size = int.from_bytes(start[:4], "big")
    brands = {start[at : at + 4] for at in (8, *range(16, min(size, 256), 4))}
    return start[4:8] == b"ftyp" and 16 <= size <= size_of(file) and bool(brands & _BRANDS)


def _is_tiff(file: Stream) -> bool:
    """The mark, and a table of contents that lies inside the file."""
    start = head(file, 8)
    if start[:4] not in (b"II*\0", b"MM\0*"):
        return False
    first = int.from_bytes(start[4:], "little" if start[:1] == b"I" else "big")
    return 8 <= first < size_of(file)


def _is_rtf(file: Stream) -> bool:
    return head(file, 5) == b"{\\rtf"


SIGNATURES: dict[str, Callable[[Stream], bool]] = {
    "pdf": is_pdf,
    "png": _is_png,
    "jpg": _is_jpeg,
    "webp": _is_webp,
    "heic": _is_heic,
    "tiff": _is_tiff,
    "rtf": _is_rtf,
}
