"""Two roles of PostgreSQL: the owner lays tables, the application reads and writes rows.

Only an owner drops a table or a trigger, switches one off, replaces its function or empties a
table at a stroke; so the application had better own nothing.
"""

from typing import Any

from django.db import connection

from keti.kernel.postgres import sql

ONLY_READ = ("django_migrations",)
_GRANTS = """
REVOKE ALL ON SCHEMA public FROM PUBLIC, {role};
GRANT USAGE ON SCHEMA public TO {role};
REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC, {role};
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC, {role};
"""
_POWERS = """
SELECT r.rolsuper, r.rolcreaterole, r.rolreplication,
 (SELECT count(*) FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
  AND c.relkind IN ('r', 'p') AND pg_has_role(current_user, c.relowner, 'MEMBER')),
 (SELECT count(*) FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
  AND c.relkind IN ('r', 'p') AND (has_table_privilege(c.oid, 'TRUNCATE')
  OR has_table_privilege(c.oid, 'TRIGGER'))),
 has_schema_privilege('public', 'CREATE'),
 (SELECT pg_has_role(current_user, datdba, 'MEMBER') FROM pg_database
  WHERE datname = current_database())
FROM pg_roles r WHERE r.rolname = current_user
"""
_WORDS = (
    "is a superuser",
    "may make roles",
    "may replicate",
    "owns {} tables",
    "may empty or hang triggers on {} tables",
    "may lay tables",
    "owns the database",
)
_SYNCED = {"fsync": ("on",), "synchronous_commit": ("on", "remote_write", "remote_apply", "local")}


def grant(role: str) -> None:
    """Let `role` read and write the rows of every table there is, and no more. The connection is
    the owner's; called after every migration."""
    names = {
        "role": sql().Identifier(role),
        "database": sql().Identifier(str(connection.settings_dict["NAME"])),
    }
    with connection.cursor() as cursor:
        cursor.execute(sql().SQL(_GRANTS).format(**names))
        for table in ONLY_READ:
            words = "REVOKE INSERT, UPDATE, DELETE ON {table} FROM {role}"
            cursor.execute(sql().SQL(words).format(table=sql().Identifier(table), **names))


def powers() -> list[str]:
    """What the role of this connection may beyond rows, in words; nothing on SQLite."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(_POWERS)
        found: tuple[Any, ...] = cursor.fetchone()
    return [words.format(one) for words, one in zip(_WORDS, found, strict=True) if one]


def unsynced() -> list[str]:
    """The settings by which the database acknowledges what a power cut takes, as they stand."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous")
            return [] if cursor.fetchone()[0] >= 2 else ["synchronous is not FULL"]
        found = []
        for name, wanted in _SYNCED.items():
            cursor.execute(f"SHOW {name}")
            (said,) = cursor.fetchone()
            found += [] if said in wanted else [f"{name} is {said}"]
    return found
