"""Closing the programme, and laying it aside when nothing is owed any more."""

from collections.abc import Sequence

from django.db import transaction

from keti.duties import actions as duties
from keti.duties.actions import Unanswered
from keti.duties.models import Obligation
from keti.kernel.acts import Act, Text
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold, hold_row
from keti.ledger import actions as ledger
from keti.programmes.models import Programme
from keti.release import notices, permissions, queries
from keti.release.enums import EndStep
from keti.release.models import Closure


def locked(obligation: Obligation, form: EndStep) -> Obligation:
    """The duty under lock, and its programme, whose end it may be. Refuses another form."""
    hold_row(Programme, obligation.programme_id)
    duty = (
        hold(Obligation.objects.all())
        .select_related("programme", "group", "seat", "role")
        .get(pk=obligation.pk)
    )
    if duty.form != form:
        raise Refused("release.other-form", title=duty.title)
    return duty


def refuse_for(code: str, reasons: Sequence[Text]) -> None:
    """Refuse with every reason said; nothing to say, nothing refused."""
    if reasons:
        words = Text("；".join(one.zh for one in reasons), "; ".join(one.en for one in reasons))
        raise Refused(code, reasons=words)


@transaction.atomic
def close_programme(act: Act, *, obligation: Obligation) -> Closure:
    """Close the programme with a numbered paper.

    Refuses while a finding is open, a gate is undecided, or something the duty needs is unmet
    and not waived with a reason; and everybody but the secretariat or the accountable seat.

    Taken back by: nothing, because closing is the end that was announced to everybody; what is
    found later is recorded beside it.
    """
    duty = locked(obligation, EndStep.CLOSING)
    programme = duty.programme
    done = queries.closure_of(duty)
    if ledger.repeated(act, "release.programme.closed", programme=programme) and done:
        return done
    permissions.may_release(act, duty).or_refuse()
    if done:
        raise Refused("release.already-closed", number=done.number)
    refuse_for("release.cannot-close-yet", queries.why_not_close(duty))
    number = duties.number_for(programme, duty, act.happened_at)
    closure = Closure.objects.create(
        programme=programme,
        obligation=duty,
        number=number,
        counts=queries.tally(programme),
        by_label=act.by.label,
        seat_label=act.seat.label if act.seat else "",
        at=act.happened_at,
        recorded_at=act.recorded_at,
    )
    duties.meet(act, obligation=duty, with_=closure.subject())
    unanswered = lay_aside(act, programme)
    ledger.record(
        act,
        "release.programme.closed",
        programme=programme,
        about=closure.subject(),
        facts={"number": number, "counts": closure.counts},
    )
    notices.over(act, programme, unanswered)
    return closure


def lay_aside(act: Act, programme: Programme) -> list[Unanswered]:
    """Once what is to be public is public and nothing is owed, the programme is over; what others
    still wait for ends with it. Returns what that is: who waited is told after the act's line."""
    if not queries.is_out(programme) or queries.owed(programme):
        return []
    unanswered = duties.end_answers(programme, act.recorded_at)
    Programme.objects.filter(pk=programme.pk, closed_at=None).update(closed_at=act.happened_at)
    programme.closed_at = programme.closed_at or act.happened_at
    return unanswered


@transaction.atomic
def finish_programme(act: Act, *, programme: Programme) -> Programme:
    """Lay the programme aside when its last duty was done after the publication.

    Refuses before publication and while anything is owed.

    Taken back by: nothing, because the record of the programme is complete with this line.
    """
    programme = hold_row(Programme, programme.pk)
    if ledger.repeated(act, "release.programme.finished", programme=programme):
        return programme
    permissions.may_finish(act, programme).or_refuse()
    if programme.closed_at is not None:
        return programme
    if not queries.is_out(programme):
        raise Refused("release.not-published-yet")
    owed = queries.owed(programme)
    if owed:
        raise Refused("release.still-owed", count=len(owed), first=owed[0].title)
    unanswered = lay_aside(act, programme)
    ledger.record(
        act,
        "release.programme.finished",
        programme=programme,
        about=programme.subject(),
    )
    notices.over(act, programme, unanswered)
    return programme
