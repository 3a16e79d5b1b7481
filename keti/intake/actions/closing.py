"""A published call closes later than it said."""

from datetime import datetime, timedelta

from django.db import transaction

from keti.duties import actions as duties
from keti.groups.permissions import may_manage
from keti.intake import notices, queries
from keti.intake.models import Call, Erratum
from keti.intake.rules.words import deadline
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused, both
from keti.ledger import actions as ledger

POSTPONED = "intake.call.postponed"
FURTHEST = timedelta(days=366)


@transaction.atomic
def postpone_close(act: Act, *, call: Call, closes_at: datetime, reason: str) -> Erratum:
    """Let a published call close later, by a numbered correction that stands beside it; everybody
    who began an application is told. What hangs on the close (`queries.hanging`) and is neither
    done nor past is extended by as many days. Only the secretariat.

    It counts from when it was received: at the closing instant the window is closed and stays so.
    Refuses no reason, an instant that is not later, and one more than a year away.

    Taken back by: postpone_close (later still; a window once promised is never shortened).
    """
    programme = call.programme
    duties.hold_open_duties(programme, call.obligation)
    if entry := ledger.repeated(act, POSTPONED, programme=programme):
        return Erratum.objects.select_related("call", "programme").get(public_id=entry.subject_id)
    may_manage(act, programme).or_refuse()
    mine = Call.objects.select_related("programme").get(pk=call.pk)
    before = _refused(act, mine, closes_at, reason)
    moved = closes_at - before
    hanging = queries.hanging(programme, act.recorded_at)
    erratum = _erratum(act, mine, closes_at, reason.strip())
    Call.objects.filter(pk=mine.pk).update(closes_at=closes_at)
    duties.await_answers(programme, "intake", "", act.recorded_at)
    why = both("intake.close-moved-why", number=erratum.number).zh
    duties.put_off(hanging, moved, why, act.recorded_at)
    ledger.record(
        act,
        POSTPONED,
        programme=programme,
        about=erratum.subject(),
        facts={
            "call": mine.number,
            "number": erratum.number,
            "before": before,
            "after": closes_at,
            "moved": [one.key for one in hanging],
            "reason": erratum.reason,
        },
    )
    notices.corrected(act, erratum)
    return erratum


def _refused(act: Act, call: Call, closes_at: datetime, reason: str) -> datetime:
    """The instant at which it closes now; refuses what cannot be put in its place."""
    now, zone = call.closes_at, call.programme.tz
    if now is None:
        raise Refused("intake.nobody-applies")
    if act.recorded_at >= now:
        raise Refused("intake.closed-already", closes=deadline(now, zone))
    if closes_at <= now:
        raise Refused("intake.close-only-later", closes=deadline(now, zone)).at("last_day")
    if closes_at > now + FURTHEST:
        raise Refused("intake.close-too-far").at("last_day")
    if not reason.strip():
        raise Refused("intake.erratum-needs-a-reason").at("reason")
    return now


def _erratum(act: Act, call: Call, closes_at: datetime, reason: str) -> Erratum:
    programme, before = call.programme, call.closes_at
    assert before is not None
    zone = programme.tz
    words = both(
        "intake.close-moved", before=deadline(before, zone), after=deadline(closes_at, zone)
    )
    return Erratum.objects.create(
        programme=programme,
        call=call,
        number=duties.number_for(programme, call.obligation, act.recorded_at),
        text_zh=words.zh,
        text_en=words.en,
        reason=reason,
        published_at=act.recorded_at,
        by_label=act.by.label,
        closed_at=before,
        closes_at=closes_at,
    )
