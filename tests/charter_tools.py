"""Charter texts made strange: every id renamed, every date moved, fewer groups.

They work on the text and its YAML places, so that the result is what an author could have written.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from keti.charter.rules.reading import Document, read

_DATE = re.compile(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_DECLARING = (
    ("parties",), ("groups",), ("roles",), ("calendar",), ("phases",), ("events",),
    ("obligations",), ("gates",), ("deliverables",), ("honours",), ("outreach",),
    ("programme", "principles"), ("admission", "tracks"), ("admission", "evidence"),
    ("admission", "form", "fields"), ("admission", "form", "declarations"),
    ("amendment", "classes"), ("rounds",),
)  # fmt: skip
_RESERVED = {"late", "source"}


def shifted(text: str, days: int) -> str:
    """Every written date moved by a number of days, clocks left alone."""

    def move(found: re.Match[str]) -> str:
        day = date(int(found[1]), int(found[2]), int(found[3])) + timedelta(days=days)
        return day.isoformat()

    return _DATE.sub(move, text)


def renamed(text: str) -> str:
    """Every id the charter declares replaced by another, wherever it is referred to."""
    document = read(text)
    names = {old: f"zz{n}_{old[::-1].replace('.', 'q')}"[:40].rstrip("_") for n, old in
             enumerate(_ids(document))}  # fmt: skip
    spans = _spans(text, document)
    out, at = [], 0
    for start, end in spans:
        out += [text[at:start], _replaced(text[start:end], names)]
        at = end
    return "".join([*out, text[at:]])


def fewer_groups(text: str, count: int) -> str:
    """Only the first `count` instances of every repeated group."""
    document = read(text)
    lines = text.split("\n")
    doomed: set[int] = set()
    for kind, group in document.data["groups"].items():
        keys = list(group.get("instances", {}))
        places = [document.keys["groups", kind, "instances", key][0] for key in keys]
        doomed |= set(places[count:])
    return "\n".join(line for number, line in enumerate(lines, 1) if number not in doomed)


def _ids(document: Document) -> list[str]:
    found: list[str] = []
    for path in _DECLARING:
        block = document.data
        for step in path:
            block = block.get(step, {})
        found += [key for key in block if key not in _RESERVED]
    for kind, group in document.data["groups"].items():
        found += [f"{kind}.{key}" for key in group.get("instances", {})]
    for works in ("obligations", "deliverables"):
        for work in document.data.get(works, {}).values():
            found += list(work.get("sections", {}))
    return list(dict.fromkeys(found))
