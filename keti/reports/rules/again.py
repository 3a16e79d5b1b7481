"""What was said of a file before holds for the same file, and for a corrected one. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from keti.documents.rules.parts import LONGEST, WITHIN, Found, whole
from keti.documents.rules.titles import normal
from keti.reports.rules.content import PlanItem
from keti.reports.rules.rows import bare

_OF_PLAN = re.compile(r"p\d{1,3}-")


def remembered(found: Found, drafted: Mapping[str, str]) -> dict[int, str]:
    """The headings that belong to no part by themselves, and stand in one of what was handed in or
    drafted before: they go there again. Block -> part."""
    stood: dict[str, set[str]] = {}
    for key, text in drafted.items():
        for line in text.split("\n"):
            if len(line) <= LONGEST and normal(line):
                stood.setdefault(normal(line), set()).add(key)
    moved: dict[int, str] = {}
    now = ""
    for one in found.opened:
        keys = stood.get(normal(one.title), set())
        if one.key in ("", WITHIN) and len(keys) == 1 and keys != {now}:
            moved[one.at] = now = next(iter(keys))
        elif one.key != WITHIN:
            now = one.key
    return moved


def words_by_key(rows: Iterable[Mapping[str, Any]], drafted: Mapping[str, str]) -> dict[str, str]:
    """Section key -> what the rows of a version and a draft say in it, in bare words."""
    words = {str(row["key"]): bare(row) for row in rows}
    return {key: f"{words.get(key, '')}\n{drafted.get(key, '')}" for key in {*words, *drafted}}


def completed_plan(items: Iterable[PlanItem], before: Iterable[PlanItem]) -> list[PlanItem]:
    """The items, who and when of each taken from the item of the same words before, where the file
    does not say so."""
    known: dict[str, PlanItem] = {}
    for one in before:
        known.setdefault(normal(one.title), one)
    made = []
    for one in items:
        same = known.get(normal(one.title), one)
        who = one.assignee_seat_id or same.assignee_seat_id
        made.append(replace(one, assignee_seat_id=who, due=one.due or same.due))
    return made


def still_said(
    old: Found, new: Found, keys: Sequence[str], plan: str, fields: Mapping[str, str]
) -> dict[str, str]:
    """What was typed or chosen in the form of a file, of whatever its headings, put elsewhere,
    leave as it was: sections by their words and pages, the plan's rows (`plan` is its key), pieces
    that belong to no part."""
    names = []
    for place, key in enumerate(keys):
        if old.texts.get(key) == new.texts.get(key):
            names += [f"{kind}{place}" for kind in ("s", "from", "to")]
    if old.texts.get(plan) == new.texts.get(plan):
        names += [name for name in fields if _OF_PLAN.match(name)]
    kept = {name: fields[name] for name in names if name in fields}
    places = {whole(one): number for number, one in enumerate(old.apart)}
    for number, one in enumerate(new.apart):
        before = places.get(whole(one))
        for name in ("words", "to"):
            if before is not None and f"r{before}-{name}" in fields:
                kept[f"r{number}-{name}"] = fields[f"r{before}-{name}"]
    return kept
