"""Keeping files and giving papers their numbers. Other rooms' acts call these and record them."""

import hashlib
import os
import threading
from pathlib import Path

from django.conf import settings
from django.db import transaction

from keti.documents.models import PaperSeries, StoredFile
from keti.documents.rules.numbering import paper_number
from keti.documents.rules.sniff import examine
from keti.kernel.acts import Act
from keti.programmes.models import Programme


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
    series = PaperSeries.objects.select_for_update().get(
        programme=programme, prefix=prefix, year=year
    )
    series.last += 1
    series.save(update_fields=["last"])
    return paper_number(prefix, year, series.last)
