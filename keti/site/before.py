"""Data of before: what waited already when the list of what is owed learned of it, and what was
written in the old dialect."""

import logging
from datetime import datetime
from functools import partial
from pathlib import Path
from pkgutil import iter_modules

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from keti.documents.actions import keep_old
from keti.duties.actions import astray, await_everywhere
from keti.intake import queries as intake
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.kernel.transactions import run
from keti.ledger.actions import ITSELF, tell_rest
from keti.meetings import queries as meetings
from keti.programmes.models import Programme
from keti.programmes.queries import living
from keti.reports import queries as reports
from keti.work import queries as work

log = logging.getLogger("keti.site")


def is_migrated() -> bool:
    """Whether every migration of every room is applied and what follows them done, by names alone:
    reading the migrations themselves takes longer than all else a start needs."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    return not any(one.exists() for one in _marks()) and all(
        (app.label, found.name) in applied
        for app in apps.get_app_configs()
        for found in iter_modules([str(Path(app.path) / "migrations")])
        if not found.ispkg and found.name[0] not in "_~"
    )


def steps_behind() -> int:
    """How many migrations an installation of before lacks; 0 for a new one."""
    if not MigrationRecorder(connection).applied_migrations():
        return 0
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def note_old_texts(data: Path) -> None:
    """Let the next start of this folder look for texts of the old dialect: it was put back."""
    (data / OLD_TEXTS).touch(mode=0o600)


def after_migrations(*, changed: bool) -> None:
    """Bring what is owed and what was written before in step once the tables are those of today,
    where they `changed` or where it could not be done to the end before.

    Does nothing on the way to an earlier state: the rooms read their tables as they are now.
    """
    marks = [one for one in _marks() if changed or one.exists()]
    if not marks:
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    for mark in marks:
        mark.touch(mode=0o600)
        if STEPS[mark.name]():
            mark.unlink(missing_ok=True)


def _marks() -> list[Path]:
    """The files of the data folder that say which step is not done to the end."""
    return [Path(settings.KETI_DATA) / name for name in STEPS]


def _all_owed() -> bool:
    _, failed = owe_what_waits(clock.instant())
    return not failed


def read_old_texts() -> bool:
    """Read every text of the old dialect that is not kept as read, so that no page ever has to;
    returns whether that could be done. What could not be shows as its source meanwhile."""
    try:
        for texts in (intake.old_texts, meetings.old_texts, reports.old_texts, work.old_texts):
            keep_old(texts())
    except Exception:
        log.exception("texts of the old dialect cannot be read")
        return False
    return True


def owe_what_waits(now: datetime) -> tuple[int, int]:
    """Let every living programme owe what waits in it; returns how many were not in step, and how
    many could not be brought there.

    Each in a transaction of its own: one that cannot be read holds up no other.
    """
    mended, failed = 0, 0
    for programme in living():
        try:
            if any(astray(programme, now)):
                run(partial(_await, programme, now))
                mended += 1
        except Exception:
            log.exception("what waits in %s cannot be brought in step", programme.slug)
            failed += 1
    return mended, failed


def _await(programme: Programme, now: datetime) -> None:
    await_everywhere(programme, now)
    tell_rest(Act(by=ITSELF, recorded_at=now), programme=programme)


OLD_TEXTS = "old-texts-are-not-read-yet"
STEPS = {"what-waits-is-not-owed-yet": _all_owed, OLD_TEXTS: read_old_texts}
"""What follows migrations; a file of this name says that one is not done."""
