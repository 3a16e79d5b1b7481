"""Files that survive a power cut: synced, and their names with them, before anybody is told."""

import os
from contextlib import suppress
from pathlib import Path

PRIVATE = 0o600


def write_new(file: Path, data: bytes) -> None:
    """Write a file that is not there yet, for its owner alone. Raises FileExistsError."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    sync_folder(file.parent)


def write_whole(file: Path, data: bytes) -> None:
    """Put `data` in the place of `file`, all of it or nothing."""
    partial = file.with_name(f"{file.name}.{os.getpid()}.part")
    with suppress(FileNotFoundError):
        partial.unlink()
    try:
        write_new(partial, data)
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
    sync_folder(file.parent)


def sync_folder(place: Path) -> None:
    """Let the names in a folder survive a power cut."""
    handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
