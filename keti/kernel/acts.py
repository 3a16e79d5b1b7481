"""The act: who does what, in which seat, for whom, when, on what evidence."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Ref(Protocol):
    """Anything the ledger can name: an opaque id and a label."""

    @property
    def public_id(self) -> str: ...

    @property
    def label(self) -> str: ...


ROUTINE = {"class": "routine"}
"""What the ledger says of a small adjustment that one person makes at once, without approvals."""


@dataclass(frozen=True, slots=True)
class Text:
    """A short text in both languages of the house."""

    zh: str = ""
    en: str = ""

    def in_(self, lang: str) -> str:
        """The text in `lang`; the other one where this one is empty."""
        return (self.en or self.zh) if lang.startswith("en") else (self.zh or self.en)

    def __str__(self) -> str:
        return self.zh or self.en


@dataclass(frozen=True, slots=True)
class Subject:
    """What an act is about: kind (`room.thing`), opaque id, label, page path."""

    kind: str
    id: str
    label: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `happened` is when it took place (UTC); `recorded_at` when it was typed in (UTC).

    `on_behalf_of` names the seat for which the acting seat records (代录); `evidence` is the
    stored file that proves it; `key` makes the act safe to send twice, `digest` is the hash of
    what was sent with it ("" where nothing was sent by a form).
    """

    by: Ref
    recorded_at: datetime
    seat: Ref | None = None
    on_behalf_of: Ref | None = None
    happened: datetime | None = None
    evidence: Ref | None = None
    key: str = ""
    digest: str = ""

    @property
    def happened_at(self) -> datetime:
        """When it took place; the moment of recording where nothing else was said."""
        return self.happened or self.recorded_at

    @property
    def recorded_late(self) -> bool:
        """True for 补录: it happened before it was recorded."""
        return self.happened is not None and self.happened < self.recorded_at
