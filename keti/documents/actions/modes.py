"""Everything in the data folder is for its owner alone."""

import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from keti.documents.actions.places import PRIVATE_FILE, PRIVATE_FOLDER

_NAMES = (
    "keti.sqlite3*",
    "secret-key",
    "first-run-token",
    "keti.json",
    "played",
    "last-backup.json",
    "restored-and-held",
)
_FOLDERS = ("files", "aside", "incoming", "made", "jobs", "before-upgrades")


def mend_modes(data: Path) -> int:
    """Give folders 0700 and files 0600, whatever the umask was; returns how many were mended."""
    mended = 0
    for place in open_to_others(data):
        with suppress(FileNotFoundError):
            place.chmod(PRIVATE_FOLDER if place.is_dir() else PRIVATE_FILE)
            mended += 1
    return mended


def open_to_others(data: Path) -> Iterator[Path]:
    """What of ours in the data folder others may read, the folder itself first."""
    for place in _ours(data):
        with suppress(FileNotFoundError):
            if not place.is_symlink() and stat.S_IMODE(place.stat().st_mode) & 0o077:
                yield place


def _ours(data: Path) -> Iterator[Path]:
    yield data
    for name in _NAMES:
        yield from data.glob(name)
    for name in _FOLDERS:
        yield from (place for place in (data / name, *(data / name).rglob("*")) if place.exists())
