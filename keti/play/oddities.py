"""What does not go smoothly: two late reports, one returned, a paper one, findings, a conflict.

Chosen from the charter by form and order, never by id, and fixed by the seed.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from keti.duties import queries as duties
from keti.play import watching
from keti.play.stage import Stage

Planned = tuple[datetime, str, Callable[[], None]]


def prepare(stage: Stage) -> None:
    """Choose who is late, whose report is returned, and which report comes on paper."""
    collected = {work.collects for work in stage.charter.works if work.collects}
    reports = [
        duty
        for duty in duties.of_programme(stage.programme).filter(form="report")
        if duty.kind in collected
    ]
    periods = sorted({duty.period for duty in reports})
    if not periods:
        stage.memory.update(late={}, returned="", paper="")
        return
    first, middle = periods[0], periods[max(0, (len(periods) - 1) // 2 - (len(periods) > 3))]
    opening = [duty for duty in reports if duty.period == first]
    central = [duty for duty in reports if duty.period == middle]
    slow = stage.dice.sample(range(len(central)), min(2, len(central) // 2))
    stage.memory["late"] = {central[place].key: timedelta(days=24) for place in slow}
    late = stage.memory["late"]
    opening = [duty for duty in opening if duty.key not in late] or opening
    stage.memory["returned"] = opening[stage.dice.randrange(len(opening))].key
    rest = [duty for duty in opening if duty.key != stage.memory["returned"]]
    stage.memory["paper"] = rest[stage.dice.randrange(len(rest))].key if rest else ""


def delay(stage: Stage, duty: Any) -> timedelta:
    """How much later than planned this duty is done."""
    late = stage.memory.get("late", {})
    if duty.key in late and duty.state == "open":
        return timedelta(days=late[duty.key].days)
    if duty.key == stage.memory.get("paper"):
        return timedelta(days=3)
    return timedelta(0)


def scenes(stage: Stage) -> list[Planned]:
    """Findings raised by who watches: one early, one in the middle of the term."""
    found: list[Planned] = []
    start, end = stage.programme.starts_at, stage.programme.ends_at
    for share in (0.30, 0.51):
        at = start + (end - start) * share
        at = at.replace(hour=2, minute=30, second=0, microsecond=0)
        found.append((at, "finding", lambda: watching.raise_one(stage)))
    return found
