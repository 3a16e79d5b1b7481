"""Reading a roster, and entering its good rows in one act."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.db import transaction

from keti.accounts.actions import (
    PersonFacts,
    enter_organisation,
    enter_person,
    give_consent,
    known,
)
from keti.accounts.models import NamedBy, Organisation, Person
from keti.accounts.queries import by_mail, organisation_named
from keti.accounts.rules import fold
from keti.charter.queries import compiled
from keti.documents.actions import read as read_file
from keti.documents.models import StoredFile
from keti.documents.rules.sheet import read_xlsx
from keti.groups.actions import Place, appoint, hold_roster
from keti.groups.models import Group, Role, Seat
from keti.groups.permissions import may_manage
from keti.intake.enums import ImportState
from keti.intake.models import RosterImport
from keti.intake.rules import roster as rules
from keti.intake.rules.roster import Line, Problem
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused, sentence
from keti.ledger import actions as ledger
from keti.monitoring.actions import follow_the_seats, hold_what_follows
from keti.programmes.models import Programme

MOST_ROWS = 2000
Tell = Callable[[int, int], None]
"""Hears how many rows of how many are behind us."""


@dataclass
class Tally:
    """What an import makes, row by row."""

    rows: int = 0
    people: int = 0
    units: int = 0
    seats: int = 0
    unchanged: int = 0
    problems: list[dict[str, object]] = field(default_factory=list)


@dataclass(frozen=True)
class Frame:
    """What the rows are looked up in: the programme's groups and roles."""

    programme: Programme
    groups: tuple[Group, ...]
    roles: tuple[Role, ...]
    holder_kinds: dict[str, str]


@dataclass(frozen=True)
class Spot:
    """Where one row puts somebody."""

    frame: Frame
    role: Role
    group: Group


class _Undo(Exception):
    """Takes a rehearsal back."""


@transaction.atomic
def read_roster(
    act: Act, *, programme: Programme, file: StoredFile, tell: Tell | None = None
) -> RosterImport:
    """Rehearse the import and keep only its report: counts and what is wrong in which row."""
    hold_roster(programme)
    if entry := ledger.repeated(act, "intake.roster.read", programme=programme):
        return RosterImport.objects.get(public_id=entry.subject_id)
    may_manage(act, programme).or_refuse()
    tally = Tally()
    try:
        with transaction.atomic():
            _enter(act, programme, file, tally, tell)
            raise _Undo
    except _Undo:
        report = _report(act, programme, file, tally, ImportState.READ)
    ledger.record(
        act,
        "intake.roster.read",
        programme=programme,
        about=report.subject(),
        facts=_facts(report),
    )
    return report


@transaction.atomic
def import_roster(
    act: Act, *, programme: Programme, file: StoredFile, tell: Tell | None = None
) -> RosterImport:
    """Enter the good rows: people, units, seats, consents. A bad row leaves nothing behind.

    The same file once more creates nothing and leaves no line.
    """
    hold_what_follows(programme)
    if entry := ledger.repeated(act, "intake.roster.imported", programme=programme):
        return RosterImport.objects.get(public_id=entry.subject_id)
    may_manage(act, programme).or_refuse()
    tally = Tally()
    _enter(act, programme, file, tally, tell)
    before = RosterImport.objects.filter(
        programme=programme, sha256=file.sha256, state=ImportState.IMPORTED
    ).first()
    if before is not None and not (tally.people or tally.units or tally.seats):
        return before
    report = _report(act, programme, file, tally, ImportState.IMPORTED)
    follow_the_seats(act, programme=programme)
    ledger.record(
        act,
        "intake.roster.imported",
        programme=programme,
        about=report.subject(),
        facts=_facts(report),
    )
    return report


def _facts(report: RosterImport) -> dict[str, object]:
    names = ("sha256", "rows", "people", "units", "seats", "unchanged")
    return {name: getattr(report, name) for name in names} | {"problems": len(report.problems)}


