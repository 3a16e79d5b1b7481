"""Keeping files. Other rooms' acts call these and record them."""

import hashlib
import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import Error

from keti.documents.actions.places import Placed, put, take_back
from keti.documents.models import StoredFile
from keti.documents.permissions import may_keep
from keti.documents.rules.sniff import Sniffed, examine, too_big
from keti.documents.rules.streams import Stream, pieces, size_of
from keti.kernel.acts import Act
from keti.programmes.models import Programme

log = logging.getLogger("keti.files")
_placed: ContextVar[list[Placed] | None] = ContextVar("placed", default=None)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent: its name, and its bytes from the beginning."""

    name: str
    data: bytes | Stream


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found out about a file by reading it once."""

    sniffed: Sniffed
    sha256: str
    size: int


def examined(data: Stream, name: str) -> Looked:
    """Examine a file and take its hash, once for each upload; refuses what is not taken.

    Forms call it while they are checked, so that no act holds the database while a file is read.
    """
    known = getattr(data, "looked", None)
    if isinstance(known, Looked):
        return known
    if getattr(data, "overlong", False):
        raise too_big(name)
    sniffed = examine(data, name)
    found = Looked(sniffed, _hash(data), size_of(data))
    if hasattr(data, "looked"):
        data.looked = found
    return found


def _hash(data: Stream) -> str:
    sha = hashlib.sha256()
    for piece in pieces(data):
        sha.update(piece)
    return sha.hexdigest()


def keep_upload(
    act: Act, *, programme: Programme, name: str, data: bytes | Stream, reserved: bool = False
) -> StoredFile:
    """Examine and keep a file somebody sent.

    Refuses what is too large, hostile, no document, or beyond a quota; with `reserved` (the
    secretariat's) what others used up does not count.
    """
    stream = io.BytesIO(data) if isinstance(data, bytes) else data
    found = examined(stream, name)
    may_keep(act, programme, found.size, reserved=reserved).or_refuse()
    return _keep(act, programme, found.sniffed.safe_name, found.sniffed.mime, (stream, found))


def keep_produced(
    act: Act, *, programme: Programme, name: str, mime: str, data: bytes
) -> StoredFile:
    """Keep a file the system itself produced (a rendered report, a notice)."""
    stream = io.BytesIO(data)
    found = Looked(Sniffed("", mime, name), _hash(stream), len(data))
    return _keep(act, programme, name, mime, (stream, found))


def _keep(
    act: Act, programme: Programme, name: str, mime: str, bytes_: tuple[Stream, Looked]
) -> StoredFile:
    stream, found = bytes_
    placed = put(stream, found.sha256)
    within = _placed.get()
    if within is not None:
        within.append(placed)
    return StoredFile.objects.create(
        programme=programme,
        sha256=found.sha256,
        name=name,
        mime=mime,
        size=found.size,
        by_id=act.by.public_id,
        by_label=act.by.label,
        at=act.recorded_at,
    )


@contextmanager
def nothing_left_behind() -> Iterator[None]:
    """Around a transaction: where it is taken back, so are the bytes that were kept within it.

    What a killed process could not take back is swept an hour later.
    """
    mine: list[Placed] = []
    token = _placed.set(mine)
    try:
        yield
    except BaseException:
        for placed in mine:
            try:
                take_back(placed)
            except (OSError, Error):
                log.warning("%s stays until it is swept", placed.sha256)
        raise
    finally:
        _placed.reset(token)
