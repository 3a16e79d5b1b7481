"""What reads writes nothing, locks nothing and starts no converter: every address, every object of
a lived world."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from keti.documents.rules import pandoc
from keti.jobs.tests.waiting import WAITING
from tests.twin.inventory import addresses
from tests.twin.secrets import World
from tests.twin.world import Story

WRITES = re.compile(
    r'^\s*(INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO) "(\w+)"|FOR (NO KEY )?UPDATE'
)
SESSION = "django_session"
"""The browser's own row: kept by the framework, never one of the programme."""
ASKED = {"jobs_job"}
"""A paper that is not yet made is asked for by who opens its address: one row, no lock held."""
NAMED = {
    "/readyz": "ledger_head",  # whether the database takes a write can only be known by one
    "/accounts/email/": "account_emailaddress",  # the library's row for an account made without it
}


@pytest.mark.slow
def test_no_page_writes_or_locks_or_starts_a_converter(
    db: None, monkeypatch: Any, settings: Any
) -> None:
    cast = Story(World()).lived()
    settings.TASKS = WAITING  # a worker's work is not the page's
    written: dict[str, set[str]] = {}
    started: set[str] = set()
    here = ""
    run = pandoc.subprocess.run

    def converting(*given: Any, **more: Any) -> Any:
        started.add(here)
        return run(*given, **more)

    def watched(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if found := WRITES.search(sql):
            written.setdefault(here, set()).add(found[2] or "lock")
        return execute(sql, *rest)

    monkeypatch.setattr(pandoc.subprocess, "run", converting)
    for seat in ("qin", "hua", "rui"):
        client = getattr(cast, seat).client
        for here in addresses(cast, 1):
            with connection.execute_wrapper(watched):
                client.get(here)
    assert started == set()
    found = {path: names - {SESSION} for path, names in written.items()}
    more = {path: names - ASKED - {NAMED.get(path)} for path, names in found.items()}
    assert {path: names for path, names in more.items() if names} == {}
    assert len({path for path, names in found.items() if names & ASKED}) >= 8
