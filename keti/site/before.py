"""Data of before: what waited already when the list of what is owed learned of it."""

import logging
from datetime import datetime
from functools import partial

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.executor import MigrationExecutor

from keti.duties.actions import astray, await_everywhere
from keti.kernel import clock
from keti.kernel.transactions import run
from keti.programmes.queries import living

log = logging.getLogger("keti.site")


def after_migrations(database: str) -> None:
    """Bring what is owed in step once the tables are those of today.

    Does nothing on the way to an earlier state: the rooms read their tables as they are now.
    """
    if database != DEFAULT_DB_ALIAS:
        return
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        owe_what_waits(clock.instant())


def owe_what_waits(now: datetime) -> int:
    """Let every living programme owe what waits in it; returns how many were not in step.

    Each in a transaction of its own: one that cannot be read holds up no other, and is tried again
    after the next migration.
    """
    mended = 0
    for programme in living():
        try:
            if any(astray(programme, now)):
                run(partial(await_everywhere, programme, now))
                mended += 1
        except Exception:
            log.exception("what waits in %s cannot be brought in step", programme.slug)
    return mended
