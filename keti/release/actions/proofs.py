"""The proof round of the roll: entries put before their owners, answered, settled, closed."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from keti.accounts.models import Person
from keti.consents.actions import Unnamed
from keti.consents.models import NOBODY_NAMED
from keti.duties import actions as duties
from keti.duties.actions import Debt
from keti.duties.enums import Verb
from keti.duties.models import Obligation
from keti.groups.models import Seat
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused, both
from keti.kernel.texts import one_line
from keti.kernel.transactions import hold, hold_row, put
from keti.ledger import actions as ledger
from keti.programmes.models import Programme
from keti.release import notices, permissions, queries
from keti.release.actions.closing import locked
from keti.release.actions.rolls import Form
from keti.release.enums import Answered, EndStep
from keti.release.models import Correction, ProofEntry, ProofRound
from keti.release.rules import RollEntry

OPENED = "release.proof.opened"
ANSWERED = "release.proof.answered"
SETTLED = "release.proof.settled"
CLOSED = "release.proof.closed"
LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What an owner wants of the entry instead; `wish` says the rest, the order above all."""

    name_zh: str = ""
    name_en: str = ""
    honorific: str = ""
    wish: str = ""


@transaction.atomic
def open_proof(act: Act, *, obligation: Obligation, until: datetime) -> ProofRound:
    """Put every entry of the roll before its owner until an instant: each seat that somebody acts
    for owes an answer by then.

    Refuses a second round at a time, a roll that is public, one that names nobody yet, an end that
    is not ahead or more than a year off, and everybody but the secretariat or the accountable seat.

    Taken back by: close_proof (nothing waits any more; another may be opened).
    """
    duty = locked(obligation, EndStep.ROLL)
    programme = duty.programme
    if entry := ledger.repeated(act, OPENED, programme=programme):
        return queries.proof_rounds(programme).get(public_id=entry.subject_id)
    permissions.may_release(act, duty).or_refuse()
    if queries.is_public_with(duty):
        raise Refused("release.why-already-public")
    rounds = queries.proof_rounds(programme).filter(obligation=duty)
    if rounds.filter(closed_at=None).exists():
        raise Refused("release.proof-open-already")
    if not act.recorded_at < until <= act.recorded_at + LONGEST:
        raise Refused("release.proof-end-ahead").at("until")
    draft = queries.proposed(programme, act.happened_at)
    if not draft.entries:
        raise Refused("release.why-roll-empty")
    made = ProofRound.objects.create(
        programme=programme,
        obligation=duty,
        number=rounds.count() + 1,
        closes_at=until,
        at=act.recorded_at,
    )
    put_before = [
        _put_before(made, place, one, draft.seats[one.seat])
        for place, one in enumerate(draft.entries, start=1)
    ]
    notices.put_before(act, made, put_before)
    asked = sum(one.obligation_id is not None for one in put_before)
    facts = {"number": made.number, "entries": len(put_before), "asked": asked, "until": until}
    ledger.record(act, OPENED, programme=programme, about=made.subject(), facts=facts)
    return made


def _put_before(made: ProofRound, place: int, one: RollEntry, seat: Seat) -> ProofEntry:
    """One entry as it is shown; who may answer it owes that. An ended seat is asked nothing."""
    owed = None
    if not one.former and seat.acting_person is not None:
        debt = Debt(
            key=f"proof@{seat.public_id}/{made.number}",
            kind="release.proof",
            form="proof",
            title=both("release.proof-title", programme=made.programme.title),
            group=seat.group,
            seat=seat,
            due_at=made.closes_at,
            subject_id=made.public_id,
            closed=True,
        )
        owed = duties.owe(made.programme, debt)
    return ProofEntry.objects.create(
        programme=made.programme,
        round=made,
        seat=seat,
        obligation=owed,
        position=place,
        name_zh=one.name_zh,
        name_en=one.name_en,
        honorific=one.honorific,
        order=one.place[2],
    )


def _held(entry: ProofEntry) -> ProofEntry:
    """The entry under lock with its round, its duty and what waits for the office."""
    programme = hold_row(Programme, entry.programme_id)
    hold_row(ProofRound, entry.round_id)
    found = (
        hold(ProofEntry.objects.all())
        .select_related("programme", "round__obligation__programme", "seat", "obligation")
        .get(pk=entry.pk)
    )
    found.programme = found.round.programme = programme
    return found


@transaction.atomic
def answer_proof(act: Act, *, entry: ProofEntry, wishes: Wishes | None = None) -> ProofEntry:
    """The owner says that the entry is right, or what is to be put instead; the office decides on
    that. Until it has, and while the round is open, the owner may answer otherwise.

    Refuses everybody but the owner (and who may record for them), a round that is closed, what the
    office has decided, and a correction that corrects nothing.

    Taken back by: answer_proof (otherwise, until it is decided), settle_proof.
    """
    found = _held(entry)
    programme = found.programme
    if ledger.repeated(act, ANSWERED, programme=programme):
        return found
    permissions.may_answer_proof(act, found).or_refuse()
    duties.hold_duties(found.obligation)
    if found.settled_at is not None:
        raise Refused("release.proof-settled-already")
    said = _said(found, wishes)
    found.wished_zh, found.wished_en = said.name_zh, said.name_en
    found.wished_honorific, found.wish = said.honorific, said.wish
    found.state = Answered.CORRECTED if wishes else Answered.CONFIRMED
    found.answered_at = act.recorded_at
    found.save()
    if found.obligation is not None:
        duties.meet(act, obligation=found.obligation, with_=found.subject())
    duties.await_answers(programme, "release", found.public_id, act.recorded_at)
    facts = {"number": found.round.number, "entry": found.position, "answer": str(found.state)}
    ledger.record(
        _unnamed(act, found), ANSWERED, programme=programme, about=found.subject(), facts=facts
    )
    return found


