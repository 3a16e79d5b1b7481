"""Sweeping: bytes that no row and no line of the ledger refers to, and what was left over."""

import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db.models import TextField
from django.db.models.functions import Cast

from keti.documents.actions.aside import old_ones
from keti.documents.actions.places import PRIVATE_FILE, folder, guard, path_of
from keti.documents.models import StoredFile
from keti.ledger.models import Entry

HOUR = 3600
_HASH = re.compile(r"[0-9a-f]{64}")
_AT_ONCE = 400


@dataclass
class Swept:
    """How many of each were removed, and how many bytes that freed."""

    orphans: int = 0
    aside: int = 0
    partial: int = 0
    bytes: int = 0

    def __str__(self) -> str:
        return (
            f"{self.orphans} files nothing refers to, {self.aside} set aside for more than a day, "
            f"{self.partial} begun and left: {self.bytes} bytes"
        )


def sweep() -> Swept:
    """Remove what nobody needs; nothing that was written within the last hour.

    Safe while files are uploaded: each file is looked at once more, alone with the folder, before
    it goes.
    """
    swept = Swept()
    for sha in orphans():
        swept.bytes += _remove_orphan(sha, swept)
    for place in list(old_ones()):
        swept.bytes += _unlinked(place)
        swept.aside += 1
    for place in list(_left_over()):
        swept.bytes += _unlinked(place)
        swept.partial += 1
    return swept


def sweep_hourly() -> Swept | None:
    """The same, unless it was done within the hour."""
    stamp = folder("files") / ".swept"
    with suppress(FileNotFoundError):
        if time.time() - stamp.stat().st_mtime < HOUR:
            return None
    os.close(os.open(stamp, os.O_WRONLY | os.O_CREAT, PRIVATE_FILE))
    os.utime(stamp)
    return sweep()


def orphans(older_than: int = HOUR) -> list[str]:
    """Hashes of files that lie there and are referred to by nothing."""
    old = (path.name for path in _stored() if _age(path) > older_than)
    found: set[str] = set()
    while some := set(islice(old, _AT_ONCE)):
        found |= _without_row(some)
    return sorted(found - _named_in_ledgers()) if found else []


def missing() -> Iterator[str]:
    """Hashes whose rows are there and whose bytes are not, or not all of them."""
    rows = StoredFile.objects.order_by().values_list("sha256", "size").distinct()
    for sha, size in rows.iterator():
        try:
            if path_of(sha).stat().st_size == size:
                continue
        except FileNotFoundError:
            pass
        yield sha


def _stored() -> Iterator[Path]:
    for place in folder("files").glob("??/??/*"):
        if _HASH.fullmatch(place.name):
            yield place


def _without_row(wanted: set[str]) -> set[str]:
    return wanted - set(
        StoredFile.objects.filter(sha256__in=wanted).values_list("sha256", flat=True)
    )


def _named_in_ledgers() -> set[str]:
    """Every hash that any line speaks of. Rows say the same; a record weighs more than room."""
    texts = Entry.objects.annotate(said=Cast("content", TextField())).values_list("said", flat=True)
    return {sha for text in texts.iterator() for sha in _HASH.findall(text)}


def _remove_orphan(sha: str, swept: Swept) -> int:
    with guard(shared=False):
        place = path_of(sha)
        if _age(place) <= HOUR or StoredFile.objects.filter(sha256=sha).exists():
            return 0
        swept.orphans += 1
        return _unlinked(place)


def _age(place: Path) -> float:
    """Seconds since it was written; nothing for what is gone meanwhile."""
    try:
        return time.time() - place.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _left_over() -> Iterator[Path]:
    """What was being written when the process died."""
    for name in ("files", "aside", "incoming"):
        for place in (Path(settings.KETI_DATA) / name).rglob("*.part"):
            if _age(place) > HOUR:
                yield place


def _unlinked(place: Path) -> int:
    """Remove a file; returns the bytes that lay there under no other name."""
    try:
        said = place.stat()
        place.unlink()
    except FileNotFoundError:
        return 0
    return said.st_size if said.st_nlink == 1 else 0
