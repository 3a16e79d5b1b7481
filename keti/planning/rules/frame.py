"""The frame of a programme compared: itself, its phases, groups, roles and named seats. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from keti.charter.rules.compiled import Compiled, PhaseSpec
from keti.kernel.acts import Text
from keti.planning.rules import changes as made
from keti.planning.rules.changes import Change, Obstacle, differences
from keti.planning.rules.reality import (
    Pairs,
    Place,
    Reality,
    Sitting,
    group_details,
    named_sittings,
    programme_facts,
    role_details,
    stamp,
)


@dataclass(frozen=True, slots=True)
class _Thing:
    """One thing of the frame on either side: what it is called, and its facts."""

    title: Text
    facts: Pairs


def framed(desired: Compiled, reality: Reality) -> tuple[list[Change], list[Obstacle]]:
    """What changes about everything but duties and gates, and what stands against it."""
    found = [
        *_programme(desired, reality),
        *_compared(made.PHASE, _phases(reality.phases), _phases(desired.phases)),
        *_compared(made.GROUP, _standing(reality.groups), _groups(desired)),
        *_compared(made.ROLE, _standing(reality.roles), _roles(desired)),
        *_seats(desired, reality),
    ]
    return found, list(_blocks(desired, reality))


def _programme(desired: Compiled, reality: Reality) -> Iterator[Change]:
    before = {"": _Thing(desired.title, reality.facts)}
    yield from _compared(
        made.PROGRAMME, before, {"": _Thing(desired.title, programme_facts(desired))}
    )


def _standing(places: Iterable[Place]) -> dict[str, _Thing]:
    return {one.key: _thing(one.title, one.details) for one in places if not one.ended}


def _groups(desired: Compiled) -> dict[str, _Thing]:
    return {one.key: _thing(one.title, group_details(one)) for one in desired.groups}


def _roles(desired: Compiled) -> dict[str, _Thing]:
    return {one.key: _thing(one.title, role_details(one)) for one in desired.roles}


def _phases(phases: Iterable[PhaseSpec]) -> dict[str, _Thing]:
    return {
        one.key: _thing(
            one.title,
            (
                ("end", stamp(one.end)),
                ("opens_with", one.opens_with),
                ("start", stamp(one.start)),
            ),
        )
        for one in phases
    }


def _thing(title: Text, facts: Pairs) -> _Thing:
    return _Thing(title, (*facts, ("title_en", title.en), ("title_zh", title.zh)))


def _compared(thing: str, before: dict[str, _Thing], after: dict[str, _Thing]) -> Iterator[Change]:
    for key, wanted in after.items():
        here = (key if thing == made.GROUP else "", key if thing == made.ROLE else "")
        now = before.get(key)
        if now is None:
            yield Change(made.CREATE, thing, key, wanted.title, *here, after=wanted.facts)
        elif names := differences(now.facts, wanted.facts):
            yield Change(
                _verb(names),
                thing,
                key,
                wanted.title,
                *here,
                before=_only(now.facts, names),
                after=_only(wanted.facts, names),
            )
    for key, now in before.items():
        here = (key if thing == made.GROUP else "", key if thing == made.ROLE else "")
        if key not in after:
            yield Change(made.CANCEL, thing, key, now.title, *here)


def _verb(names: list[str]) -> str:
    if all(name.startswith("title") for name in names):
        return made.RETITLE
    return made.MOVE if {"start", "end"} & set(names) else made.ADJUST


def _only(facts: Pairs, names: list[str]) -> Pairs:
    return tuple(sorted((name, value) for name, value in facts if name in names))


def _seats(desired: Compiled, reality: Reality) -> Iterator[Change]:
    """Seats the charter names the holder of, and seats whose role or group ends."""
    wanted: dict[tuple[str, str], list[Sitting]] = {}
    for one in named_sittings(desired):
        wanted.setdefault((one.group, one.role), []).append(one)
    most = {one.key: one.max for one in desired.roles}
    title = {one.key: one.title for one in (*reality.roles,)}
    title |= {one.key: one.title for one in desired.roles}
    for (group, role), named in wanted.items():
        here = [one for one in reality.sittings if (one.group, one.role) == (group, role)]
        yield from _place(named, here, most[role], title[role])
    groups = {one.key for one in desired.groups}
    roles = {one.key for one in desired.roles}
    for sitting in reality.sittings:
        if sitting.role not in roles or sitting.group not in groups:
            yield _ended(sitting, title.get(sitting.role, Text()))


def _place(
    wanted: list[Sitting], here: list[Sitting], most: int | None, title: Text
) -> Iterator[Change]:
    """The seats of one role in one group: who is named and does not sit yet comes for one who was
    named and is no longer; else on a seat that is free. Who was named besides ends."""
    units = {one.unit for one in wanted}
    gone = [one for one in here if one.party and one.unit not in units]
    new = [one for one in wanted if all(one.unit != seat.unit for seat in here)]
    held = len(here)
    for one in new:
        before = gone.pop(0) if gone else None
        room = not held or (len(wanted) > 1 and (most is None or held < most))
        held += 0 if before else 1
        yield _given(one, before, () if room else tuple(here), title, len(wanted) > 1)
    for one in gone:
        yield _ended(one, title)


def _given(
    wanted: Sitting, named: Sitting | None, held: tuple[Sitting, ...], title: Text, many: bool
) -> Change:
    """One seat to the unit the charter names; not where others sit on all there are."""
    before: Pairs = ()
    verb, why = made.CREATE, ""
    if named is not None:
        verb, before = made.HOLD, (("holder", named.label), ("seat", named.id))
    elif held:
        verb, why = made.FORBIDDEN, "seat-held"
        before = (("holder", "、".join(one.label for one in held)),)
    after = (("holder", wanted.unit), ("party", wanted.party))
    group, role = wanted.group, wanted.role
    key = f"{role}@{group}/{wanted.party}" if many else f"{role}@{group}"
    return Change(verb, made.SEAT, key, title, group, role, before, after, why)


def _ended(sitting: Sitting, title: Text) -> Change:
    key, before = (
        f"{sitting.role}@{sitting.group}",
        (
            ("holder", sitting.label),
            ("seat", sitting.id),
        ),
    )
    return Change(made.CANCEL, made.SEAT, key, title, sitting.group, sitting.role, before)


def _blocks(desired: Compiled, reality: Reality) -> Iterator[Obstacle]:
    if reality.phase and reality.phase not in {one.key for one in desired.phases}:
        running = next((one.title for one in reality.phases if one.key == reality.phase), Text())
        yield Obstacle("phase-runs", made.PHASE, reality.phase, running)
    held: dict[tuple[str, str], int] = {}
    for one in reality.sittings:
        held[one.group, one.role] = held.get((one.group, one.role), 0) + 1
    kind_of = {one.key: one.kind for one in desired.groups}
    for role in desired.roles:
        mine = {group: count for (group, key), count in held.items() if key == role.key}
        if any(kind_of.get(group, role.group_kind) != role.group_kind for group in mine):
            yield Obstacle("role-moves", made.ROLE, role.key, role.title)
        most = max(mine.values(), default=0)
        if role.max is not None and most > role.max:
            yield Obstacle("too-many-holders", made.ROLE, role.key, role.title, most)
    kept = {group.key for group in desired.groups}
    seated = {one.role for one in reality.sittings if one.group in kept}
    seated |= {one.role for one in named_sittings(desired)}
    if not any("manage" in role.can and role.key in seated for role in desired.roles):
        yield Obstacle("nobody-manages", made.PROGRAMME, "", desired.title)
