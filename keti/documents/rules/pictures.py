"""Pictures of documents: what is taken, cleaned of everything but the picture, and where their
bytes lie. A cleaned copy shows the same pixels; it says nothing of place, device or author. Pure.
"""

import hashlib
import struct
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

Folder = Callable[[], Path]
MOST_PIXELS = 25_000_000
MOST_SIDE = 20_000
MOST_BYTES = 20 << 20
_PNG = b"\x89PNG\r\n\x1a\n"
_KEPT = (b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"sRGB", b"cHRM", b"pHYs", b"IDAT", b"IEND")
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_JPEG_KEPT = frozenset({0xE0, 0xEE, 0xDB, 0xC4, 0xDD, 0xDA, 0xCC, *range(0xC0, 0xC4),
                        *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)})  # fmt: skip
_FRAMES = frozenset(
    {*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)}
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A cleaned picture: its bytes and their hash, what it is, its width and height in pixels."""

    data: bytes
    mime: str
    wide: int
    high: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


_folders: list[Folder] = []


def lie_in(folder: Folder) -> None:
    """Say where the bytes of pictures lie under their hash: the room does it once a process."""
    _folders[:] = [folder]


def folder() -> str:
    """Where they lie; "" where nobody said."""
    return str(_folders[0]()) if _folders else ""


def bytes_of(sha256: str) -> bytes | None:
    """The bytes of a picture that a text shows; None where they lie nowhere."""
    place = Path(folder() or "/nonexistent") / sha256[:2] / sha256[2:4] / sha256
    try:
        return place.read_bytes()
    except OSError:
        return None


def mime_of(data: bytes) -> str:
    """What a cleaned picture is, by its first bytes."""
    known = ((_PNG, "image/png"), (b"\xff\xd8", "image/jpeg"), (b"GIF8", "image/gif"))
    return next((mime for begins, mime in known if data.startswith(begins)), "")


def inside(sha256: str) -> str:
    """A picture as an address that holds it: for files that need nothing else."""
    data = bytes_of(sha256)
    return f"data:{mime_of(data)};base64,{b64encode(data).decode()}" if data else ""


def cleaned(data: bytes) -> Picture | None:
    """The picture without anything else; None for what is none of PNG, JPEG and GIF, is broken,
    or has more pixels than any page shows."""
    if len(data) > MOST_BYTES:
        return None
    try:
        if data.startswith(_PNG):
            found = _png(data)
        elif data.startswith(b"\xff\xd8"):
            found = _jpeg(data)
        elif data.startswith((b"GIF87a", b"GIF89a")):
            found = _gif(data)
        else:
            return None
    except (struct.error, IndexError, ValueError, zlib.error):
        return None
    sides = 0 < found.wide <= MOST_SIDE and 0 < found.high <= MOST_SIDE
    return found if sides and found.wide * found.high <= MOST_PIXELS else None


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    at = len(_PNG)
    while True:
        (size,) = struct.unpack_from(">I", data, at)
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        (told,) = struct.unpack_from(">I", data, at + 8 + size)
        if zlib.crc32(name + body) != told:
            raise ValueError("damaged")
        yield name, body, data[at : at + 12 + size]
        if name == b"IEND":
            return
        at += 12 + size


def _png(data: bytes) -> Picture:
    out, packed, head = [_PNG], [], b""
    for name, body, whole in _chunks(data):
        if name == b"IHDR":
            head = body
        if name == b"IDAT":
            packed.append(body)
        if name in _KEPT:
            out.append(whole)
    wide, high, depth, colour, _method, _filter, laced = struct.unpack(">IIBBBBB", head)
    if wide * high > MOST_PIXELS or depth not in (1, 2, 4, 8, 16):
        raise ValueError("too large")
    wanted = high * (1 + (wide * depth * _CHANNELS[colour] + 7) // 8) if colour in _CHANNELS else 0
    if not wanted or (not laced and _unpacked(packed, wanted) < wanted):
        raise ValueError("damaged")
    return Picture(b"".join(out), "image/png", wide, high)


def _unpacked(packed: list[bytes], wanted: int) -> int:
    """How many bytes come out, up to those wanted; none of them is kept."""
    unpack, count = zlib.decompressobj(), 0
    for piece in packed:
        while piece and count <= wanted:
            count += len(unpack.decompress(piece, 1 << 20))
            piece = unpack.unconsumed_tail
    return count


def _jpeg(data: bytes) -> Picture:
    out, at, wide, high = [b"\xff\xd8"], 2, 0, 0
    while True:
        while data[at] == 0xFF and data[at + 1] == 0xFF:
            at += 1
        if data[at] != 0xFF:
            raise ValueError("damaged")
        mark = data[at + 1]
        if mark == 0xD9:
            break
        (size,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + size
        if mark in _FRAMES:
            high, wide = struct.unpack_from(">HH", data, at + 5)
        if mark == 0xDA:
            end = _scan_end(data, end)
        if mark in _JPEG_KEPT:
            out.append(data[at:end])
        at = end
    return Picture(b"".join([*out, b"\xff\xd9"]), "image/jpeg", wide, high)


def _scan_end(data: bytes, at: int) -> int:
    """Where the picture's own bytes end: the next mark that is no stuffing and no restart."""
    while True:
        at = data.index(b"\xff", at)
        if data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7:
            at += 2
        else:
            return at


def _gif(data: bytes) -> Picture:
    wide, high, flags = struct.unpack_from("<HHB", data, 6)
    at = 13 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
    out = [data[:at]]
    while data[at] != 0x3B:
        begun = at
        if data[at] == 0x21:
            kind = data[at + 1]
            at = _past(data, at + 2)
            if kind != 0xF9:
                continue
        elif data[at] == 0x2C:
            local = data[at + 9]
            at = _past(data, at + 10 + (3 << ((local & 7) + 1) if local & 0x80 else 0) + 1)
        else:
            raise ValueError("damaged")
        out.append(data[begun:at])
    return Picture(b"".join([*out, b";"]), "image/gif", wide, high)


def _past(data: bytes, at: int) -> int:
    """Behind the blocks that begin here."""
    while size := data[at]:
        at += 1 + size
    if at >= len(data):
        raise ValueError("damaged")
    return at + 1
