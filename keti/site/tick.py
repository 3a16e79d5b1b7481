"""Everything that falls due by itself, in one idempotent run."""

from keti.duties.actions import remind_due
from keti.kernel import clock
from keti.notify.actions import deliver_due
from keti.programmes.queries import living


def run() -> tuple[int, int]:
    """Write what is due now or earlier and was not yet written, then send what waits.

    Returns (written, sent). Obeys the simulated clock of demo and play folders.
    """
    now = clock.instant()
    written = sum(remind_due(programme, now) for programme in living())
    return written, deliver_due(now)
