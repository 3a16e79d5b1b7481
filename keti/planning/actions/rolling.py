"""What recurs without an end is laid down further as time goes on."""

import logging
from datetime import datetime
from functools import partial

from django.db import transaction

from keti.charter.queries import compiled
from keti.duties import actions as duties
from keti.duties.models import Obligation
from keti.groups.actions import hold_roster
from keti.groups.models import Group
from keti.kernel.acts import Act
from keti.kernel.transactions import run
from keti.ledger import actions as ledger
from keti.ledger.models import Entry
from keti.planning.permissions import TRIAL
from keti.planning.rules.rolling import coming, reach
from keti.programmes import actions as programmes
from keti.programmes.models import Programme

log = logging.getLogger(__name__)


def lay_due(now: datetime) -> int:
    """Lay down in every open programme what its horizon has come to; returns how many duties. A
    trial keeps its first horizon until something of it is published."""
    laid = 0
    for programme in list(Programme.objects.filter(closed_at=None).order_by("pk")):
        try:
            if compiled(programme).ahead and not _is_trial(programme):
                act = Act(by=ledger.ITSELF, recorded_at=now)
                laid += run(partial(lay_ahead, act, programme=programme))
        except Exception:
            log.exception("%s was not laid down further; it is tried again", programme.slug)
    return laid


def _is_trial(programme: Programme) -> bool:
    return not Entry.objects.filter(book=programme.public_id).exclude(kind__in=TRIAL).exists()


@transaction.atomic
def lay_ahead(act: Act, *, programme: Programme) -> int:
    """Lay down what recurs without an end and is due within the horizon from now: once a month, by
    the clock. What stands is left as it is, and nothing past is asked for. Returns how many.

    Taken back by: planning.propose_amendment (that gives it an end, or other days).
    """
    hold_roster(programme)
    law = compiled(programme)
    known = set(Obligation.objects.filter(programme=programme).values_list("key", flat=True))
    gone = Group.objects.filter(programme=programme).exclude(ended_at=None, stopped_at=None)
    ended = set(gone.values_list("key", flat=True))
    fresh = [one for one in coming(law, act.recorded_at, known) if one.group not in ended]
    if not fresh:
        return 0
    duties.found_duties(programme, fresh)
    last = max(one.due_at for one in fresh)
    programmes.restate(programme, {"ends_at": max(programme.ends_at, last)}, None)
    duties.seat_the_duties(programme, act.recorded_at)
    ledger.record(
        act,
        "planning.horizon.laid",
        programme=programme,
        about=programme.subject(),
        facts={"until": reach(law, act.recorded_at), "obligations": len(fresh)},
    )
    return len(fresh)