def _report(
    act: Act, programme: Programme, file: StoredFile, tally: Tally, state: ImportState
) -> RosterImport:
    known = RosterImport.objects.filter(programme=programme, sha256=file.sha256).first()
    if known is not None and known.state == ImportState.IMPORTED:
        state = ImportState.IMPORTED
    report = known or RosterImport(programme=programme, file=file, sha256=file.sha256)
    for name in ("rows", "people", "units", "seats", "unchanged", "problems"):
        setattr(report, name, getattr(tally, name))
    report.state, report.by_label, report.at = state, act.by.label, act.recorded_at
    report.save()
    return report


def _enter(
    act: Act, programme: Programme, file: StoredFile, tally: Tally, tell: Tell | None
) -> None:
    if not file.name.lower().endswith(".xlsx"):
        raise Refused("intake.roster-not-xlsx")
    reading = rules.read(read_xlsx(read_file(file), max_rows=MOST_ROWS))
    tally.rows = reading.rows
    wrong: dict[int, list[Problem]] = {}
    for problem in reading.problems:
        wrong.setdefault(problem.row, []).append(problem)
    kinds = {role.key: role.holder_kind for role in compiled(programme).roles}
    frame = Frame(
        programme,
        tuple(Group.objects.select_related("programme").filter(programme=programme)),
        tuple(Role.objects.filter(programme=programme)),
        kinds,
    )
    for line in reading.lines:
        if tell is not None:
            tell(line.row, reading.rows + 1)
        row_act = replace(act, key=f"{act.key[:60]}/{line.row}" if act.key else "")
        role = _role(frame, line)
        group = _group(frame, line, role)
        faults = [*wrong.pop(line.row, []), *_misplaced(line, role, group)]
        faults += _misheld(line, role, role is not None and _held_by_unit(frame, role, line))
        if role and group and not faults:
            _enter_row(row_act, Spot(frame, role, group), line, tally)
        tally.problems += [_shown(fault) for fault in faults]
    tally.problems += [_shown(fault) for faults in wrong.values() for fault in faults]
    tally.problems.sort(key=lambda problem: int(str(problem["row"])))


def _enter_row(act: Act, spot: Spot, line: Line, tally: Tally) -> None:
    """One row in its own savepoint: all of it, or nothing and a problem."""
    made = Tally()
    try:
        with transaction.atomic():
            _seat(act, spot, line, made)
    except Refused as refused:
        tally.problems.append(_refusal(line, refused))
        return
    tally.people += made.people
    tally.units += made.units
    tally.seats += made.seats
    tally.unchanged += made.unchanged


def _seat(act: Act, spot: Spot, line: Line, made: Tally) -> None:
    programme = spot.frame.programme
    unit = _unit(line.unit, programme, made) if line.unit else None
    if _held_by_unit(spot.frame, spot.role, line):
        named = line.delegate or line.name
        someone = _person(named, line, unit, made) if named else None
        place = Place(spot.group, spot.role, organisation=unit, delegate=someone)
    else:
        someone = _person(line.name, line, unit, made)
        place = Place(spot.group, spot.role, person=someone)
    _appoint(act, replace(place, honorific=line.honorific, order=line.order), made)
    if line.consent and someone is not None:
        _consent(act, programme, someone)


def _problem(line: Line, column: str, code: str, **facts: object) -> Problem:
    return Problem(line.row, column, str(getattr(line, column))[:80], code, facts)


def _misplaced(line: Line, role: Role | None, group: Group | None) -> list[Problem]:
    """What this row names that the programme does not have."""
    found: list[Problem] = []
    if line.role and role is None:
        found.append(_problem(line, "role", "intake.roster-unknown-role"))
    if line.group and group is None:
        found.append(_problem(line, "group", "intake.roster-unknown-group"))
    if role and group is None and not line.group:
        found.append(_problem(line, "group", "intake.roster-no-group", role=role.title))
    return found


