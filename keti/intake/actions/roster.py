"""Reading a roster, and entering its good rows in one act."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.db import transaction

from keti.accounts.actions import PersonFacts, enter_organisation, enter_person, give_consent
from keti.accounts.models import Organisation, Person
from keti.accounts.queries import by_mail, organisation_named
from keti.charter.queries import compiled
from keti.documents.actions import read as read_file
from keti.documents.models import StoredFile
from keti.documents.rules.sheet import read_xlsx
from keti.groups.actions import Place, appoint
from keti.groups.models import Group, Role, Seat
from keti.groups.permissions import may_manage
from keti.intake.enums import ImportState
from keti.intake.models import RosterImport
from keti.intake.rules import roster as rules
from keti.intake.rules.roster import Line, Problem
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused, sentence
from keti.ledger import actions as ledger
from keti.monitoring.actions import follow_the_seats
from keti.programmes.models import Programme

MOST_ROWS = 2000


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


class _Undo(Exception):
    """Takes a rehearsal back."""


@transaction.atomic
def read_roster(act: Act, *, programme: Programme, file: StoredFile) -> RosterImport:
    """Rehearse the import and keep only its report: counts and what is wrong in which row."""
    Programme.objects.select_for_update().get(pk=programme.pk)
    if entry := ledger.repeated(act, "intake.roster.read", programme=programme):
        return RosterImport.objects.get(public_id=entry.subject_id)
    may_manage(act, programme).or_refuse()
    tally = Tally()
    try:
        with transaction.atomic():
            _enter(act, programme, file, tally)
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
def import_roster(act: Act, *, programme: Programme, file: StoredFile) -> RosterImport:
    """Enter the good rows: people, units, seats, consents. A bad row leaves nothing behind.

    The same file once more creates nothing and leaves no line.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    if entry := ledger.repeated(act, "intake.roster.imported", programme=programme):
        return RosterImport.objects.get(public_id=entry.subject_id)
    may_manage(act, programme).or_refuse()
    tally = Tally()
    _enter(act, programme, file, tally)
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


def _enter(act: Act, programme: Programme, file: StoredFile, tally: Tally) -> None:
    if not file.name.lower().endswith(".xlsx"):
        raise Refused("intake.roster-not-xlsx")
    reading = rules.read(read_xlsx(read_file(file), max_rows=MOST_ROWS))
    tally.rows = reading.rows
    tally.problems = [_shown(problem) for problem in reading.problems]
    kinds = {role.key: role.holder_kind for role in compiled(programme).roles}
    frame = Frame(
        programme,
        tuple(Group.objects.select_related("programme").filter(programme=programme)),
        tuple(Role.objects.filter(programme=programme)),
        kinds,
    )
    for line in reading.lines:
        _enter_row(
            replace(act, key=f"{act.key[:60]}/{line.row}" if act.key else ""), frame, line, tally
        )
    tally.problems.sort(key=lambda problem: int(str(problem["row"])))


def _enter_row(act: Act, frame: Frame, line: Line, tally: Tally) -> None:
    """One row in its own savepoint: all of it, or nothing and a problem."""
    made = Tally()
    try:
        with transaction.atomic():
            _seat(act, frame, line, made)
    except Refused as refused:
        column = str(refused.facts.get("column", "role"))
        tally.problems.append(_refusal(line, column, refused))
        return
    tally.people += made.people
    tally.units += made.units
    tally.seats += made.seats
    tally.unchanged += made.unchanged


def _seat(act: Act, frame: Frame, line: Line, made: Tally) -> None:
    role = _named(frame.roles, line.role, "intake.roster-unknown-role", "role")
    group = _group(frame, line, role)
    unit = _unit(line.unit, frame.programme, made) if line.unit else None
    if _held_by_unit(frame, role, line):
        if unit is None:
            raise Refused("intake.roster-unit-needed", column="unit", role=role.title)
        named = line.delegate or line.name
        delegate = _person(named, line, unit, made) if named else None
        place = Place(group, role, organisation=unit, delegate=delegate)
        someone = delegate
    else:
        if not line.name:
            raise Refused("intake.roster-person-needed", column="name", role=role.title)
        if line.delegate:
            raise Refused("intake.roster-no-delegate", column="delegate")
        someone = _person(line.name, line, unit, made)
        place = Place(group, role, person=someone)
    _appoint(act, replace(place, honorific=line.honorific, order=line.order), made)
    if line.consent and someone is not None:
        _consent(act, frame.programme, someone)


def _held_by_unit(frame: Frame, role: Role, line: Line) -> bool:
    kind = frame.holder_kinds.get(role.key, "any")
    return kind == "unit" or (kind == "any" and not line.name)


def _named(things: Iterable[Role], word: str, code: str, column: str) -> Role:
    for thing in things:
        if word.casefold() in (thing.title_zh.casefold(), thing.title_en.casefold(), thing.key):
            return thing
    raise Refused(code, column=column)


def _group(frame: Frame, line: Line, role: Role) -> Group:
    fitting = [group for group in frame.groups if group.kind == role.group_kind]
    if not line.group and len(fitting) == 1:
        return fitting[0]
    if not line.group:
        raise Refused("intake.roster-no-group", column="group", role=role.title)
    word = line.group.casefold()
    for group in frame.groups:
        if word in (group.title_zh.casefold(), group.title_en.casefold(), group.key):
            return group
    raise Refused("intake.roster-unknown-group", column="group")


def _unit(name: str, programme: Programme, made: Tally) -> Organisation:
    made.units += organisation_named(name.strip()) is None
    return enter_organisation(name, is_demo=programme.is_demo)


def _person(name: str, line: Line, unit: Organisation | None, made: Tally) -> Person:
    """The person by mail, or by name and unit. One address never stands for two names."""
    known = by_mail(line.mail)
    if known is not None and known.name != name:
        raise Refused("intake.roster-mail-taken", column="mail")
    if known is None:
        known = Person.objects.filter(name=name, unit=unit).first()
    if known is not None and (not line.mail or known.mail in ("", line.mail)):
        return known
    made.people += 1
    facts = PersonFacts(
        name,
        mail=line.mail,
        mobile=line.mobile,
        honorific=line.honorific[:40],
        unit=unit,
        is_demo=unit.is_demo if unit else False,
    )
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


def _refusal(line: Line, column: str, refused: Refused) -> dict[str, object]:
    own = refused.code.startswith("intake.roster-")
    do = f"{refused.code}-do" if own else "intake.roster-refused-do"
    facts = refused.facts if own else {}
    return {
        "row": line.row,
        "column": column,
        "value": str(getattr(line, column, ""))[:80],
        "what": [refused.sentence("zh-hans"), refused.sentence("en")],
        "do": [sentence(do, facts, lang) for lang in ("zh-hans", "en")],
    }
