"""What is declared and used by nothing: a date no duty hangs on, a party nobody belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from keti.charter.rules.findings import Path
from keti.charter.rules.lint.brief import Brief

WORD = re.compile(r"[A-Za-z_][\w.]*")
SPOKEN = ("zh", "en", "source", "stated", "resolve", "tz", "lang", "workdays")
"""Words for people: a name in them is no reference."""


def judge(brief: Brief) -> None:
    """Note every date and party that no other place of the file names.

    A span tells how long something lasts, and an affiliation who is kin: both speak unasked.
    """
    named = set(_named(brief.data, ()))
    for key, entry in brief.resolver.entries.items():
        spans = bool(entry.begin and entry.to and not entry.rrule)
        if not spans and not _is_named(key, named, "calendar"):
            brief.report.note("charter.unused-date", ("calendar", key), at_key=True, word=key)
    for key, party in brief.charter.parties.items():
        if not party.affiliated_with and not _is_named(key, named, "parties"):
            brief.report.note("charter.unused-party", ("parties", key), at_key=True, word=key)


def _is_named(key: str, named: set[tuple[str, Path]], block: str) -> bool:
    """Whether a key, or a side of it (`term.from`), is named outside its own entry."""
    return any(
        (word == key or word.startswith(f"{key}.")) and path[:2] != (block, key)
        for word, path in named
    )


def _named(node: Any, path: Path) -> Iterator[tuple[str, Path]]:
    """Every word of the file that could refer to something, and where it stands."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in SPOKEN:
                yield from _named(value, (*path, key))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _named(value, (*path, number))
    elif isinstance(node, str):
        yield from ((word.rstrip("."), path[:2]) for word in WORD.findall(node))
