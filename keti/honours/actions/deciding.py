"""A nomination is checked against the rules of awards, and decided by who the charter names."""

from datetime import date

from django.db import transaction

from keti.duties.actions import await_answers
from keti.groups.models import Seat
from keti.groups.permissions import principal
from keti.honours import notices, permissions, queries
from keti.honours.actions.nominating import locked, spec_of
from keti.honours.enums import Word
from keti.honours.models import HonourVote, Nomination
from keti.honours.queries import ROOM
from keti.honours.rules import Checklist, blockers, decided, moved
from keti.kernel.acts import Act, Text
from keti.kernel.refusals import Refused, both
from keti.ledger import actions as ledger

CHECKED = "honours.nomination.checked"
VOTED = "honours.vote.cast"
ASIDE = "honours.conflict.declared"


@transaction.atomic
def check(act: Act, *, nomination: Nomination, told: Checklist) -> Nomination:
    """Check a nomination: the figures of the newest record, and the rules of awards. From then on
    it waits for who decides.

    Refuses before the records were drawn up, while a criterion is not met, and while anything
    stands in the way: a fee, a co-host or decider that works for profit, an award without its
    approval, a grand name without one.

    Taken back by: end_nomination.
    """
    found = locked(nomination)
    programme = found.programme
    if ledger.repeated(act, CHECKED, programme=programme):
        return found
    permissions.may_check(act, found).or_refuse()
    spec = spec_of(programme, found.honour)
    stage = moved(found.stage, "check")
    record = queries.newest_record(programme)
    held = queries.held_against(found, spec, act.recorded_at)
    if record is None or held is None:
        raise Refused("honours.draw-the-record-first")
    if held.lacks:
        words = "、".join(one.word for one in held.lacks)
        raise Refused("honours.criteria-not-met", criteria=words)
    firms = queries.firms_deciding(programme, spec, act.recorded_at)
    _refuse_for([both(code, word=word) for code, word in blockers(spec, told, firms)])
    found.stage, found.record, found.checked_at = stage, record, act.happened_at
    found.basis, found.authority = told.basis.strip(), told.authority.strip()
    found.basis_day = date.fromisoformat(told.basis_day) if told.basis_day else None
    found.save()
    await_answers(programme, ROOM, found.public_id, act.recorded_at, act=act)
    facts = {
        "honour": found.honour, "seat": found.seat.public_id, "record": record.number,
        "fee": told.fee, "commercial": told.commercial, "basis": found.basis,
        "day": told.basis_day, "authority": found.authority,
    }  # fmt: skip
    ledger.record(act, CHECKED, programme=programme, about=found.subject(), facts=facts)
    return found


def _refuse_for(reasons: list[Text]) -> None:
    if reasons:
        words = Text("；".join(one.zh for one in reasons), "; ".join(one.en for one in reasons))
        raise Refused("honours.blocked", reasons=words)


@transaction.atomic
def vote(act: Act, *, nomination: Nomination, yes: bool, text: str = "") -> Nomination:
    """Somebody who decides says yes, or no with the reason. Once everybody of every role that
    decides has spoken, it is decided: granted where all agreed.

    Refuses whoever is in conflict, a second word, no without a reason, and before the check.

    Taken back by: nothing, because a decision rests on it; end_nomination ends the whole.
    """
    found = locked(nomination)
    if ledger.repeated(act, VOTED, programme=found.programme):
        return found
    permissions.may_vote(act, found).or_refuse()
    if not yes and not text.strip():
        raise Refused("honours.reason-needed").at("text")
    seat = _heard(act, found, Word.YES if yes else Word.NO, text)
    outcome = _settled(act, found)
    facts = {"honour": found.honour, "nominated": found.seat.public_id, "by": seat.public_id}
    facts |= {"word": "yes" if yes else "no", "text": text.strip(), "decided": outcome}
    ledger.record(act, VOTED, programme=found.programme, about=found.subject(), facts=facts)
    notices.decided(act, found, outcome)
    return found


@transaction.atomic
def stand_aside(act: Act, *, nomination: Nomination, text: str) -> Nomination:
    """Somebody who decides declares a conflict of interest and stands aside. Refuses without a
    word on it, and after they have spoken.

    Taken back by: nothing, because who has seen a conflict once does not decide.
    """
    found = locked(nomination)
    if ledger.repeated(act, ASIDE, programme=found.programme):
        return found
    permissions.may_vote(act, found).or_refuse()
    if not text.strip():
        raise Refused("honours.say-which-conflict").at("text")
    seat = _heard(act, found, Word.ASIDE, text)
    outcome = _settled(act, found)
    facts = {"honour": found.honour, "nominated": found.seat.public_id, "by": seat.public_id}
    facts |= {"text": text.strip(), "decided": outcome}
    ledger.record(act, ASIDE, programme=found.programme, about=found.subject(), facts=facts)
    notices.decided(act, found, outcome)
    return found


def _heard(act: Act, found: Nomination, word: Word, text: str) -> Seat:
    seat = principal(act, found.programme)
    moved(found.stage, "approve")
    if HonourVote.objects.filter(nomination=found, seat=seat).exists():
        raise Refused("honours.spoken-already", who=seat.called)
    HonourVote.objects.create(
        nomination=found, seat=seat, word=word, text=text.strip(), at=act.happened_at
    )
    return seat


def _settled(act: Act, found: Nomination) -> str:
    """Decide where all have spoken; what became of it: "", approved, declined."""
    spec = spec_of(found.programme, found.honour)
    spoken = [voice for _, voice in queries.voices(found, act.recorded_at)]
    outcome = decided(spec.decided_by, spoken)
    if outcome is not None:
        found.stage = moved(found.stage, "approve" if outcome else "decline")
        found.decided_at = act.happened_at
        found.save(update_fields=["stage", "decided_at"])
    await_answers(found.programme, ROOM, found.public_id, act.recorded_at, act=act)
    return "" if outcome is None else found.stage
