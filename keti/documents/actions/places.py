"""Where bytes lie in the data folder, and how they get there: whole, synced, in one step.

`files/` holds what rows refer to, under its hash; `aside/` what came with refused forms;
`incoming/` what is just being received. All of it is for the owner of the folder alone.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from keti.documents.models import StoredFile
from keti.documents.rules.streams import Stream, pieces
from keti.kernel.durable import sync_folder
from keti.kernel.ids import new_id

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600


@dataclass(frozen=True, slots=True)
class Placed:
    """Bytes that were put into place, and by which sign their putter knows them again."""

    sha256: str
    inode: int
    moment: int


def folder(name: str) -> Path:
    """A folder of the data folder, made where it is missing."""
    place = Path(settings.KETI_DATA) / name
    make_folder(place)
    return place


def make_folder(place: Path) -> None:
    """Make a folder with all above it, each for the owner alone and safe from a power cut."""
    if place.is_dir():
        return
    make_folder(place.parent)
    with suppress(FileExistsError):
        place.mkdir(mode=PRIVATE_FOLDER)
    sync_folder(place.parent)


def path_of(sha256: str) -> Path:
    """Where the bytes with this hash lie."""
    return Path(settings.KETI_DATA) / "files" / sha256[:2] / sha256[2:4] / sha256


def read(file: StoredFile) -> bytes:
    """The bytes of a stored file."""
    return path_of(file.sha256).read_bytes()


def write_whole(source: Stream, target: Path) -> None:
    """Put the bytes at `target`, all of them or none.

    Raises OSError where the disk is full or broken, and leaves no part of them then.
    """
    with _ready(source, target) as (partial, _said):
        partial.replace(target)


def put(source: Stream, sha256: str) -> Placed:
    """Put bytes under their hash, in place of equal ones if there are any; all of them or none."""
    target = path_of(sha256)
    with _ready(source, target) as (partial, said), guard(shared=True):
        partial.replace(target)
    return Placed(sha256, said.st_ino, said.st_mtime_ns)


@contextmanager
def _ready(source: Stream, target: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """The bytes whole and synced beside `target`; what is done with them then survives as well.

    A source that is a file of the same disk is linked, so that its bytes lie there once.
    """
    make_folder(target.parent)
    partial = target.with_name(f"{target.name}.{new_id()}.part")
    try:
        if not _linked(source, partial):
            _copied(source, partial)
        moment = time.time_ns()
        os.utime(partial, ns=(moment, moment))
        with partial.open("rb") as done:
            os.fsync(done.fileno())
            said = os.fstat(done.fileno())
        yield partial, said
        sync_folder(target.parent)
    finally:
        partial.unlink(missing_ok=True)


def take_back(placed: Placed) -> bool:
    """Remove bytes whose act was refused. False where a row, or anybody after us, needs them."""
    target = path_of(placed.sha256)
    with guard(shared=False):
        try:
            said = target.stat()
        except FileNotFoundError:
            return False
        ours = (said.st_ino, said.st_mtime_ns) == (placed.inode, placed.moment)
        if not ours or StoredFile.objects.filter(sha256=placed.sha256).exists():
            return False
        target.unlink()
    return True


@contextmanager
def guard(*, shared: bool) -> Iterator[None]:
    """Who puts bytes into place shares the guard; who removes some has it alone."""
    handle = os.open(folder("files") / ".guard", os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _linked(source: Stream, partial: Path) -> bool:
    """A second name for the same bytes, where the source is a file on the same disk."""
    file: Any = getattr(source, "file", source)
    name = getattr(file, "name", None)
    if not isinstance(name, str) or not hasattr(file, "fileno"):
        return False
    try:
        file.flush()
        if not os.path.samestat(os.fstat(file.fileno()), os.stat(name)):
            return False
        os.link(name, partial)
    except (OSError, ValueError):
        return False
    os.chmod(partial, PRIVATE_FILE)
    return True


def _copied(source: Stream, partial: Path) -> None:
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    with os.fdopen(handle, "wb") as copy:
        for piece in pieces(source):
            copy.write(piece)
