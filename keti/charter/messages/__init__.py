"""The sentences of the charter room, by family: what is wrong, what to write instead, its number.

A finding has a word (`charter.unknown-role`) in the code and a number (`SHP139`) for its readers.
"""

from __future__ import annotations

from keti.charter.messages import (
    bounds,
    calendar,
    carried,
    flow,
    people,
    promises,
    seats,
    shape,
    written,
)

FAMILIES = (shape, written, bounds, calendar, flow, carried, people, seats, promises)

MESSAGES: dict[str, tuple[str, str]] = {}
SUGGESTIONS: dict[str, tuple[str, str]] = {}
NUMBERS: dict[str, str] = {}
for family in FAMILIES:
    MESSAGES.update(family.MESSAGES)
    SUGGESTIONS.update(family.SUGGESTIONS)
    NUMBERS.update(family.NUMBERS)
