"""Holders, appointers, separation of duties, and quorums after recusals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from keti.charter.rules.dates import DateProblem, duration
from keti.charter.rules.findings import Path
from keti.charter.rules.lint.brief import Brief
from keti.charter.rules.lint.course import works_of
from keti.charter.rules.lint.quorum import quorums, spares
from keti.charter.rules.lint.seats import Cast, cast_of
from keti.charter.rules.shape import Role

TELLING = {"manage", "lead", "watch", "resolve", "commission", "judge"}
SLACK = timedelta(days=62)
AT_WORK = {"lead", "contribute"}


def judge(brief: Brief) -> None:
    """Report roles nobody fills and roles that stand in each other's way."""
    cast = cast_of(brief)
    _unfilled(brief, cast)
    _independent(brief, cast)
    _office(brief, cast)
    _own_work(brief, cast)
    _exclusive(brief, cast)
    _by_office(brief)
    _terms(brief)
    _chains(brief)
    quorums(brief, cast)
    spares(brief)


def _unfilled(brief: Brief, cast: Cast) -> None:
    """A role with duties is held by a party, appointed, elected, or given on admission."""
    given = set(brief.compiled.admission.role_for.values()) if brief.compiled.admission else set()
    if brief.charter.admission:
        given |= {track.role for track in brief.charter.admission.tracks.values()}
    for key, role in brief.charter.roles.items():
        duties = _duties(brief, cast, key, role)
        named = role.holder or role.ex_officio or role.appointed_by or role.elected_by
        filled = bool(named) or key in given
        if duties and not filled:
            facts: dict[str, object] = {"word": key, "duties": ", ".join(duties[:4])}
            brief.report.found_wanting(
                "charter.nobody-appoints", ("roles", key), facts, at_key=True
            )


def _duties(brief: Brief, cast: Cast, key: str, role: Role) -> list[str]:
    """What a role must do: works, decisions, and rights that oblige."""
    found = [str(path[-1]) for path, work in works_of(brief) if key in cast.authors(work)]
    found += [gate for gate, deciders in cast.deciders.items() if key in deciders]
    found += [word for word in role.duty if word not in found]
    return found + sorted(verb for verb in role.can if verb in TELLING)


def _independent(brief: Brief, cast: Cast) -> None:
    """Who watches does not sit in the group; who judges from outside does not write the text."""
    top = brief.scene.top
    inside = {key: role for key, role in brief.charter.roles.items() if AT_WORK & {*role.can}}
    nested = any(role.group != top for role in inside.values())
    for key, role in brief.charter.roles.items():
        path: Path = ("roles", key)
        if "watch" in role.can:
            for other, one in inside.items():
                if (one.group != top or not nested) and cast.may_share(key, other):
                    facts: dict[str, object] = {"word": key, "other": other}
                    brief.report.found_wanting(
                        "charter.watches-own-group", path, facts, at_key=True
                    )
        if "judge" in role.can:
            for other, gate in cast.judged_by(key).items():
                if cast.may_share(key, other):
                    facts = {"word": key, "other": other, "gate": gate}
                    brief.report.found_wanting("charter.judges-own-text", path, facts, at_key=True)


def _office(brief: Brief, cast: Cast) -> None:
    """The office that prepares everything belongs to the house of the last decider."""
    gate = cast.last_gate()
    roles = brief.charter.roles
    for key in (one for one, role in roles.items() if "manage" in role.can and role.holder):
        for other in cast.deciders.get(gate, ()):
            kin = cast.kin(key, other) if key != other else None
            if kin:
                mine, theirs = kin
                tied = brief.charter.parties[mine].affiliated_with if mine != theirs else ""
                path = ("parties", mine, "affiliated_with") if tied else ("roles", key, "holder")
                facts: dict[str, object] = {"word": key, "other": other, "gate": gate}
                brief.report.found_wanting("charter.office-of-the-decider", path, facts)


