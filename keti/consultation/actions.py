"""Opening a round, commenting, answering, closing."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from keti.consultation import notices, permissions, queries, rules
from keti.consultation.enums import RoundState
from keti.consultation.models import Comment, NoRemarks, Round
from keti.documents.rules.typed import shown
from keti.duties import actions as duties
from keti.duties.enums import Verb
from keti.duties.models import Obligation
from keti.duties.notices import deadline
from keti.duties.queries import of_programme
from keti.groups.notices import tell_principal
from keti.groups.permissions import principal, terms_run_from
from keti.groups.queries import standing
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused, both
from keti.kernel.texts import shortened
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.programmes.models import Programme

FORM = ROOM = "consultation"


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment as typed: where in the text, which words, what is said, what is proposed.

    `sender` is somebody outside the programme, whose comment came by letter, mail or form.
    """

    text: str
    place: str = ""
    original: str = ""
    proposed: str = ""
    sender: str = ""


def _duty(obligation: Obligation) -> Obligation:
    if obligation.form != FORM:
        raise Refused("consultation.not-a-round", title=obligation.title)
    hold_row(Obligation, obligation.pk)
    return of_programme(obligation.programme).get(pk=obligation.pk)


def _locked(round: Round) -> Round:
    hold_row(Round, round.pk)
    return Round.objects.with_names().get(pk=round.pk)


def follow(programme: Programme, duty: Obligation | None, at: datetime) -> None:
    """The duty of a round was extended, waived or met, or somebody came to stand aside: who is
    asked follows."""
    if duty is None:
        duties.await_answers(programme, ROOM, "", at)
    elif duty.form == FORM and (round := queries.round_of(duty)):
        duties.await_answers(programme, ROOM, round.public_id, at)


def _ask(act: Act, round: Round, answers_as: Verb | None = None) -> None:
    """Who is to comment or to answer is asked, or has answered by this act."""
    duties.await_answers(
        round.programme, ROOM, round.public_id, act.recorded_at, act=act, answers_as=answers_as
    )


@transaction.atomic
def open_round(act: Act, *, obligation: Obligation) -> Round:
    """Lay the newest frozen version of the text before all participants.

    A round that is open already is returned as it stands. Refuses while no version exists.

    Taken back by: close_round (once every comment has its answer).
    """
    duty = _duty(obligation)
    standing_round = queries.round_of(duty)
    if ledger.repeated(act, "consultation.round.opened", programme=duty.programme):
        return standing_round or Round.objects.with_names().get(obligation=duty)
    permissions.may_open(act, duty).or_refuse()
    if standing_round:
        return standing_round
    version = queries.subject_version(duty)
    if version is None:
        subject = queries.subject_duty(duty)
        raise Refused(
            "consultation.nothing-to-discuss", subject=subject.title if subject else duty.title
        )
    made = Round.objects.create(
        programme=duty.programme,
        obligation=duty,
        version=version,
        sha256=version.sha256,
        opened_at=act.happened_at,
    )
    duties.begin(duty, act.recorded_at)
    round = Round.objects.with_names().get(pk=made.pk)
    seats = standing(duty.programme, act.recorded_at)
    notices.opened(act, round, [seat for seat in seats if permissions.takes_part(seat)])
    _ask(act, round)
    number = duties.numbered(duties.give_number(act, duty))
    ledger.record(
        act,
        "consultation.round.opened",
        programme=duty.programme,
        about=round.subject(),
        facts={"key": duty.key, "version": version.public_id, "sha256": version.sha256, **number},
    )
    return round


@transaction.atomic
def comment(act: Act, *, round: Round, remark: Remark) -> Comment:
    """Say something about the text under discussion, or record what somebody outside sent in.

    Refuses an outside comment where the charter does not invite the public, an empty comment,
    external reviewers, a closed round and a comment made at or after the round's due instant.

    Taken back by: nothing, because others have read it and its answer stands beside it; the
    author says so in a further comment.
    """
    round = _locked(round)
    programme = round.programme
    if entry := ledger.repeated(act, "consultation.comment.made", programme=programme):
        return Comment.objects.get(public_id=entry.subject_id)
    sender = " ".join(shown(remark.sender).split())[:120]
    permissions.may_comment(act, round).or_refuse()
    if sender:
        permissions.may_receive(act, round).or_refuse()
    due = queries.open_until(round)
    if terms_run_from(act, programme) >= due:
        raise Refused("consultation.window-is-over", due=deadline(programme, due))
    text = shown(remark.text).strip()
    if not text:
        raise Refused("consultation.say-something")
    seat = principal(act, programme)
    made = Comment.objects.create(
        programme=programme,
        round=round,
        number=Comment.objects.filter(round=round).count() + 1,
        seat=seat,
        sender=sender,
        place=" ".join(shown(remark.place).split())[:200],
        original=shown(remark.original).strip(),
        text=text,
        proposed=shown(remark.proposed).strip(),
        by_label=shortened(act.by.label, 80),
        on_behalf=act.on_behalf_of is not None,
        at=act.happened_at,
    )
    _ask(act, round)
    tell_principal(act, seat, made.subject(), both("consultation.told-comment", number=made.number))
    ledger.record(
        act,
        "consultation.comment.made",
        programme=programme,
        about=made.subject(),
        facts={"number": made.number, "place": made.place, "public": bool(sender)},
    )
    return made


