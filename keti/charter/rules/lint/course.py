"""The course of a programme as a graph: which works and gates wait for which, and circles in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from keti.charter.rules.facts import consultations
from keti.charter.rules.findings import Path
from keti.charter.rules.gates import EFFECTS, dated
from keti.charter.rules.guards import BadGuard, Counted, Guard, Joined, Leaf, parse
from keti.charter.rules.lint.brief import Brief
from keti.charter.rules.shape import Gate, Work

MANY = 12
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Wait:
    """What an item waits for, and where the file says so."""

    on: str
    path: Path


@dataclass(frozen=True, slots=True)
class Item:
    """A kind of work or of gate. `guard` is None where a gate opens without a condition;
    `effects` tells what each outcome of a gate does."""

    key: str
    path: Path
    per: str
    waits: tuple[Wait, ...]
    form: str = ""
    gate: Gate | None = None
    guard: Guard | None = None
    effects: Mapping[str, str] = field(default_factory=dict)
    only: str = ""


@dataclass(frozen=True, slots=True)
class Dependencies:
    """Every item by key, the groups of every kind, in the order of the file; `named` are facts
    with a name of their own and the works they stand for."""

    items: Mapping[str, Item]
    groups: Mapping[str, tuple[str, ...]]
    top: str
    named: Mapping[str, tuple[str, ...]]

    def gates(self) -> list[Item]:
        """The gates, in the order of the file."""
        return [one for one in self.items.values() if one.gate is not None]

    def groups_of(self, key: str) -> tuple[str, ...]:
        """The groups in which an item stands."""
        item = self.items[key]
        return (item.only,) if item.only else self.groups.get(item.per, ())


def course_of(brief: Brief) -> Dependencies:
    """The works and gates of a charter with what each waits for."""
    compiled = brief.compiled
    groups: dict[str, tuple[str, ...]] = {}
    for group in compiled.groups:
        groups[group.kind] = (*groups.get(group.kind, ()), group.key)
    enough = max([MANY, *(2 + number for number in _counted(brief))])
    groups = {kind: keys[:enough] for kind, keys in groups.items()}
    top = next((one.kind for one in compiled.groups if not one.parent), "")
    roles = {role.key: role.group_kind for role in compiled.roles}
    items: dict[str, Item] = {}
    for path, work in works_of(brief):
        key = str(path[-1])
        spec = next(one for one in compiled.works if one.key == key)
        waits, only = _of_work(work, path), spec.only
        items.setdefault(key, Item(key, path, spec.per or top, waits, spec.form, only=only))
    named = _named(brief)
    for key, gate in dated(brief.charter.gates).items():
        only = brief.scene.only(gate.per)
        per = only.partition(".")[0] or gate.per
        per = per if per in groups else roles.get(per, top)
        guard = _guard(gate.when)
        waits = _of_gate(gate, guard, named, ("gates", key))
        outcomes = gate.outcomes.items()
        does = {name: one.effect or EFFECTS.get(name, "") for name, one in outcomes}
        items[key] = Item(key, ("gates", key), per, waits, "decision", gate, guard, does, only)
    return Dependencies(items, groups, top, named)


def _named(brief: Brief) -> dict[str, tuple[str, ...]]:
    """Facts that speak of works without naming them: a round closed, admission decided."""
    works = brief.compiled.works
    found = {"admission.decided": tuple(one.key for one in works if one.form == "admission")}
    for key, one in brief.charter.rounds.items():
        kinds = consultations(works, one.subject)
        found[f"{key}.closed"] = tuple(work.key for work in works if work.key in kinds)
    return found


def _counted(brief: Brief) -> list[int]:
    """The numbers guards count to: more groups of one kind than that are all alike."""
    guards = " ".join(gate.when for gate in brief.charter.gates.values())
    return [int(number[:6]) for number in _NUMBER.findall(guards)]


def works_of(brief: Brief) -> list[tuple[Path, Work]]:
    """Every declared work with its place; a key stands for the first of that name."""
    blocks: tuple[tuple[str, Mapping[str, Work]], ...] = (
        ("obligations", brief.charter.obligations.__pydantic_extra__),
        ("deliverables", brief.charter.deliverables),
    )
    return [((name, key), work) for name, works in blocks for key, work in works.items()]


def _of_work(work: Work, path: Path) -> tuple[Wait, ...]:
    found = [
        Wait(word.split(" per ")[0].strip(), (*path, "needs", number))
        for number, word in enumerate(work.needs)
    ]
    found += [
        Wait(named, (*path, word))
        for word in ("collects", "assembles", "subject")
        if (named := getattr(work, word))
    ]
    return tuple(found)


def _of_gate(
    gate: Gate, guard: Guard | None, named: Mapping[str, tuple[str, ...]], path: Path
) -> tuple[Wait, ...]:
    found = [
        Wait(word.split(" per ")[0].strip(), (*path, "inputs", number))
        for number, word in enumerate(gate.inputs)
    ]
    rounds = named.get(f"{gate.consult}.closed", ())
    found += [Wait(key, (*path, "consult")) for key in rounds]
    for name in _certainly_asked(guard) if guard else []:
        meant = named.get(name) or (name.rpartition(".")[0],)
        found += [Wait(key, (*path, "when")) for key in meant]
    return tuple(found)


def _guard(text: str) -> Guard | None:
    try:
        return parse(text) if text else None
    except BadGuard:
        return None


def _certainly_asked(guard: Guard) -> list[str]:
    """The facts without which a guard cannot hold, whatever else is true."""
    if isinstance(guard, Leaf | Counted):
        return [guard.name]
    parts = [_certainly_asked(part) for part in guard.parts]
    if guard.how == "or":
        return [name for name in parts[0] if all(name in other for other in parts)]
    if guard.how == "not" and isinstance(guard.parts[0], Joined):
        return []
    return list(dict.fromkeys(name for part in parts for name in part))


def circles(course: Dependencies) -> list[tuple[Wait, tuple[str, ...]]]:
    """Each circle of waits once: where its first item says it waits, and the way round."""
    found: list[tuple[Wait, tuple[str, ...]]] = []
    inside: set[str] = set()
    for key in course.items:
        way = () if key in inside else _way_back(course, key, inside)
        if way:
            inside |= set(way)
            wait = next(one for one in course.items[key].waits if one.on == way[1])
            found.append((wait, way))
    return found


def _way_back(course: Dependencies, start: str, inside: set[str]) -> tuple[str, ...]:
    """The shortest way from an item over its waits back to itself; () when there is none."""
    before: dict[str, str] = {}
    queue = [start]
    for key in queue:
        for wait in course.items[key].waits:
            if wait.on == start:
                way = [start, key]
                while way[-1] != start:
                    way.append(before[way[-1]])
                return tuple(reversed(way))
            if wait.on in course.items and wait.on not in before and wait.on not in inside:
                before[wait.on] = key
                queue.append(wait.on)
    return ()
