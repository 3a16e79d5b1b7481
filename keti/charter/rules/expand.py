"""From the shaped file to obligations: one for each work, group and time, and one for each gate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from keti.charter.rules.bounds import GATE, Ceiling
from keti.charter.rules.compiled import GateSpec, GroupSpec, Late, ObligationSpec
from keti.charter.rules.findings import Path
from keti.charter.rules.gates import Judged, dated
from keti.charter.rules.gates import instances as gate_instances
from keti.charter.rules.lateness import offsets
from keti.charter.rules.scene import Scene
from keti.charter.rules.shape import Work
from keti.charter.rules.works import Declared, Slot, slots

Sought = tuple[str, str | None, str | None]


@dataclass
class Made:
    """What has been made so far, and its keys by kind, period and group (None: whichever)."""

    obligations: list[ObligationSpec] = field(default_factory=list)
    ahead: set[str] = field(default_factory=set)
    under: dict[str, list[str]] = field(default_factory=dict)
    periods: dict[str, set[str]] = field(default_factory=dict)
    _keys: dict[Sought, list[str]] = field(default_factory=dict)

    def add(self, one: ObligationSpec) -> None:
        """Keep an obligation."""
        self.obligations.append(one)
        self.periods.setdefault(one.kind, set()).add(one.period)
        for period in (None, one.period):
            for group in (None, one.group):
                self._keys.setdefault((one.kind, period, group), []).append(one.key)

    def matching(self, kind: str, group: str, period: str) -> list[str]:
        """Keys of a kind: those of the same period and group where there are any, else those of
        the groups right under it, else all."""
        below = self.under.get(group, ())
        return (
            self._of(kind, group, period)
            or [key for one in below for key in self._of(kind, one, period)]
            or self._of(kind, None, period)
        )

    def _of(self, kind: str, group: str | None, period: str) -> list[str]:
        if not period or self.periods.get(kind, set()) <= {""}:
            return self._keys.get((kind, None, group), [])
        timed = self._keys.get((kind, period, group), [])
        return timed + self._keys.get((kind, "", group), [])


def expand(
    scene: Scene, works: tuple[Declared, ...], gates: tuple[Judged, ...], late: Late
) -> tuple[
    tuple[ObligationSpec, ...],
    tuple[GateSpec, ...],
    tuple[GateSpec, ...],
    tuple[ObligationSpec, ...],
]:
    """Every obligation, every gate instance, every one decided on request, in the order of the
    file; and what recurs without an end beyond its first horizon.

    Raises TooMany where they are more than a programme can hold.
    """
    tally = Ceiling()
    specs: dict[str, tuple[GateSpec, ...]] = {}
    asked = tuple(gate for gate in gates if gate.shape.on_request)
    gates = tuple(gate for gate in gates if not gate.shape.on_request)
    for gate in asked:
        specs[gate.kind] = gate_instances(scene, gate)
    for gate in gates:
        tally.add(duties=GATE * len(scene.groups_of(gate.per, gate.only)))
        specs[gate.kind] = gate_instances(scene, gate)
    made = Made()
    for group in scene.groups:
        made.under.setdefault(group.parent, []).append(group.key)
    for one in works:
        default = _asked_by_gate(one, gates, specs)
        for obligation, ahead in _of_work(scene, one, made, default, late):
            tally.add(duties=1)
            made.add(obligation)
            made.ahead |= {obligation.key} if ahead else set()
    for gate in gates:
        for spec in specs[gate.kind]:
            made.add(_of_gate(gate, spec, late))
    met = frozenset(one.spec.key for one in works if one.spec.form == "meeting")
    needed = {one.spec.key: _needs_of_work(scene, one, made) for one in works}
    needed |= {f"gate.{gate.kind}": _needs_of_gate(gate) for gate in gates}
    obligations = tuple(
        replace(one, needs=_found(made, one, needed[one.kind], tally)) for one in made.obligations
    )
    complete, requests = (
        tuple(
            replace(spec, inputs=_inputs(made, gate, spec, met))
            for gate in some
            for spec in specs[gate.kind]
        )
        for some in (gates, asked)
    )
    _endless_waits(scene, works, obligations, made.ahead)
    owed = _apart(obligations, complete, met)
    near = tuple(one for one in owed if one.key not in made.ahead)
    return near, complete, requests, tuple(one for one in owed if one.key in made.ahead)


def _endless_waits(
    scene: Scene,
    works: tuple[Declared, ...],
    obligations: tuple[ObligationSpec, ...],
    ahead: set[str],
) -> None:
    """What is owed once cannot wait for all of what never ends."""
    paths: dict[str, Path] = {one.spec.key: one.path for one in works}
    told: set[str] = set()
    for one in obligations if ahead else ():
        if not one.period and one.kind not in told and ahead & {*one.needs}:
            told.add(one.kind)
            path = paths.get(one.kind, ("gates", one.kind.removeprefix("gate.")))
            scene.report.error("charter.waits-without-end", path, at_key=True, word=path[1])


def _asked_by_gate(
    one: Declared, gates: tuple[Judged, ...], specs: dict[str, tuple[GateSpec, ...]]
) -> datetime | None:
    """A deliverable without a due date of its own is due when a gate decides on it."""
    for gate in gates:
        if one.spec.key in gate.inputs and specs[gate.kind]:
            return specs[gate.kind][0].by_at
    return None


def _of_work(
    scene: Scene, one: Declared, made: Made, default: datetime | None, late: Late
) -> Iterator[tuple[ObligationSpec, bool]]:
    remind = late.remind
    if one.shape.remind is not None:
        remind = offsets(scene, one.shape.remind, (*one.path, "remind"))
    with scene.of(one.spec.per):
        usual = slots(scene, one, default)
    for group in scene.groups_of(one.spec.per, one.spec.only):
        times, reminders = usual, remind
        if scene.charter.groups[group.kind].by_admission:
            with scene.of(group.kind, group.key):
                times = slots(scene, one, default)
        variant = scene.variants.get((one.spec.key, group.key))
        if variant and isinstance(variant.shape, Work):
            own = replace(one, shape=variant.shape, path=variant.path)
            with scene.of(group.kind, group.key):
                times = slots(scene, own, default)
            if own.shape.remind is not None:
                reminders = offsets(scene, own.shape.remind, (*own.path, "remind"))
        for slot in times:
            if _has_inputs(one, made, slot):
                yield _obligation(one, group, slot, replace(late, remind=reminders)), slot.ahead


def _has_inputs(one: Declared, made: Made, slot: Slot) -> bool:
    """A consolidated report is not owed for a period in which nothing was owed to it."""
    periods = made.periods.get(one.spec.collects)
    if not one.spec.collects or not slot.period or periods is None:
        return True
    return slot.period in periods


def _obligation(one: Declared, group: GroupSpec, slot: Slot, late: Late) -> ObligationSpec:
    spec = one.spec
    key = f"{spec.key}@{group.key}" + (f"/{slot.period}" if slot.period else "")
    return ObligationSpec(
        key,
        spec.key,
        spec.form,
        spec.title,
        group.key,
        spec.by,
        slot.period,
        slot.opens_at,
        slot.due_at,
        slot.rule,
        remind=late.remind,
        escalate=late.escalate,
        source=spec.source,
    )


def _of_gate(gate: Judged, spec: GateSpec, late: Late) -> ObligationSpec:
    return ObligationSpec(
        f"gate.{spec.key}",
        f"gate.{gate.kind}",
        "decision",
        spec.title,
        spec.group,
        (*spec.decides, "")[0],
        "",
        spec.opens_at,
        spec.by_at,
        gate.shape.by,
        gate=spec.key,
        remind=late.remind,
        escalate=late.escalate,
        source=spec.source,
    )


def _needs_of_work(scene: Scene, one: Declared, made: Made) -> tuple[str, ...]:
    words: list[str] = []
    gates = dated(scene.charter.gates)
    for number, word in enumerate(one.shape.needs):
        key = word.split(" per ")[0].strip()
        kind = f"gate.{key}" if key in gates else key
        known = [*scene.charter.obligations.__pydantic_extra__, *scene.charter.deliverables, *gates]
        if kind not in made.periods and key not in known:
            scene.report.unknown("work", (*one.path, "needs", number), key, known)
        words.append(kind)
    words += [word for word in (one.spec.collects, one.spec.assembles, one.spec.subject) if word]
    return tuple(dict.fromkeys(words))


def _needs_of_gate(gate: Judged) -> tuple[str, ...]:
    """Its inputs, and whatever work or gate its guard asks about."""
    asked = [name.rpartition(".")[0] for name in gate.asks if not name.startswith("date>=")]
    kinds = [kind for name in asked for kind in (name, f"gate.{name}")]
    return tuple(dict.fromkeys([*gate.inputs, *kinds]))


def _found(
    made: Made, one: ObligationSpec, kinds: tuple[str, ...], tally: Ceiling
) -> tuple[str, ...]:
    keys: list[str] = []
    for kind in kinds:
        more = made.matching(kind, one.group, one.period)
        tally.add(needs=len(more))
        keys += more
    return tuple(dict.fromkeys(key for key in keys if key != one.key))


def _inputs(made: Made, gate: Judged, spec: GateSpec, met: frozenset[str]) -> tuple[str, ...]:
    """What a gate judges. Of meetings that come again a gate with a day of its own hears the last
    one before it; which one a decision on request waits for is known when it is asked for."""
    due = {one.key: one.due_at for one in made.obligations if one.kind in met}
    found: list[str] = []
    for kind in gate.inputs:
        keys = made.matching(kind, spec.group, "")
        if kind in met and len(keys) > 1 and not spec.on_request:
            before = [key for key in keys if due[key] <= spec.by_at]
            keys = [max(before, key=due.__getitem__)] if before else keys[:1]
        found += keys
    return tuple(found)


def _apart(
    obligations: tuple[ObligationSpec, ...], gates: tuple[GateSpec, ...], met: frozenset[str]
) -> tuple[ObligationSpec, ...]:
    """A gate waits for the meeting it hears, and for no other of its series."""
    heard = {f"gate.{one.key}": set(one.inputs) for one in gates}

    def waits(one: ObligationSpec, key: str) -> bool:
        return key.partition("@")[0] not in met or key in heard[one.key]

    return tuple(
        replace(one, needs=tuple(key for key in one.needs if waits(one, key)))
        if one.key in heard and any(key.partition("@")[0] in met for key in one.needs)
        else one
        for one in obligations
    )
