"""Emptying the database inside one test, past the triggers that forbid it to everybody else."""

from contextlib import nullcontext

from django.apps import apps
from django.db import connection


def clear() -> None:
    """Delete every row of the product's tables. The test's rollback brings all of it back."""
    with connection.laying() if connection.vendor == "sqlite" else nullcontext():
        _cleared()


def _cleared() -> None:
    tables = [
        model._meta.db_table for model in apps.get_models() if model.__module__.startswith("keti.")
    ]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            cursor.execute("PRAGMA defer_foreign_keys = ON")
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = origin")
