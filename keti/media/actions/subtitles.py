"""Subtitles are saved version by version, moved in time, reviewed by name."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from keti.accounts.models import Person
from keti.groups.permissions import acting_seat
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.media import notices, permissions
from keti.media.enums import How, Language, RecordingState
from keti.media.models import (
    Recording,
    SubtitleReview,
    SubtitleTrack,
    SubtitleVersion,
    hash_of,
)
from keti.media.rules.cues import Cue, packed, shifted
from keti.programmes.models import Programme

SAVED = "media.subtitles.saved"
REVIEWED = "media.subtitles.reviewed"


@transaction.atomic
def save_track(
    act: Act, *, recording: Recording, language: str, cues: Sequence[Cue], base: int,
    how: How = How.EDITED,
) -> SubtitleVersion:  # fmt: skip
    """Save subtitles as the next version of their language; those before stay. `base` is the number
    of the version that was edited, 0 where there was none.

    Refuses who is not the secretariat, a withdrawn recording, no cues, a base that is not the
    newest version (what somebody saved meanwhile is not overwritten), and what is just as before.

    Taken back by: save_track (an earlier version saved anew).
    """
    found, again = _held(act, recording)
    if again is not None:
        return again
    newest = _newest(found, language, base)
    rows = packed(cues)
    if not rows:
        raise Refused("media.no-cues").at("cues")
    if newest is not None and newest.sha256 == hash_of(rows):
        raise Refused("media.nothing-changed").at("cues")
    return _saved(act, found, _Next(language, rows, base + 1, how))


@transaction.atomic
def shift_track(
    act: Act, *, version: SubtitleVersion, milliseconds: int, first: int = 1
) -> SubtitleVersion:
    """Move every cue from one on, all by the same time, as the next version.

    Refuses who is not the secretariat, a version that is not the newest, a move by nothing, a cue
    that is not there, and what would move a cue before the beginning: none is cut or lost.

    Taken back by: shift_track (back by as much).
    """
    recording, language = version.track.recording, version.track.language
    found, again = _held(act, recording)
    if again is not None:
        return again
    _newest(found, language, version.number)
    if milliseconds == 0:
        raise Refused("media.moved-by-nothing").at("seconds")
    rows = packed(shifted(version.read(), milliseconds, first))
    said = f"{milliseconds / 1000:+.3f} s · {first}"
    new = _Next(language, rows, version.number + 1, How.SHIFTED, said)
    return _saved(act, found, new)


def _held(act: Act, recording: Recording) -> tuple[Recording, SubtitleVersion | None]:
    programme = hold_row(Programme, recording.programme_id)
    found = hold_row(Recording, recording.pk)
    if entry := ledger.repeated(act, SAVED, programme=programme):
        return found, SubtitleVersion.objects.get(public_id=entry.subject_id)
    permissions.may_keep(act, programme).or_refuse()
    if found.state == RecordingState.WITHDRAWN:
        raise Refused("media.withdrawn-already")
    found.programme = programme
    return found, None


def _newest(recording: Recording, language: str, base: int) -> SubtitleVersion | None:
    if language not in Language.values:
        raise Refused("media.no-such-language")
    mine = SubtitleVersion.objects.filter(track__recording=recording, track__language=language)
    newest = mine.order_by("-number").select_related("by").first()
    if base != (newest.number if newest else 0):
        who = newest.by.called if newest else ""
        raise Refused("media.saved-meanwhile", number=newest.number if newest else 0, who=who)
    return newest


@dataclass(frozen=True, slots=True)
class _Next:
    """A version about to be saved."""

    language: str
    rows: list[list[object]]
    number: int
    how: How
    note: str = ""


def _saved(act: Act, recording: Recording, new: _Next) -> SubtitleVersion:
    assert isinstance(act.by, Person)
    programme, at = recording.programme, act.recorded_at
    track, _made = SubtitleTrack.objects.get_or_create(
        recording=recording, language=new.language, defaults={"programme": programme, "at": at}
    )
    track.recording = recording
    made = SubtitleVersion.objects.create(
        programme=programme,
        track=track,
        number=new.number,
        cues=new.rows,
        count=len(new.rows),
        sha256=hash_of(new.rows),
        how=new.how,
        note=new.note,
        seat=acting_seat(act, programme),
        by=act.by,
        at=at,
    )
    facts = {
        "recording": recording.public_id,
        "language": new.language,
        "number": new.number,
        "cues": made.count,
        "sha256": made.sha256,
        "how": new.how.value,
    }
    ledger.record(act, SAVED, programme=programme, about=made.subject(), facts=facts)
    return made


@transaction.atomic
def review_track(act: Act, *, version: SubtitleVersion, note: str = "") -> SubtitleReview:
    """Another person than who saved these subtitles read them against the recording: they are
    right. Reviewed ones are what others get.

    Refuses who saved them, a version that is not the newest, and one reviewed before.

    Taken back by: save_track (a new version waits for its own review).
    """
    programme = hold_row(Programme, version.programme_id)
    hold_row(Recording, version.track.recording_id)
    if ledger.repeated(act, REVIEWED, programme=programme):
        return SubtitleReview.objects.get(version=version)
    permissions.may_review(act, version).or_refuse()
    recording, language = version.track.recording, version.track.language
    _newest(recording, language, version.number)
    if SubtitleReview.objects.filter(version=version).exists():
        raise Refused("media.reviewed-already")
    assert isinstance(act.by, Person)
    made = SubtitleReview.objects.create(
        programme=programme,
        version=version,
        note=note.strip(),
        seat=acting_seat(act, programme),
        by=act.by,
        at=act.recorded_at,
    )
    facts = {"sha256": version.sha256, "number": version.number, "note": made.note}
    ledger.record(act, REVIEWED, programme=programme, about=version.subject(), facts=facts)
    notices.reviewed(act, version)
    return made
