"""Whether every gate can still decide once those who must stand aside have done so. Pure.

Places to be filled (the quorum, and each role or share that must be among it) are matched with
the people who may vote; each person fills one place. Without a roster the minima of the roles
are the people, and a quorum out of their reach is an error; with one it is a warning, for people
can be appointed. A recusal never lowers the quorum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from keti.charter.rules.findings import Path
from keti.charter.rules.lint.brief import Brief, Seated
from keti.charter.rules.lint.seats import Cast
from keti.charter.rules.shape import Gate, Role, Rule

ANYBODY = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """Who has a seat at a gate in one group, and who of them stands aside."""

    seats: tuple[Seated, ...]
    aside: tuple[Seated, ...]

    @property
    def free(self) -> tuple[Seated, ...]:
        """Those who may vote."""
        return tuple(one for one in self.seats if one not in self.aside)


def quorums(brief: Brief, cast: Cast) -> None:
    """Report gates that cannot reach their quorum, or that may have nobody to decide."""
    for key, gate in brief.charter.gates.items():
        if _empty(brief, cast, key) or len(cast.deciders[key]) < len(gate.decides):
            continue
        for group, kind in _groups(brief, gate):
            bench = _bench(brief, cast, key, group, kind)
            places = _places(gate, cast.deciders[key], len(bench.seats))
            filled = matched(places, bench.free)
            if filled < len(places):
                aside = "、".join(sorted({one.name for one in bench.aside}))
                facts: dict[str, object] = {
                    "gate": key,
                    "group": group,
                    "needed": len(places),
                    "free": filled,
                }
                facts["who_zh"] = f"（回避：{aside}）" if aside else ""
                facts["who_en"] = f" (standing aside: {aside})" if aside else ""
                path: Path = ("gates", key, "rule", "quorum")
                path = path if brief.report.has(path) else ("gates", key, "decides")
                if brief.roster is None:
                    brief.report.found_problem("charter.quorum-out-of-reach", path, facts)
                else:
                    brief.report.found_wanting("charter.quorum-out-of-reach", path, facts)


def spares(brief: Brief) -> None:
    """Report a role all of whose seats must be there: one recusal, and the gate cannot decide."""
    for key, gate in brief.charter.gates.items():
        for word, bound in gate.composition.items():
            role = brief.charter.roles.get(word)
            most = role.max if role else None
            if most is not None and 1 < most <= bound.min:
                path = ("gates", key, "composition", word)
                brief.report.warning("charter.no-spare", path, gate=key, word=word, most=most)


def _empty(brief: Brief, cast: Cast, key: str) -> bool:
    """A gate whose deciders may not exist at all; with a roster the people themselves count."""
    if brief.roster is not None:
        return False
    found = False
    for number, role in enumerate(cast.deciders[key]):
        shape = brief.charter.roles[role]
        if not shape.min and not shape.holder and not brief.by_office(role):
            found = True
            path = ("gates", key, "decides", number)
            brief.report.warning("charter.nobody-decides", path, gate=key, word=role)
    return found


def _groups(brief: Brief, gate: Gate) -> list[tuple[str, str]]:
    """The groups in which a gate stands, with their kind; one stands for all without a roster."""
    kinds = {one.kind for one in brief.compiled.groups}
    roles = {one.key: one.group_kind for one in brief.compiled.roles}
    only = brief.scene.only(gate.per)
    per = only.partition(".")[0] or gate.per
    kind = per if per in kinds else roles.get(per, brief.scene.top)
    found = [(one.key, one.kind) for one in brief.scene.groups_of(kind, only)]
    return found if brief.roster is not None else found[:1]


def _places(gate: Gate, deciders: Sequence[str], seats: int) -> list[str]:
    """The places to be filled: a role where one of it must be there, or anybody."""
    rule = gate.rule or Rule(unanimous=True)
    quorum = rule.quorum
    share = quorum is not None and quorum < 1
    needed = max(ceil(quorum * seats), 1) if quorum and share else int(quorum or 1)
    every = deciders if rule.unanimous or quorum is None else ()
    named = {role: 1 for role in every}
    for role, bound in gate.composition.items():
        named[role] = max(named.get(role, 0), bound.min)
    places = [role for role, count in named.items() for _ in range(count)]
    return places + [ANYBODY] * max(needed - len(places), 0)


def _bench(brief: Brief, cast: Cast, key: str, group: str, kind: str) -> Panel:
    if brief.roster is None:
        return _by_minimum(brief, cast, key, kind)
    seats = tuple(
        person for role in cast.deciders[key] for person in cast.holding(role, group, kind)
    )
    return Panel(seats, tuple(one for one in seats if _stands_aside(brief, cast, key, group, one)))


def _by_minimum(brief: Brief, cast: Cast, key: str, kind: str) -> Panel:
    """As many nameless people as each role has at least; whole roles stand aside."""
    seats: list[Seated] = []
    roles = brief.charter.roles
    for role in cast.deciders[key]:
        shape = roles[role]
        groups = sum(one.kind == shape.group for one in brief.compiled.groups)
        most = max(shape.min, len(shape.holder), brief.by_office(role), 1)
        many = most * (1 if shape.group == kind else groups)
        seats += [Seated(f"{role} {n + 1}", role, "", _party(shape, n)) for n in range(many)]
    rule = brief.charter.gates[key].rule
    silent = [cast.role_of(word) for word in rule.no_voice] if rule else []
    writers = [authors for _, authors in cast.inputs(key)]

    def kin(seat: Seated) -> bool:
        return any(
            cast.related(seat.party, party)
            for authors in writers
            if seat.party and seat.role not in authors
            for author in authors
            for party in roles[author].holder
        )

    def inside(seat: Seated) -> bool:
        home = roles[seat.role].group
        handed_in = [authors for work, authors in cast.inputs(key) if cast.works[work].per == home]
        if home != kind or home == brief.scene.top:
            return False
        asked = brief.charter.gates[key].on_request
        return asked or any(seat.role not in authors for authors in handed_in)

    aside = (one for one in seats if kin(one) or inside(one) or one.role in silent)
    return Panel(tuple(seats), tuple(aside))


def _party(shape: Role, number: int) -> str:
    """The party that holds this seat of a role: each its own where several are named."""
    if len(shape.holder) == 1:
        return shape.holder[0]
    return shape.holder[number] if number < len(shape.holder) else ""


def _stands_aside(brief: Brief, cast: Cast, key: str, group: str, decider: Seated) -> bool:
    """Whether a decider has a hand in an input, sits in its group, or belongs to its author."""
    everybody = brief.roster or ()
    own = [one for one in everybody if one.name == decider.name]
    rule = brief.charter.gates[key].rule
    silent = [cast.role_of(word) for word in rule.no_voice] if rule else []
    if any(one.role in silent for one in own):
        return True
    tops = {one.key for one in brief.compiled.groups if not one.parent}
    homes = {one.group for one in own} - tops
    for work, authors in cast.inputs(key):
        per = cast.works[work].per
        for role in authors:
            if role == decider.role:
                continue
            kind = brief.charter.roles[role].group
            for author in cast.holding(role, group, kind if group not in tops else ""):
                same = author.name == decider.name or (bool(per) and author.group in homes)
                house = decider.party and author.party
                if same or (house and cast.related(decider.party, author.party)):
                    return True
    return False


def matched(places: Sequence[str], people: Sequence[Seated]) -> int:
    """How many places can be filled at once: the largest matching, by augmenting ways."""
    holds: dict[str, int] = {}
    names: dict[str, set[str]] = {}
    for one in people:
        names.setdefault(one.name, set()).add(one.role)

    def seat(place: int, tried: set[str]) -> bool:
        for name, roles in names.items():
            if name in tried or (places[place] != ANYBODY and places[place] not in roles):
                continue
            tried.add(name)
            if name not in holds or seat(holds[name], tried):
                holds[name] = place
                return True
        return False

    return sum(seat(place, set()) for place in range(len(places)))
