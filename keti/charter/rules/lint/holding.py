"""Whether a condition can hold at all, whatever the gates it asks about decide. Pure.

Parts of an `and` that ask about different gates are judged apart, so that a long condition is as
cheap as its parts; a part too large to be tried out is taken to hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from math import prod

from keti.charter.rules.guards import Counted, Guard, Joined, facts_of
from keti.charter.rules.lint.course import Dependencies, Item
from keti.charter.rules.lint.ways import Settled, State, facts, reading

MOST_COMBINATIONS = 1_000


def can_hold(course: Dependencies, item: Item, guard: Guard | None) -> bool:
    """Whether the condition of a gate, or a part of it, holds in any state at all."""
    if guard is None:
        return True
    if isinstance(guard, Joined) and guard.how == "or":
        return any(can_hold(course, item, part) for part in guard.parts)
    if isinstance(guard, Joined) and guard.how == "and":
        return all(_tried(course, item, part) for part in _apart(guard.parts))
    return _tried(course, item, guard)


def _apart(parts: Iterable[Guard]) -> list[Guard]:
    """Parts of an `and`, those that ask about the same gate or work joined."""
    found: list[tuple[set[str], list[Guard]]] = []
    for part in parts:
        kinds, members = {name.rpartition(".")[0] for name in facts_of(part)}, [part]
        for one in [one for one in found if one[0] & kinds]:
            found.remove(one)
            kinds, members = kinds | one[0], [*one[1], *members]
        found.append((kinds, members))
    return [one[0] if len(one) == 1 else Joined("and", tuple(one)) for _, one in found]


def _tried(course: Dependencies, item: Item, guard: Guard) -> bool:
    """Whether some combination of verdicts lets a condition hold, every work being done."""
    asked = facts_of(guard)
    kinds = {name.rpartition(".")[0] for name in asked}
    gates = [one for one in course.gates() if one.key in kinds]
    counts = sorted(_counts(guard) | {1})
    choices = [_verdicts(course, one, counts) for one in gates]
    if prod(len(one) for one in choices) > MOST_COMBINATIONS:
        return True
    works = {key for key, one in course.items.items() if one.gate is None}
    for combination in product(*choices):
        decided = {one.key: verdict for one, verdict in zip(gates, combination, strict=True)}
        state = State(decided, works, facts(course, decided, works, asked))
        if reading(course, item, guard, state).value:
            return True
    return False


def _verdicts(course: Dependencies, item: Item, counts: list[int]) -> list[Settled]:
    """Every verdict of a gate, one ended by its last refusal among them."""
    size, final = len(course.groups_of(item.key)), list(item.effects)
    return [Settled(key) for key in final] + [
        Settled(one, other, count)
        for one in final
        for other in final
        for count in counts
        if one != other and 0 < count < size
    ]


def _counts(guard: Guard) -> set[int]:
    """The numbers at which the counts of a guard change."""
    if isinstance(guard, Joined):
        return {number for part in guard.parts for number in _counts(part)}
    if isinstance(guard, Counted) and guard.how == "count":
        return {guard.number - 1, guard.number, guard.number + 1}
    return set()
