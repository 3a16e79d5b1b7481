"""Every way a programme can go: a state search over what its gates may decide. Pure.

A state is what each gate has decided so far. What is settled stays settled, so the order of
decisions does not matter: in each state one open gate is taken and every outcome is tried.
The groups of one kind are alike: they decide alike, or one of them decides otherwise.
A round that sends work back is followed by another, so it leads nowhere new.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from keti.charter.rules.gates import EFFECTS
from keti.charter.rules.guards import Counted, Guard, Joined, Reading, evaluate, facts_of
from keti.charter.rules.lint.course import Course, Item

MOST_STATES = 5_000
Facts = Mapping[str, bool | None]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a gate has decided: an outcome, and perhaps another one in `apart` of its groups."""

    outcome: str
    other: str = ""
    apart: int = 0


Decided = Mapping[str, Verdict]


@dataclass(slots=True)
class Survey:
    """What the search has seen: gates that opened, and each way that led nowhere."""

    opened: set[str] = field(default_factory=set)
    stuck: list[tuple[Decided, str, Reading]] = field(default_factory=list)


def effects(item: Item) -> dict[str, str]:
    """Outcome key to effect, of a gate."""
    outcomes = item.gate.outcomes if item.gate else {}
    return {key: one.effect or EFFECTS.get(key, "") for key, one in outcomes.items()}