def _misheld(line: Line, role: Role | None, by_unit: bool) -> list[Problem]:
    """What does not fit between the role and who shall hold it; an address of somebody else."""
    found: list[Problem] = []
    if role and by_unit and line.name and not line.unit:
        found.append(_problem(line, "unit", "intake.roster-unit-needed", role=role.title))
    if role and not by_unit and line.unit and not line.name:
        found.append(_problem(line, "name", "intake.roster-person-needed", role=role.title))
    if role and not by_unit and line.delegate:
        found.append(_problem(line, "delegate", "intake.roster-no-delegate"))
    named = (by_unit and line.delegate) or line.name
    owner = by_mail(line.mail) if named else None
    if owner and owner.named_by == NamedBy.OFFICE and fold(owner.name) != fold(named):
        found.append(_problem(line, "mail", "intake.roster-mail-taken"))
    return found


def _held_by_unit(frame: Frame, role: Role, line: Line) -> bool:
    kind = frame.holder_kinds.get(role.key, "any")
    return kind == "unit" or (kind == "any" and not line.name)


def _role(frame: Frame, line: Line) -> Role | None:
    word = line.role.casefold()
    named = (one for one in frame.roles if word in _names(one))
    return next(named, None) if word else None


def _group(frame: Frame, line: Line, role: Role | None) -> Group | None:
    """The group of this row: the one it names, else the only one that has such a role."""
    if line.group:
        word = line.group.casefold()
        return next((one for one in frame.groups if word in _names(one)), None)
    fitting = [one for one in frame.groups if role and one.kind == role.group_kind]
    return fitting[0] if len(fitting) == 1 else None


def _names(thing: Role | Group) -> tuple[str, ...]:
    return (thing.title_zh.casefold(), thing.title_en.casefold(), thing.key)


def _unit(name: str, programme: Programme, made: Tally) -> Organisation:
    made.units += organisation_named(name.strip()) is None
    return enter_organisation(name, is_demo=programme.is_demo)


def _person(name: str, line: Line, unit: Organisation | None, made: Tally) -> Person:
    """The person by mail, or by name and unit."""
    facts = PersonFacts(
        name,
        mail=line.mail,
        mobile=line.mobile,
        honorific=line.honorific[:40],
        unit=unit,
        is_demo=unit.is_demo if unit else False,
    )
    made.people += known(facts) is None
    return enter_person(facts)


def _appoint(act: Act, place: Place, made: Tally) -> None:
    holds = Seat.objects.filter(
        group=place.group,
        role=place.role,
        person=place.person,
        organisation=place.organisation,
        ends_at=None,
    )
    if holds.exists():
        made.unchanged += 1
        return
    appoint(act, place=place)
    made.seats += 1


def _consent(act: Act, programme: Programme, person: Person) -> None:
    wording = sentence("intake.consent-by-roster", {"programme": programme.title}, "zh-hans")
    give_consent(act, person=person, purpose="roll", scope=programme.public_id, wording=wording)


def _shown(problem: Problem) -> dict[str, object]:
    facts = problem.facts
    names = {lang: rules.COLUMNS.get(problem.column, ("", ""))[at] for at, lang in enumerate("ze")}
    return {
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "what": [
            sentence(problem.code, {**facts, "column": names["z"]}, "zh-hans"),
            sentence(problem.code, {**facts, "column": names["e"]}, "en"),
        ],
        "do": [sentence(f"{problem.code}-do", facts, lang) for lang in ("zh-hans", "en")],
    }


def _refusal(line: Line, refused: Refused) -> dict[str, object]:
    """What the appointment itself refuses: somebody who may not hold both, a role that is full."""
    return {
        "row": line.row,
        "column": refused.field or "role",
        "value": str(getattr(line, refused.field or "role", ""))[:80],
        "what": [refused.sentence("zh-hans"), refused.sentence("en")],
        "do": [sentence("intake.roster-refused-do", {}, lang) for lang in ("zh-hans", "en")],
    }
