"""What stands after a plan was carried out: the pure twin of the act that applies it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from keti.charter.rules.compiled import Compiled, ObligationSpec
from keti.planning.rules import changes as made
from keti.planning.rules.anew import with_late_groups
from keti.planning.rules.changes import Change, Plan
from keti.planning.rules.reality import (
    CANCELLED,
    Duty,
    GateNow,
    Place,
    Reality,
    Sitting,
    duty_details,
    duty_of,
    group_details,
    programme_facts,
    role_details,
)
from keti.planning.rules.rolling import rolled

_Known = TypeVar("_Known", Duty, GateNow)


def applied(reality: Reality, plan: Plan, desired: Compiled) -> Reality:
    """Reality after the plan. Only what the plan does is done."""
    desired = rolled(desired, {one.key for one in reality.duties})
    desired = with_late_groups(desired, reality, plan.at)
    return replace(
        reality,
        base_sha256=plan.sha256,
        facts=programme_facts(desired),
        phases=desired.phases,
        groups=_places(
            reality.groups,
            (Place(one.key, one.title, group_details(one)) for one in desired.groups),
        ),
        roles=_places(
            reality.roles, (Place(one.key, one.title, role_details(one)) for one in desired.roles)
        ),
        sittings=_sittings(reality, plan),
        duties=_duties(reality, plan, desired),
        gates=_gates(reality, plan, desired),
        requests=desired.requests,
    )


def _places(now: tuple[Place, ...], wanted: Iterable[Place]) -> tuple[Place, ...]:
    """Those of the charter, and those it no longer names: ended, kept for what they did."""
    named = tuple(wanted)
    keys = {one.key for one in named}
    return (*named, *(replace(one, ended=True) for one in now if one.key not in keys))


def _sittings(reality: Reality, plan: Plan) -> tuple[Sitting, ...]:
    left = {
        (change.group, change.role, change.value("before", "holder"))
        for change in (*plan.of(made.CANCEL, made.SEAT), *plan.of(made.HOLD, made.SEAT))
    }
    kept = [one for one in reality.sittings if (one.group, one.role, one.label) not in left]
    for change in (*plan.of(made.HOLD, made.SEAT), *plan.of(made.CREATE, made.SEAT)):
        unit, party = change.value("after", "holder"), change.value("after", "party")
        kept.append(Sitting("", change.group, change.role, unit, unit, party))
    return tuple(kept)


def _duties(reality: Reality, plan: Plan, desired: Compiled) -> tuple[Duty, ...]:
    spec = {one.key: one for one in desired.obligations}
    doing: dict[str, Change] = {one.key: one for one in plan.doing if one.thing == made.DUTY}
    out = []
    for duty in reality.duties:
        change = doing.pop(duty.key, None)
        out.append(_duty(duty, change, spec.get(duty.key)) if change else duty)
    return (*out, *(duty_of(spec[key]) for key in doing))


def _duty(duty: Duty, change: Change, spec: ObligationSpec | None) -> Duty:
    if change.verb == made.CANCEL or spec is None:
        return replace(duty, state=CANCELLED)
    if change.verb == made.CREATE:
        return replace(duty_of(spec), extended_to=kept_extension(duty, spec.due_at))
    names = set(change.aspects)
    if "due" in names:
        duty = replace(duty, due_at=spec.due_at, extended_to=kept_extension(duty, spec.due_at))
    if "role" in names:
        duty = replace(duty, role=spec.role)
    if names & {"title_zh", "title_en"}:
        duty = replace(duty, title=spec.title)
    wanted = dict(duty_details(spec))
    details = tuple((name, wanted[name] if name in names else old) for name, old in duty.details)
    return replace(duty, details=details)


def kept_extension(duty: Duty, due_at: datetime) -> datetime | None:
    """An extension once given stays, unless the new due instant is as late by itself."""
    return duty.extended_to if duty.extended_to and duty.extended_to > due_at else None


def _gates(reality: Reality, plan: Plan, desired: Compiled) -> tuple[GateNow, ...]:
    ended = {one.key for one in plan.of(made.CANCEL, made.GATE)}
    spec = {one.key: one for one in desired.gates}
    fresh = [one.key for one in plan.of(made.CREATE, made.GATE) if one.key in spec]
    kept = [
        one if one.begun else replace(one, spec=spec.get(one.spec.key, one.spec))
        for one in reality.gates
        if one.spec.key not in ended
    ]
    return (*kept, *(GateNow(spec[key]) for key in fresh))


def standing(reality: Reality) -> Reality:
    """Reality in one order and without what ended: what two ways to the same end agree in."""

    def living(
        things: Iterable[_Known], key: Callable[[_Known], str], keep: Callable[[_Known], bool]
    ) -> tuple[_Known, ...]:
        return tuple(sorted((one for one in things if keep(one)), key=key))

    return replace(
        reality,
        groups=tuple(sorted((one for one in reality.groups if not one.ended), key=_key)),
        roles=tuple(sorted((one for one in reality.roles if not one.ended), key=_key)),
        sittings=tuple(sorted(reality.sittings, key=lambda one: (one.group, one.role, one.label))),
        duties=living(reality.duties, lambda one: one.key, lambda one: one.state != CANCELLED),
        gates=living(reality.gates, lambda one: one.spec.key, lambda one: True),
        requests=tuple(sorted(reality.requests, key=lambda one: one.key)),
    )


def _key(place: Place) -> str:
    return place.key
