"""What is held against an honour under public notice, and the answer."""

from django.db import transaction

from keti.documents.models import StoredFile
from keti.duties.actions import await_answers
from keti.groups.permissions import principal
from keti.honours import notices, permissions
from keti.honours.actions.nominating import locked
from keti.honours.enums import Stage
from keti.honours.models import Nomination, Objection
from keti.honours.queries import ROOM
from keti.honours.rules import moved
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.texts import shortened
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger

OBJECTED = "honours.objection.made"
ANSWERED = "honours.objection.answered"


@transaction.atomic
def object_to(act: Act, *, nomination: Nomination, text: str, sender: str = "") -> Objection:
    """Object to an honour while it is under public notice; the secretariat answers. Who wrote from
    outside (`sender`) is recorded by the secretariat, with the letter. Refuses before and after
    the notice, without a word, and a sender without the letter.

    Taken back by: nothing, because it is answered; the answer says what became of it.
    """
    found = locked(nomination)
    programme = found.programme
    if entry := ledger.repeated(act, OBJECTED, programme=programme):
        return Objection.objects.get(public_id=entry.subject_id)
    permissions.may_object(act, found).or_refuse()
    seat = principal(act, programme)
    if sender.strip() and not seat.can("manage"):
        raise Refused("honours.outsiders-by-the-secretariat").at("sender")
    if sender.strip() and act.evidence is None:
        raise Refused("honours.letter-needed").at("evidence")
    if found.stage != Stage.NOTICED or _over(found, act):
        raise Refused("honours.no-notice-now")
    if not text.strip():
        raise Refused("honours.reason-needed").at("text")
    letter = act.evidence if isinstance(act.evidence, StoredFile) else None
    made = Objection.objects.create(
        nomination=found,
        seat=None if sender.strip() else seat,
        sender=sender.strip(),
        text=text.strip(),
        evidence=letter,
        at=act.happened_at,
    )
    await_answers(programme, ROOM, made.public_id, act.recorded_at, act=act)
    facts = {"honour": found.honour, "nomination": found.public_id, "outside": bool(sender.strip())}
    ledger.record(act, OBJECTED, programme=programme, about=made.subject(), facts=facts)
    return made


def _over(found: Nomination, act: Act) -> bool:
    return found.notice_ends is None or act.happened_at >= found.notice_ends


@transaction.atomic
def answer_objection(act: Act, *, objection: Objection, upheld: bool, answer: str) -> Objection:
    """Answer an objection: upheld, the honour is not granted; else it goes on. Who objected is
    told. Refuses without an answer, a second one, and whoever stands on the side it is about.

    Taken back by: nothing, because who objected was told; nominate begins anew.
    """
    found = locked(objection.nomination)
    hold_row(Objection, objection.pk)
    programme = found.programme
    if ledger.repeated(act, ANSWERED, programme=programme):
        return objection
    permissions.may_award(act, found).or_refuse()
    one = Objection.objects.select_related("seat").get(pk=objection.pk)
    one.nomination = found
    if one.answered_at is not None:
        raise Refused("honours.answered-already")
    if not answer.strip():
        raise Refused("honours.reason-needed").at("answer")
    one.upheld, one.answer, one.answered_at = upheld, answer.strip(), act.happened_at
    one.answered_by = shortened((act.seat or act.by).label, 160)
    one.save()
    if upheld and found.stage == Stage.NOTICED:
        found.stage = moved(found.stage, "uphold")
        found.save(update_fields=["stage"])
    await_answers(programme, ROOM, one.public_id, act.recorded_at, act=act)
    facts = {"honour": found.honour, "nomination": found.public_id, "upheld": upheld}
    ledger.record(act, ANSWERED, programme=programme, about=one.subject(), facts=facts)
    notices.objection_answered(act, one)
    return one
