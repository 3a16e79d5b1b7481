"""Files that came with a refused form wait for its next try: a day, for their sender alone."""

import hashlib
import io
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from django.conf import settings

from keti.documents.actions.keeping import Upload, examined
from keti.documents.actions.places import folder, write_whole
from keti.documents.rules.streams import Stream
from keti.kernel.acts import Ref
from keti.kernel.refusals import Refused

HELD = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Held:
    """A file that waits: its name, its bytes (to be closed by the reader), and their number."""

    name: str
    file: IO[bytes]
    size: int


def set_aside(by: Ref, slot: str, upload: Upload, at: datetime) -> str:
    """Hold a file that came with a refused form, for its sender and that form alone, for a day.

    Returns its name; "" where it is no file anybody may keep, or more than may wait for one
    person. What the person set aside earlier makes room for it.
    """
    data: Stream = io.BytesIO(upload.data) if isinstance(upload.data, bytes) else upload.data
    try:
        found = examined(data, upload.name)
    except Refused:
        return ""
    most = settings.KETI_FILES_ASIDE_MB << 20
    if found.size > most:
        return ""
    place = _slot(by, slot)
    _make_room(place, most - found.size, at)
    write_whole(data, place)
    said = {"name": found.sniffed.safe_name, "at": at.timestamp()}
    write_whole(io.BytesIO(json.dumps(said).encode()), _label(place))
    return found.sniffed.safe_name


def laid_aside(by: Ref, slot: str, at: datetime) -> Held | None:
    """The file that was set aside for this sender and slot less than a day ago."""
    place = _slot(by, slot)
    name = _waiting(place, at)
    try:
        file = place.open("rb") if name else None
    except FileNotFoundError:
        return None
    return Held(name, file, os.fstat(file.fileno()).st_size) if file else None


def _waiting(place: Path, at: datetime) -> str:
    """The name of what waits here; "" where nothing does, or has for a day."""
    try:
        said = json.loads(_label(place).read_text())
        fresh = abs(at.timestamp() - float(said["at"])) < HELD.total_seconds()
        return str(said["name"]) if fresh else ""
    except (OSError, ValueError, KeyError):
        return ""


def drop_aside(by: Ref, slot: str) -> None:
    """Let go of what waits for this sender and slot."""
    _drop(_slot(by, slot))


def old_ones() -> Iterator[Path]:
    """What has waited longer than a day, by the clock of the disk."""
    for place in (Path(settings.KETI_DATA) / "aside").rglob("*"):
        try:
            if place.is_file() and time.time() - place.stat().st_mtime > HELD.total_seconds():
                yield place
        except FileNotFoundError:
            continue


def _slot(by: Ref, slot: str) -> Path:
    person = hashlib.sha256(by.public_id.encode()).hexdigest()[:32]
    return folder("aside") / person / hashlib.sha256(slot.encode()).hexdigest()


def _label(place: Path) -> Path:
    return place.with_suffix(".json")


def _make_room(place: Path, room: int, at: datetime) -> None:
    """Let go of this person's old files, then of the oldest until at most `room` bytes wait."""
    waiting = []
    for other in place.parent.glob("*"):
        if other != place and other.suffix == "":
            said = other.stat()
            waiting.append((said.st_mtime_ns, said.st_size, other))
    total = sum(size for _moment, size, _other in waiting)
    for _moment, size, other in sorted(waiting):
        if total > room or not _waiting(other, at):
            _drop(other)
            total -= size


def _drop(place: Path) -> None:
    place.unlink(missing_ok=True)
    _label(place).unlink(missing_ok=True)
