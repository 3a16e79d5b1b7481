"""The one file of a backup: a tar of its parts, then what they must be, then the hash of that.

Every byte is accounted for: the parts by the hashes of the manifest, the manifest by the last
part, headers and what fills up blocks by being what they must be. Written and read in pieces.
"""

import hashlib
import json
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, BinaryIO

BLOCK = tarfile.BLOCKSIZE
PIECE = 1 << 20
FORMAT = "keti backup 1"
MANIFEST, SEAL = "manifest.json", "manifest.sha256"
END = bytes(2 * BLOCK)
LARGEST_MANIFEST = 1 << 28


class Damaged(Exception):
    """The file is not what was written; `code` and `facts` name the place."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its name, its length, its hash."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup is: of which product, schema and moment, and which parts it has."""

    product: str
    made_at: str
    database: str
    schema: list[list[str]]
    facts: dict[str, Any] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)

    @property
    def made(self) -> datetime:
        """The instant of its rows, by the clock of their database."""
        return datetime.fromisoformat(self.made_at)

    def text(self) -> bytes:
        """Its bytes in the file."""
        said = {"format": FORMAT} | asdict(self)
        return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def header(name: str, size: int) -> bytes:
    """The block before a part. It says nothing that could differ: no time, no owner."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.GNU_FORMAT, "utf-8", "surrogateescape")


def filling(size: int) -> bytes:
    """What fills the last block of a part up."""
    return bytes(-size % BLOCK)


class Writer:
    """Writes parts one after another, each from a stream."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.parts: list[Part] = []

    def add(self, name: str, size: int, source: BinaryIO) -> Part:
        """Write a part of exactly `size` bytes. Raises EOFError where the source has fewer."""
        self._out.write(header(name, size))
        digest, left = hashlib.sha256(), size
        while left:
            piece = source.read(min(PIECE, left))
            if not piece:
                raise EOFError(name)
            digest.update(piece)
            self._out.write(piece)
            left -= len(piece)
        self._out.write(filling(size))
        self.parts.append(Part(name, size, digest.hexdigest()))
        return self.parts[-1]

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest, its hash and the end."""
        text = manifest.text()
        seal = hashlib.sha256(text).hexdigest().encode() + b"\n"
        for name, data in ((MANIFEST, text), (SEAL, seal)):
            self._out.write(header(name, len(data)) + data + filling(len(data)))
        self._out.write(END)


Take = Callable[[str, int, Iterator[bytes]], None]
"""What becomes of a part: its name, its length and its pieces, all of which are to be read."""


@dataclass(slots=True)
class _Reader:
    source: BinaryIO
    at: int = 0

    def exactly(self, size: int, name: str) -> bytes:
        """The next bytes; refuses a file that ends before."""
        data = self.source.read(size)
        self.at += len(data)
        if len(data) < size:
            raise Damaged("backups.cut", byte=self.at, part=name)
        return data

    def pieces(self, size: int, name: str) -> Iterator[bytes]:
        while size:
            data = self.exactly(min(PIECE, size), name)
            size -= len(data)
            yield data

    def head(self, before: str) -> tuple[str, int]:
        """Name and length of the next part."""
        at = self.at
        block = self.exactly(BLOCK, before)
        try:
            info = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
            if header(info.name, info.size) == block:
                return info.name, info.size
        except (tarfile.HeaderError, ValueError):
            pass
        if at == 0:
            raise Damaged("backups.no-backup")
        raise Damaged("backups.header", byte=at, part=before)


def walk(source: BinaryIO, take: Take | None = None) -> Manifest:
    """Read a backup from its first byte to its last. `take` is given each part as it comes.

    Raises Damaged with the place where it is not as it was written. What `take` was given is only
    to be trusted once this returns.
    """
    reader, found, before = _Reader(source), [], ""
    while True:
        name, size = reader.head(before)
        began, before = reader.at, name
        if name == MANIFEST:
            break
        digest = hashlib.sha256()
        _each(reader.pieces(size, name), digest, name, size, take)
        _filled(reader, size, name)
        found.append((Part(name, size, digest.hexdigest()), began))
    if size > LARGEST_MANIFEST:
        raise Damaged("backups.header", byte=began - BLOCK, part=name)
    text = reader.exactly(size, name)
    _filled(reader, size, name)
    _sealed(reader, text, began)
    manifest = read(text)
    _compare(manifest, found)
    return manifest


def _each(pieces: Iterator[bytes], digest: Any, name: str, size: int, take: Take | None) -> None:
    def counted() -> Iterator[bytes]:
        for piece in pieces:
            digest.update(piece)
            yield piece

    stream = counted()
    if take is not None:
        take(name, size, stream)
    for _rest in stream:
        pass


def _filled(reader: _Reader, size: int, name: str) -> None:
    at = reader.at
    if reader.exactly(len(filling(size)), name) != filling(size):
        raise Damaged("backups.filling", byte=at, part=name)


def _sealed(reader: _Reader, text: bytes, began: int) -> None:
    """The manifest is what was written, and after it the file ends."""
    name, size = reader.head(MANIFEST)
    at = reader.at
    if (name, size) != (SEAL, 65):
        raise Damaged("backups.header", byte=at - BLOCK, part=MANIFEST)
    seal = reader.exactly(size, SEAL)
    if seal != hashlib.sha256(text).hexdigest().encode() + b"\n":
        raise Damaged("backups.manifest", byte=began, last=at + size)
    _filled(reader, size, SEAL)
    at = reader.at
    if reader.exactly(len(END), SEAL) != END or reader.source.read(1):
        raise Damaged("backups.end", byte=at)


def _compare(manifest: Manifest, found: list[tuple[Part, int]]) -> None:
    told = {one.name: one for one in manifest.parts}
    for part, began in found:
        if told.get(part.name) != part:
            last = began + part.size
            raise Damaged("backups.part", part=part.name, byte=began, last=last)
    if [one for one, _at in found] != manifest.parts:
        raise Damaged("backups.parts")


def read(text: bytes) -> Manifest:
    """The manifest of these bytes. Raises Damaged where it is of another kind."""
    try:
        said = json.loads(text)
        if said.pop("format") != FORMAT:
            raise Damaged("backups.other-format")
        parts = [Part(**one) for one in said.pop("parts")]
        return Manifest(parts=parts, **said)
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise Damaged("backups.other-format") from wrong
