"""Everything that falls due by itself, in idempotent runs: what is due, and the post."""

import logging
from datetime import datetime

from django.conf import settings

from keti.accounts.doors import forget_tallies
from keti.backups.actions import back_up_due
from keti.documents.actions import sweep_hourly
from keti.drafts.actions import sweep_drafts
from keti.duties.actions import remind_due
from keti.intake.actions import end_terms
from keti.kernel import access, clock
from keti.kernel.held import is_held
from keti.ledger.actions import keep_checkpoints, keep_house_checkpoint
from keti.notify.actions import deliver_due
from keti.planning.actions import apply_due, count_due, lay_due
from keti.witness.actions import write_monthly

log = logging.getLogger("keti.tick")


def run() -> tuple[int, int]:
    """What is due first, then the post. Returns (written, sent)."""
    return write(), send()


def write() -> int:
    """Bring approved amendments into force, write what is due and unwritten; returns how many
    letters were written. Talks to nobody outside.

    Obeys the simulated clock of demo and play folders, as `send` does. A restored installation
    does nothing by itself before it is let go.
    """
    if is_held(settings.KETI_DATA):
        return 0
    now = clock.instant()
    try:
        count_due(now)
        apply_due(now)
        lay_due(now)
    except Exception:
        log.exception("amendments failed; they are tried again at the next tick")
    _end_terms(now)
    forget_tallies()
    sweep_drafts(now)
    written = remind_due(now)
    _sign(now)
    _tidy()
    back_up_due()
    return written


def _end_terms(now: datetime) -> None:
    """Seats fall vacant whose term is over; what fails is tried at the next tick."""
    try:
        end_terms(now)
    except Exception:
        log.exception("terms of office could not be ended; it is tried again")


def _sign(now: datetime) -> None:
    """Keep what everybody can hold the record to; what fails is signed at the next tick."""
    try:
        keep_checkpoints(now)
        keep_house_checkpoint(now)
        write_monthly(now)
    except Exception:
        log.exception("checkpoints could not be kept; it is tried again")


def _tidy() -> None:
    """Sweep files nothing refers to, once an hour; what cannot be swept now is swept later."""
    try:
        swept = sweep_hourly()
        if swept is not None and swept.bytes:
            log.info("swept: %s", swept)
    except Exception:
        log.exception("files could not be swept; it is tried again")
    try:
        access.sweep(clock.database_instant())
    except OSError:
        log.exception("old days of the access log could not be let go; it is tried again")


def send() -> int:
    """Hand over what waits, within a time of its own; returns how many letters were taken."""
    return deliver_due(clock.instant())
