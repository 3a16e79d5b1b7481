"""Everything that falls due by itself, in one idempotent run."""

import logging
from datetime import datetime

from keti.duties.actions import remind_due
from keti.kernel import clock
from keti.notify.actions import deliver_due
from keti.planning.actions import apply_due
from keti.programmes.models import Programme
from keti.programmes.queries import living

log = logging.getLogger("keti.tick")


def run() -> tuple[int, int]:
    """Bring approved amendments into force, write what is due and unwritten, send what waits.

    Returns (written, sent). Obeys the simulated clock of demo and play folders.
    """
    now = clock.instant()
    apply_due(now)
    written = sum(_reminded(programme, now) for programme in living())
    return written, deliver_due(now)


def _reminded(programme: Programme, now: datetime) -> int:
    """One programme that cannot be read holds up no other; it is tried again at the next tick."""
    try:
        return remind_due(programme, now)
    except Exception:
        log.exception("reminders of %s failed", programme.slug)
        return 0
