"""One duty at a time: extending, waiving, a personal link."""

from datetime import datetime, timedelta

from django.db import transaction

from keti.accounts import actions as accounts
from keti.accounts.queries import links_of
from keti.duties import notices, permissions
from keti.duties.actions.responding import tell_followers
from keti.duties.enums import DutyState
from keti.duties.models import Obligation
from keti.kernel.acts import ROUTINE, Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.notify.actions import post
from keti.programmes.models import Programme

LINK_LIFE = timedelta(days=7)
FURTHEST = timedelta(days=1830)


@transaction.atomic
def extend(act: Act, *, obligation: Obligation, to: datetime, reason: str) -> Obligation:
    """Extend one duty for its one seat, with a reason. The due date itself stays as it was.

    Taken back by: take_back_extension (the first date counts again).
    """
    duty = hold_row(Obligation, obligation.pk)
    programme = duty.programme
    if ledger.repeated(act, "duties.obligation.extended", programme=programme):
        return duty
    permissions.may_extend(act, duty).or_refuse()
    before = duty.due_instant
    if not reason.strip():
        raise Refused("duties.give-a-reason")
    if duty.state == DutyState.MET:
        raise Refused("duties.already-met", when=_day(programme, duty.met_at))
    if to > before + FURTHEST:
        raise Refused("duties.extension-too-far")
    if to <= before or to <= act.recorded_at:
        raise Refused("duties.extension-must-be-later", due=notices.deadline(programme, before))
    duty.extended_to = to
    duty.moved()
    duty.reason = reason.strip()
    duty.save(update_fields=["extended_to", "sequence", "next_word_at", "reason"])
    tell_followers(programme, act.recorded_at, duty)
    ledger.record(
        act,
        "duties.obligation.extended",
        programme=programme,
        about=duty.subject(),
        facts=ROUTINE | {"key": duty.key, "before": before, "after": to, "reason": reason},
    )
    if duty.seat and duty.seat.acting_person:
        letter = notices.extended(duty, before, reason)
        post(programme, letter, to=[duty.seat.acting_person], at=act.recorded_at)
    return duty


@transaction.atomic
def waive(act: Act, *, obligation: Obligation, reason: str) -> Obligation:
    """Waive one duty with a reason. Only the secretariat.

    Taken back by: take_back_waiver (it is owed again).
    """
    duty = hold_row(Obligation, obligation.pk)
    if ledger.repeated(act, "duties.obligation.waived", programme=duty.programme):
        return duty
    permissions.may_waive(act, duty).or_refuse()
    if not reason.strip():
        raise Refused("duties.give-a-reason")
    if duty.state == DutyState.MET:
        raise Refused("duties.already-met", when=_day(duty.programme, duty.met_at))
    duty.state = DutyState.WAIVED
    duty.reason = reason.strip()
    duty.save(update_fields=["state", "reason"])
    accounts.close_links(obligations=[duty.public_id])
    tell_followers(duty.programme, act.recorded_at, duty)
    ledger.record(
        act,
        "duties.obligation.waived",
        programme=duty.programme,
        about=duty.subject(),
        facts={"key": duty.key, "reason": reason},
    )
    return duty


@transaction.atomic
def issue_link(act: Act, *, obligation: Obligation) -> str:
    """A personal link that opens this one duty without an account; returns its secret, shown once.

    It ends a week after the due instant, or a week from now where that is later, and the person's
    older link with it. Refuses a form that was sent already (of the link it made only the hash is
    known), and a duty that is not open: once returned it gets a link of its own.

    Taken back by: revoke_link (at once).
    """
    programme = obligation.programme
    hold_row(Obligation, obligation.pk)
    if ledger.repeated(act, "duties.link.issued", programme=programme):
        raise Refused("duties.link-shown-once")
    permissions.may_link(act, obligation).or_refuse()
    if not obligation.is_open:
        raise Refused("duties.link-for-open-duties")
    seat = obligation.seat
    if seat is None or seat.acting_person is None:
        raise Refused("duties.no-person", seat=seat.title if seat else obligation.title)
    expires = max(obligation.due_instant, act.recorded_at) + LINK_LIFE
    _, token = accounts.make_duty_link(
        person=seat.acting_person,
        obligation_id=obligation.public_id,
        seat_id=seat.public_id,
        at=act.recorded_at,
        expires_at=expires,
    )
    ledger.record(
        act,
        "duties.link.issued",
        programme=programme,
        about=obligation.subject(),
        facts={"key": obligation.key, "to": seat.acting_person.label, "expires": expires},
    )
    return token


@transaction.atomic
def revoke_link(act: Act, *, obligation: Obligation, link_id: int) -> None:
    """End one personal link at once: sent to the wrong person, or seen by others. The secretariat.

    Refuses a link that is not one of this duty. One that has ended already stays as it is.

    Taken back by: issue_link (another link; a closed one opens nothing again).
    """
    programme = obligation.programme
    hold_row(Obligation, obligation.pk)
    if ledger.repeated(act, "duties.link.revoked", programme=programme):
        return
    permissions.may_link(act, obligation).or_refuse()
    link = links_of(obligation.public_id).filter(pk=link_id).first()
    if link is None:
        raise Refused("duties.no-such-link")
    if link.revoked_at is not None:
        return
    accounts.revoke_link(link, act.recorded_at)
    ledger.record(
        act,
        "duties.link.revoked",
        programme=programme,
        about=obligation.subject(),
        facts={"key": obligation.key, "to": link.person.label},
    )


def _day(programme: Programme, at: datetime | None) -> str:
    return programme.local(at).strftime("%Y-%m-%d") if at else ""
