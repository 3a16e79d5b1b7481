"""Looking into a zip-built file without letting it unpack more than it may."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, cast

from keti.kernel.refusals import Refused

from .streams import Stream, size_of

MOST_ENTRIES = 3000
MOST_BYTES = 300 << 20
WORST_RATIO = 200
FREE_BYTES = 5 << 20
WIDEST_GAP = 1 << 12
CHUNK = 1 << 18
_LOCAL = 30
_LOCKED = 0x1
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    struct.error,
)


@dataclass
class Budget:
    """What one upload may unpack to, the archives inside it included."""

    entries: int = MOST_ENTRIES
    bytes: int = MOST_BYTES


@contextmanager
def guarded(file: Stream, name: str, budget: Budget | None = None) -> Iterator[zipfile.ZipFile]:
    """The archive, its table of contents believed only where it fits the bytes.

    Refuses what is damaged, locked, lies about its parts, or hides bytes between them.
    """
    budget = budget or Budget()
    try:
        with zipfile.ZipFile(cast(IO[bytes], file)) as archive:
            _refuse_odd(archive, file, name, budget)
            yield archive
    except _BROKEN as broken:
        raise Refused("documents.file-damaged", name=name) from broken


def inflated(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, budget: Budget
) -> Iterator[bytes]:
    """One part piece by piece, counting what really comes out."""
    allowed = max(FREE_BYTES, entry.compress_size * WORST_RATIO)
    with archive.open(entry) as part:
        while chunk := part.read(CHUNK):
            allowed -= len(chunk)
            budget.bytes -= len(chunk)
            if allowed < 0 or budget.bytes < 0:
                raise unsafe(name)
            yield chunk


def counted(file: Stream, name: str) -> None:
    """Unpack everything once and keep nothing: refuses what grows beyond its budget."""
    budget = Budget()
    with guarded(file, name, budget) as archive:
        for entry in archive.infolist():
            for _chunk in inflated(archive, entry, name, budget):
                pass


def unsafe(name: str) -> Refused:
    """The refusal of an archive that is built in no ordinary way."""
    return Refused("documents.file-archive-unsafe", name=name)


def _refuse_odd(archive: zipfile.ZipFile, file: Stream, name: str, budget: Budget) -> None:
    entries = archive.infolist()
    budget.entries -= len(entries)
    names = {entry.filename.lower() for entry in entries}
    if budget.entries < 0 or len(names) < len(entries):
        raise unsafe(name)
    if any(_climbs(entry.filename) for entry in entries):
        raise unsafe(name)
    if any(entry.flag_bits & _LOCKED for entry in entries):
        raise Refused("documents.file-locked", name=name)
    _refuse_gaps(archive, file, name)


def _refuse_gaps(archive: zipfile.ZipFile, file: Stream, name: str) -> None:
    """Every byte before the table of contents belongs to one part: nothing shared, none hidden."""
    at = 0
    for entry in sorted(archive.infolist(), key=lambda one: one.header_offset):
        if not at <= entry.header_offset <= at + WIDEST_GAP:
            raise unsafe(name)
        file.seek(entry.header_offset)
        local = file.read(_LOCAL)
        named, extra = struct.unpack("<HH", local[26:30])
        at = entry.header_offset + _LOCAL + named + extra + entry.compress_size
    if not at <= archive.start_dir <= at + WIDEST_GAP or archive.start_dir > size_of(file):
        raise unsafe(name)


def _climbs(path: str) -> bool:
    return path.startswith(("/", "\\")) or ":" in path or ".." in re.split(r"[/\\]", path)
