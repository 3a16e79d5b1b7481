"""Making a backup: one file, whole or not there, while everybody goes on working."""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection

from keti.backups.actions.snapshots import Snapshot, database, snapshot
from keti.backups.rules import Manifest, Writer, note_made
from keti.documents.actions import path_of
from keti.kernel import access
from keti.kernel.durable import PRIVATE, sync_folder
from keti.kernel.refusals import Refused

NOT_KEPT = re.compile(
    r"keti\.sqlite3.*|keti\.env|.*\.(lock|part|log)|static-laid-out|last-backup\.json|\..*"
)
"""Of the files of the data folder itself all are kept, keys above all, but for these; the settings
of this machine (`keti.env`), a password among them, are not of the programme."""
TRIES = 3
_PARTIAL = re.compile(r"\.keti-backup\.(\d+)\.(rows|part)")


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made: where, how long, of which moment; stored files it could not have."""

    file: Path
    size: int
    manifest: Manifest
    lacking: list[str]


class _Gone(Exception):
    """A stored file went while it was to be read: its row went with it."""


def make(target: Path) -> Made:
    """Write a backup of this installation to `target`, readable by its owner alone.

    Refuses a target that exists, a folder that is not there or cannot be written, a full disk, an
    installation without data; nothing of it lies under the final name then. People go on working:
    it holds the rows of one instant, and the stored files that they name.
    """
    folder = target.parent
    if target.exists() or target.is_symlink():
        raise Refused("backups.exists", file=target)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Refused("backups.no-folder", folder=folder)
    where = Path(connection.settings_dict["NAME"])
    if database() == "sqlite" and not where.exists():
        raise Refused("backups.no-database", file=where)
    _forget_partials(folder)
    try:
        made = _made(target)
    except OSError as trouble:
        if trouble.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Refused("backups.disk-full", folder=folder) from trouble
        raise Refused("backups.cannot-write", folder=folder, why=trouble.strerror) from trouble
    note_made(settings.KETI_DATA, made.file, made.manifest, len(made.lacking))
    return made


def _made(target: Path) -> Made:
    for again in range(TRIES):
        with _partial(target) as (partial, rows):
            try:
                manifest, lacking = _written(partial, rows, forgive=again == TRIES - 1)
            except _Gone:
                continue
            size = partial.stat().st_size
            try:
                os.link(partial, target)
            except FileExistsError:
                raise Refused("backups.exists", file=target) from None
        sync_folder(target.parent)
        return Made(target, size, manifest, lacking)
    raise AssertionError("the last try forgives")


@contextmanager
def _partial(target: Path) -> Iterator[tuple[Path, Path]]:
    """Two files beside the target that nobody takes for it; gone whatever happens, short of a kill:
    those of the dead go with the next backup."""
    stem = f".{target.name}.keti-backup.{os.getpid()}"
    places = target.with_name(f"{stem}.part"), target.with_name(f"{stem}.rows")
    try:
        yield places
    finally:
        for one in places:
            one.unlink(missing_ok=True)


def _forget_partials(folder: Path) -> None:
    for one in folder.glob(".*.keti-backup.*"):
        found = _PARTIAL.search(one.name)
        if found and not Path(f"/proc/{found[1]}").exists():
            one.unlink(missing_ok=True)


def _written(partial: Path, rows: Path, *, forgive: bool) -> tuple[Manifest, list[str]]:
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    with os.fdopen(handle, "wb") as out:
        writer = Writer(out)
        with snapshot(rows) as (seen, source):
            source.add_to(writer)
        lacking = _files(writer, seen, forgive=forgive)
        _folder(writer)
        facts = {
            "mode": settings.KETI_MODE,
            "lacking": lacking,
            "books": seen.books,
            "secret_key": (Path(settings.KETI_DATA) / "secret-key").exists(),
        }
        manifest = Manifest(
            version("keti"), seen.made_at, database(), seen.schema, facts, writer.parts
        )
        writer.finish(manifest)
        out.flush()
        os.fsync(out.fileno())
    return manifest, lacking


def _files(writer: Writer, seen: Snapshot, *, forgive: bool) -> list[str]:
    """What the rows name. A file that is gone went with its row since, and all is begun anew; one
    that stays away was lost before."""
    lacking = []
    for sha256 in seen.files:
        place = path_of(sha256)
        try:
            source = place.open("rb")
        except FileNotFoundError as gone:
            if not forgive:
                raise _Gone from gone
            lacking.append(sha256)
            continue
        with source:
            name = str(place.relative_to(settings.KETI_DATA))
            if writer.add(name, os.fstat(source.fileno()).st_size, source).sha256 != sha256:
                lacking.append(sha256)
    return lacking


def _folder(writer: Writer) -> None:
    """Keys, the access log, and what waits with refused forms: that may go at any time."""
    data = Path(settings.KETI_DATA)
    waiting = sorted(one for one in (data / "aside").rglob("*") if one.suffix != ".part")
    own = sorted(one for one in data.iterdir() if not NOT_KEPT.fullmatch(one.name))
    noted = sorted((data / access.FOLDER).glob(f"*{access.ENDING}"))
    for place in [*own, *noted, *waiting]:
        with suppress(FileNotFoundError, IsADirectoryError), place.open("rb") as source:
            name = str(place.relative_to(data))
            writer.add(name, os.fstat(source.fileno()).st_size, source)
