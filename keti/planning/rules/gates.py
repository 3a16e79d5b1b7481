"""The gates of a programme compared. An opened gate keeps what it was opened under. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime

from keti.charter.rules.compiled import Compiled, GateSpec, Outcome
from keti.kernel.acts import Text
from keti.planning.rules import changes as made
from keti.planning.rules.changes import Change, differences
from keti.planning.rules.reality import GateNow, Pairs, Reality, stamp

_ASIDE = {"key", "kind", "group", "source"}


def gates_compared(
    desired: Compiled, reality: Reality, duties: Sequence[Change]
) -> Iterator[Change]:
    """What changes about the gates; whether one is created or cancelled follows its duty."""
    born = {one.key for one in duties if one.verb == made.CREATE}
    ended = {one.key for one in duties if one.verb == made.CANCEL}
    standing = {one.spec.key: one for one in reality.gates}
    owed = {one.gate: one.key for one in reality.duties if one.gate}
    owed |= {one.gate: one.key for one in desired.obligations if one.gate}
    for spec in desired.gates:
        now = standing.get(spec.key)
        if now is not None:
            yield from _changed(spec, now)
        elif owed[spec.key] in born:
            yield _of(made.CREATE, spec)
    wanted = {one.key for one in desired.gates}
    for one in reality.gates:
        if one.spec.key not in wanted and owed.get(one.spec.key) in ended:
            yield _of(made.CANCEL, one.spec)


def requests_compared(desired: Compiled, reality: Reality) -> Iterator[Change]:
    """What changes about decisions on request; what was asked for already is decided as it was."""
    standing = {one.key: one for one in reality.requests}
    for spec in desired.requests:
        now = standing.pop(spec.key, None)
        if now is None:
            yield _of(made.CREATE, spec)
            continue
        before, after = gate_facts(now), gate_facts(spec)
        if names := differences(before, after):
            yield _of(made.ADJUST, spec, _only(before, names), _only(after, names))
    for gone in standing.values():
        yield _of(made.CANCEL, gone)


def _changed(spec: GateSpec, now: GateNow) -> Iterator[Change]:
    before, after = gate_facts(now.spec), gate_facts(spec)
    names = differences(before, after)
    if not names:
        return
    verb, why = (made.FROZEN, "open-gate") if now.begun else (made.ADJUST, "")
    yield _of(verb, spec, _only(before, names), _only(after, names), why)


def gate_facts(spec: GateSpec) -> Pairs:
    """What the charter says of a gate, as text, fact by fact."""
    return tuple(
        (one.name, _word(getattr(spec, one.name))) for one in fields(spec) if one.name not in _ASIDE
    )


def _word(value: object) -> str:
    """A fact as a reader would write it."""
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, Text):
        return f"{value.zh} / {value.en}"
    if isinstance(value, Outcome):
        return f"{value.key} ({value.effect})"
    if isinstance(value, tuple):
        return ", ".join(_word(one) for one in value)
    if is_dataclass(value):
        parts = ((one.name, getattr(value, one.name)) for one in fields(value))
        return "; ".join(f"{name}: {_word(part)}" for name, part in parts if part)
    return "" if value is None else str(value)


def _only(facts: Pairs, names: list[str]) -> Pairs:
    return tuple(sorted((name, value) for name, value in facts if name in names))


def _of(verb: str, spec: GateSpec, before: Pairs = (), after: Pairs = (), why: str = "") -> Change:
    role = (*spec.decides, "")[0]
    return Change(verb, made.GATE, spec.key, spec.title, spec.group, role, before, after, why)
