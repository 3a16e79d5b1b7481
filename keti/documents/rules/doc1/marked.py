"""What somebody marked in a text for its authors: remarks beside it, changes tracked in it."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from .schema import Doc, every_block

MOST = 200
"""So many of each are listed; the others are counted."""
ABOUT = 60


def marked(doc: Doc, stood: Iterable[Doc] = ()) -> dict[str, Any]:
    """The remarks with the words they stand beside, and the changes in their order, one run of
    them as one; how many there are of each. What stood in the text before it was marked (`stood`)
    is nobody's mark on it."""
    remarks, changes = _read(doc)
    for before in stood:
        said, tracked = _read(before)
        remarks, changes = _without(remarks, said), _without(changes, tracked)
    return {
        "comments": remarks[:MOST],
        "changes": changes[:MOST],
        "count": [len(remarks), len(changes)],
    }


def _without(rows: list[dict[str, str]], known: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows but for one of each that is known."""
    left = Counter(tuple(sorted(one.items())) for one in known)
    out = []
    for one in rows:
        key = tuple(sorted(one.items()))
        if left[key]:
            left[key] -= 1
        else:
            out.append(one)
    return out


def _read(doc: Doc) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Every remark and every change of a text."""
    beside: dict[str, str] = {}
    changes: list[dict[str, str]] = []
    for block in every_block(doc["blocks"]):
        last: tuple[str, str] | None = None
        for run in block.get("runs", ()):
            words = run.get("words", "")
            for name in run.get("said", ()):
                beside[name] = beside.get(name, "") + words
            kind = next((one for one in ("ins", "cut") if one in run), "")
            now = (kind, run[kind]["by"]) if kind else None
            if now and now == last:
                changes[-1]["words"] += words
            elif now:
                changes.append({"kind": now[0], "by": now[1], "words": words})
            last = now
    remarks = [
        {"by": one["by"], "words": one["words"], "about": beside.get(name, "")[:ABOUT]}
        for name, one in doc["comments"].items()
    ]
    return remarks, changes
