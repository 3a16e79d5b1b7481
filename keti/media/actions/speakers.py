"""Who is seen or heard in a recording is named, and no longer."""

from django.db import transaction

from keti.accounts.actions import PersonFacts, new_person
from keti.accounts.models import Person
from keti.accounts.queries import rows_of
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.media import notices, permissions
from keti.media.actions.postings import owe_takedowns
from keti.media.enums import RecordingState
from keti.media.models import Recording, Speaker
from keti.programmes.models import Programme

NAMED = "media.speaker.named"
REMOVED = "media.speaker.removed"


@transaction.atomic
def name_speaker(
    act: Act, *, recording: Recording, person: Person | None = None, name: str = ""
) -> Speaker:
    """Name who is seen or heard: somebody on record, or a guest by name. They are asked whether
    they agree; until they do nobody but the secretariat sees the recording, and where it stands on
    a channel it is owed to be taken down. No line names them.

    Refuses who is not the secretariat, nobody named, who is named already, and a recording that was
    withdrawn.

    Taken back by: remove_speaker.
    """
    programme = hold_row(Programme, recording.programme_id)
    found = hold_row(Recording, recording.pk)
    if entry := ledger.repeated(act, NAMED, programme=programme):
        return Speaker.objects.get(recording=found, public_id=entry.content["facts"]["speaker"])
    permissions.may_keep(act, programme).or_refuse()
    if found.state == RecordingState.WITHDRAWN:
        raise Refused("media.withdrawn-already")
    if person is None and not name.strip():
        raise Refused("media.who-speaks").at("person")
    who = person or new_person(PersonFacts(name.strip()))
    there = Speaker.objects.filter(recording=found, withdrawn_at=None, person__in=rows_of(who))
    if there.exists():
        raise Refused("media.named-already", who=who.called).at("person")
    made = Speaker.objects.create(
        programme=programme, recording=found, person=who, at=act.recorded_at
    )
    owe_takedowns(programme, act)
    facts = {"speaker": made.public_id}
    ledger.record(act, NAMED, programme=programme, about=found.subject(), facts=facts)
    notices.asked(act, made)
    return made


@transaction.atomic
def remove_speaker(act: Act, *, speaker: Speaker, reason: str) -> Speaker:
    """They are not in it after all; why stays to be read.

    Refuses who is not the secretariat, no reason, and who was removed before.

    Taken back by: name_speaker.
    """
    programme = hold_row(Programme, speaker.programme_id)
    recording = hold_row(Recording, speaker.recording_id)
    found = hold_row(Speaker, speaker.pk)
    if ledger.repeated(act, REMOVED, programme=programme):
        return found
    permissions.may_keep(act, programme).or_refuse()
    if found.withdrawn_at is not None:
        raise Refused("media.removed-already")
    if not reason.strip():
        raise Refused("media.why").at("reason")
    found.withdrawn_at, found.reason = act.recorded_at, reason.strip()
    found.save(update_fields=["withdrawn_at", "reason"])
    facts = {"speaker": found.public_id, "reason": found.reason}
    ledger.record(act, REMOVED, programme=programme, about=recording.subject(), facts=facts)
    return found
