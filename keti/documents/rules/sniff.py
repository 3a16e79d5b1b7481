"""What an uploaded file really is: its content and its extension must agree with the list."""

import re
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import puremagic

from keti.kernel.refusals import Refused

from .dialect import cleaned
from .zips import guarded, refuse_active_parts

LIMIT = 50 << 20
LONGEST_NAME = 120
_OFFICE = "application/vnd.openxmlformats-officedocument"
MIMES: dict[str, str] = {
    "pdf": "application/pdf",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "doc": "application/msword",
    "wps": "application/vnd.ms-works",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}
_SAME = {"jpeg": "jpg", "markdown": "md", "text": "txt"}
_MAIN_PART = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
_TEXTS = frozenset({"txt", "md", "csv"})
_ZIPS = frozenset({"docx", "xlsx", "pptx", "odt"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(rb"<\s*(?:!doctype|html|script|svg|iframe|body|head|\?xml|\?php)", re.I)
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\ufffd]")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sniffed:
    """A file that may be stored: what it is, and the name it is kept under."""

    kind: str
    mime: str
    safe_name: str


def examine(data: bytes, name: str, *, limit: int = LIMIT) -> Sniffed:
    """Say what the file is, or refuse it with the reason."""
    shown = safe_name(name)
    extension = _extension(name)
    if not data:
        raise Refused("documents.file-empty", name=shown)
    if len(data) > limit:
        raise Refused("documents.file-too-big", name=shown, limit_mb=max(limit >> 20, 1))
    kind = _SAME.get(extension, extension)
    if kind not in MIMES:
        allowed = ", ".join(MIMES)
        raise Refused("documents.file-kind-not-allowed", extension=extension[:20], allowed=allowed)
    _check(data, kind, shown)
    return Sniffed(kind, MIMES[kind], safe_name(name, kind))


def _extension(name: str) -> str:
    bare = _bare(name)
    return bare.rpartition(".")[2].lower() if "." in bare else ""


def _check(data: bytes, kind: str, name: str) -> None:
    if kind in _ZIPS:
        _check_archive(data, kind, name)
    elif kind in ("doc", "wps"):
        _check_old_office(data, kind, name)
    elif kind in _TEXTS:
        _check_text(data, name)
    elif not _SIGNATURES[kind](data):
        raise Refused("documents.file-kind-mismatch", name=name, found=_guess(data))


def _is_pdf(data: bytes) -> bool:
    return data.startswith(b"%PDF-") and b"%%EOF" in data[-2048:]


def _is_png(data: bytes) -> bool:
    return data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR"


def _is_jpeg(data: bytes) -> bool:
    return data.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in data[-4096:]


def _is_webp(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


_SIGNATURES: dict[str, Callable[[bytes], bool]] = {
    "pdf": _is_pdf,
    "png": _is_png,
    "jpg": _is_jpeg,
    "webp": _is_webp,
}


def _guess(data: bytes) -> str:
    """What the content looks like, for the sentence only."""
    if _MARKUP.search(data[:1024]):
        return "html"
    try:
        found = puremagic.from_string(data[:65536])
    except (puremagic.PureError, ValueError):
        return "?"
    return str(found).lstrip(".") or "?"


def _check_archive(data: bytes, kind: str, name: str) -> None:
    if not data.startswith(b"PK\x03\x04"):
        raise Refused("documents.file-kind-mismatch", name=name, found=_guess(data))
    with guarded(data, name) as archive:
        found = _archive_kind(archive)
        if found != kind:
            raise Refused("documents.file-kind-mismatch", name=name, found=found)
        refuse_active_parts(archive, name)


def _archive_kind(archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    if "mimetype" in names:
        return "odt" if archive.read("mimetype")[:200].decode("latin-1") == MIMES["odt"] else "zip"
    if "[Content_Types].xml" not in names:
        return "zip"
    kinds = [kind for kind, main in _MAIN_PART.items() if any(n.startswith(main) for n in names)]
    return kinds[0] if len(kinds) == 1 else "zip"


def _check_old_office(data: bytes, kind: str, name: str) -> None:
    if kind == "wps" and data.startswith(b"PK\x03\x04"):
        _check_archive(data, "docx", name)
        return
    if not data.startswith(_OLE):
        raise Refused("documents.file-kind-mismatch", name=name, found=_guess(data))
    if len(data) < 1536:
        raise Refused("documents.file-damaged", name=name)
    if any(word.encode("utf-16-le") in data for word in ("_VBA_PROJECT", "Macros")):
        raise Refused("documents.file-has-macros", name=name)
    if "Workbook".encode("utf-16-le") in data or "PowerPoint".encode("utf-16-le") in data:
        raise Refused("documents.file-kind-mismatch", name=name, found="xls/ppt")
    if "ObjectPool".encode("utf-16-le") in data:
        raise Refused("documents.file-has-embedded", name=name)


def _check_text(data: bytes, name: str) -> None:
    if data.startswith((b"%PDF", b"PK\x03\x04", _OLE)) or _MARKUP.match(data[:1024].lstrip()):
        raise Refused("documents.file-kind-mismatch", name=name, found=_guess(data))
    text = decoded(data)
    if text is None or _UNPRINTED.search(text):
        raise Refused("documents.file-kind-unknown", name=name)


_UNPRINTED = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decoded(data: bytes) -> str | None:
    """Text as UTF-8 or GB 18030 (and UTF-16 with its mark); nothing when it is none of them."""
    codes = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for code in codes:
        try:
            return data.decode(code)
        except UnicodeDecodeError:
            continue
    return None


def _bare(name: str) -> str:
    """The last part of a path, in one spelling, without what cannot be seen."""
    text = cleaned(name).replace("\n", " ").replace("\\", "/").rpartition("/")[2]
    return unicodedata.normalize("NFC", _UNSAFE.sub("", text)).strip(" .\u3000")


def safe_name(name: str, extension: str = "") -> str:
    """A file name that is safe on every system, Chinese kept, at most 120 characters long."""
    bare = _bare(name)
    stem, dot, given = bare.rpartition(".")
    if not dot or not given.isalnum() or len(given) > 8:
        stem, given = bare, ""
    ending = extension or given.lower()
    if extension and given and _SAME.get(given.lower(), given.lower()) != extension:
        stem = bare
    stem = re.sub(r"\s+", " ", stem).strip(" .") or "file"
    stem = f"_{stem}" if _DEVICE.fullmatch(stem.partition(".")[0]) else stem
    room = LONGEST_NAME - (len(ending) + 1 if ending else 0)
    return f"{stem[:room].rstrip(' .')}.{ending}" if ending else stem[:room].rstrip(" .")
