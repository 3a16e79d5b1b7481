"""What an amendment would do: the desired charter compared with what stands, by stable keys. Pure.

Everything is judged at `at`, the instant the amendment takes effect. What is due by then is past:
it is never moved, never cancelled, never born late. What somebody began or handed in stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from keti.charter.rules.compiled import Compiled, ObligationSpec
from keti.kernel.acts import Text
from keti.planning.rules import changes as made
from keti.planning.rules.anew import with_late_groups
from keti.planning.rules.changes import Change, Obstacle, Plan, differences
from keti.planning.rules.frame import framed
from keti.planning.rules.gates import gates_compared, requests_compared
from keti.planning.rules.reality import (
    CANCELLED,
    MET,
    RETURNED,
    STOPPED,
    WAIVED,
    Duty,
    Reality,
    duty_details,
    stamp,
)
from keti.planning.rules.rolling import rolled

SETTLED = {MET: "met", RETURNED: "submitted", WAIVED: "waived", STOPPED: "stopped"}


@dataclass(frozen=True, slots=True)
class Moment:
    """The instant of effect. `free`: nothing is published yet, so that what is past and was never
    begun may still be moved or left out."""

    at: datetime
    free: bool = False

    def is_past(self, due: datetime) -> bool:
        """Is what was due then past, and so beyond any change?"""
        return not self.free and due <= self.at


@dataclass
class Count:
    """How many duties stay as they are: ahead, and behind."""

    kept: int = 0
    past: int = 0
    changes: list[Change] = field(default_factory=list)


def plan(
    desired: Compiled,
    reality: Reality,
    at: datetime,
    touched: tuple[str, ...] = (),
    *,
    free: bool = False,
    since: datetime | None = None,
) -> Plan:
    """Compare. `touched` are the paths at which the two charter texts differ; `free` while
    nothing is published (see `Moment`); `since` is the instant it was proposed for, from which
    a group that it brings begins (`anew`)."""
    desired = rolled(desired, {one.key for one in reality.duties})
    desired = with_late_groups(desired, reality, at, since)
    count = Count()
    for change in _duties(desired, reality, Moment(at, free), count):
        count.changes.append(change)
    frame, blocks = framed(desired, reality)
    changes = [*frame, *count.changes, *gates_compared(desired, reality, count.changes)]
    changes += requests_compared(desired, reality)
    blocks += _orphans(desired, reality, count.changes)
    return Plan(
        reality.base_sha256,
        desired.sha256,
        at,
        touched,
        tuple(changes),
        tuple(blocks),
        count.kept,
        count.past,
    )


def _duties(desired: Compiled, reality: Reality, moment: Moment, count: Count) -> Iterator[Change]:
    standing = {one.key: one for one in reality.duties}
    owed = {one.key for one in reality.duties if one.state != CANCELLED}
    owed |= {one.key for one in desired.obligations if one.due_at > moment.at}
    for spec in desired.obligations:
        now = standing.get(spec.key)
        if now is None or now.state == CANCELLED:
            yield _born(spec, now, _why_unborn(spec, desired, owed, moment.at))
            continue
        found = list(_changed(spec, now, moment))
        if not found:
            _stays(now, moment, count)
        yield from found
    wanted = {one.key for one in desired.obligations}
    for now in reality.duties:
        if now.from_charter and now.key not in wanted:
            yield from _gone(now, moment, count)


def _stays(now: Duty, moment: Moment, count: Count) -> None:
    if _settled(now, moment):
        count.past += 1
    else:
        count.kept += 1


def _why_unborn(spec: ObligationSpec, desired: Compiled, owed: set[str], at: datetime) -> str:
    """Why a duty is not created: its instant is past by then, or nothing is there to be judged."""
    if spec.due_at <= at:
        return "born-late"
    inputs = desired.gate(spec.gate).inputs if spec.gate else ()
    return "nothing-to-judge" if inputs and not owed & set(inputs) else ""


def _born(spec: ObligationSpec, now: Duty | None, why: str) -> Change:
    """A duty that does not exist yet, or no longer."""
    after = {"due": stamp(spec.due_at), "role": spec.role}
    if why:
        return _of(spec, made.FORBIDDEN, {}, after, why)
    return _of(spec, made.CREATE, {"state": now.state} if now else {}, after)


def _gone(now: Duty, moment: Moment, count: Count) -> Iterator[Change]:
    """A duty the charter no longer asks for: cancelled unless something came of it."""
    if now.state in (MET, WAIVED, STOPPED, CANCELLED):
        count.past += 1
        return
    why = _settled(now, moment) or ("begun" if now.begun else "")
    facts = (("due", stamp(now.due)), ("role", now.role))
    verb = made.FROZEN if why else made.CANCEL
    yield Change(verb, made.DUTY, now.key, now.title, now.group, now.role, facts, (), why)


def _settled(now: Duty, moment: Moment) -> str:
    """Why nothing about it can change any more; '' where something can."""
    if now.state in SETTLED:
        return SETTLED[now.state]
    if now.gate and now.begun:
        return "open-gate"
    return "past" if moment.is_past(now.due) else ""


def _changed(spec: ObligationSpec, now: Duty, moment: Moment) -> Iterator[Change]:
    before, after = _facts_now(now), _facts_wanted(spec)
    names = differences(before.items(), after.items())
    if not names:
        return
    frozen = {name: _why_not(name, spec, now, moment) for name in names}
    if frozen.get("due") and "opens_at" in frozen:
        frozen["opens_at"] = frozen["due"]
    for why in dict.fromkeys(frozen[name] for name in names):
        mine = [name for name in names if frozen[name] == why]
        verb = _verb(mine)
        if why:
            verb = made.FORBIDDEN if why == "too-soon" else made.FROZEN
        yield _of(spec, verb, _only(before, mine), _only(after, mine), why)


def _why_not(name: str, spec: ObligationSpec, now: Duty, moment: Moment) -> str:
    if why := _settled(now, moment):
        return why
    later = name == "due" and spec.due_at > now.due_at
    if now.begun and not later:
        return "begun"
    return "too-soon" if name == "due" and spec.due_at <= moment.at else ""


def _verb(names: list[str]) -> str:
    """The weightiest of what changes about one duty names the change."""
    for name, verb in (("due", made.MOVE), ("role", made.HOLD), ("title", made.RETITLE)):
        if any(one.startswith(name) for one in names):
            return verb
    return made.ADJUST


def _facts_now(now: Duty) -> dict[str, str]:
    own = {"due": stamp(now.due_at), "role": now.role, **_titles(now.title)}
    return own | dict(now.details)


def _facts_wanted(spec: ObligationSpec) -> dict[str, str]:
    own = {"due": stamp(spec.due_at), "role": spec.role, **_titles(spec.title)}
    return own | dict(duty_details(spec))


def _titles(title: Text) -> dict[str, str]:
    return {"title_zh": title.zh, "title_en": title.en}


def _only(facts: dict[str, str], names: list[str]) -> dict[str, str]:
    return {name: facts.get(name, "") for name in names}


def _of(
    spec: ObligationSpec, verb: str, before: dict[str, str], after: dict[str, str], why: str = ""
) -> Change:
    return Change(
        verb,
        made.DUTY,
        spec.key,
        spec.title,
        spec.group,
        spec.role,
        tuple(sorted(before.items())),
        tuple(sorted(after.items())),
        why,
    )


def _orphans(desired: Compiled, reality: Reality, changes: list[Change]) -> list[Obstacle]:
    """Duties that would stay open with nobody whose role and group still exist."""
    roles = {one.key for one in desired.roles}
    groups = {one.key for one in desired.groups}
    ended = {one.key for one in changes if one.verb == made.CANCEL}
    seated = {one.key: one.value("after", "role") for one in changes if one.verb != made.FROZEN}
    found = []
    for duty in reality.duties:
        if not duty.is_open or duty.key in ended:
            continue
        role = seated.get(duty.key) or duty.role
        if (role and role not in roles) or duty.group not in groups:
            found.append(Obstacle("still-owes", made.DUTY, duty.key, duty.title))
    return found
