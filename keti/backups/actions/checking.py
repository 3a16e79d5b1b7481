"""Reading a backup from end to end."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from keti.backups.rules import Damaged, Manifest, note_checked, walk
from keti.kernel.refusals import Refused


def check(file: Path, *, now: datetime) -> Manifest:
    """What a backup says of itself. Refuses, naming the place, where it is not as written."""
    try:
        with file.open("rb") as source:
            manifest = walk(source)
    except Damaged as damaged:
        note_checked(settings.KETI_DATA, file, now, whole=False)
        raise Refused(damaged.code, file=file, **damaged.facts) from damaged
    except OSError as trouble:
        raise Refused("backups.cannot-read", file=file, why=trouble.strerror) from trouble
    note_checked(settings.KETI_DATA, file, now, whole=True)
    return manifest
