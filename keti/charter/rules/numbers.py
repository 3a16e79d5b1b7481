"""From which number the papers of each series begin in the year the charter is brought in."""

from __future__ import annotations

from collections.abc import Sequence

from keti.charter.rules.shape import Charter
from keti.documents.rules.numbering import ENGLISH
from keti.kernel.forms_of_work import FORMS

NUMBERED = tuple(one.key for one in FORMS if one.numbered)
"""The forms of work whose papers bear a number of their own series (docs/decisions, 0041)."""
RECEIPTS = {"zh": ("申", "收"), "en": ("APP", "REC")}
"""Series words of the house, by the language of a programme: of applications, and of receipts."""


def only_tongue(langs: Sequence[str]) -> str:
    """The language of a programme that speaks one alone (zh or en), '' of one that speaks both."""
    spoken = {one.lower().split("-")[0] for one in langs}
    return spoken.pop() if len(spoken) == 1 else ""


def receipts(langs: Sequence[str]) -> tuple[str, str]:
    """The house's own series words in a programme of these languages."""
    return RECEIPTS["en" if only_tongue(langs) == "en" else "zh"]


def usual_format(langs: Sequence[str]) -> str:
    """How papers are numbered where the charter says nothing: '' is X〔year〕N号."""
    return ENGLISH if only_tongue(langs) == "en" else ""


def first_numbers(charter: Charter) -> dict[str, int]:
    """What stands before the number (prefix and series word) -> the first; what begins at 1 not."""
    prefix = charter.programme.number_prefix
    works = [*charter.obligations.__pydantic_extra__.values(), *charter.deliverables.values()]
    found = {prefix: charter.programme.first_number}
    for one in works:
        words = f"{prefix}{one.series}"
        found[words] = max(one.first_number, found.get(words, 1))
    return {words: first for words, first in found.items() if words and first > 1}
