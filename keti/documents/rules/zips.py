"""Looking into a zip-built file without letting it unpack more than it may."""

import io
import re
import zipfile
import zlib

from keti.kernel.refusals import Refused

MOST_ENTRIES = 3000
MOST_BYTES = 300 << 20
WORST_RATIO = 200
FREE_BYTES = 5 << 20
_CHUNK = 1 << 18
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]{0,4000}>")
_EXTERNAL = re.compile(r"""TargetMode\s*=\s*["']External["']""", re.IGNORECASE)
_LINK_ONLY = re.compile(r"""Type\s*=\s*["'][^"']*/hyperlink["']""")
_MACROS = re.compile(r"vba(?:project|data)|macrosheets/|(?:^|/)basic/|scripts/", re.IGNORECASE)
_INSIDE = re.compile(
    r"/embeddings/|/activex/|/ctrlprops/|(?:^|/)object ?\d+/content", re.IGNORECASE
)


def guarded(data: bytes, name: str) -> zipfile.ZipFile:
    """The archive, after counting what really comes out of every entry."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _count(archive, name)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
    ) as broken:
        raise Refused("documents.file-damaged", name=name) from broken
    return archive


def _count(archive: zipfile.ZipFile, name: str) -> None:
    entries = archive.infolist()
    odd = len(entries) > MOST_ENTRIES or len({e.filename for e in entries}) < len(entries)
    if odd or any(_climbs(entry.filename) for entry in entries):
        raise Refused("documents.file-archive-unsafe", name=name)
    total = 0
    for entry in entries:
        allowed = max(FREE_BYTES, entry.compress_size * WORST_RATIO)
        read = 0
        with archive.open(entry) as part:
            while chunk := part.read(_CHUNK):
                read += len(chunk)
                if read > allowed or total + read > MOST_BYTES:
                    raise Refused("documents.file-archive-unsafe", name=name)
        total += read


def _climbs(path: str) -> bool:
    return path.startswith(("/", "\\")) or ":" in path or ".." in re.split(r"[/\\]", path)


def refuse_active_parts(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse macros, files within the file, controls, and parts fetched when opened."""
    names = archive.namelist()
    types = _text(archive, "[Content_Types].xml") + _text(archive, "META-INF/manifest.xml")
    if any(_MACROS.search(part) for part in names) or "macroEnabled" in types:
        raise Refused("documents.file-has-macros", name=name)
    if any(_INSIDE.search(part) for part in names):
        raise Refused("documents.file-has-embedded", name=name)
    for part in names:
        if part.lower().endswith(".rels") and _fetches(_text(archive, part)):
            raise Refused("documents.file-has-remote-parts", name=name)


def _fetches(relations: str) -> bool:
    return any(
        _EXTERNAL.search(one) and not _LINK_ONLY.search(one) for one in _RELATION.findall(relations)
    )


def _text(archive: zipfile.ZipFile, part: str) -> str:
    if part not in archive.namelist():
        return ""
    raw = archive.read(part)
    coded = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    return raw.decode(coded, "replace")
