"""A restored installation sends nothing and does nothing by itself until it is let go.

A file in the data folder says so, beside the database: no transaction, no copy of rows and no
second database can lose it.
"""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from keti.kernel.durable import sync_folder, write_whole

NAME = "restored-and-held"


@dataclass(frozen=True, slots=True)
class Held:
    """Since when, and from a backup of which moment."""

    restored_at: datetime
    made_at: datetime


def is_held(data: str | Path) -> bool:
    """Whether the installation in this folder waits to be let go. One look at the folder."""
    return os.path.exists(os.path.join(data, NAME))


def held(data: str | Path) -> Held | None:
    """What is known of the restoring, or None where nothing is held."""
    try:
        said = json.loads((Path(data) / NAME).read_text())
    except FileNotFoundError:
        return None
    return Held(*(datetime.fromisoformat(said[one]) for one in ("restored_at", "made_at")))


def hold_back(data: Path, facts: Held) -> None:
    """Hold everything that goes out by itself."""
    said = {"restored_at": facts.restored_at.isoformat(), "made_at": facts.made_at.isoformat()}
    write_whole(data / NAME, json.dumps(said).encode() + b"\n")


def let_go(data: Path) -> bool:
    """Hold nothing any more; False where nothing was held."""
    try:
        (data / NAME).unlink()
    except FileNotFoundError:
        return False
    sync_folder(data)
    return True
