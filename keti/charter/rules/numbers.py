"""From which number the papers of each series begin in the year the charter is brought in."""

from __future__ import annotations

from keti.charter.rules.shape import Charter

NUMBERED = (
    "call", "admission", "appointment", "task_book", "meeting", "report", "file", "consultation",
    "closing", "publication",
)  # fmt: skip
"""The forms of work whose papers bear a number of their own series (docs/decisions, 0041)."""
RECEIPTS = ("申", "收")
"""Series words of the house: of applications received, and of receipts."""


def first_numbers(charter: Charter) -> dict[str, int]:
    """What stands before the number (prefix and series word) -> the first; what begins at 1 not."""
    prefix = charter.programme.number_prefix
    works = [*charter.obligations.__pydantic_extra__.values(), *charter.deliverables.values()]
    found = {prefix: charter.programme.first_number}
    for one in works:
        words = f"{prefix}{one.series}"
        found[words] = max(one.first_number, found.get(words, 1))
    return {words: first for words, first in found.items() if words and first > 1}
