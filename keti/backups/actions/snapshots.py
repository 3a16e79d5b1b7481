"""The rows of one instant, while others write: of a file by SQLite's own copying, of PostgreSQL by
one transaction that sees nothing later."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.db import connection

from keti.backups.rules import ROWS, SEQUENCES, Writer
from keti.kernel.postgres import driver, sql

DATABASE = "keti.sqlite3"
WITHOUT_ROWS = ("keti_cache",)
"""Tables whose rows are worth nothing tomorrow."""
_SCHEMA = "SELECT app, name FROM django_migrations ORDER BY app, name"
_FILES = "SELECT DISTINCT sha256 FROM documents_storedfile ORDER BY sha256"
_HEADS = "SELECT book, size FROM ledger_head ORDER BY book"
_TABLES = """
SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum) FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0
AND NOT a.attisdropped AND a.attgenerated = '' GROUP BY c.relname ORDER BY c.relname
"""


@dataclass(slots=True)
class Snapshot:
    """What a backup needs to know of the rows: their moment, their schema, their files."""

    made_at: str
    schema: list[list[str]]
    files: list[str]
    books: list[list[Any]]


def database() -> str:
    """ "sqlite" or "postgresql"."""
    return str(connection.vendor)


@contextmanager
def snapshot(aside: Path) -> Iterator[tuple[Snapshot, "Source"]]:
    """The rows as of now. `aside` is a file beside the backup that holds what is being copied."""
    opened = _of_file(aside) if connection.vendor == "sqlite" else _of_server(aside)
    with opened as found:
        yield found


class Source(Protocol):
    """Adds the rows of a snapshot to a backup."""

    def add_to(self, writer: Writer) -> None:
        """Write them, part by part."""


@dataclass(slots=True)
class _File:
    copy: Path

    def add_to(self, writer: Writer) -> None:
        with self.copy.open("rb") as rows:
            writer.add(DATABASE, self.copy.stat().st_size, rows)


@contextmanager
def _of_file(aside: Path) -> Iterator[tuple[Snapshot, Source]]:
    live = sqlite3.connect(f"file:{connection.settings_dict['NAME']}?mode=ro", uri=True)
    try:
        aside.touch(mode=0o600)
        copy = sqlite3.connect(aside)
        try:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=OFF")
            copy.execute("VACUUM")  # pages keep the bytes of what was deleted or erased
        finally:
            copy.close()
        read = sqlite3.connect(f"file:{aside}?immutable=1", uri=True)
        try:
            (now,) = live.execute("SELECT strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')").fetchone()
            facts = Snapshot(now, *(_all(read.execute(one)) for one in (_SCHEMA, _FILES, _HEADS)))
        finally:
            read.close()
        facts.files = [row[0] for row in facts.files]
        yield facts, _File(aside)
    finally:
        live.close()
        aside.unlink(missing_ok=True)


def _all(rows: Any) -> list[Any]:
    return [list(row) for row in rows]


@dataclass(slots=True)
class _Server:
    open: Any
    aside: Path

    def add_to(self, writer: Writer) -> None:
        cursor: Any
        with self.open.cursor() as cursor:
            tables = cursor.execute(_TABLES).fetchall()
            for table, columns in tables:
                if table not in WITHOUT_ROWS:
                    self._table(writer, table, columns)
            cursor.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'")
            names = sorted(name for (name,) in cursor.fetchall())
            stand = {name: self._stand(name) for name in names}
        with self.aside.open("w+b") as out:
            out.write(json.dumps(stand, indent=1).encode() + b"\n")
            self._given(writer, SEQUENCES, out)

    def _table(self, writer: Writer, table: str, columns: list[str]) -> None:
        listed = sql().SQL(", ").join(map(sql().Identifier, columns))
        asked = sql().SQL("COPY {} ({}) TO STDOUT").format(sql().Identifier(table), listed)
        with self.aside.open("w+b") as out:
            out.write(json.dumps(columns).encode() + b"\n")
            with self.open.cursor() as cursor, cursor.copy(asked) as rows:
                for piece in rows:
                    out.write(piece)
            self._given(writer, f"{ROWS}{table}", out)

    def _stand(self, name: str) -> list[Any]:
        asked = sql().SQL("SELECT last_value, is_called FROM {}").format(sql().Identifier(name))
        return list(self.open.execute(asked).fetchone() or ())

    @staticmethod
    def _given(writer: Writer, name: str, out: Any) -> None:
        size = out.tell()
        out.seek(0)
        writer.add(name, size, out)


@contextmanager
def _of_server(aside: Path) -> Iterator[tuple[Snapshot, Source]]:
    facts = {**connection.get_connection_params(), "cursor_factory": None, "context": None}
    opened: Any = driver().connect(
        **{name: value for name, value in facts.items() if value is not None}
    )
    opened.isolation_level, opened.read_only = driver().IsolationLevel.REPEATABLE_READ, True
    try:
        aside.touch(mode=0o600)
        now: Any = (opened.execute("SELECT transaction_timestamp()").fetchone() or [None])[0]
        found = [_all(opened.execute(one)) for one in (_SCHEMA, _FILES, _HEADS)]
        told = Snapshot(now.isoformat(), *found)
        told.files = [row[0] for row in told.files]
        yield told, _Server(opened, aside)
    finally:
        opened.close()
        aside.unlink(missing_ok=True)
