"""Every way a programme can go: a state search over what its gates may decide. Pure.

A state is what each gate has decided so far. What is settled stays settled, so the order of
decisions does not matter: in each state one open gate is taken and every outcome is tried.
The groups of one kind are alike: they decide alike, or one of them decides otherwise.
A round that sends work back is followed by another, so it leads nowhere new.
Ways on which few gates decide otherwise than usual come first; there is an end to the search.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from keti.charter.rules.guards import Guard, Reading, evaluate, facts_of
from keti.charter.rules.lint.course import Dependencies, Item

MOST_STATES = 1_000
Facts = Mapping[str, bool | None]


@dataclass(frozen=True, slots=True)
class Settled:
    """What a gate has decided: an outcome, and perhaps another one in `apart` of its groups."""

    outcome: str
    other: str = ""
    apart: int = 0


Decided = Mapping[str, Settled]


@dataclass(slots=True)
class Survey:
    """What the search has seen: gates that opened, each way that led nowhere, whether all."""

    opened: set[str] = field(default_factory=set)
    stuck: list[tuple[Decided, str, Reading]] = field(default_factory=list)
    whole: bool = True


@dataclass(frozen=True, slots=True)
class State:
    """What has been decided, and what follows: works that can be done, facts that are known."""

    decided: Decided
    done: Collection[str]
    facts: Facts


def asked_of(course: Dependencies) -> set[str]:
    """Every fact some gate's condition asks for."""
    return {name for gate in course.gates() if gate.guard for name in facts_of(gate.guard)}


def reading(course: Dependencies, item: Item, guard: Guard, state: State) -> Reading:
    """A condition seen from the groups of an item that still stand: the first that fails.

    A date may be past or still to come, whichever lets the condition hold.
    """
    early = {**state.facts, **{key: False for key in state.facts if key.startswith("date>=")}}
    groups = course.groups_of(item.key)
    standing = groups[stopped(course, item.per, state.decided) :] or groups
    for group in dict.fromkeys((standing[:1] or ("",)) + standing[-1:]):
        now = evaluate(guard, state.facts, group)
        if not now.value and not evaluate(guard, early, group).value:
            return now
    return Reading(True)


def stopped(course: Dependencies, per: str, decided: Decided) -> int:
    """How many groups of a kind have been stopped."""
    return max(
        (
            verdict.apart
            for key, verdict in decided.items()
            if course.items[key].per == per
            and course.items[key].effects.get(verdict.other) == "stop"
        ),
        default=0,
    )


def facts(
    course: Dependencies, decided: Decided, done: Collection[str], asked: Iterable[str]
) -> Facts:
    """What is known of the facts asked for."""
    found: dict[str, bool | None] = {}
    kinds = {name.rpartition(".")[0] for name in asked}
    for item in course.items.values():
        if item.key not in kinds:
            continue
        groups = course.groups_of(item.key)
        if item.gate is None:
            found |= {f"{item.key}.done@{one}": item.key in done or None for one in groups}
            continue
        verdict = decided.get(item.key)
        found |= _of_gate(item, groups, verdict)
        gone = stopped(course, item.per, decided)
        if gone and not (verdict and verdict.apart):
            for key in item.effects:
                found |= {f"{item.key}.{key}@{one}": None for one in groups[:gone]}
    for name, works in course.named.items():
        found[name] = True if works and set(works) <= set(done) else None
    return found | {name: True for name in asked if name.startswith("date>=")}


