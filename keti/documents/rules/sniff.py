"""What an uploaded file really is: its content and its extension must agree with the list."""

import codecs
import io
import re
import struct
import zipfile
from dataclasses import dataclass
from typing import IO, cast

import puremagic

from keti.kernel.refusals import Refused

from .office import EICAR, OLE, ZIP, archive_kind, refuse_active
from .old_office import BODY, NEW_FORM, OLD_BODIES, PACKED_LOCK, old_signs
from .pdf_inside import refuse_active_pdf
from .rtf import refuse_active_rtf
from .signatures import SIGNATURES
from .streams import Stream, head, pieces, size_of, windows
from .typed import bare
from .zips import Budget, guarded

LIMIT = 50 << 20
LONGEST_NAME = 120
_OFFICE = "application/vnd.openxmlformats-officedocument"
MIMES: dict[str, str] = {
    "pdf": "application/pdf",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "dotx": f"{_OFFICE}.wordprocessingml.template",
    "xltx": f"{_OFFICE}.spreadsheetml.template",
    "potx": f"{_OFFICE}.presentationml.template",
    "odt": "application/vnd.oasis.opendocument.text",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "wps": "application/vnd.ms-works",
    "et": "application/wps-office.et",
    "dps": "application/wps-office.dps",
    "ofd": "application/ofd",
    "rtf": "application/rtf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "heic": "image/heic",
    "tiff": "image/tiff",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}
_SAME = {
    "jpeg": "jpg", "jpe": "jpg", "jfif": "jpg", "tif": "tiff", "heif": "heic", "markdown": "md",
    "text": "txt", "srt": "txt", "vtt": "txt", "m4v": "mp4", "dot": "doc", "xlt": "xls",
    "wpt": "wps", "ett": "et",
}  # fmt: skip
_ACTIVE = frozenset(
    (
        *("exe", "com", "scr", "pif", "bat", "cmd", "msi", "lnk", "hta", "js", "vbs", "ps1", "sh"),
        *("jar", "php", "html", "htm", "xhtml", "mht", "svg", "xml", "zip", "rar", "7z", "gz"),
        *("iso", "docm", "dotm", "xlsm", "xltm", "xlsb", "xlam", "pptm", "potm", "ppsm"),
    )
)
"""Whoever calls a file one of these means what is not taken, whatever it holds."""
_TEXTS = frozenset({"txt", "md", "csv"})
_ZIPS = frozenset({"docx", "xlsx", "pptx", "dotx", "xltx", "potx", "odt", "ofd"})
_OLD = frozenset({"doc", "xls", "wps", "et", "dps"})
_MARKUP = re.compile(rb"<\s*(?:!doctype|html|script|svg|iframe|body|head|\?xml|\?php)", re.I)
_TITLED = re.compile(
    rf"(?P<stem>.*?)[\s.．。｡]*[.．。｡]\s*(?P<ending>{'|'.join((*MIMES, *_SAME))})[\s.．。｡]*"
    r"(?P<copy>[（(]\s*\d{1,3}\s*[)）])?[\s.．。｡]*",
    re.I | re.S,
)
"""A name that ends as one of our kinds, whatever programs and people put around its dot: full-width
dots, blanks, the number of a copy."""
_STOPS = " .．。｡"
"""What no stem ends with: before an ending it would read as a second dot."""
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\ufffd]")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sniffed:
    """A file that may be stored: what it is, and the name it is kept under."""

    kind: str
    mime: str
    safe_name: str


def examine(data: bytes | Stream, name: str, *, limit: int = LIMIT) -> Sniffed:
    """Say what the file is, or refuse it with the reason. Reads it piece by piece."""
    file = io.BytesIO(data) if isinstance(data, bytes) else data
    shown = safe_name(name)
    extension = _extension(name)
    size = size_of(file)
    if not size:
        raise Refused("documents.file-empty", name=shown)
    if size > limit:
        raise too_big(name, limit)
    kind = _kind(file, _SAME.get(extension, extension), shown)
    if kind not in MIMES:
        allowed = ", ".join(MIMES)
        raise Refused("documents.file-kind-not-allowed", extension=extension[:20], allowed=allowed)
    _check(file, kind, shown)
    return Sniffed(kind, MIMES[kind], safe_name(name, kind))


