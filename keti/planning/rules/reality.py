"""What stands in a running programme, as plain values: the side of a plan that is not desired.

Instants are UTC. `details` are the lesser facts of a thing as (name, value) pairs, so that what a
charter says and what a table holds are compared word by word.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from keti.charter.rules.compiled import (
    Compiled,
    GateSpec,
    GroupSpec,
    ObligationSpec,
    PhaseSpec,
    RoleSpec,
)
from keti.charter.rules.promised import PROMISE
from keti.charter.rules.wording import ANEW
from keti.kernel.acts import Text

Pairs = tuple[tuple[str, str], ...]
OPEN, RETURNED, MET, WAIVED, CANCELLED = "open", "returned", "met", "waived", "cancelled"
STOPPED = "stopped"  # cancelled otherwise than by an amendment


def stamp(at: datetime | None) -> str:
    """An instant as text, '' for none."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation as it stands. `role` and `group` of one outside the charter are its seat's."""

    key: str
    group: str
    role: str
    title: Text
    due_at: datetime
    details: Pairs = ()
    state: str = OPEN
    begun: bool = False
    extended_to: datetime | None = None
    gate: str = ""
    from_charter: bool = True
    anew: bool = False

    @property
    def due(self) -> datetime:
        """The instant that counts: extended where it was extended."""
        return self.extended_to or self.due_at

    @property
    def is_open(self) -> bool:
        return self.state in (OPEN, RETURNED)


@dataclass(frozen=True, slots=True)
class GateNow:
    """A gate as it stands, with what the charter says that it stands under."""

    spec: GateSpec
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A group or a role as it stands."""

    key: str
    title: Text
    details: Pairs = ()
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Sitting:
    """A seat that is held. `party` is set where the charter itself names the holder."""

    id: str
    group: str
    role: str
    label: str
    unit: str = ""
    party: str = ""


@dataclass(frozen=True, slots=True)
class Reality:
    """A running programme. `facts` are those of the programme itself; `phase` runs at present."""

    base_sha256: str
    facts: Pairs = ()
    phase: str = ""
    phases: tuple[PhaseSpec, ...] = ()
    groups: tuple[Place, ...] = ()
    roles: tuple[Place, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    duties: tuple[Duty, ...] = ()
    gates: tuple[GateNow, ...] = ()
    requests: tuple[GateSpec, ...] = ()


def duty_details(spec: ObligationSpec) -> Pairs:
    """The lesser facts of a duty that the charter gives."""
    return details(
        kind=spec.kind,
        form=spec.form,
        opens_at=stamp(spec.opens_at),
        needs=list(spec.needs),
        gate=spec.gate,
        remind=[int(one.total_seconds()) for one in spec.remind],
        escalate=[[int(after.total_seconds()), role] for after, role in spec.escalate],
    )


def role_details(spec: RoleSpec) -> Pairs:
    """The lesser facts of a role that the charter gives."""
    return details(
        group_kind=spec.group_kind,
        can=sorted(spec.can),
        excludes=list(spec.excludes),
        minimum=spec.min,
        maximum=spec.max,
        appointed_by=spec.appointed_by,
        external=spec.external,
        **by_office(spec.ex_officio),
        **of_office(spec.terms, spec.renewals),
    )


def by_office(roles: Iterable[str]) -> dict[str, object]:
    """By which offices a role is held, where it is."""
    return {"ex_officio": list(roles)} if roles else {}


def of_office(terms: Iterable[str], renewals: int | None) -> dict[str, object]:
    """How long it is held each time and how often renewed, where it has terms."""
    found: dict[str, object] = {"terms": ", ".join(terms)} if terms else {}
    return found | ({"renewals": renewals} if renewals is not None else {})


def group_details(spec: GroupSpec) -> Pairs:
    """The lesser facts of a group that the charter gives."""
    return details(kind=spec.kind, parent=spec.parent)


def programme_facts(charter: Compiled) -> Pairs:
    """The facts of the programme itself that the charter gives."""
    starts, ends = term(charter)
    return details(
        title_zh=charter.title.zh,
        title_en=charter.title.en,
        zone=charter.tz,
        number_prefix=charter.number_prefix,
        first_numbers=numbers_said(charter.blocks["numbers"]),
        starts_at=stamp(starts),
        ends_at=stamp(ends),
    )


def numbers_said(firsts: Mapping[str, int]) -> str:
    """From which number each series begins, as one fact."""
    return "、".join(f"{words} {first}" for words, first in sorted(firsts.items()))


def term(charter: Compiled) -> tuple[datetime, datetime]:
    """From the first to the last instant the charter names.

    Without phases a programme begins with the earliest span of its calendar in which something is
    due: the first due day comes long after the first day of work. What is promised for years
    afterwards makes it no longer.
    """
    work = [duty for duty in charter.obligations if duty.form != PROMISE]
    moments = [duty.due_at for duty in work or charter.obligations]
    moments += [phase.start for phase in charter.phases]
    moments += [phase.end for phase in charter.phases]
    first, last = min(moments), max(moments)
    if not charter.phases:
        spans = [
            one for one in charter.anchors if one.kind == "span" and one.start < first < one.end
        ]
        first = min(one.start for one in spans) if spans else first
    return first, last


def details(**facts: object) -> Pairs:
    """Facts as pairs of text."""
    return tuple((name, _written(value)) for name, value in sorted(facts.items()))


def _written(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def founded(charter: Compiled) -> Reality:
    """What stands right after a programme is founded from this charter."""
    return Reality(
        base_sha256=charter.sha256,
        facts=programme_facts(charter),
        phase=charter.phases[0].key if charter.phases else "",
        phases=charter.phases,
        groups=tuple(Place(one.key, one.title, group_details(one)) for one in charter.groups),
        roles=tuple(Place(one.key, one.title, role_details(one)) for one in charter.roles),
        sittings=tuple(named_sittings(charter)),
        duties=tuple(duty_of(one) for one in charter.obligations),
        gates=tuple(GateNow(one) for one in charter.gates),
        requests=charter.requests,
    )


def duty_of(spec: ObligationSpec) -> Duty:
    """An obligation as the charter wants it."""
    return Duty(
        spec.key,
        spec.group,
        spec.role,
        spec.title,
        spec.due_at,
        duty_details(spec),
        gate=spec.gate,
        anew=spec.due_rule == ANEW,
    )


def named_sittings(charter: Compiled) -> Iterable[Sitting]:
    """The seats whose holders the charter names: of the first group of the role's kind."""
    for role in charter.roles:
        for party in role.holders:
            group = next(one.key for one in charter.groups if one.kind == role.group_kind)
            name = unit_name(charter, party)
            yield Sitting("", group, role.key, name, name, party)


def unit_name(charter: Compiled, party: str) -> str:
    """The name under which a party is entered as a unit."""
    name = charter.party(party).name
    return name.zh or name.en


def digest(value: object) -> str:
    """SHA-256 of plain data, in one way of writing it."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