class Search:
    """The search over one course. `free` are gates whose guard is reported already: they open."""

    def __init__(
        self, course: Dependencies, free: Collection[str] = (), broken: Collection[str] = ()
    ) -> None:
        self.course, self.free, self.broken = course, free, broken
        self.asked = asked_of(course)
        self.choices = {gate.key: self._verdicts(gate) for gate in course.gates()}

    def survey(self) -> Survey:
        """Walk every way, the usual ones first, up to a number of states."""
        seen = Survey()
        levels: list[list[dict[str, Settled]]] = [[{}]]
        count = 0
        for level in levels:
            while level:
                count += 1
                if count > MOST_STATES:
                    seen.whole = False
                    return seen
                self._step(level.pop(), level, levels, seen)
        return seen

    def _step(
        self,
        decided: dict[str, Settled],
        level: list[dict[str, Settled]],
        levels: list[list[dict[str, Settled]]],
        seen: Survey,
    ) -> None:
        """Let one open gate decide: as usual on this level, otherwise on the next one."""
        if self._ended(decided):
            return
        state = self._state(decided)
        gate = next((one for one in self.course.gates() if self._opens(one, state)), None)
        if gate is None:
            self._end(state, seen)
            return
        seen.opened.add(gate.key)
        usual, *others = self.choices[gate.key]
        level.append({**decided, gate.key: usual})
        if others:
            if level is levels[-1]:
                levels.append([])
            levels[-1].extend({**decided, gate.key: verdict} for verdict in others)

    def _verdicts(self, item: Item) -> list[Settled]:
        """What a gate may finally decide, in all groups alike or otherwise in one of them."""
        own = item.effects
        named = [key for key in own if f"{item.key}.{key}" in self.asked]
        final = [key for key, effect in own.items() if effect in ("approve", "stop")]
        plain = {own[key]: key for key in reversed(final) if key not in named}
        final = [key for key in final if key in named or plain[own[key]] == key] or list(own)[:1]
        if len(self.course.groups_of(item.key)) < 2:
            return [Settled(key) for key in final]
        alike = [Settled(key) for key in final if own[key] != "stop"] or [Settled(final[0])]
        return alike + [
            Settled(one, other, 1)
            for one in final
            for other in final
            if one != other and own[one] != "stop"
        ]

    def _state(self, decided: Decided) -> State:
        done = self._done(decided)
        return State(decided, done, facts(self.course, decided, done, self.asked))

    def _ended(self, decided: Decided) -> bool:
        """Whether a gate of the whole programme has stopped it."""
        return any(
            self.course.items[key].effects.get(verdict.outcome) == "stop"
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
                if item.gate is None and key not in done and self._ready(item, decided, done)
            }
        return done

    def _ready(self, item: Item, decided: Decided, done: Collection[str]) -> bool:
        known = self.course.items
        return item.key in self.broken or all(
            wait.on in decided or wait.on in done or wait.on not in known
            for wait in item.waits
            if wait.path[-1] != "when"
        )

    def _opens(self, item: Item, state: State) -> bool:
        if item.key in state.decided or not self._ready(item, state.decided, state.done):
            return False
        if item.guard is None or item.key in self.free:
            return True
        return bool(reading(self.course, item, item.guard, state).value)

    def _end(self, state: State, seen: Survey) -> None:
        """Note a state in which nothing opens any more, unless the programme has come to an end."""
        closing = [key for key, item in self.course.items.items() if item.form == "closing"]
        if any(key in state.done for key in closing):
            return
        if not closing and self._at_the_end(state.decided):
            return
        for gate in self.course.gates():
            ready = gate.key not in state.decided and self._ready(gate, state.decided, state.done)
            if gate.guard is not None and ready:
                now = reading(self.course, gate, gate.guard, state)
                seen.stuck.append((state.decided, gate.key, now))
                return

    def _at_the_end(self, decided: Decided) -> bool:
        """Without a closing work: a gate for which no other waits has decided."""
        awaited = {wait.on for item in self.course.items.values() for wait in item.waits}
        return any(one.key in decided for one in self.course.gates() if one.key not in awaited)


def _of_gate(
    item: Item, groups: tuple[str, ...], verdict: Settled | None
) -> Iterator[tuple[str, bool | None]]:
    for number, group in enumerate(groups):
        said = verdict and (verdict.other if number < verdict.apart else verdict.outcome)
        for key in item.effects:
            yield f"{item.key}.{key}@{group}", None if said is None else said == key