def _said(found: ProofEntry, wishes: Wishes | None) -> Wishes:
    """What is wanted instead, on one line each; nothing where it is right."""
    if wishes is None:
        return Wishes()
    said = Wishes(*(one_line(one).strip() for one in asdict(wishes).values()))
    if not said.name_zh:
        raise Refused("release.name-missing").at("name_zh")
    shown = (found.name_zh, found.name_en, found.honorific, "")
    if (said.name_zh, said.name_en, said.honorific, said.wish) == shown:
        raise Refused("release.proof-nothing-corrected").at("wish")
    return said


def _unnamed(act: Act, found: ProofEntry) -> Act:
    """A person's answer tells that they agreed to be named: the line names neither them nor their
    seat. A unit is always named."""
    if found.seat.organisation_id is not None:
        return act
    return replace(act, by=Unnamed(act.by.public_id, NOBODY_NAMED.zh), seat=None, on_behalf_of=None)


@transaction.atomic
def settle_proof(
    act: Act, *, entry: ProofEntry, form: Form | None = None, reason: str = ""
) -> ProofEntry:
    """The office takes a correction up, as `form` says it will stand, or declines it with a reason;
    what is said of the order is settled the same way, with a reason either way.

    Refuses what asks for nothing or is decided, no reason where one is needed, an empty name, and
    everybody but the secretariat or the accountable seat.

    Taken back by: correct_entry (until the roll is public).
    """
    found = _held(entry)
    programme, duty = found.programme, found.round.obligation
    duties.hold_duties(duty)
    duties.hold_answers(programme, found.public_id)
    if ledger.repeated(act, SETTLED, programme=programme):
        return found
    permissions.may_release(act, duty).or_refuse()
    if found.state != Answered.CORRECTED:
        raise Refused("release.proof-nothing-to-settle")
    if not reason.strip() and (form is None or found.wish):
        raise Refused("duties.give-a-reason").at("reason")
    if form is not None and not one_line(form.name_zh).strip():
        raise Refused("release.name-missing").at("name_zh")
    found.state = Answered.DECLINED if form is None else Answered.TAKEN
    found.settled_at, found.reason = act.recorded_at, reason.strip()
    found.settled_by = act.by if isinstance(act.by, Person) else None
    found.save(update_fields=["state", "settled_at", "settled_by", "reason"])
    if form is not None:
        put(Correction.objects.all(), {"programme": programme, **asdict(form)}, seat=found.seat)
    duties.await_answers(
        programme, "release", found.public_id, act.recorded_at, act=act, answers_as=Verb.DECIDE
    )
    notices.settled(act, found)
    facts = {"entry": found.position, "taken": form is not None, "reason": found.reason}
    ledger.record(act, SETTLED, programme=programme, about=found.subject(), facts=facts)
    return found


@transaction.atomic
def close_proof(act: Act, *, round_: ProofRound) -> ProofRound:
    """End the round. Who has not answered is silent: their entry enters the roll or not as the
    charter says.

    Refuses while a correction waits for the office, before the end that was announced unless all
    have answered, and everybody but the secretariat or the accountable seat.

    Taken back by: open_proof (another round).
    """
    programme = hold_row(Programme, round_.programme_id)
    found = hold(ProofRound.objects.all()).select_related("obligation").get(pk=round_.pk)
    found.programme = found.obligation.programme = programme
    if ledger.repeated(act, CLOSED, programme=programme):
        return found
    permissions.may_release(act, found.obligation).or_refuse()
    if found.closed_at is not None:
        raise Refused("release.proof-closed")
    entries = ProofEntry.objects.filter(round=found)
    waiting = entries.filter(state=Answered.CORRECTED).count()
    if waiting:
        raise Refused("release.proof-unsettled", count=waiting)
    open_ones = entries.filter(state=Answered.ASKED)
    if act.recorded_at < found.closes_at and open_ones.exclude(obligation=None).exists():
        until = programme.local(found.closes_at).strftime("%Y-%m-%d %H:%M")
        raise Refused("release.proof-not-over", until=until)
    duties.cancel_of_subject(programme, found.public_id)
    open_ones.update(state=Answered.SILENT)
    found.closed_at = act.recorded_at
    found.save(update_fields=["closed_at"])
    facts = {"number": found.number, **queries.proof_counts(found)}
    ledger.record(act, CLOSED, programme=programme, about=found.subject(), facts=facts)
    return found
