"""A map: what may be done where, cell by cell; what each says, and what is out of date. Pure.

An assessment is tied to one node of each of the two dimensions. A cell that nobody assessed says
so, and is never taken for one that is unclear.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from keti.kernel.acts import Text
from keti.research.rules.graph import Tie
from keti.research.rules.kinds import ASSESSMENT, KINDS, STATES, Field, Kind, kind_of

UNCLEAR, CONDITIONAL = "unclear", "conditional"
STALE_AFTER = timedelta(days=183)
"""Half a year after the day it speaks of an assessment is to be looked at again."""
NOT_ASSESSED = ""
NO_STATE, NO_DAY, LATER_DAY = "no-state", "no-day", "later-day"
NO_INSTRUMENT, NO_CONDITIONS = "no-instrument", "no-conditions"
AT = {
    NO_STATE: "state",
    NO_DAY: "as_of",
    LATER_DAY: "as_of",
    NO_INSTRUMENT: "instrument",
    NO_CONDITIONS: "conditions",
}
"""At which field each fault of an assessment is."""


@dataclass(frozen=True, slots=True)
class Map:
    """One map of the charter: its two dimensions are kinds, `states` what a cell may say."""

    key: str
    title: Text
    side: str
    head: str
    states: Mapping[str, Text]


def maps_of(declared: Mapping[str, Mapping[str, Any]]) -> dict[str, Map]:
    """The maps of a charter, as it declares them."""
    return {
        key: Map(
            key, one["title"], one["dims"][0], one["dims"][1],
            {state: STATES.get(state) or Text(state, state) for state in one["cells"]},
        )
        for key, one in declared.items()
    }  # fmt: skip


def with_maps(chain: Sequence[Kind], maps: Iterable[Map]) -> tuple[Kind, ...]:
    """The kinds of a programme: its chain, what stands at the edges of its maps, and the assessment
    with what its cells may say."""
    found = {one.key: one for one in chain}
    states: dict[str, Text] = {}
    for one in maps:
        for key in (one.side, one.head):
            found.setdefault(key, kind_of(key))
        states |= one.states
    if states:
        found[ASSESSMENT] = assessing(states)
    return tuple(found.values())


def assessing(states: Mapping[str, Text]) -> Kind:
    """The kind of an assessment that says one of these."""
    kind = KINDS[ASSESSMENT]
    return replace(kind, fields=tuple(_with(one, states) for one in kind.fields))


def _with(field: Field, states: Mapping[str, Text]) -> Field:
    return replace(field, choices=states) if field.key == "state" else field


def wrong(facts: Mapping[str, str], today: date) -> str:
    """What an assessment lacks; "" where nothing. Every conclusion names the instrument it rests
    on, but that nothing clear was found; a day it speaks of; and, where it depends on conditions,
    these."""
    if not facts.get("state"):
        return NO_STATE
    day = day_of(facts)
    if day is None:
        return NO_DAY
    if day > today:
        return LATER_DAY
    if facts["state"] != UNCLEAR and not facts.get("instrument", "").strip():
        return NO_INSTRUMENT
    if facts["state"] == CONDITIONAL and not facts.get("conditions", "").strip():
        return NO_CONDITIONS
    return ""


def day_of(facts: Mapping[str, str]) -> date | None:
    """The day an assessment speaks of."""
    try:
        return date.fromisoformat(facts.get("as_of", ""))
    except ValueError:
        return None


def stale(facts: Mapping[str, str], today: date) -> bool:
    """Is it to be looked at again?"""
    day = day_of(facts)
    return day is not None and day + STALE_AFTER <= today


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell of a map: what was assessed there. `state` is what all of it says; "" where nobody
    assessed it, or where two assessments do not agree (`split`)."""

    keys: tuple[int, ...] = ()
    state: str = NOT_ASSESSED
    split: bool = False
    stale: bool = False
    suspect: bool = False
    unread: bool = False


EMPTY = Placed()


def ends_of(kinds: Mapping[int, str], ties: Iterable[Tie], one: Map) -> dict[int, tuple[int, int]]:
    """For each assessment that has both, the nodes at the side and at the head it is tied to."""
    sides: dict[int, int] = {}
    heads: dict[int, int] = {}
    for tie in ties:
        if kinds.get(tie.first) == ASSESSMENT:
            end = kinds.get(tie.second)
            if end == one.side:
                sides[tie.first] = tie.second
            elif end == one.head:
                heads[tie.first] = tie.second
    return {key: (sides[key], heads[key]) for key in sides if key in heads}


def placed(
    ends: Mapping[int, tuple[int, int]],
    said: Mapping[int, Mapping[str, str]],
    suspects: frozenset[int],
    today: date,
) -> dict[tuple[int, int], Placed]:
    """What stands in each cell in which anything does."""  # fmt: skip
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for key, place in ends.items():
        if key in said:
            cells[place].append(key)
    return {place: _cell(sorted(keys), said, suspects, today) for place, keys in cells.items()}


def _cell(
    keys: Sequence[int],
    said: Mapping[int, Mapping[str, str]],
    suspects: frozenset[int],
    today: date,
) -> Placed:
    first, *others = {said[key].get("state", "") for key in keys}
    return Placed(
        tuple(keys),
        NOT_ASSESSED if others else first,
        split=bool(others),
        stale=any(stale(said[key], today) for key in keys),
        suspect=any(key in suspects for key in keys),
        unread=any(said[key].get("status") == "draft" for key in keys),
    )  # fmt: skip


def totals(cells: Mapping[tuple[int, int], Placed], every: int) -> Counter[str]:
    """How many of `every` cell of the map say what; "" is those that nobody assessed. Where two
    assessments do not agree the cell counts for none."""
    found = Counter(one.state for one in cells.values() if not one.split)
    found[NOT_ASSESSED] += every - len(cells)
    return found
