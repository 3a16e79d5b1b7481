"""How one joins, as compiled: the call, the ways to apply, the form, the limits. Frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from keti.kernel.acts import Text

NOTHING = Text()


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a role, or of a kind of group, there must at least and may at most be."""

    key: str
    min: int = 0
    max: int | None = None


@dataclass(frozen=True, slots=True)
class CheckSpec:
    key: str
    title: Text
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class TrackSpec:
    """One way to join. `choices`: the groups in which the role it leads to can sit. Who is admitted
    where it `founds` begins a group of that kind, named by the answer to `named_by`."""

    key: str
    kind: str
    title: Text
    require: tuple[CheckSpec, ...] = ()
    priority: tuple[Text, ...] = ()
    choices: tuple[str, ...] = ()
    founds: str = ""
    named_by: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    title: Text
    required: bool = True
    hint: Text = NOTHING
    summary: bool = False


@dataclass(frozen=True, slots=True)
class FieldSpec:
    key: str
    title: Text
    kind: str = "text"
    required: bool = True
    max_chars: int = 2000
    hint: Text = NOTHING
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """One time people apply: from when, until when, and by when it is decided."""

    opens_at: datetime
    closes_at: datetime
    decide_at: datetime


@dataclass(frozen=True, slots=True)
class AdmissionSpec:
    """How one joins; the window is that of the first batch where there are several, each year's
    say: `batches`."""

    title: Text
    opens_at: datetime
    closes_at: datetime
    decide_at: datetime
    tracks: tuple[TrackSpec, ...]
    form_title: Text
    fields: tuple[FieldSpec, ...]
    choices: tuple[str, ...]
    declarations: tuple[tuple[str, Text], ...]
    role_for: Mapping[str, str]
    source: str = ""
    capacity: tuple[Share, ...] = ()
    appeal_within: timedelta | None = None
    appeal_to: str = ""
    batches: tuple[Batch, ...] = ()

    def batch_of_call(self, due: datetime) -> Batch:
        """The batch that a call is about which is to be published by this instant: the first that
        closes after it, else the last."""
        return next((one for one in self.every if one.closes_at > due), self.every[-1])

    @property
    def every(self) -> tuple[Batch, ...]:
        """Every batch, the only one of a window with days of its own as well."""
        return self.batches or (Batch(self.opens_at, self.closes_at, self.decide_at),)


@dataclass(frozen=True, slots=True)
class CallSpec:
    title: Text = NOTHING
    body: Text = NOTHING
    signatory: Text = NOTHING
    audience: Text = NOTHING
    source: str = ""
