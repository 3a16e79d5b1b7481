"""When bytes reached this machine. A busy process reads them later than they came, and nobody is
late by that (decision 0010): the kernel notes the moment, also of who was not let in yet.
"""

import socket
import struct
import sys
import time

from keti.server import limits

_NOTE = 35  # SO_TIMESTAMPNS of Linux; the module `socket` has no name for it
_MOMENT = struct.Struct("@ll")
_ROOM = socket.CMSG_SPACE(_MOMENT.size)


def note(listening: socket.socket) -> None:
    """Have the kernel note when bytes come, on every connection that is taken from this socket."""
    if sys.platform == "linux":
        listening.setsockopt(socket.SOL_SOCKET, _NOTE, 1)


def read(line: socket.socket, most: int) -> tuple[bytes, float]:
    """What came, and at which `time.monotonic()` the last byte of it was here.

    The kernel notes by the clock on the wall. Should that be set just then, it is believed for
    a minute at most; where nothing is noted, the moment is the one of reading.
    """
    data, notes, _, _ = line.recvmsg(most, _ROOM)
    here = time.monotonic()
    for level, kind, value in notes:
        if (level, kind, len(value)) == (socket.SOL_SOCKET, _NOTE, _MOMENT.size):
            seconds, parts = _MOMENT.unpack(value)
            waited = time.time() - (seconds + parts / 1e9)
            here -= min(max(waited, 0.0), limits.UNREAD_SECONDS)
    return data, here
