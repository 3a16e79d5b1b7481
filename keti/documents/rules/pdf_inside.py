"""What a PDF carries beside its pages: scripts, programs, attachments, forms, locks.

Names are looked for in every byte, wherever the table of contents may point, and in every object
stream, in any spelling (`/Java#53cript`). Nothing is parsed as a tree: what is dead in the file is
refused as well, which costs the sender one "print as PDF".
"""

import re
import zlib

from keti.kernel.acts import Text
from keti.kernel.refusals import Refused

from .streams import Stream, ending, head, windows

LOOK_BACK = 1 << 16
MOST_UNPACKED = 64 << 20
MOST_READ_AGAIN = 256 << 20
"""How much may be read a second time before the beginnings of streams: what says what a stream
holds stands shortly before it. A file of nothing but such beginnings would be read for minutes."""
_PIECE = 1 << 16
_MOST_AT_ONCE = 1 << 20
_LONGEST_NAME = 1 << 10
_LONGEST_LEAD = 1024
_LONGEST_REST = 1 << 16
_LONGEST_REST_TEXT = 1 << 11
_BLANK = b" \t\r\n\f\x00"
_SCRIPT = Text("脚本", "a script")
_PROGRAM = Text("启动程序的动作", "an action that starts a program")
_FILE = Text("内嵌的文件", "a file inside it")
_FORM = Text("动态表单（XFA）", "a dynamic form (XFA)")
_MEDIA = Text("多媒体", "multimedia")
ACTIVE: dict[str, Text] = {
    "JavaScript": _SCRIPT,
    "Launch": _PROGRAM,
    "ImportData": _PROGRAM,
    "EmbeddedFile": _FILE,
    "EmbeddedFiles": _FILE,
    "FileAttachment": _FILE,
    "GoToE": _FILE,
    "XFA": _FORM,
    "RichMedia": _MEDIA,
    "Rendition": _MEDIA,
}
_END = rb"(?=[\x00\t\n\f\r ()<>\[\]{}/%]|$)"


def _spelled(name: str) -> bytes:
    """The name with any of its characters written as #hh."""
    return b"".join(
        b"(?:%s|#%s)" % (char.encode(), f"(?i:{ord(char):02x})".encode()) for char in name
    )


_NAMES = re.compile(
    b"/(?:" + b"|".join(b"(?P<%s>%s)" % (n.encode(), _spelled(n)) for n in ACTIVE) + b")" + _END
)
_LOCK = re.compile(rb"/%s\s*(?:\d+\s+\d+\s+R|<<)" % _spelled("Encrypt"))
_STREAM = re.compile(rb"stream[ \t]*(?:\r\n|\n|\r)")
_OBJECTS = re.compile(b"/(?:" + _spelled("ObjStm") + b"|" + _spelled("First") + b")" + _END)
_FILTER = re.compile(b"/" + _spelled("Filter") + _END)
_FLATE = re.compile(
    rb"/%s\s*\[?\s*/%s\s*(?:\]|/|>>)" % (_spelled("Filter"), _spelled("FlateDecode"))
)
_PREDICTED = re.compile(rb"/%s\s*(?:[2-9]|1\d)" % _spelled("Predictor"))


def is_pdf(file: Stream) -> bool:
    """Begins as a PDF, after blanks at most; ends as one, before blanks or a short remark."""
    if not head(file, _LONGEST_LEAD).lstrip(b"\xef\xbb\xbf" + _BLANK).startswith(b"%PDF-"):
        return False
    rest = ending(file, _LONGEST_REST, _BLANK)
    end = rest.rfind(b"%%EOF")
    after = rest[end + 5 :].strip(_BLANK)
    return end >= 0 and len(after) <= _LONGEST_REST_TEXT and b"<" not in after


def refuse_active_pdf(file: Stream, name: str) -> None:
    """Refuse scripts, actions that start programs, files inside, dynamic forms, and locks."""
    left, again = MOST_UNPACKED, MOST_READ_AGAIN
    done = 0
    for at, window in windows(file, LOOK_BACK):
        _refuse_names(window, name)
        for found in _STREAM.finditer(window):
            if at + found.end() <= done or window.endswith(b"end", 0, found.start()):
                continue
            done = at + found.end()
            said, sure = _said_before(window, found.start())
            again -= len(said)
            left -= _refuse_in_stream(file, said, done, name, sure)
            if left < 0 or again < 0:
                raise Refused("documents.file-archive-unsafe", name=name)


def _refuse_names(data: bytes, name: str) -> None:
    if _LOCK.search(data):
        raise Refused("documents.file-locked", name=name)
    if found := _NAMES.search(data):
        raise Refused("documents.file-pdf-active", name=name, what=ACTIVE[str(found.lastgroup)])


def _said_before(window: bytes, start: int) -> tuple[bytes, bool]:
    """What stands before a stream since its object began, and whether that was found."""
    back = max(0, start - LOOK_BACK)
    begin = window.rfind(b"obj", back, start)
    return window[begin if begin >= 0 else back : start], begin >= 0


def _refuse_in_stream(file: Stream, said: bytes, start: int, name: str, sure: bool) -> int:
    """Look into a stream that may hold objects; returns how much it unpacked to."""
    if sure and not _OBJECTS.search(said):
        return 0
    if not _FILTER.search(said):
        return 0  # what is not packed has been read with the bytes of the file
    if sure and (not _FLATE.search(said) or _PREDICTED.search(said)):
        raise Refused("documents.file-archive-unsafe", name=name)
    return _unpacked(file, start, name, sure)


def _unpacked(file: Stream, start: int, name: str, sure: bool) -> int:
    """Unpack what begins here and look for names in it; returns how much came out."""
    unpacker = zlib.decompressobj()
    size, last = 0, b""
    while not unpacker.eof and size <= MOST_UNPACKED:
        piece = unpacker.unconsumed_tail
        if not piece:
            file.seek(start)
            piece = file.read(_PIECE)
            start += len(piece)
        try:
            out = unpacker.decompress(piece, _MOST_AT_ONCE)
        except zlib.error as broken:
            if sure and not size:
                raise Refused("documents.file-damaged", name=name) from broken
            break
        if not piece and not out:
            break
        size += len(out)
        _refuse_names(last + out, name)
        last = out[-_LONGEST_NAME:]
    return size
