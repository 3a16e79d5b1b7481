"""Reading a file piece by piece: whatever its size, only one piece lies in memory."""

from collections.abc import Iterator
from typing import Protocol

PIECE = 1 << 20


class Stream(Protocol):
    """Anything that can be read from any place: an open file, an upload, bytes in memory."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, at most `size`."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place; returns it."""

    def tell(self) -> int:
        """The place."""


def pieces(file: Stream, size: int = PIECE) -> Iterator[bytes]:
    """The whole file from its beginning."""
    at = 0
    while True:
        file.seek(at)  # others may read elsewhere between two pieces
        piece = file.read(size)
        if not piece:
            return
        at += len(piece)
        yield piece


def windows(file: Stream, overlap: int) -> Iterator[tuple[int, bytes]]:
    """Pieces with their places; each begins with the last `overlap` bytes of the one before."""
    at, tail = 0, b""
    for piece in pieces(file):
        window = tail + piece
        yield at - len(tail), window
        at += len(piece)
        tail = window[-overlap:]


def size_of(file: Stream) -> int:
    """How many bytes the file has."""
    file.seek(0, 2)
    return file.tell()


def head(file: Stream, length: int) -> bytes:
    """The first bytes."""
    file.seek(0)
    return file.read(length)


def ending(file: Stream, length: int, blank: bytes) -> bytes:
    """The last bytes before whatever blanks the file is padded with."""
    end = size_of(file)
    while end > 0:
        start = max(end - length, 0)
        file.seek(start)
        bare = file.read(end - start).rstrip(blank)
        if bare:
            start = max(start + len(bare) - length, 0)
            file.seek(start)
            return file.read(length).rstrip(blank)
        end = start
    return b""


def tail(file: Stream, length: int) -> bytes:
    """The last bytes."""
    file.seek(max(size_of(file) - length, 0))
    return file.read(length)
