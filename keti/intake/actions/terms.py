"""Terms of office that run out: renewed, or ended by the clock when nobody was elected anew."""

import logging
from datetime import datetime
from functools import partial

from django.db import transaction

from keti.duties.actions import await_answers
from keti.groups import actions as groups
from keti.groups.models import Seat
from keti.kernel.acts import Act
from keti.kernel.transactions import run
from keti.ledger import actions as ledger
from keti.monitoring.actions import follow_the_seats, hold_what_follows

log = logging.getLogger(__name__)


@transaction.atomic
def renew_term(act: Act, *, seat: Seat) -> Seat:
    """Let the holder of a seat go on for another term; that the end of this one was to be seen to
    is done, and owed again for the next. Refuses what renewing a seat refuses."""
    hold_what_follows(seat.programme)
    renewed = groups.renew_seat(act, seat=seat)
    await_answers(seat.programme, "intake", seat.public_id, act.recorded_at, act=act)
    ledger.tell_rest(act, programme=seat.programme)
    return renewed


def end_terms(now: datetime) -> int:
    """End every seat whose term is over and that nobody renewed; returns how many."""
    over = Seat.objects.filter(ends_at=None, term_ends_at__lte=now, programme__closed_at=None)
    ended = 0
    for seat in list(over.with_names().order_by("pk")):
        try:
            act = Act(by=ledger.ITSELF, recorded_at=now, happened=seat.term_ends_at)
            ended += run(partial(lapse, act, seat=seat))
        except Exception:
            log.exception("the term of %s was not ended; it is tried again", seat.public_id)
    return ended


@transaction.atomic
def lapse(act: Act, *, seat: Seat) -> bool:
    """The term of a seat is over: it falls vacant at that instant, by the clock, and what was owed
    in it passes on. Whoever is the last to keep the secretariat stays until somebody follows.

    Taken back by: groups.appoint (the same holder anew).
    """
    hold_what_follows(seat.programme)
    seat = Seat.objects.with_names().get(pk=seat.pk)
    renewed = seat.term_ends_at is None or seat.term_ends_at > act.happened_at
    if seat.ends_at is not None or renewed or _keeps_the_office_alone(seat):
        return False
    groups.end_term(act, seat=seat)
    follow_the_seats(act, programme=seat.programme)
    return True


def _keeps_the_office_alone(seat: Seat) -> bool:
    others = Seat.objects.filter(programme=seat.programme, ends_at=None).exclude(pk=seat.pk)
    return seat.can("manage") and not others.able("manage").exists()