@dataclass(frozen=True)
class Search:
    """The search over one course. `free` are gates whose guard is reported already: they open."""

    course: Course
    free: frozenset[str] = frozenset()
    broken: frozenset[str] = frozenset()

    def survey(self) -> Survey:
        """Walk every way, up to a number of states no programme reaches."""
        seen = Survey()
        states: list[dict[str, Verdict]] = [{}]
        for decided in states:
            gate = self._next(decided)
            if gate is None:
                self._end(decided, seen)
                continue
            seen.opened.add(gate.key)
            if len(states) < MOST_STATES:
                states += [{**decided, gate.key: verdict} for verdict in self.verdicts(gate)]
            else:
                states.append({**decided, gate.key: self.verdicts(gate)[0]})
        return seen

    def verdicts(self, item: Item, counts: Collection[int] = (1,)) -> list[Verdict]:
        """What a gate may finally decide, in all groups alike or otherwise in some of them."""
        own = effects(item)
        named = {
            name for gate in self.course.gates() if gate.guard for name in facts_of(gate.guard)
        }
        final = [key for key, effect in own.items() if effect in ("approve", "stop")]
        plain = {own[key]: key for key in reversed(final) if f"{item.key}.{key}" not in named}
        final = [
            key for key in final if f"{item.key}.{key}" in named or plain[own[key]] == key
        ] or list(own)[:1]
        size = len(self.course.groups_of(item.key))
        if size < 2:
            return [Verdict(key) for key in final]
        pairs = [(one, other) for one in final for other in final if one != other]
        alike = [Verdict(key) for key in final if own[key] != "stop"] or [Verdict(final[0])]
        return alike + [
            Verdict(one, other, count)
            for one, other in pairs
            for count in counts
            if own[one] != "stop" and 0 < count < size
        ]

    def can_hold(self, item: Item) -> bool:
        """Whether the guard of a gate holds in any state at all."""
        if item.guard is None:
            return True
        kinds = dict.fromkeys(name.rpartition(".")[0] for name in facts_of(item.guard))
        gates = [one for one in self.course.gates() if one.key in kinds]
        counts = sorted(_counts(item.guard) | {1})
        for combination in product(*(self._any_verdict(one, counts) for one in gates)):
            decided = {one.key: v for one, v in zip(gates, combination, strict=True)}
            if self._reading(item, decided, self._works()).value:
                return True
        return False

    def _any_verdict(self, item: Item, counts: list[int]) -> list[Verdict]:
        """Every verdict, a gate ended by its last refusal among them."""
        size = len(self.course.groups_of(item.key))
        final = list(effects(item))
        return [Verdict(key) for key in final] + [
            Verdict(one, other, count)
            for one in final
            for other in final
            for count in counts
            if one != other and 0 < count < size
        ]

    def _next(self, decided: Decided) -> Item | None:
        """A gate that is open and has not decided; None when there is none."""
        if self._ended(decided):
            return None
        done = self._done(decided)
        for gate in self.course.gates():
            if gate.key not in decided and self._is_open(gate, decided, done):
                return gate
        return None

    def _ended(self, decided: Decided) -> bool:
        """Whether a gate of the whole programme has stopped it."""
        return any(
            effects(self.course.items[key]).get(verdict.outcome) == "stop"
            and self.course.items[key].per == self.course.top
            for key, verdict in decided.items()
        )

    def _done(self, decided: Decided) -> set[str]:
        """Works that can be done by now: nothing they wait for is missing."""
        done = set(self.broken)
        before = -1
        while before != len(done):
            before = len(done)
            done |= {
                key
                for key, item in self.course.items.items()
                if item.gate is None and self._ready(item, decided, done)
            }
        return done

    def _ready(self, item: Item, decided: Decided, done: Collection[str]) -> bool:
        known = self.course.items
        return item.key in self.broken or all(
            wait.on in decided or wait.on in done or wait.on not in known
            for wait in item.waits
            if wait.path[-1] != "when"
        )

    def _is_open(self, item: Item, decided: Decided, done: Collection[str]) -> bool:
        if not self._ready(item, decided, done):
            return False
        if item.guard is None or item.key in self.free:
            return True
        return bool(self._reading(item, decided, done).value)

    def _reading(self, item: Item, decided: Decided, done: Collection[str]) -> Reading:
        """The guard of a gate, in its groups that still stand: the first that does not hold."""
        facts = self._facts(decided, done)
        early = {key: False if key.startswith("date>=") else facts[key] for key in facts}
        groups = self.course.groups_of(item.key)
        standing = groups[self._stopped(item.per, decided) :] or groups
        for group in dict.fromkeys((standing[:1] or ("",)) + standing[-1:]):
            now = evaluate(item.guard, facts, group) if item.guard else Reading(True)
            if not now.value and item.guard and not evaluate(item.guard, early, group).value:
                return now
        return Reading(True)

    def _stopped(self, per: str, decided: Decided) -> int:
        """How many groups of a kind have been stopped."""
        return max(
            (
                verdict.apart
                for key, verdict in decided.items()
                if self.course.items[key].per == per
                and effects(self.course.items[key]).get(verdict.other) == "stop"
            ),
            default=0,
        )

    def _facts(self, decided: Decided, done: Collection[str]) -> Facts:
        found: dict[str, bool | None] = {}
        for item in self.course.items.values():
            groups = self.course.groups_of(item.key)
            if item.gate is None:
                found |= {f"{item.key}.done@{one}": item.key in done or None for one in groups}
                continue
            found |= _of_gate(item, groups, decided.get(item.key))
            gone = self._stopped(item.per, decided)
            verdict = decided.get(item.key)
            if gone and not (verdict and verdict.apart):
                for key in effects(item):
                    found |= {f"{item.key}.{key}@{one}": None for one in groups[:gone]}
        for name, works in self.course.named.items():
            found[name] = True if works and set(works) <= set(done) else None
        for gate in self.course.gates():
            asked = facts_of(gate.guard) if gate.guard else ()
            found |= {name: True for name in asked if name.startswith("date>=")}
        return found

    def _works(self) -> set[str]:
        return {key for key, item in self.course.items.items() if item.gate is None}

    def _end(self, decided: Decided, seen: Survey) -> None:
        """Note a state in which nothing opens any more, unless the programme has come to an end."""
        if self._ended(decided):
            return
        done = self._done(decided)
        closing = [key for key, item in self.course.items.items() if item.form == "closing"]
        waiting = [one for one in self.course.gates() if one.key not in decided]
        if any(key in done for key in closing) or (not closing and self._at_the_end(decided)):
            return
        for gate in waiting:
            if gate.guard is not None and self._ready(gate, decided, done):
                seen.stuck.append((decided, gate.key, self._reading(gate, decided, done)))
                return

    def _at_the_end(self, decided: Decided) -> bool:
        """Without a closing work: a gate for which no other waits has decided."""
        awaited = {wait.on for item in self.course.items.values() for wait in item.waits}
        return any(one.key in decided for one in self.course.gates() if one.key not in awaited)


def _of_gate(
    item: Item, groups: tuple[str, ...], verdict: Verdict | None
) -> Iterator[tuple[str, bool | None]]:
    for number, group in enumerate(groups):
        said = verdict and (verdict.other if number < verdict.apart else verdict.outcome)
        for key in effects(item):
            yield f"{item.key}.{key}@{group}", None if said is None else said == key


def _counts(guard: Guard) -> set[int]:
    """The numbers at which the counts of a guard change."""
    if isinstance(guard, Joined):
        return {number for part in guard.parts for number in _counts(part)}
    if isinstance(guard, Counted) and guard.how == "count":
        return {guard.number - 1, guard.number, guard.number + 1}
    return set()
