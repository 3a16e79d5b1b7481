"""Keeping files and giving papers their numbers. Other rooms' acts call these and record them."""

import hashlib
import json
import os
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from keti.documents.models import PaperSeries, StoredFile
from keti.documents.rules.numbering import paper_number
from keti.documents.rules.sniff import examine
from keti.kernel.acts import Act, Ref
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold
from keti.programmes.models import Programme

HELD = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent."""

    name: str
    data: bytes


def keep_upload(act: Act, *, programme: Programme, name: str, data: bytes) -> StoredFile:
    """Examine and keep a file somebody sent. Refuses what is too large, hostile, no document."""
    sniffed = examine(data, name)
    return _keep(act, programme, sniffed.safe_name, sniffed.mime, data)


def keep_produced(
    act: Act, *, programme: Programme, name: str, mime: str, data: bytes
) -> StoredFile:
    """Keep a file the system itself produced (a rendered report, a notice)."""
    return _keep(act, programme, name, mime, data)


def _keep(act: Act, programme: Programme, name: str, mime: str, data: bytes) -> StoredFile:
    sha = hashlib.sha256(data).hexdigest()
    target = path_of(sha)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f"{target.name}.{os.getpid()}.{threading.get_ident()}.part")
        partial.write_bytes(data)
        partial.replace(target)
    return StoredFile.objects.create(
        programme=programme,
        sha256=sha,
        name=name,
        mime=mime,
        size=len(data),
        by_id=act.by.public_id,
        by_label=act.by.label,
        at=act.recorded_at,
    )


def set_aside(by: Ref, slot: str, upload: Upload, at: datetime) -> str:
    """Hold a file that came with a refused form, for its sender and that form alone, for a day.

    Returns its name; "" where it is no file anybody may keep.
    """
    try:
        sniffed = examine(upload.data, upload.name)
    except Refused:
        return ""
    place = _slot(by, slot)
    place.parent.mkdir(parents=True, exist_ok=True)
    for other in place.parent.iterdir():
        if not _is_fresh(other, at):
            other.unlink(missing_ok=True)
    head = json.dumps({"name": sniffed.safe_name, "at": at.timestamp()})
    place.write_bytes(head.encode() + b"\n" + upload.data)
    return sniffed.safe_name


def laid_aside(by: Ref, slot: str, at: datetime) -> Upload | None:
    """The file that was set aside for this sender and slot less than a day ago."""
    place = _slot(by, slot)
    if not place.exists() or not _is_fresh(place, at):
        return None
    head, _, data = place.read_bytes().partition(b"\n")
    return Upload(json.loads(head)["name"], data)


def _slot(by: Ref, slot: str) -> Path:
    name = hashlib.sha256(f"{by.public_id}/{slot}".encode()).hexdigest()
    return Path(settings.KETI_DATA) / "aside" / name


def _is_fresh(place: Path, at: datetime) -> bool:
    with place.open("rb") as held:
        head = json.loads(held.readline())
    return abs(at.timestamp() - float(head["at"])) < HELD.total_seconds()


def path_of(sha256: str) -> Path:
    """Where the bytes with this hash lie."""
    return Path(settings.KETI_DATA) / "files" / sha256[:2] / sha256[2:4] / sha256


def read(file: StoredFile) -> bytes:
    """The bytes of a stored file."""
    return path_of(file.sha256).read_bytes()


@transaction.atomic
def next_number(programme: Programme, *, year: int, prefix: str = "") -> str:
    """The next paper number of the series, X〔year〕N号, counted without gaps."""
    prefix = prefix or programme.number_prefix
    PaperSeries.objects.get_or_create(programme=programme, prefix=prefix, year=year)
    series = hold(PaperSeries.objects.all()).get(programme=programme, prefix=prefix, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return paper_number(prefix, year, series.last)
