"""How much one request may bring, how long it may take, how many may come: numbers and arithmetic.

Everything here is decided by headers and clocks, before a byte of a body is looked at.
"""

import re
import shutil
import tempfile
import threading
from dataclasses import dataclass, field

from keti.site.policy import FEW_BYTES, MANY_BYTES

CONNECTIONS = 1000
HEADER_BYTES = 32 << 10
LINE_BYTES = 1 << 10
SPOOL_BYTES = 1 << 30
DISK_RESERVE = 64 << 20

HEADER_SECONDS = 20
IDLE_SECONDS = 75
LINGER_SECONDS = 30
GRACE_SECONDS = 30
BYTES_A_SECOND = 2 << 10
BODY_SECONDS = 30 * 60
UNREAD_SECONDS = 60.0

_SESSION = re.compile(r"(?:^|;\s*)sessionid=[a-z0-9]{20,64}\s*(?:;|$)")
_TAKES_FILES = "/d/"  # the personal links: whoever holds one need not sign in


def most_bytes(path: str, cookie: str, *, chunked: bool) -> int:
    """How long a body may be: a form for strangers, a file for who is signed in or has a link.

    A body that does not say its length gets a form's room: browsers always say it.
    """
    known = bool(_SESSION.search(cookie)) or path.startswith(_TAKES_FILES)
    return MANY_BYTES if known and not chunked else FEW_BYTES


def too_slow(seconds: float, received: int) -> bool:
    """Whether a body that began so long ago and brought so much must be given up."""
    return seconds > min(GRACE_SECONDS + received / BYTES_A_SECOND, BODY_SECONDS)


@dataclass(slots=True)
class Spool:
    """How many bytes of bodies one process has promised to receive at once."""

    most: int = SPOOL_BYTES
    taken: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, size: int) -> int:
        """0 when there is room for a body of this size, else the status that says why not."""
        if shutil.disk_usage(tempfile.gettempdir()).free < size + DISK_RESERVE:
            return 507
        with self._lock:
            if self.taken + size > self.most:
                return 503
            self.taken += size
        return 0

    def give_back(self, size: int) -> None:
        """The body was used or given up."""
        with self._lock:
            self.taken -= size