def _kind(file: Stream, said: str, name: str) -> str:
    """What it is: by its content where that says so, else by its name. A name that means an active
    file stays what it says."""
    found = _by_content(file, name)
    old = {"wps": "doc", "et": "xls"}.get(said)
    if not found or said in _ACTIVE or found in (old, NEW_FORM.get(said)):
        return said
    return found


def _by_content(file: Stream, name: str) -> str:
    """The one kind that the bytes are of; "" where they are of none, or of several."""
    start = head(file, 8)
    if start.startswith(ZIP):
        try:
            with guarded(file, name, Budget()) as archive:
                found = archive_kind(archive)
        except Refused:
            return ""  # the check of what it is called says what is wrong
        return found if found in MIMES else ""
    if start == OLE:
        kinds = [kind for kind, body in OLD_BODIES.items() if _holds(file, body)]
        return kinds[0] if len(kinds) == 1 and kinds[0] in MIMES else ""
    kinds = [kind for kind, is_one in SIGNATURES.items() if is_one(file)]
    return kinds[0] if len(kinds) == 1 else ""


def too_big(name: str, limit: int = LIMIT) -> Refused:
    """The refusal of a file beyond the limit, wherever that was noticed."""
    shown = safe_name(name)
    return Refused("documents.file-too-big", name=shown, limit_mb=max(limit >> 20, 1))


def _extension(name: str) -> str:
    return _parted(_bare(name))[1]


def _parted(bare: str) -> tuple[str, str]:
    """A name and its ending; the number of a copy stands before it, an ending said twice once."""
    titled = _TITLED.fullmatch(bare)
    if titled is None or not titled["stem"].strip():
        stem, dot, given = bare.rpartition(".")
        return (stem, given.lower()) if dot else (bare, "")
    stem, ending = titled["stem"].rstrip(), titled["ending"].lower()
    while (again := _TITLED.fullmatch(stem)) and not again["copy"] and again["stem"].strip():
        if again["ending"].lower() != ending:
            break
        stem = again["stem"].rstrip()
    return (f"{stem} {titled['copy']}" if titled["copy"] else stem), ending


def _check(file: Stream, kind: str, name: str) -> None:
    _refuse_known(file, name)
    if kind in _ZIPS:
        _check_archive(file, kind, name)
    elif kind in _OLD:
        _check_old_office(file, kind, name)
    elif kind in _TEXTS:
        _check_text(file, name)
    elif not SIGNATURES[kind](file) or _is_two(file, kind):
        raise Refused("documents.file-kind-mismatch", name=name, found=_guess(file))
    elif kind == "pdf":
        refuse_active_pdf(file, name)
    elif kind == "rtf":
        refuse_active_rtf(file, name)


def _refuse_known(file: Stream, name: str) -> None:
    """The file that every scanner of viruses takes for one, wherever in the bytes it lies."""
    if any(EICAR in window for _at, window in windows(file, len(EICAR))):
        raise Refused("documents.file-harmful", name=name)


def _is_two(file: Stream, kind: str) -> bool:
    """A picture or PDF that is also an archive, or a picture that is also a PDF."""
    if zipfile.is_zipfile(cast(IO[bytes], file)):
        return True
    return kind != "pdf" and b"%PDF-" in head(file, 1024)


def _guess(file: Stream) -> str:
    """What the content looks like, for the sentence only."""
    start = head(file, 65536)
    if _MARKUP.search(start[:1024]):
        return "html"
    try:
        found = puremagic.from_string(start)
    except (puremagic.PureError, ValueError):
        return "?"
    return str(found).lstrip(".") or "?"