def _own_work(brief: Brief, cast: Cast) -> None:
    """Nobody decides on what she, her party or an affiliated party has made."""
    for gate, deciders in cast.deciders.items():
        for number, key in enumerate(deciders):
            path: Path = ("gates", gate, "decides", number)
            for work, authors in cast.inputs(gate):
                facts: dict[str, object] = {"word": key, "gate": gate, "work": work}
                if key in authors:
                    brief.report.found_wanting("charter.decides-own-work", path, facts)
                    continue
                kin = next((found for one in authors if (found := cast.kin(key, one))), None)
                if kin:
                    facts |= {"party": kin[0], "other": kin[1]}
                    brief.report.found_wanting("charter.decides-kin-work", path, facts)


def _exclusive(brief: Brief, cast: Cast) -> None:
    """Roles that exclude each other are held by different people and unrelated parties."""
    roles = brief.charter.roles
    for key, role in roles.items():
        for number, other in enumerate(role.excludes):
            if other not in roles or other == key:
                continue
            path: Path = ("roles", key, "excludes", number)
            kin = cast.kin(key, other)
            who = [kin[0]] if kin else []
            who += cast.in_both(key, other)
            if who:
                facts: dict[str, object] = {"word": key, "other": other, "who": ", ".join(who)}
                brief.report.found_wanting("charter.exclusive-yet-held", path, facts)


def _by_office(brief: Brief) -> None:
    """As many seats as come by offices fit into the role, and make up what it needs unless others
    are appointed."""
    for role in brief.compiled.roles:
        shape, path = brief.charter.roles[role.key], ("roles", role.key)
        homes = [one.key for one in brief.compiled.groups if one.kind == role.group_kind]
        for home in homes if role.ex_officio else ():
            count = brief.compiled.least_by_office(role, home)
            facts: dict[str, object] = {"word": role.key, "count": count, "group": home}
            if role.max is not None and count + len(role.holders) > role.max:
                most = {"most": role.max, "count": count + len(role.holders)}
                brief.report.found_problem("charter.offices-beyond", (*path, "max"), facts | most)
            elif count + len(role.holders) < role.min and not (
                shape.appointed_by or shape.elected_by
            ):
                least = {"least": role.min, "count": count + len(role.holders)}
                brief.report.found_wanting("charter.offices-too-few", (*path, "min"), facts | least)


def _terms(brief: Brief) -> None:
    """A term ends within the programme, and somebody is there to bring about who comes after."""
    dues = [one.due_at for one in brief.compiled.obligations]
    for key, role in brief.charter.roles.items():
        if not role.term:
            continue
        path: Path = ("roles", key)
        if not (role.appointed_by or role.elected_by or role.holder or role.ex_officio):
            brief.report.found_wanting(
                "charter.term-not-refilled", path, {"word": key}, at_key=True
            )
        try:
            first = duration(role.term[0])
        except DateProblem:
            continue
        least = timedelta(first.months * 28 + first.days)
        if dues and not brief.compiled.horizon and least > max(dues) - min(dues) + SLACK:
            brief.report.warning("charter.term-beyond", (*path, "term"), word=key)


def _chains(brief: Brief) -> None:
    """Appointments and deputies begin somewhere and lead somewhere."""
    roles = brief.charter.roles

    def appointer(key: str) -> str:
        return "" if roles[key].holder or roles[key].elected_by else roles[key].appointed_by

    for word, code, step in (
        ("appointed_by", "charter.appoints-in-circle", appointer),
        ("deputises", "charter.deputy-in-circle", lambda key: roles[key].deputises),
    ):
        told: set[str] = set()
        for key in roles:
            way = _circle(key, step, set(roles))
            if way and not told & set(way):
                told |= set(way)
                brief.report.warning(code, ("roles", key, word), chain=" → ".join(way))
    for key, role in roles.items():
        other = role.deputises
        if other in roles and (other in role.excludes or key in roles[other].excludes):
            path = ("roles", key, "deputises")
            brief.report.warning("charter.deputy-excluded", path, word=key, other=other)


def _circle(start: str, step: Callable[[str], str], known: set[str]) -> list[str]:
    """The way from a role back to itself, or []."""
    way = [start]
    while (after := step(way[-1])) in known:
        way.append(after)
        if after == start:
            return way
        if len(way) > len(known):
            break
    return []
