"""The access log (访问日志): who came in, who failed to, who took data out. One line each.

Apart from the database, in files of a day each, so that what happened to the database does not
happen to them. A line names ids and an address, never what was typed, never a secret. Each line
bears the hash of the one before it: a line that was changed or taken out is found, except for the
last ones of all. Its moments are the machine's own, also where the pages' clock is simulated.
"""

import fcntl
import json
import logging
import os
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from keti.kernel.durable import PRIVATE
from keti.kernel.logs import veiled

FOLDER, ENDING = "access", ".jsonl"
LEAST_DAYS = 180
"""So long such a log is kept at the least (Cybersecurity Law, article 21)."""
MOST_BYTES = 64 << 20
"""From here on a day's file takes no more failures: nobody fills a disk with them."""
LONGEST_LINE = 4 << 10
log = logging.getLogger("keti.access")


class Kind(StrEnum):
    """What a line tells."""

    SIGNED_IN = "signed-in"
    NOT_SIGNED_IN = "not-signed-in"
    SIGNED_OUT = "signed-out"
    TAKEN = "taken"
    CONTACTS = "contacts"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Access:
    """One line: when (UTC), what, who (public id; empty where nobody is known), from which
    address, by which route and path, and the hash of the line before."""

    at: str
    kind: str
    person: str = ""
    address: str = ""
    route: str = ""
    path: str = ""
    before: str = ""


def note(
    kind: Kind, *, person: str = "", address: str = "", route: str = "", path: str = ""
) -> None:
    """Write one line. What cannot be written keeps nobody out: it is said in the server's log and
    by `keti doctor`, for a full disk on the last day of a call must not lock the applicants out."""
    now = datetime.fromtimestamp(time.time(), UTC)
    line = Access(
        now.isoformat(timespec="milliseconds"), kind, person, address, route, veiled(path)[:300]
    )
    try:
        with _held() as folder:
            _append(folder, folder / f"{now:%Y-%m-%d}{ENDING}", line)
    except OSError as trouble:
        log.error("the access log cannot be written: %s", trouble.strerror)


def days() -> list[date]:
    """The days of which there is a file, the newest first."""
    return sorted((date.fromisoformat(one.stem) for one in _files()), reverse=True)


def read(day: date) -> Iterator[Access]:
    """The lines of a day as they were written; one that cannot be read is left to `wrong`."""
    with suppress(FileNotFoundError), file_of(day).open("rb") as lines:
        for raw in lines:
            if (known := _read(raw)) is not None:
                yield known


def file_of(day: date) -> Path:
    """The file of a day, there or not."""
    return _folder() / f"{day.isoformat()}{ENDING}"


def wrong(day: date | None = None) -> str:
    """The first place where the lines do not follow each other as they were written; empty where
    they all do. Of one `day` alone, and of how it follows the day before, where one is named.
    Before the oldest file nothing can be told: it was let go."""
    files = _files()
    if day is not None:
        files = [one for one in files if one.stem <= day.isoformat()][-2:]
    earlier: set[str] = set()
    for file in files:
        hashes: list[str] = []
        with file.open("rb") as lines:
            for number, raw in enumerate(lines, 1):
                known = _read(raw)
                if known is not None and not _follows(known, hashes, earlier):
                    return f"{file.name}, line {number}: does not follow the line before"
                hashes.append(_hash(raw))
        earlier = set(hashes) or earlier
    return ""


def _follows(line: Access, hashes: list[str], earlier: set[str]) -> bool:
    """A file begins after any line of the file before: a clock that was put back wrote there once
    more. A line cut short by a power cut says nothing itself; the next one bears its hash."""
    if hashes:
        return line.before == hashes[-1]
    return line.before in earlier or not earlier


def today() -> date:
    """The day whose file is written now."""
    return datetime.fromtimestamp(time.time(), UTC).date()


def ends() -> dict[str, list[object]]:
    """Of every day that is kept: how many lines, and the hash of the last."""
    found: dict[str, list[object]] = {}
    for file in _files():
        with file.open("rb") as lines:
            [*last] = deque(enumerate(lines, 1), maxlen=1)
        for number, raw in last:
            found[file.stem] = [number, _hash(raw)]
    return found


def cut(day: str, number: int, end: str) -> str:
    """What is wrong with a day whose line `number` once was its last and had this hash: empty where
    it still stands there, or the day was let go as the settings say."""
    file = file_of(date.fromisoformat(day))
    if not file.exists():
        return "" if date.fromisoformat(day) < _oldest(today()) else f"{file.name} is gone"
    with file.open("rb") as lines:
        raw = next(islice(lines, number - 1, None), b"")
    return "" if _hash(raw) == end else f"{file.name} was cut or written anew: line {number}"


def _oldest(day: date) -> date:
    return day - timedelta(days=max(LEAST_DAYS, settings.KETI_ACCESS_DAYS))


def sweep(now: datetime) -> int:
    """Let go the files older than the settings keep (KETI_ACCESS_DAYS); returns how many."""
    oldest = _oldest(now.date())
    gone = [one for one in _files() if date.fromisoformat(one.stem) < oldest]
    for one in gone:
        one.unlink(missing_ok=True)
    return len(gone)


def _folder() -> Path:
    return Path(settings.KETI_DATA) / FOLDER


def _files() -> list[Path]:
    """In order; what else lies there is none of ours."""
    found = []
    for one in _folder().glob(f"????-??-??{ENDING}"):
        with suppress(ValueError):
            date.fromisoformat(one.stem)
            found.append(one)
    return sorted(found)


@contextmanager
def _held() -> Iterator[Path]:
    """The folder, while nobody else writes: several processes serve, lines follow each other."""
    folder = _folder()
    folder.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, PRIVATE)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield folder
    finally:
        os.close(handle)


def _append(folder: Path, file: Path, line: Access) -> None:
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, PRIVATE)
    with os.fdopen(handle, "r+b") as out:
        size = out.seek(0, os.SEEK_END)
        if size > MOST_BYTES and line.kind == Kind.NOT_SIGNED_IN:
            return
        last = _last(out, size)
        torn = bool(last) and not last.endswith(b"\n")
        before = _hash(last) if last else _end_of_others(file)
        text = _written(line, before)
        if size <= MOST_BYTES < size + len(text):
            text += _written(Access(line.at, Kind.FULL), _hash(text))
        out.write(b"\n" + text if torn else text)


def _last(out: BinaryIO, size: int) -> bytes:
    """The last line of an open file."""
    out.seek(max(0, size - LONGEST_LINE))
    found = out.read().splitlines(keepends=True)
    return found[-1] if found else b""


def _end_of_others(file: Path) -> str:
    """The hash of the last line of the newest file before this one."""
    earlier = [one for one in _files() if one.name < file.name and one.stat().st_size]
    if not earlier:
        return ""
    with earlier[-1].open("rb") as lines:
        return _hash(_last(lines, earlier[-1].stat().st_size))


def _written(line: Access, before: str) -> bytes:
    said = {name: text for name, text in asdict(line).items() if text} | {"before": before}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _read(raw: bytes) -> Access | None:
    try:
        said = json.loads(raw)
        return Access(**{one.name: str(said.get(one.name, "")) for one in fields(Access)})
    except (ValueError, AttributeError):
        return None


def _hash(line: bytes) -> str:
    return sha256(line.rstrip(b"\n")).hexdigest()
