"""What a channel reached is noted as it was read, and corrected by a later reading."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from keti.accounts.models import Person
from keti.documents.models import StoredFile
from keti.groups.permissions import acting_seat
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.texts import one_line
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.media import permissions
from keti.media.actions.press import refuse_promise
from keti.media.enums import REACHES
from keti.media.models import MediaChannel, ReachValue
from keti.programmes.models import Programme

NOTED = "media.reach.noted"
CORRECTED = "media.reach.corrected"
MOST = 10**12


@dataclass(frozen=True, slots=True)
class Read:
    """What somebody read of a channel: so many of a unit, where and when, and what shows it. `what`
    was shown on it, where several things are; `promise`: the kind of the one it counts for."""

    unit: str
    value: int
    source: str
    captured_at: datetime
    what: str = ""
    evidence: str = ""
    promise: str = ""


@transaction.atomic
def note_reach(
    act: Act, *, channel: MediaChannel, read: Read, file: StoredFile | None = None
) -> ReachValue:
    """Note what a channel reached, as it was read there. A later reading does not change it.

    Refuses who neither keeps the secretariat nor answers for a promise measured by it, a channel
    that was withdrawn, what shows nothing (neither file nor words), a moment still to come, an odd
    figure, and the same reading a second time.

    Taken back by: correct_reach.
    """
    programme = hold_row(Programme, channel.programme_id)
    found = hold_row(MediaChannel, channel.pk)
    if entry := ledger.repeated(act, NOTED, programme=programme):
        return ReachValue.objects.get(public_id=entry.subject_id)
    permissions.may_keep_reach(act, programme).or_refuse()
    if found.withdrawn_at is not None:
        raise Refused("media.channel-withdrawn", name=found.label).at("channel")
    refuse_promise(programme, read.promise)
    said = _fitting(act, read, file)
    same = {name: said[name] for name in ("promise", "what", "unit", "value", "captured_at")}
    if ReachValue.objects.filter(channel=found, corrected=None, **same).exists():
        raise Refused("media.read-already", value=read.value).at("value")
    made = ReachValue.objects.create(file=file, **_columns(act, programme, found), **said)
    ledger.record(act, NOTED, programme=programme, about=made.subject(), facts=_told(made))
    return made


def _columns(act: Act, programme: Programme, channel: MediaChannel) -> dict[str, Any]:
    assert isinstance(act.by, Person)
    return {
        "programme": programme,
        "channel": channel,
        "seat": acting_seat(act, programme),
        "by": act.by,
        "at": act.recorded_at,
    }


def _fitting(act: Act, read: Read, file: StoredFile | None) -> dict[str, Any]:
    names = ("source", "what", "evidence")
    plain: dict[str, Any] = {name: one_line(getattr(read, name)).strip() for name in names}
    read = replace(read, **plain)
    if read.unit not in REACHES:
        raise Refused("media.no-such-unit").at("unit")
    if not 0 <= read.value <= MOST:
        raise Refused("media.odd-value", most=MOST).at("value")
    if not read.source:
        raise Refused("media.source-needed").at("source")
    if not (read.evidence or file):
        raise Refused("media.evidence-needed").at("evidence")
    if read.captured_at > act.recorded_at:
        raise Refused("media.read-ahead").at("captured_at")
    return {name: getattr(read, name) for name in Read.__slots__}


def _told(one: ReachValue) -> dict[str, object]:
    return {
        "channel": one.channel.label,
        "what": one.what,
        "unit": one.unit,
        "value": one.value,
        "source": one.source,
        "captured_at": one.captured_at.isoformat(),
        "evidence": one.evidence,
        "file": one.file.sha256 if one.file else "",
        "promise": one.promise,
    }


@transaction.atomic
def correct_reach(
    act: Act, *, reading: ReachValue, reason: str, read: Read | None = None,
    file: StoredFile | None = None,
) -> ReachValue:  # fmt: skip
    """What was read was not so: another reading stands in its place, or none at all; the first one
    and why it no longer counts stay to be read. Without a new file the evidence stays what it was.

    Refuses what note_reach refuses, no reason, and one corrected before.

    Taken back by: note_reach, correct_reach (of the correction).
    """
    programme = hold_row(Programme, reading.programme_id)
    channel = hold_row(MediaChannel, reading.channel_id)
    found = hold_row(ReachValue, reading.pk)
    if entry := ledger.repeated(act, CORRECTED, programme=programme):
        return ReachValue.objects.get(public_id=entry.subject_id)
    permissions.may_keep_reach(act, programme).or_refuse()
    if found.value is None or ReachValue.objects.filter(corrects=found).exists():
        raise Refused("media.corrected-already")
    if not reason.strip():
        raise Refused("media.why").at("reason")
    kept = file or found.file
    said = _gone(found) if read is None else _fitting(act, read, kept)
    refuse_promise(programme, said["promise"] if read else "")
    made = ReachValue.objects.create(
        corrects=found,
        reason=one_line(reason).strip(),
        file=kept,
        **_columns(act, programme, channel),
        **said,
    )
    facts = {**_told(made), "reason": made.reason, "before": _told(found)}
    ledger.record(act, CORRECTED, programme=programme, about=made.subject(), facts=facts)
    return made


def _gone(found: ReachValue) -> dict[str, Any]:
    return {name: getattr(found, name) for name in Read.__slots__} | {"value": None}
