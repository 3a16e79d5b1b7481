"""The driver of PostgreSQL, loaded where it is spoken to: a house on SQLite starts without it."""

from importlib import import_module
from typing import Any


def driver() -> Any:
    """`psycopg`."""
    return import_module("psycopg")


def sql() -> Any:
    """`psycopg.sql`: names and statements put together safely."""
    return import_module("psycopg.sql")
