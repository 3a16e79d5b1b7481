"""An application given back for completion; a decision on one taken back."""

from datetime import datetime, timedelta

from django.db import transaction

from keti.accounts.models import Person
from keti.duties import actions as duties
from keti.groups import actions as groups
from keti.groups.models import Seat
from keti.groups.notices import unsay_appointed
from keti.groups.permissions import may_manage
from keti.intake import notices, permissions, queries
from keti.intake.enums import ApplicationState
from keti.intake.models import Application, Reversal
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_each, hold_row
from keti.ledger import actions as ledger
from keti.ledger.queries import acted_in
from keti.monitoring.actions import follow_the_seats, hold_what_follows
from keti.monitoring.queries import open_findings

LONGEST = timedelta(days=92)
DECIDED = (ApplicationState.ADMITTED, ApplicationState.REJECTED)


@transaction.atomic
def take_back_decision(act: Act, *, application: Application, reason: str) -> Application:
    """Take a decision back: the application waits for another one. The seat of an admission ends:
    as never held, or from now on where something was done in it; its duties pass on, and the unit
    it admitted is free. The letter of the decision is taken back where nobody has it; who has
    it is written to, with the reason. Only the secretariat.

    Refuses no reason, and an application that is not decided.

    Taken back by: decide_application (decided anew).
    """
    groups.hold_roster(application.programme)
    hold_each(Seat.objects.filter(application=application.pk))
    mine = hold_row(Application, application.pk)
    programme = mine.programme
    if ledger.repeated(act, "intake.application.taken-back", programme=programme):
        return mine
    may_manage(act, programme).or_refuse()
    if mine.state not in DECIDED or mine.decided_at is None:
        raise Refused("intake.not-decided")
    if not reason.strip():
        raise Refused("intake.taking-back-needs-a-reason")
    hold_each(open_findings(programme))
    unread = notices.unsay_decision(act, mine)
    if mine.seat is not None:
        unsay_appointed(act, mine.seat)
    hold_what_follows(programme)
    before = _undo(act, mine, mine.decided_at, reason.strip())
    duties.await_answers(programme, "intake", mine.public_id, act.recorded_at)
    if before.seat is not None:
        _leave(act, before.seat, before.reason)
        follow_the_seats(act, programme=programme)
    ledger.record(
        act,
        "intake.application.taken-back",
        programme=programme,
        about=mine.subject(),
        facts={"number": mine.number, "was": before.state, "reason": before.reason},
    )
    if not unread:
        notices.decision_taken_back(act, mine, before)
    return mine


@transaction.atomic
def return_application(
    act: Act, *, application: Application, reason: str, until: datetime | None = None
) -> Application:
    """Return an application for completion, with what is missing: it is taken out, the applicant
    finds its text as a draft, completes it and submits it again under a new number: while the
    window is open, or before the instant `until`, which may lie behind the close. What was
    submitted stays as it was. Only the secretariat; the applicant is told.

    Refuses no reason, what is decided or withdrawn already, and where no time is left for it.

    Taken back by: submit_application (submitted again, the same text too).
    """
    hold_each(Person.objects.filter(pk=application.applicant_id))
    mine = hold_row(Application, application.pk)
    programme = mine.programme
    if ledger.repeated(act, "intake.application.returned", programme=programme):
        return mine
    permissions.may_assess(act, mine).or_refuse()
    if mine.state != ApplicationState.SUBMITTED:
        raise Refused("intake.already-decided")
    if not reason.strip():
        raise Refused("intake.returning-needs-a-reason")
    last = max(one for one in (until, mine.call.closes_at) if one is not None)
    if act.recorded_at >= last or (until and until <= act.recorded_at):
        raise Refused("intake.returned-too-late").at("until")
    if last > act.recorded_at + LONGEST:
        raise Refused("intake.returned-too-long").at("until")
    mine.state, mine.reason = ApplicationState.WITHDRAWN, reason.strip()
    mine.save(update_fields=["state", "reason"])
    _as_draft(act, mine, last)
    duties.await_answers(programme, "intake", mine.public_id, act.recorded_at, act=act)
    ledger.record(
        act,
        "intake.application.returned",
        programme=programme,
        about=mine.subject(),
        facts={"number": mine.number, "reason": mine.reason, "until": last},
    )
    notices.returned(act, mine, last)
    return mine


def _as_draft(act: Act, mine: Application, last: datetime) -> None:
    """The text of what was returned as the applicant's draft, received until `last`; a draft they
    have begun stays, and is received as long."""
    begun = queries.draft_of(mine.applicant, mine.call, mine.track_kind)
    window = {"window_opens": mine.call.opens_at, "window_closes": last}
    if begun is not None:
        Application.objects.filter(pk=begun.pk).update(**window)
        return
    Application.objects.create(
        programme=mine.programme,
        call=mine.call,
        applicant=mine.applicant,
        track=mine.track,
        track_kind=mine.track_kind,
        content=mine.content,
        chosen=mine.chosen,
        saved_at=act.recorded_at,
        **window,
    )


def _undo(act: Act, mine: Application, decided_at: datetime, reason: str) -> Reversal:
    """The decision as a line of its own, and the application as it was before it."""
    before = Reversal.objects.create(
        application=mine,
        state=mine.state,
        said=mine.reason,
        decided_at=decided_at,
        decided_by=mine.decided_by,
        seat=mine.seat,
        reason=reason,
        by_label=act.by.label,
        at=act.happened_at,
    )
    mine.state = ApplicationState.SUBMITTED
    mine.reason = mine.decided_by = ""
    mine.decided_at = mine.group = mine.seat = mine.organisation = None
    mine.save(
        update_fields=[
            "state", "reason", "decided_at", "decided_by", "group", "seat", "organisation",
        ]
    )  # fmt: skip
    return before


def _leave(act: Act, seat: Seat, reason: str) -> None:
    """The seat that the admission gave: never held, unless something was done in it."""
    if seat.ends_at is not None:
        return
    if acted_in(seat.programme, seat.public_id):
        groups.end_seat(act, seat=seat, reason=reason)
    else:
        groups.annul_seat(act, seat=seat, reason=reason, tell=False)
