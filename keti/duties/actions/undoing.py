"""What was done to one duty by mistake, taken back: a waiver, an extension, a file."""

from collections.abc import Callable

from django.db import transaction

from keti.duties import notices, permissions
from keti.duties.actions.responding import await_answers, tell_followers
from keti.duties.enums import ClaimState, DutyState
from keti.duties.models import LONG_AGO, Claim, Filing, Obligation, Withdrawal
from keti.groups.permissions import may_manage
from keti.kernel.acts import ROUTINE, Act
from keti.kernel.refusals import Refused
from keti.kernel.texts import shortened
from keti.kernel.transactions import hold, hold_row
from keti.ledger import actions as ledger
from keti.notify.actions import Letter, post

FILING = "duties.filing"
RESTS_ON: list[Callable[[Filing], bool]] = []
"""What other rooms have that rests on a file handed in: it is then not withdrawn any more."""


def rests_on_filings(asks: Callable[[Filing], bool]) -> None:
    """Let a room say whether something rests on a file; called once, when the house is put
    together."""
    RESTS_ON.append(asks)


@transaction.atomic
def take_back_waiver(act: Act, *, obligation: Obligation, reason: str) -> Obligation:
    """Take a waiver back, with the reason: the duty is owed again as it was, late where its day is
    past; its holder is told. Only the secretariat. Refuses a duty that is not waived.

    Taken back by: waive.
    """
    duty = hold_row(Obligation, obligation.pk)
    if ledger.repeated(act, "duties.waiver.taken-back", programme=duty.programme):
        return duty
    permissions.may_waive(act, duty).or_refuse()
    _needs_reason(reason)
    if duty.state != DutyState.WAIVED:
        raise Refused("duties.not-waived")
    duty.state = DutyState.RETURNED if duty.met_at else DutyState.OPEN
    duty.reason, duty.next_word_at = reason.strip(), LONG_AGO
    duty.save(update_fields=["state", "reason", "next_word_at"])
    tell_followers(duty.programme, act.recorded_at, duty)
    ledger.record(
        act,
        "duties.waiver.taken-back",
        programme=duty.programme,
        about=duty.subject(),
        facts={"key": duty.key, "reason": duty.reason},
    )
    _tell_holder(act, duty, notices.owed_again(duty, "waiver", reason.strip(), act.recorded_at))
    return duty


@transaction.atomic
def take_back_extension(act: Act, *, obligation: Obligation, reason: str) -> Obligation:
    """Take an extension back, with the reason: the first date counts again; its holder is told.
    Only the secretariat. Refuses a duty that is not extended, or is done.

    Taken back by: extend.
    """
    duty = hold_row(Obligation, obligation.pk)
    programme = duty.programme
    if ledger.repeated(act, "duties.extension.taken-back", programme=programme):
        return duty
    permissions.may_extend(act, duty).or_refuse()
    _needs_reason(reason)
    if duty.extended_to is None or not duty.is_open:
        raise Refused("duties.not-extended")
    before = duty.extended_to
    duty.extended_to, duty.reason = None, reason.strip()
    duty.moved()
    duty.save(update_fields=["extended_to", "sequence", "next_word_at", "reason"])
    tell_followers(programme, act.recorded_at, duty)
    ledger.record(
        act,
        "duties.extension.taken-back",
        programme=programme,
        about=duty.subject(),
        facts=ROUTINE
        | {"key": duty.key, "before": before, "after": duty.due_at, "reason": duty.reason},
    )
    _tell_holder(act, duty, notices.owed_again(duty, "extension", duty.reason, act.recorded_at))
    return duty


@transaction.atomic
def withdraw_filing(act: Act, *, obligation: Obligation, reason: str) -> Obligation:
    """Withdraw the file by which a duty was met, handed in by mistake: it is owed again, late where
    its day is past. The file stays in the record, marked. The accountable seat, or the secretariat.

    Refuses no reason, a duty that no file met, and a file on which something rests: its moment was
    accepted, or a gate judges it.

    Taken back by: hand_in_file.
    """
    duty = hold(Obligation.objects.all()).select_related("programme").get(pk=obligation.pk)
    programme = duty.programme
    if ledger.repeated(act, "duties.filing.withdrawn", programme=programme):
        return duty
    (permissions.may_do(act, duty) or may_manage(act, programme)).or_refuse()
    _needs_reason(reason)
    filing = Filing.objects.filter(obligation=duty, public_id=duty.with_id).first()
    if duty.state != DutyState.MET or filing is None:
        raise Refused("duties.no-file-to-withdraw")
    accepted = Claim.objects.filter(obligation=duty, state=ClaimState.ACCEPTED).exists()
    if accepted or any(asks(filing) for asks in RESTS_ON):
        raise Refused("duties.file-is-relied-on", file=filing.name)
    Withdrawal.objects.create(
        filing=filing, at=act.happened_at, by_label=act.by.label, reason=reason.strip()
    )
    unmeet(act, duty, reason.strip())
    ledger.record(
        act,
        "duties.filing.withdrawn",
        programme=programme,
        about=filing.subject(),
        facts={
            "key": duty.key,
            "file": filing.file.sha256 if filing.file else "",
            "reason": reason.strip(),
        },
    )
    _tell_holder(act, duty, notices.owed_again(duty, "filing", reason.strip(), act.recorded_at))
    return duty


def unmeet(act: Act, obligation: Obligation, reason: str) -> None:
    """What met the duty was a mistake: it is owed as if never met, and a moment claimed with
    it falls away. Called by the act that takes it back, which holds the duty and records it."""
    claims = Claim.objects.filter(obligation=obligation, state=ClaimState.WAITING)
    for claim in claims:
        claim.state, claim.reason = ClaimState.DECLINED, reason
        claim.answered_at, claim.answered_by = act.recorded_at, shortened(act.by.label, 160)
        claim.save(update_fields=["state", "reason", "answered_at", "answered_by"])
        await_answers(obligation.programme, "duties", claim.public_id, act.recorded_at)
    obligation.state, obligation.next_word_at = DutyState.OPEN, LONG_AGO
    obligation.met_at = obligation.recorded_at = None
    obligation.recorded_late = obligation.on_behalf = False
    obligation.claim = obligation.with_kind = obligation.with_id = obligation.with_path = ""
    obligation.save()
    tell_followers(obligation.programme, act.recorded_at, obligation)


def _needs_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("duties.give-a-reason")


def _tell_holder(act: Act, duty: Obligation, letter: Letter) -> None:
    person = duty.seat.acting_person if duty.seat else None
    if person is not None and person.public_id != act.by.public_id:
        post(duty.programme, letter, to=[person], at=act.recorded_at)
