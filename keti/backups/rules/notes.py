"""What is known of the backups of an installation: a note in its data folder.

Not in the database: what is put back would speak of the backups before it.
"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from keti.backups.rules.container import Manifest
from keti.kernel.durable import write_whole

NOTE = "last-backup.json"


@dataclass(frozen=True, slots=True)
class Last:
    """The last backup: where, of which moment, how long; when it was read again, "" if never."""

    file: str
    made_at: str
    size: int
    lacking: int = 0
    checked_at: str = ""
    whole: bool = False

    @property
    def made(self) -> datetime:
        return datetime.fromisoformat(self.made_at)

    @property
    def checked(self) -> datetime | None:
        return datetime.fromisoformat(self.checked_at) if self.checked_at else None


def last_backup(data: str | Path) -> Last | None:
    """The last one that was made of this folder, or None."""
    try:
        return Last(**json.loads((Path(data) / NOTE).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def note_made(data: str | Path, file: Path, manifest: Manifest, lacking: int) -> None:
    """Remember a backup that was just made."""
    size = file.stat().st_size
    _remember(data, Last(str(file.resolve()), manifest.made_at, size, lacking))


def note_checked(data: str | Path, file: Path, now: datetime, *, whole: bool) -> None:
    """Remember that the last backup was read from end to end; of other files nothing is kept."""
    last = last_backup(data)
    if last is not None and last.file == str(file.resolve()):
        _remember(data, replace(last, checked_at=now.isoformat(), whole=whole))


def forget_note(data: str | Path) -> None:
    """What was put back has no backup of its own yet."""
    (Path(data) / NOTE).unlink(missing_ok=True)


def _remember(data: str | Path, last: Last) -> None:
    said = json.dumps(asdict(last), ensure_ascii=False)
    write_whole(Path(data) / NOTE, said.encode() + b"\n")
