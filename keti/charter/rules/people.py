"""Parties, groups (one declaration may stand for many) and roles, with their references checked."""

from __future__ import annotations

from collections.abc import Iterator

from keti.charter.rules.compiled import GroupSpec, Party, RoleSpec
from keti.charter.rules.dates import DateProblem, duration
from keti.charter.rules.findings import Path, Report
from keti.charter.rules.scene import Scene, text_of
from keti.charter.rules.shape import Charter, Group, Role

LONGEST = 50 * 12 * 31
"""No term is longer than fifty years, in days."""


def parties(charter: Charter, report: Report) -> tuple[Party, ...]:
    """The declared parties; the commissioner and the contractor must be among them."""
    known = charter.parties
    for word in ("commissioner", "contractor", "issued_by"):
        named = getattr(charter.programme, word)
        if named and named not in known:
            report.unknown("party", ("programme", word), named, known)
    for key, party in known.items():
        if party.affiliated_with and party.affiliated_with not in known:
            path: Path = ("parties", key, "affiliated_with")
            report.unknown("party", path, party.affiliated_with, known)
    return tuple(
        Party(key, text_of(party, key), party.kind, party.affiliated_with)
        for key, party in known.items()
    )


def groups(charter: Charter, report: Report) -> tuple[GroupSpec, ...]:
    """Every group: a plain declaration is one, a declaration with instances is one for each."""
    kinds = charter.groups
    found: list[GroupSpec] = []
    for kind, group in kinds.items():
        for word in ("parent", "inherits"):
            named = getattr(group, word)
            if named and named not in kinds:
                report.unknown("group", ("groups", kind, word), named, kinds)
        found += _instances(kind, group, len(found))
    names = {one.key for one in found}
    for kind, group in kinds.items():
        for key, one in group.instances.items():
            if one.parent and one.parent not in names:
                path: Path = ("groups", kind, "instances", key, "parent")
                report.unknown("group", path, one.parent, sorted(names))
    tops = [kind for kind, group in kinds.items() if not group.stands_below]
    if not tops or kinds[tops[0]].instances or kinds[tops[0]].by_admission:
        report.error("charter.no-top-group", ("groups",), at_key=True)
    return tuple(found)


def _instances(kind: str, group: Group, order: int) -> Iterator[GroupSpec]:
    if not group.instances and not group.by_admission:
        yield GroupSpec(kind, kind, text_of(group, kind), group.parent, order, group.source)
    for number, (key, one) in enumerate(group.instances.items()):
        source = one.source or group.source
        parent = one.parent or group.parent
        yield GroupSpec(f"{kind}.{key}", kind, text_of(one, key), parent, order + number, source)


def roles(charter: Charter, report: Report) -> tuple[RoleSpec, ...]:
    """The declared roles, in protocol order."""
    for key, role in charter.roles.items():
        _check(key, role, charter, report)
    return tuple(_role(key, role, order) for order, (key, role) in enumerate(charter.roles.items()))


def _role(key: str, role: Role, order: int) -> RoleSpec:
    verbs = frozenset("advise" if verb == "comment" else verb for verb in role.can)
    return RoleSpec(
        key,
        text_of(role, key),
        role.group,
        role.min,
        role.max,
        verbs,
        tuple(role.excludes),
        tuple(dict.fromkeys(role.holder)),
        role.holder_kind,
        role.appointed_by,
        role.external,
        order,
        role.deputises,
        text_of(role.honorific),
        role.source,
        tuple(role.elected_by),
        tuple(dict.fromkeys(role.ex_officio)),
        tuple(role.term),
        role.renewals,
    )


def _check(key: str, role: Role, charter: Charter, report: Report) -> None:
    path: Path = ("roles", key)
    if role.group not in charter.groups:
        report.unknown("group", (*path, "in"), role.group, charter.groups)
    _check_holders(path, role, charter, report)
    named: list[tuple[Path, str]] = [
        ((*path, "appointed_by"), role.appointed_by),
        ((*path, "deputises"), role.deputises),
    ]
    for word, others in (
        ("excludes", role.excludes),
        ("elected_by", role.elected_by),
        ("ex_officio", role.ex_officio),
    ):
        named += [((*path, word, number), other) for number, other in enumerate(others)]
    for place, other in named:
        if other and other not in charter.roles:
            report.unknown("role", place, other, charter.roles)
    _check_offices(key, role, charter, report)
    _check_term(key, role, report)
    if role.max is not None and role.max < role.min:
        report.error("charter.max-below-min", (*path, "max"), min=role.min, max=role.max)


def _check_term(key: str, role: Role, report: Report) -> None:
    """A term is whole days or months, of a seat that somebody is appointed or elected to."""
    path: Path = ("roles", key)
    if role.renewals is not None and not role.term:
        report.error("charter.renewals-without-term", (*path, "renewals"), word=key)
    if role.term and role.holder:
        report.error("charter.term-of-named", (*path, "term"), word=key)
    elif role.term and role.ex_officio and not (role.appointed_by or role.elected_by):
        report.error("charter.term-by-office", (*path, "term"), word=key)
    for number, text in enumerate(role.term):
        try:
            length = duration(text)
        except DateProblem as problem:
            report.found_problem(problem.code, (*path, "term", number), problem.facts)
            continue
        if length.minutes or not 0 < length.months * 31 + length.days <= LONGEST:
            report.error("charter.bad-term", (*path, "term", number), word=text)


def _check_offices(key: str, role: Role, charter: Charter, report: Report) -> None:
    """Who holds an office can hold this role as well, and no office hangs on itself."""
    for number, word in enumerate(role.ex_officio):
        office = charter.roles.get(word)
        if office is None:
            continue
        path: Path = ("roles", key, "ex_officio", number)
        if key == word or key in _offices(word, charter):
            report.error("charter.office-in-circle", path, word=key, other=word)
        elif word in role.excludes or key in office.excludes:
            report.error("charter.office-excluded", path, word=key, other=word)
        elif {role.holder_kind, office.holder_kind} == {"unit", "person"}:
            report.error("charter.office-of-other-kind", path, word=key, other=word)


def _offices(key: str, charter: Charter) -> set[str]:
    """Every office on which this role hangs, however far."""
    found, ahead = set[str](), [key]
    while ahead:
        role = charter.roles.get(ahead.pop())
        more = {*role.ex_officio} - found if role else set[str]()
        found |= more
        ahead += more
    return found


def _check_holders(path: Path, role: Role, charter: Charter, report: Report) -> None:
    """Each named holder is a party, named once, with a seat for it."""
    many = len(role.holder) > 1
    for number, party in enumerate(role.holder):
        place: Path = (*path, "holder", number) if many else (*path, "holder")
        if party not in charter.parties:
            report.unknown("party", place, party, charter.parties)
        elif party in role.holder[:number]:
            report.error("charter.holder-twice", place, party=party)
    most = len(set(role.holder))
    if many and role.max is not None and most > role.max:
        report.error("charter.more-holders", (*path, "max"), count=most, most=role.max)


def check_duties(scene: Scene) -> None:
    """Every party that must decide or manage has somebody with the right to do it."""
    verbs = {verb for role in scene.roles for verb in role.can}
    for verb in ("manage", "commission"):
        if verbs and verb not in verbs:
            scene.report.warning("charter.nobody-can", ("roles",), verb=verb)