def _check_archive(file: Stream, kind: str, name: str) -> None:
    start = head(file, 8)
    if start == OLE and _holds(file, PACKED_LOCK):
        raise Refused("documents.file-locked", name=name)
    if not start.startswith(ZIP):
        raise Refused("documents.file-kind-mismatch", name=name, found=_guess(file))
    budget = Budget()
    with guarded(file, name, budget) as archive:
        found = archive_kind(archive)
        if found != kind:
            raise Refused("documents.file-kind-mismatch", name=name, found=found)
        refuse_active(archive, name, budget)


def _holds(file: Stream, wanted: "re.Pattern[bytes]") -> bool:
    return any(wanted.search(window) for _at, window in windows(file, 256))


def _check_old_office(file: Stream, kind: str, name: str) -> None:
    start = head(file, 8)
    if kind in NEW_FORM and start.startswith(ZIP):
        _check_archive(file, NEW_FORM[kind], name)
        return
    if start != OLE:
        raise Refused("documents.file-kind-mismatch", name=name, found=_guess(file))
    if size_of(file) < 1536:
        raise Refused("documents.file-damaged", name=name)
    for wanted, code, facts in old_signs(kind):
        if _holds(file, wanted):
            raise Refused(f"documents.{code}", name=name, **facts)
    if _is_cut(file):
        raise Refused("documents.file-damaged", name=name)
    if kind in BODY and not _holds(file, BODY[kind]):
        raise Refused("documents.file-kind-mismatch", name=name, found="ole")


def _is_cut(file: Stream) -> bool:
    """An old file whose table of contents lies behind its own end: its tail was lost."""
    start = head(file, 512)
    shift, first = struct.unpack_from("<H", start, 30)[0], struct.unpack_from("<I", start, 48)[0]
    return shift in (9, 12) and (int(first) + 1) << shift >= size_of(file)


def _check_text(file: Stream, name: str) -> None:
    start = head(file, 1024)
    if start.startswith((b"%PDF", ZIP, OLE)) or _MARKUP.match(start.lstrip()):
        raise Refused("documents.file-kind-mismatch", name=name, found=_guess(file))
    if not any(_reads_as(file, code) for code in _codes(start)):
        raise Refused("documents.file-kind-unknown", name=name)


def _reads_as(file: Stream, code: str) -> bool:
    decoder = codecs.getincrementaldecoder(code)()
    try:
        for piece in pieces(file):
            if _UNPRINTED.search(decoder.decode(piece)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


_UNPRINTED = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def _codes(start: bytes) -> tuple[str, ...]:
    return ("utf-16",) if start[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")


def decoded(data: bytes) -> str | None:
    """Text as UTF-8 or GB 18030 (and UTF-16 with its mark); nothing when it is none of them."""
    for code in _codes(data):
        try:
            return data.decode(code)
        except UnicodeDecodeError:
            continue
    return None


def _bare(name: str) -> str:
    """The last part of a path, in one spelling, without what cannot be seen."""
    text = bare(name).replace("\n", " ").replace("\\", "/").rpartition("/")[2]
    return _UNSAFE.sub("", text).strip(" .\u3000")


def safe_name(name: str, extension: str = "") -> str:
    """A file name that is safe on every system, Chinese kept, at most 120 characters long."""
    bare = _bare(name)
    stem, given = _parted(bare)
    if not given.isalnum() or len(given) > 8:
        stem, given = bare, ""
    ending = extension or given
    if extension and given and _SAME.get(given, given) != extension:
        stem = bare
    stem = re.sub(r"\s+", " ", stem).strip(" .").rstrip(_STOPS) or "file"
    stem = f"_{stem}" if _DEVICE.fullmatch(stem.partition(".")[0]) else stem
    room = LONGEST_NAME - (len(ending) + 1 if ending else 0)
    return f"{stem[:room].rstrip(_STOPS)}.{ending}" if ending else stem[:room].rstrip(_STOPS)
