"""What is declared and used by nothing: a date no duty hangs on, a party nobody belongs to, a key
beside the one that makes the day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from keti.charter.rules.aliases import CHINESE
from keti.charter.rules.findings import Path
from keti.charter.rules.lint.brief import Brief
from keti.charter.rules.lint.calendar.uses import declared

WORD = re.compile(r"[A-Za-z_][\w.]*")
DAYS: dict[str, tuple[str, ...]] = {
    "date": ("at", "roll", "round", "precision"),
    "after": ("plus", "at", "roll", "round", "first"),
    "rrule": ("from", "to", "at", "roll", "round", "first"),
    "months": ("from", "to", "at", "roll", "round", "first"),
    "from": ("to", "round"),
}
"""The keys that each way of naming a day reads."""
TIMES: dict[str, tuple[str, ...]] = {
    "rrule": ("from", "to", "at", "roll", "first"),
    "months": ("from", "to", "at", "roll", "round", "first"),
    "at_least": ("from", "to", "at", "roll", "round"),
    "due": ("at", "round", "first"),
}
"""The same of a work; of others it is not asked."""
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
    for key in brief.resolver.entries:
        _idle(brief, ("calendar", key), DAYS)
    for path, _, _ in declared(brief):
        _idle(brief, path, TIMES)
    for key, party in brief.charter.parties.items():
        if not party.affiliated_with and not _is_named(key, named, "parties"):
            brief.report.note("charter.unused-party", ("parties", key), at_key=True, word=key)


def _idle(brief: Brief, path: Path, ways: dict[str, tuple[str, ...]]) -> None:
    """Warn of each key of a date that the way its day is named does not read."""
    has = brief.report.has
    way = next((name for name in ways if has((*path, name))), "")
    if not way:
        return
    every = dict.fromkeys([*ways, *(name for read in ways.values() for name in read)])
    for name in every:
        if name not in (way, *ways[way]) and has((*path, name)):
            facts: dict[str, object] = {"word": name, "word_zh": CHINESE[name]}
            facts |= {"other": way, "other_zh": CHINESE[way]}
            brief.report.found_wanting("charter.idle-key", (*path, name), facts)


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
