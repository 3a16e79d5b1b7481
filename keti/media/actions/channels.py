"""Channels are entered, put right, withdrawn."""

from dataclasses import dataclass, replace
from datetime import date
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
from keti.media import permissions, queries
from keti.media.actions.leaving import take_away
from keti.media.enums import ChannelKind
from keti.media.models import MediaChannel
from keti.media.rules.press import key_of
from keti.programmes.models import Programme

CHANNEL_ENTERED = "media.channel.entered"
CHANNEL_MENDED = "media.channel.mended"
CHANNEL_WITHDRAWN = "media.channel.withdrawn"


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    """What somebody enters of a channel; its grade with who claims it, and what shows that."""

    name: str
    column: str = ""
    kind: str = ChannelKind.VIDEO.value
    link: str = ""
    abroad: bool = False
    grade: str = ""
    grade_by: str = ""
    grade_day: date | None = None
    grade_link: str = ""


@transaction.atomic
def enter_channel(
    act: Act, *, programme: Programme, facts: ChannelFacts, proof: StoredFile | None = None
) -> MediaChannel:
    """Enter a channel. Its grade is a claim: without a proof its page says so.

    Refuses who neither keeps the secretariat nor answers for a promise measured by it, no name, a
    grade of which nobody is said to claim it, what proves no grade, and one that stands already.

    Taken back by: withdraw_channel.
    """
    programme = hold_row(Programme, programme.pk)
    if entry := ledger.repeated(act, CHANNEL_ENTERED, programme=programme):
        return MediaChannel.objects.get(public_id=entry.subject_id)
    permissions.may_keep_reach(act, programme).or_refuse()
    said = _fitting(act, programme, facts, proof)
    assert isinstance(act.by, Person)
    made = MediaChannel.objects.create(
        programme=programme,
        grade_file=proof,
        seat=acting_seat(act, programme),
        by=act.by,
        at=act.recorded_at,
        **said,
    )
    ledger.record(
        act, CHANNEL_ENTERED, programme=programme, about=made.subject(), facts=_told(made)
    )
    return made


def _fitting(
    act: Act, programme: Programme, facts: ChannelFacts, proof: StoredFile | None,
    but: MediaChannel | None = None,
) -> dict[str, Any]:  # fmt: skip
    """What is written of it; refuses what cannot stand."""
    names = ("name", "column", "grade", "grade_by")
    plain: dict[str, Any] = {name: one_line(getattr(facts, name)).strip() for name in names}
    facts = replace(facts, **plain)
    if not facts.name:
        raise Refused("media.channel-needed").at("name")
    if facts.kind not in ChannelKind.values:
        raise Refused("media.no-such-kind").at("kind")
    if facts.grade and not facts.grade_by:
        raise Refused("media.who-claims").at("grade_by")
    if not facts.grade and (facts.grade_by or facts.grade_link or facts.grade_day or proof):
        raise Refused("media.which-grade").at("grade")
    if facts.grade_day and facts.grade_day > programme.local(act.recorded_at).date():
        raise Refused("media.proof-ahead").at("grade_day")
    key = key_of(f"{facts.name}\n{facts.column}")
    there = queries.standing_channels(programme).filter(name_key=key)
    if there.exclude(pk=but.pk if but else 0).exists():
        raise Refused("media.channel-there", name=facts.name).at("name")
    return {name: getattr(facts, name) for name in ChannelFacts.__slots__} | {"name_key": key}


def _told(one: MediaChannel) -> dict[str, object]:
    return {
        "name": one.label,
        "kind": one.kind,
        "link": one.link,
        "abroad": one.abroad,
        "grade": one.grade,
        "claimed_by": one.grade_by,
        "proof": one.grade_file.sha256 if one.grade_file else one.grade_link,
        "proof_of": one.grade_day.isoformat() if one.grade_day else "",
    }


def _held(act: Act, channel: MediaChannel, kind: str) -> tuple[Programme, MediaChannel, bool]:
    """The held rows, and whether this very act was done before."""
    programme = hold_row(Programme, channel.programme_id)
    found = hold_row(MediaChannel, channel.pk)
    if ledger.repeated(act, kind, programme=programme):
        return programme, found, True
    permissions.may_keep_reach(act, programme).or_refuse()
    if found.withdrawn_at is not None:
        raise Refused("media.channel-withdrawn", name=found.label)
    return programme, found, False


@transaction.atomic
def mend_channel(
    act: Act, *, channel: MediaChannel, facts: ChannelFacts, proof: StoredFile | None = None
) -> MediaChannel:
    """Put right what is known of a channel, or what its grade rests on; the line keeps what it said
    before. Without a new file the proof stays as long as the grade does.

    Refuses what enter_channel refuses, and one that was withdrawn.

    Taken back by: mend_channel (again).
    """
    programme, found, again = _held(act, channel, CHANNEL_MENDED)
    if again:
        return found
    same = one_line(facts.grade).strip() == found.grade
    kept = proof or (found.grade_file if same else None)
    before = _told(found)
    for name, value in _fitting(act, programme, facts, kept, found).items():
        setattr(found, name, value)
    found.grade_file = kept
    found.save()
    told = {**_told(found), "before": before}
    ledger.record(act, CHANNEL_MENDED, programme=programme, about=found.subject(), facts=told)
    return found


@transaction.atomic
def withdraw_channel(act: Act, *, channel: MediaChannel, reason: str) -> MediaChannel:
    """It is offered no more for what is measured; what was read of it stays.

    Refuses who may not enter one, no reason, and one withdrawn before.

    Taken back by: enter_channel (anew).
    """
    programme, found, again = _held(act, channel, CHANNEL_WITHDRAWN)
    if again:
        return found
    take_away(act, found, reason)
    facts = {"name": found.label, "reason": found.reason}
    ledger.record(act, CHANNEL_WITHDRAWN, programme=programme, about=found.subject(), facts=facts)
    return found
