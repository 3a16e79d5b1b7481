"""What happens to the pieces of a letter, one by one and many at once; a slip is corrected."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from keti.documents.models import StoredFile
from keti.groups.permissions import principal
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.letters import permissions
from keti.letters.enums import PassageKind
from keti.letters.models import Mailing, MailPiece, Passage
from keti.letters.rules.passage import MOVES, may_follow
from keti.programmes.models import Programme

NOTED = "letters.passage.noted"
NOTED_MANY = "letters.passages.noted"
CORRECTED = "letters.passage.corrected"


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened to a piece, when, by which carrier under which number, why, on what file."""

    kind: str
    at: datetime | None = None
    carrier: str = ""
    tracking: str = ""
    reason: str = ""
    file: StoredFile | None = None


@transaction.atomic
def note_passage(act: Act, *, piece: MailPiece, what: Happening) -> Passage:
    """Note what happened to a piece: printed, sent, delivered, returned, sent again, acknowledged.

    Refuses who is not the secretariat, what cannot come next, a moment that is still to come, a
    return without its reason, and an acknowledgement or a delivery by hand without its file.

    Taken back by: correct_passage.
    """
    programme = piece.mailing.programme
    hold_row(Programme, programme.pk)
    if entry := ledger.repeated(act, NOTED, programme=programme):
        return Passage.objects.get(pk=int(entry.content["facts"]["passage"]))
    permissions.may_keep(act, programme).or_refuse()
    found = _now(piece)
    passage = _passed(act, found, what)
    passage.save()
    facts = {"passage": passage.pk, "kind": passage.kind, "number": found.number}
    ledger.record(act, NOTED, programme=programme, about=found.subject(), facts=facts)
    return passage


def _now(piece: MailPiece) -> MailPiece:
    found = MailPiece.objects.standing().select_related("mailing__programme", "office")
    return found.get(pk=piece.pk)


def _passed(act: Act, piece: MailPiece, what: Happening) -> Passage:
    """The passage, not saved yet; refuses what cannot be."""
    if what.kind not in (kind for kinds in MOVES.values() for kind in kinds):
        raise Refused("letters.passage-unknown").at("kind")
    if not may_follow(piece.state, what.kind):
        raise Refused("letters.passage-cannot-follow", number=piece.number).at("kind")
    if what.kind == PassageKind.RETURNED and not what.reason.strip():
        raise Refused("letters.reason-needed").at("reason")
    if _needs_file(piece, what) and what.file is None:
        raise Refused("letters.receipt-needed").at("file")
    at = what.at or act.happened_at
    if at > act.recorded_at:
        raise Refused("ledger.happened-in-the-future").at("at")
    return Passage(
        piece=piece, kind=what.kind, happened_at=at, recorded_at=act.recorded_at,
        seat=principal(act, piece.mailing.programme), by_label=act.by.label,
        carrier=what.carrier.strip(), tracking=what.tracking.strip(),
        reason=what.reason.strip(), file=what.file,
    )  # fmt: skip


def _needs_file(piece: MailPiece, what: Happening) -> bool:
    """An acknowledgement is shown by its file; what was handed over by its receipt."""
    by_hand = piece.channel == "hand" and what.kind == PassageKind.DELIVERED
    return what.kind == PassageKind.ACKNOWLEDGED or by_hand


@transaction.atomic
def note_passages(act: Act, *, mailing: Mailing, what: Mapping[int, Happening]) -> int:
    """Note what happened to many pieces of a letter at once (primary key -> what), as from a sheet
    of tracking numbers, by scanning, or at printing. Returns how many.

    Refuses who is not the secretariat, and all of them where one cannot be.

    Taken back by: correct_passage (one by one).
    """
    programme = mailing.programme
    hold_row(Programme, programme.pk)
    if entry := ledger.repeated(act, NOTED_MANY, programme=programme):
        return int(entry.content["facts"]["pieces"])
    permissions.may_keep(act, programme).or_refuse()
    pieces = MailPiece.objects.filter(mailing=mailing, pk__in=what).standing()
    passages = [_passed(act, one, what[one.pk]) for one in _with(mailing, pieces)]
    if not passages:
        raise Refused("letters.nothing-to-note")
    Passage.objects.bulk_create(passages, batch_size=500)
    kinds = sorted({one.kind for one in passages})
    facts = {"pieces": len(passages), "kinds": kinds}
    ledger.record(act, NOTED_MANY, programme=programme, about=mailing.subject(), facts=facts)
    return len(passages)


def _with(mailing: Mailing, pieces: Iterable[MailPiece]) -> Iterable[MailPiece]:
    for one in pieces:
        one.mailing = mailing
        yield one


@transaction.atomic
def correct_passage(act: Act, *, piece: MailPiece, reason: str) -> Passage:
    """What was noted of a piece last was not so: it counts no more, with a reason, and stays to be
    read. The piece is what it was before.

    Refuses who is not the secretariat, no reason, and a piece to which nothing happened.

    Taken back by: note_passage (it is noted anew).
    """
    programme = piece.mailing.programme
    hold_row(Programme, programme.pk)
    if entry := ledger.repeated(act, CORRECTED, programme=programme):
        return Passage.objects.get(pk=int(entry.content["facts"]["passage"]))
    permissions.may_keep(act, programme).or_refuse()
    if not reason.strip():
        raise Refused("letters.reason-needed").at("reason")
    last = Passage.objects.standing().filter(piece=piece).order_by("-pk").first()
    if last is None:
        raise Refused("letters.nothing-to-correct")
    made = Passage.objects.create(
        piece=piece, kind=PassageKind.CORRECTED, happened_at=act.happened_at,
        recorded_at=act.recorded_at, seat=principal(act, programme), by_label=act.by.label,
        reason=reason.strip(), corrects=last,
    )  # fmt: skip
    facts = {"passage": made.pk, "was": last.kind, "reason": made.reason}
    ledger.record(act, CORRECTED, programme=programme, about=piece.subject(), facts=facts)
    return made
