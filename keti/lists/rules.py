"""What stands in a cell of a list: one value for the page and for the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from keti.documents.rules.sheet import Cell, deadline_cell


@dataclass(frozen=True, slots=True)
class Label:
    """A text, where it leads, what is said beside it in small, its tags (代录); whether it weighs
    more than its neighbours."""

    text: str
    url: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    strong: bool = False
    kind = "words"


@dataclass(frozen=True, slots=True)
class Marked:
    """A state: its mark and its word."""

    mark: str
    text: str
    tags: tuple[str, ...] = ()
    kind = "marked"


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened (UTC), or nothing yet."""

    at: datetime | None
    tags: tuple[str, ...] = ()
    kind = "moment"


@dataclass(frozen=True, slots=True)
class Due:
    """Until when (UTC): the end of a day reads 24:00 of that day."""

    at: datetime | None
    kind = "due"


@dataclass(frozen=True, slots=True)
class Count:
    """A number, or nothing."""

    n: int | None
    kind = "count"


@dataclass(frozen=True, slots=True)
class Print:
    """A fingerprint: short on the page, whole in the file; what can be had beside it, and where."""

    sha: str
    url: str = ""
    word: str = ""
    kind = "print"


@dataclass(frozen=True, slots=True)
class Drawn:
    """What needs more than words: drawn by a template of its room, which is given `row`. What it
    says in short is its text, for the file."""

    template: str
    row: Any
    text: str
    tags: tuple[str, ...] = ()
    kind = "drawn"


@dataclass(frozen=True, slots=True)
class Ready:
    """What its room has drawn already, as safe HTML; what it says in short is its text, for the
    file."""

    html: str
    text: str
    tags: tuple[str, ...] = ()
    kind = "ready"


Value = Label | Marked | Moment | Due | Count | Print | Drawn | Ready


def filed(value: Value, zone: tzinfo) -> Cell:
    """The value as a cell of a spreadsheet; tags stand behind the words, in brackets."""
    if isinstance(value, Moment):
        at = value.at
        return at.astimezone(zone).replace(second=0, microsecond=0, tzinfo=None) if at else None
    if isinstance(value, Due):
        return deadline_cell(value.at.astimezone(zone)) if value.at else None
    if isinstance(value, Count):
        return value.n
    if isinstance(value, Print):
        return value.sha
    return tagged(value.text, value.tags)


def tagged(text: str, tags: Sequence[str]) -> str:
    """The text with its tags behind it, in brackets of the language they are written in."""
    if not tags:
        return text
    latin = "".join(tags).isascii()
    return f"{text} ({', '.join(tags)})" if latin else f"{text}（{'、'.join(tags)}）"
