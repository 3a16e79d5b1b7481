"""Data of before: what waited already when the list of what is owed learned of it."""

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

from keti.duties.actions import astray, await_everywhere
from keti.kernel import clock
from keti.kernel.transactions import run
from keti.programmes.queries import living

log = logging.getLogger("keti.site")


def is_migrated() -> bool:
    """Whether every migration of every room is applied and what waits is owed, told by names alone:
    reading the migrations themselves takes longer than all else a start needs."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    return not _unfinished().exists() and all(
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


def _unfinished() -> Path:
    return Path(settings.KETI_DATA) / "what-waits-is-not-owed-yet"


def after_migrations(*, changed: bool) -> None:
    """Bring what is owed in step once the tables are those of today, where they `changed` or where
    it could not be done to the end before.

    Does nothing on the way to an earlier state: the rooms read their tables as they are now.
    """
    unfinished = _unfinished()
    if not (changed or unfinished.exists()):
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    unfinished.touch(mode=0o600)
    _, failed = owe_what_waits(clock.instant())
    if not failed:
        unfinished.unlink(missing_ok=True)


def owe_what_waits(now: datetime) -> tuple[int, int]:
    """Let every living programme owe what waits in it; returns how many were not in step, and how
    many could not be brought there.

    Each in a transaction of its own: one that cannot be read holds up no other.
    """
    mended, failed = 0, 0
    for programme in living():
        try:
            if any(astray(programme, now)):
                run(partial(await_everywhere, programme, now))
                mended += 1
        except Exception:
            log.exception("what waits in %s cannot be brought in step", programme.slug)
            failed += 1
    return mended, failed
