"""Recordings are entered, mended, approved, withdrawn."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from keti.accounts.models import Person
from keti.documents.models import StoredFile
from keti.groups.permissions import acting_seat
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.media import permissions
from keti.media.actions.postings import owe_takedowns
from keti.media.enums import RecordingState
from keti.media.models import Recording
from keti.programmes.models import Programme

ENTERED = "media.recording.entered"
MENDED = "media.recording.mended"
APPROVED = "media.recording.approved"
WITHDRAWN = "media.recording.withdrawn"
FILMS = ("video/", "audio/")


@dataclass(frozen=True, slots=True)
class Footage:
    """What somebody enters of a recording; `day` is when it was made."""

    title: str
    day: date
    event: str = ""
    seconds: int | None = None
    outlet: str = ""
    link: str = ""
    transcript: str = ""


@transaction.atomic
def enter_recording(
    act: Act, *, programme: Programme, footage: Footage, file: StoredFile | None = None
) -> Recording:
    """Enter a recording, at an address elsewhere or as a stored file. Nobody else sees it before it
    is approved and everybody in it agrees.

    Refuses who is not the secretariat, neither address nor file, a file that is no film or sound,
    and a day that has not come.

    Taken back by: withdraw_recording.
    """
    hold_row(Programme, programme.pk)
    if entry := ledger.repeated(act, ENTERED, programme=programme):
        return Recording.objects.get(public_id=entry.subject_id)
    permissions.may_keep(act, programme).or_refuse()
    _refuse(act, programme, footage, file)
    assert isinstance(act.by, Person)
    made = Recording.objects.create(
        programme=programme,
        file=file,
        seat=acting_seat(act, programme),
        by=act.by,
        at=act.recorded_at,
        **asdict(footage),
    )
    ledger.record(act, ENTERED, programme=programme, about=made.subject(), facts=_told(made))
    return made


def _refuse(act: Act, programme: Programme, footage: Footage, file: StoredFile | None) -> None:
    if not footage.title.strip():
        raise Refused("media.title-needed").at("title")
    if file is None and not footage.link:
        raise Refused("media.nowhere").at("link")
    if file is not None and not file.mime.startswith(FILMS):
        raise Refused("media.no-film", name=file.name).at("file")
    if footage.day > programme.local(act.recorded_at).date():
        raise Refused("media.day-ahead").at("day")


def _told(one: Recording) -> dict[str, object]:
    file = one.file.sha256 if one.file else ""
    return {"title": one.title, "day": one.day.isoformat(), "link": one.link, "file": file}


def _held(act: Act, recording: Recording, kind: str) -> tuple[Recording, bool]:
    """The held row, and whether this very act was done before."""
    programme = hold_row(Programme, recording.programme_id)
    found = hold_row(Recording, recording.pk)
    if ledger.repeated(act, kind, programme=programme):
        return found, True
    permissions.may_keep(act, programme).or_refuse()
    if found.state == RecordingState.WITHDRAWN:
        raise Refused("media.withdrawn-already")
    return found, False


@transaction.atomic
def mend_recording(
    act: Act, *, recording: Recording, footage: Footage, file: StoredFile | None = None
) -> Recording:
    """Put right what is known of a recording, or write its transcript. It waits for approval again;
    the line keeps what it said before. Without a new file the one it has stays.

    Refuses what enter_recording refuses, and a recording that was withdrawn.

    Taken back by: mend_recording (again).
    """
    found, again = _held(act, recording, MENDED)
    if again:
        return found
    kept = file or found.file
    _refuse(act, found.programme, footage, kept)
    before = _told(found)
    for name, value in asdict(footage).items():
        setattr(found, name, value)
    found.file, found.state, found.decided_at, found.decided_by = (
        kept, RecordingState.DRAFT, None, None,
    )  # fmt: skip
    found.save()
    facts = {**_told(found), "before": before}
    ledger.record(act, MENDED, programme=found.programme, about=found.subject(), facts=facts)
    return found


@transaction.atomic
def approve_recording(act: Act, *, recording: Recording) -> Recording:
    """It may be shown inside, as far as everybody in it agrees.

    Refuses who is not the secretariat, and one approved or withdrawn before.

    Taken back by: withdraw_recording, mend_recording (it waits again).
    """
    found, again = _held(act, recording, APPROVED)
    if again:
        return found
    if found.state == RecordingState.APPROVED:
        raise Refused("media.approved-already")
    found.state, found.decided_at = RecordingState.APPROVED, act.recorded_at
    found.decided_by = act.by if isinstance(act.by, Person) else None
    found.save(update_fields=["state", "decided_at", "decided_by"])
    facts = {"speakers": found.speakers.filter(withdrawn_at=None).count()}
    ledger.record(act, APPROVED, programme=found.programme, about=found.subject(), facts=facts)
    return found


@transaction.atomic
def withdraw_recording(act: Act, *, recording: Recording, reason: str) -> Recording:
    """It is shown to nobody but the secretariat any more; why stays to be read. Where it stands on
    a channel, it is owed to be taken down.

    Refuses who is not the secretariat, no reason, and one withdrawn before.

    Taken back by: enter_recording (anew).
    """
    found, again = _held(act, recording, WITHDRAWN)
    if again:
        return found
    if not reason.strip():
        raise Refused("media.why").at("reason")
    found.state, found.reason = RecordingState.WITHDRAWN, reason.strip()
    found.decided_at = act.recorded_at
    found.decided_by = act.by if isinstance(act.by, Person) else None
    found.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    owe_takedowns(found.programme, act)
    facts = {"reason": found.reason}
    ledger.record(act, WITHDRAWN, programme=found.programme, about=found.subject(), facts=facts)
    return found
