"""Putting the rows of a PostgreSQL backup into an empty database; what a restored folder says."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from keti.backups.actions.snapshots import database
from keti.backups.rules import ROWS, SEQUENCES, Manifest, forget_note
from keti.kernel.held import Held, hold_back
from keti.kernel.postgres import sql
from keti.kernel.refusals import Refused

PIECE = 1 << 20
_TABLES = """
SELECT c.relname FROM pg_class c WHERE c.relkind = 'r'
AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname
"""


def suits(manifest: Manifest, file: Path) -> None:
    """Refuses a backup of the other database, of a newer schema, and a database that has tables."""
    if manifest.database != database():
        wanted, given = manifest.database, database()
        raise Refused("backups.other-database", file=file, wanted=wanted, given=given)
    known = set(MigrationLoader(None).disk_migrations)
    for app, name in manifest.schema:
        if (app, name) not in known:
            raise Refused("backups.newer", file=file, step=f"{app} {name}")
    if database() == "postgresql" and connection.introspection.table_names():
        raise Refused("backups.database-not-empty")


def restored(folder: Path, manifest: Manifest, now: datetime) -> None:
    """Make a laid out backup an installation: its rows where they belong, everything held that goes
    out by itself (`kernel.held`)."""
    if database() == "postgresql":
        put_rows(folder, manifest)
    hold_back(folder, Held(now, manifest.made))
    forget_note(folder)


def put_rows(folder: Path, manifest: Manifest) -> None:
    """Lay the tables of the backup's own schema and fill them, in one transaction; the files of
    rows are gone afterwards."""
    executor = MigrationExecutor(connection)
    executor.migrate(_last(executor, {(app, name) for app, name in manifest.schema}))
    connection.ensure_connection()
    opened: Any = connection.connection
    with opened.transaction(), opened.cursor() as cursor:
        tables = [name for (name,) in cursor.execute(_TABLES).fetchall()]
        for switch in ("DISABLE", "ENABLE"):
            for table in tables:
                _say(cursor, f"ALTER TABLE {{}} {switch} TRIGGER USER", table)
            if switch == "DISABLE":
                for table in tables:
                    _say(cursor, "DELETE FROM {}", table)
                for place in sorted((folder / ROWS).iterdir()):
                    _fill(cursor, place)
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name, (last, called) in json.loads((folder / SEQUENCES).read_text()).items():
            cursor.execute("SELECT setval(%s, %s, %s)", [f'public."{name}"', last, called])
    for place in [*(folder / ROWS).iterdir(), folder / SEQUENCES]:
        place.unlink()
    (folder / ROWS).rmdir()


def _last(executor: MigrationExecutor, applied: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """The steps of a schema that lead to all others: naming an earlier one would undo the later."""
    nodes = executor.loader.graph.node_map
    return sorted(
        one
        for one in applied
        if not any(child.key[0] == one[0] and child.key in applied for child in nodes[one].children)
    )


def _say(cursor: Any, words: str, table: str) -> None:
    cursor.execute(sql().SQL(words).format(sql().Identifier(table)))


def _fill(cursor: Any, place: Path) -> None:
    with place.open("rb") as rows:
        columns = json.loads(rows.readline())
        listed = sql().SQL(", ").join(map(sql().Identifier, columns))
        asked = sql().SQL("COPY {} ({}) FROM STDIN").format(sql().Identifier(place.name), listed)
        with cursor.copy(asked) as into:
            while piece := rows.read(PIECE):
                into.write(piece)
