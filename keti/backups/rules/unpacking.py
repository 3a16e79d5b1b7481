"""Laying the parts of a backup out in a folder of their own, hashed once more while they come."""

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from keti.backups.rules.container import Damaged, Manifest, walk
from keti.kernel.durable import PRIVATE, sync_folder

ROWS = "rows/"
SEQUENCES = "sequences.json"


@dataclass(frozen=True, slots=True)
class Unpacked:
    """Where a backup was laid out, and what it says of itself."""

    folder: Path
    manifest: Manifest


def unpack(file: Path, folder: Path, *, without: Collection[str] = ()) -> Unpacked:
    """Lay the parts out in `folder`, each for its owner alone and synced; top folders named in
    `without` are read and left out.

    Raises Damaged where the file is not as it was written: what lies in the folder then is to be
    thrown away.
    """
    folders = {folder}

    def lay(name: str, _size: int, pieces: Iterator[bytes]) -> None:
        parts = PurePosixPath(name).parts
        if name.startswith("/") or ".." in parts or not parts:
            raise Damaged("backups.parts")
        if parts[0] in without:
            return
        place = folder.joinpath(*parts)
        above = [one for one in place.parents if one.is_relative_to(folder)]
        for one in reversed(above):
            one.mkdir(mode=0o700, exist_ok=True)
        folders.update(above)
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
        with os.fdopen(handle, "wb") as out:
            for piece in pieces:
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())

    with file.open("rb") as source:
        manifest = walk(source, lay)
    for one in folders:
        sync_folder(one)
    return Unpacked(folder, manifest)
