"""Promises as works: what the charter promises is owed like anything else. Pure.

A promise is owed where the charter says by when (`due`), or how often it is looked at (`every` and
`for`, counted from `after` or `from`). Its kind is `outreach.<its key>`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from keti.charter.rules.dates import FULL_DAY, DateProblem, Duration, add_months, at_local, duration
from keti.charter.rules.findings import Path
from keti.charter.rules.promises import Promise
from keti.charter.rules.scene import Scene
from keti.charter.rules.shape import Work

BLOCK = "outreach"
PROMISE = "promise"
MOST = 60
"""A promise is looked at so often at the most: monthly for five years."""


def is_owed(one: Mapping[str, Any]) -> bool:
    """Does a promise, as it stands in the file, say when it is to be kept or looked at?"""
    again = one.get("every") and one.get("for") and (one.get("after") or one.get("from"))
    return bool(one.get("due") or again)


def promised(scene: Scene) -> Iterator[tuple[str, Promise, Work]]:
    """Every promise that is owed, with the work it comes to: in the group of the role that
    answers for it."""
    kinds = {role.key: role.group_kind for role in scene.roles}
    for key, one in scene.charter.outreach.items():
        told = one.model_dump(by_alias=True)
        if not is_owed(told) or one.by not in kinds:
            continue
        words = {name: told[name] for name in ("zh", "en", "source", "due") if told[name]}
        per = kinds[one.by]
        yield key, one, Work.model_validate({**words, "form": PROMISE, "by": [one.by], "per": per})


def days(scene: Scene, one: Promise, path: Path) -> list[date]:
    """The days on which a promise is looked at, the first one span after its beginning."""
    name = "after" if one.after else "from"
    first = scene.moment(one.after or one.begin, (*path, name))
    if first is None:
        return []
    try:
        step, whole = duration(one.every), duration(one.how_long)
        last = _later(first.last, whole, 1)
        found = (_later(first.last, step, turn) for turn in range(1, MOST + 1))
        return [day for day in found if first.last < day <= last]
    except DateProblem as problem:
        scene.problem(problem, (*path, "every"))
        return []


def _later(day: date, step: Duration, turns: int) -> date:
    return add_months(day, step.months * turns, "down") + timedelta(days=step.days * turns)


def instants(scene: Scene, one: Promise, path: Path) -> list[tuple[str, Any]]:
    """The period (its month, or its day where two fall into one) and the instant of each look."""
    found = days(scene, one, path)
    months = [day.strftime("%Y-%m") for day in found]
    names = months if len(set(months)) == len(months) else [day.isoformat() for day in found]
    pairs = zip(names, found, strict=True)
    return [(name, at_local(day, FULL_DAY, scene.zone)) for name, day in pairs]