@transaction.atomic
def no_remarks(act: Act, *, round: Round) -> NoRemarks:
    """Say that one's seat has no remarks; commenting afterwards takes it back. Said again, it is
    what stands already. It is taken until the round closes: it holds nobody up.

    Refuses external reviewers, a closed round, and a seat that has commented.

    Taken back by: comment (whoever comments had remarks after all).
    """
    round = _locked(round)
    programme = round.programme
    if entry := ledger.repeated(act, "consultation.remarks.none", programme=programme):
        return NoRemarks.objects.get(public_id=entry.subject_id)
    permissions.may_comment(act, round).or_refuse()
    seat = principal(act, programme)
    if queries.has_spoken(round, seat):
        raise Refused("consultation.has-commented", who=seat.called)
    if stands := queries.said_nothing(round, seat):
        return stands
    made = NoRemarks.objects.create(
        programme=programme,
        round=round,
        seat=seat,
        by_label=shortened(act.by.label, 80),
        on_behalf=act.on_behalf_of is not None,
        at=act.happened_at,
        recorded_at=act.recorded_at,
    )
    _ask(act, round)
    tell_principal(act, seat, made.subject(), both("consultation.told-no-remarks"))
    ledger.record(
        act,
        "consultation.remarks.none",
        programme=programme,
        about=made.subject(),
        facts={"key": round.obligation.key, "seat": seat.label},
    )
    return made


@transaction.atomic
def dispose(act: Act, *, comment: Comment, disposition: str, reason: str = "") -> Comment:
    """Adopt a comment, adopt it in part, or not; the last two with a reason. Its author is told.

    The answer may be changed until the round closes.

    Taken back by: dispose (another answer, until the round closes).
    """
    round = _locked(comment.round)
    if ledger.repeated(act, "consultation.comment.disposed", programme=round.programme):
        return next(one for one in queries.comments_of(round) if one.pk == comment.pk)
    permissions.may_dispose(act, round).or_refuse()
    found = next(one for one in queries.comments_of(round) if one.pk == comment.pk)
    reason = shown(reason).strip()
    if not rules.is_answer(disposition):
        raise Refused("consultation.choose-an-answer")
    if rules.needs_reason(disposition) and not reason:
        raise Refused("consultation.give-a-reason")
    if (found.disposition, found.reason) == (disposition, reason):
        return found
    found.disposition, found.reason = disposition, reason
    found.answered_by = shortened((act.on_behalf_of or act.seat or act.by).label, 160)
    found.answered_at = act.happened_at
    found.save(update_fields=["disposition", "reason", "answered_by", "answered_at"])
    _ask(act, round, Verb.ANSWER)
    notices.answered(act, found)
    ledger.record(
        act,
        "consultation.comment.disposed",
        programme=round.programme,
        about=found.subject(),
        facts={"number": found.number, "disposition": disposition, "reason": reason},
    )
    return found


@transaction.atomic
def close_round(act: Act, *, obligation: Obligation) -> Round:
    """End the round and meet its duty. Refuses while a comment has no answer, and before it was
    open as long as the charter asks at the least.

    Taken back by: open_round (of a new version; the answers given stand in the record).
    """
    found = queries.round_of(obligation)
    if found is None:
        raise Refused("consultation.not-opened")
    round = _locked(found)
    duty = _duty(obligation)
    if ledger.repeated(act, "consultation.round.closed", programme=duty.programme):
        return round
    permissions.may_close(act, duty).or_refuse()
    if round.state == RoundState.CLOSED:
        return round
    queries.may_end(round, act.happened_at).or_refuse()
    answers = [one.disposition for one in queries.comments_of(round)]
    open_ones = rules.waiting(answers)
    if open_ones:
        raise Refused("consultation.comments-waiting", count=open_ones)
    round.state = RoundState.CLOSED
    round.closed_at = act.happened_at
    round.save(update_fields=["state", "closed_at"])
    duties.meet(act, obligation=duty, with_=round.subject())
    silent = len(queries.without_remarks(round))
    ledger.record(
        act,
        "consultation.round.closed",
        programme=duty.programme,
        about=round.subject(),
        facts={
            "key": duty.key,
            "comments": len(answers),
            "answers": rules.tally(answers),
            "without_remarks": silent,
        },
    )
    return round
