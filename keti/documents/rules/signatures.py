"""By which bytes pictures and texts are known for what they are."""

from collections.abc import Callable

from .office import OLE, PROGRAMS, ZIP
from .pdf_inside import is_pdf
from .streams import Stream, head, size_of, windows

_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_FILMS = frozenset(
    {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash"}
)
_SOUNDS = frozenset({b"M4A ", b"M4B "})
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


def _brand(file: Stream) -> bytes:
    """The family that the first box of a film or sound says it belongs to."""
    start = head(file, 12)
    size = int.from_bytes(start[:4], "big")
    return start[8:12] if start[4:8] == b"ftyp" and 16 <= size <= size_of(file) else b""


def _is_mp4(file: Stream) -> bool:
    return _brand(file) in _FILMS


def _is_m4a(file: Stream) -> bool:
    return _brand(file) in _SOUNDS


def _is_webm(file: Stream) -> bool:
    """The mark, and the word that tells a film of the web from others of its make."""
    start = head(file, 64)
    return start.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in start


def _is_mp3(file: Stream) -> bool:
    """A tag before the sound, or a first frame of layer three with a rate that exists."""
    start = head(file, 4)
    if start[:3] == b"ID3":
        return size_of(file) > 128
    frame = start[0:1] == b"\xff" and len(start) == 4 and start[1] in (0xFA, 0xFB, 0xF2, 0xF3)
    return frame and start[2] >> 4 not in (0, 15) and start[2] >> 2 & 3 != 3


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
    "mp4": _is_mp4,
    "m4a": _is_m4a,
    "webm": _is_webm,
    "mp3": _is_mp3,
}
