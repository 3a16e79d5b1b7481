"""What an office file carries that is no document: programs, other files, parts from outside."""

import tempfile
import zipfile
from collections.abc import Iterator
from itertools import chain
from typing import cast

from keti.kernel.refusals import Refused

from .markup import EMBEDDED, LOCKED, MACROS, Found, Watcher
from .streams import Stream
from .zips import Budget, guarded, inflated, unsafe

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!"
MOST_STRUCTURE = 2 << 20
DEEPEST = 1
_IN_MEMORY = 1 << 20
_MAIN_PART = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
_TEMPLATES = {"docx": "dotx", "xlsx": "xltx", "pptx": "potx"}
"""Programs open a template under its own name only."""
PROGRAMS = (
    b"\x7fELF",
    b"#!/",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf",
    b"MSCF",
    b"ITSF",
    b"L\x00\x00\x00\x01\x14\x02\x00",
    b"{\\rtf",
    b"%PDF-",
)
_MARKUP_NAMES = (".xml", ".rels", ".vml", ".rdf", ".svg")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def archive_kind(archive: zipfile.ZipFile) -> str:
    """docx, xlsx, pptx, a template of them, odt or ofd by what lies inside; "zip" for any other."""
    names = archive.namelist()
    if "OFD.xml" in names:
        return "ofd"
    if "mimetype" in names:
        said = archive.open("mimetype").read(200).strip()
        return "odt" if said == b"application/vnd.oasis.opendocument.text" else "zip"
    if "[Content_Types].xml" not in names:
        return "zip"
    kinds = [kind for kind, main in _MAIN_PART.items() if any(n.startswith(main) for n in names)]
    if len(kinds) != 1:
        return "zip"
    said = archive.open("[Content_Types].xml").read(MOST_STRUCTURE)
    return _TEMPLATES[kinds[0]] if b"ml.template.main+xml" in said else kinds[0]


def refuse_active(archive: zipfile.ZipFile, name: str, budget: Budget, depth: int = 0) -> None:
    """Read every part once. Refuses macros, files and controls inside, and what fetches.

    A workbook or document inside (the data of a chart) is data: it is read by the same rules.
    """
    try:
        for entry in archive.infolist():
            if entry.is_dir() and not entry.file_size:
                continue
            _by_name(entry.filename.lower())
            _by_content(archive, entry, name, budget, depth)
    except Found as found:
        raise Refused(found.code, name=name, what=found.what) from None


def _by_name(part: str) -> None:
    bare = part.rpartition("/")[2]
    if bare in ("encryptions.xml", "decryptseed.dat"):
        raise Found(LOCKED)
    if bare.startswith(("vbaproject", "vbadata")) or "macrosheets/" in part:
        raise Found(MACROS)
    if part.startswith(("basic/", "scripts/")):
        raise Found(MACROS)
    if "/activex/" in part or "/ctrlprops/" in part:
        raise Found(EMBEDDED)


def _by_content(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, budget: Budget, depth: int
) -> None:
    part = entry.filename.lower()
    structure = part.endswith(".rels") or part == "[content_types].xml"
    if structure and entry.file_size > MOST_STRUCTURE:
        raise unsafe(name)
    chunks = inflated(archive, entry, name, budget)
    first = next(chunks, b"")
    everything = _clean(chain([first], chunks), name)
    if first.startswith(ZIP):
        _nested(everything, name, budget, depth)
    elif part.endswith(_MARKUP_NAMES) or _is_markup(first):
        if first or structure:  # OpenDocument files hold empty parts for settings nobody made
            _watched(everything, part)
    else:
        _binary(part, first)
        for _chunk in everything:
            pass


def _clean(chunks: Iterator[bytes], name: str) -> Iterator[bytes]:
    """The same pieces, unless the mark of a known harmful file is in them."""
    tail = b""
    for chunk in chunks:
        if EICAR in tail + chunk:
            raise Refused("documents.file-harmful", name=name)
        tail = chunk[-len(EICAR) :]
        yield chunk


def _nested(chunks: Iterator[bytes], name: str, budget: Budget, depth: int) -> None:
    """A file inside the file: taken when it is a plain workbook, document or slides."""
    if depth >= DEEPEST:
        raise Found(EMBEDDED)
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        for chunk in chunks:
            spool.write(chunk)
        with guarded(cast(Stream, spool), name, budget) as inside:
            if archive_kind(inside) not in _MAIN_PART:
                raise Found(EMBEDDED)
            refuse_active(inside, name, budget, depth + 1)


def _is_markup(first: bytes) -> bool:
    bare = first[:512]
    for mark in _MARKS:
        bare = bare.removeprefix(mark)
    return bare.replace(b"\x00", b"").lstrip().startswith(b"<")


def _watched(chunks: Iterator[bytes], part: str) -> None:
    watcher = Watcher()
    try:
        for chunk in chunks:
            watcher.feed(chunk)
        watcher.close()
    except Found as found:
        if found.code == "documents.file-damaged" and not part.endswith(_MARKUP_NAMES):
            raise Found(EMBEDDED) from None
        raise
    if watcher.root.lower() == "html":
        raise Found(EMBEDDED)


def _binary(part: str, first: bytes) -> None:
    if first.startswith(OLE):
        words = (word.encode("utf-16-le") for word in ("VBA", "Macros"))
        raise Found(MACROS if any(word in first for word in words) else EMBEDDED)
    program = first.startswith(b"MZ") and b"PE\0\0" in first[:4096]
    if program or first.startswith(PROGRAMS) or "/embeddings/" in part:
        raise Found(EMBEDDED)
