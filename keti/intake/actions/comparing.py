"""What a roster would do, row by row, compared with what is on record. Holds and writes nothing."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from keti.accounts.rules import mail_key
from keti.documents.models import StoredFile
from keti.groups.models import UNNUMBERED, Group, Role, Seat
from keti.intake.actions.placing import Near, Places
from keti.intake.actions.records import Asked, Counts, Known, Records, Spot, Unit, Wrong, digits
from keti.intake.actions.sheets import Roster, roster_of
from keti.intake.rules import roster as rules
from keti.intake.rules.roster import Problem, RosterLine, placed
from keti.kernel.refusals import sentence
from keti.programmes.models import Programme

LANGUAGES = ("zh-hans", "en")
Change = dict[str, object]


@dataclass(eq=False)
class RosterStep:
    """What one good row does: whom it seats or corrects, and what becomes of what."""

    line: RosterLine
    role: Role
    group: Group
    by_unit: bool
    unit: Unit | None = None
    known: Known | None = None
    seat: Seat | None = None
    fresh: bool = False
    person: dict[str, object] = field(default_factory=dict)
    shown: list[Change] = field(default_factory=list)

    @property
    def spot(self) -> Spot:
        return self.group.pk, self.role.pk

    @property
    def names_delegate(self) -> bool:
        """Does it say anew who acts for a unit? In the secretariat's own seat nobody is asked: it
        is who asks."""
        named = self.by_unit and self.known is not None and "manage" not in self.role.can
        return named and (self.seat is None or any(c["column"] == "delegate" for c in self.shown))

    def becomes(self, column: str, before: object, after: object) -> None:
        """Show that this cell changes what is on record."""
        self.shown.append({"column": column, "before": before, "after": after})


@dataclass
class Comparison:
    """A roster beside the record: its rows in order, the good ones as steps, and the counts;
    `counts` are those of the whole record when it was begun."""

    rows: int
    counts: Counts
    people: int = 0
    units: int = 0
    seats: int = 0
    changed: int = 0
    unchanged: int = 0
    lines: list[dict[str, object]] = field(default_factory=list)
    problems: list[dict[str, object]] = field(default_factory=list)
    notes: dict[str, object] = field(default_factory=dict)
    steps: list[RosterStep] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """The fingerprint of everything shown: the same while nothing has changed meanwhile."""
        text = json.dumps([self.lines, self.problems], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def compare(programme: Programme, file: StoredFile, answers: Mapping[str, str]) -> Comparison:
    """Compare the rows of this file with the record. `answers`: who is meant in a row where it was
    asked, and what words mean that the programme does not have. Refuses what is no spreadsheet."""
    counts = Counts.now(programme)
    roster = roster_of(file, answers)
    reading = roster.reading
    gathered = Comparison(reading.rows, counts=counts, notes=dict(roster.notes))
    wrong: dict[int, list[Problem]] = {}
    for problem in reading.problems:
        wrong.setdefault(problem.row, []).append(problem)
    comparing = _Comparing(programme, roster, answers)
    for line in reading.lines:
        comparing.row(line, wrong.pop(line.row, []), gathered)
    gathered.notes["words"] = comparing.places.asked()
    gathered.notes["delegates"] = sum(step.names_delegate for step in gathered.steps)
    gathered.problems += [shown_problem(fault) for faults in wrong.values() for fault in faults]
    gathered.problems.sort(key=lambda problem: int(str(problem["row"])))
    gathered.units = len(
        {id(step.unit) for step in gathered.steps if step.unit and not step.unit.row}
    )
    return gathered


class _Comparing:
    def __init__(self, programme: Programme, roster: Roster, answers: Mapping[str, str]) -> None:
        self.places = Places(programme, answers)
        self.records = Records(programme, roster.reading.lines, answers)
        self.sheets = roster.names

    def row(self, line: RosterLine, faults: list[Problem], gathered: Comparison) -> None:
        """What this row does, added to what is gathered so far."""
        role, group, near = self.places.of(line)
        faults = [*faults, *_misplaced(line, role, group, near)]
        by_unit = role is not None and self.places.by_unit(role, line)
        faults += _misheld(line, role, by_unit)
        shown: dict[str, object] = {"row": line.row, "who": _who(line), "unit": line.unit}
        shown["changes"] = []
        if role and group:
            places = (f"{group.title.in_(one)} · {role.title.in_(one)}" for one in LANGUAGES)
            shown["seat"] = list(places)
        step = RosterStep(line, role, group, by_unit) if role and group else None
        try:
            shown |= self._judged(line, step, faults, gathered)
        except Asked as asked:
            among = [{"ref": one.ref, "label": one.told_apart} for one in asked.among]
            shown |= {"kind": "asked", "among": among, "read": _read(line)}
        except Wrong as wrong:
            shown |= _unfit([wrong.problem], gathered)
        gathered.lines.append(shown)

    def _judged(
        self, line: RosterLine, step: RosterStep | None, faults: list[Problem], gathered: Comparison
    ) -> dict[str, object]:
        """What the row does; with faults of its own it does nothing."""
        named = (step and step.by_unit and line.delegate) or line.name
        if named:
            self._whom(named, line, step, faults)
        if step is None or faults:
            return _unfit(faults, gathered)
        self._sit(step)
        return self._took(step, gathered)

    def _whom(
        self, named: str, line: RosterLine, step: RosterStep | None, faults: list[Problem]
    ) -> None:
        """Find whom the row names. Of a row with faults only an address of somebody else is said
        beside them."""
        spot = step.spot if step else (0, 0)
        try:
            known = self.records.find(named, line, spot)
        except Wrong as wrong:
            faults.append(wrong.problem)
            return
        except Asked:
            if faults:
                return
            raise
        if step is not None and not faults:
            step.unit = self.records.unit(line.unit)
            step.fresh = known is None
            step.known = known or Known(f"row{line.row}", named, step.unit, line.mail, line.mobile)

    def _took(self, step: RosterStep, gathered: Comparison) -> dict[str, object]:
        """Enter the step among the good ones; the rows after it count on it."""
        known, line = step.known, step.line
        if known is not None:
            for name, value in step.person.items():
                setattr(known, name, value)
            if step.fresh or step.person:
                self.records.remember(known)
            known.claimed[step.spot] = line.row
            known.agreed = known.agreed or line.consent
        if step.by_unit and step.unit:
            step.unit.claimed[step.spot] = line.row
        new = step.seat is None
        if new:
            self.records.count[step.spot] += 1
        gathered.people += step.fresh
        gathered.seats += new
        kind = "new" if new else "changed" if step.shown or step.fresh else "unchanged"
        gathered.changed += kind == "changed"
        gathered.unchanged += kind == "unchanged"
        if kind != "unchanged":
            gathered.steps.append(step)
        did: dict[str, object] = {
            "kind": kind,
            "changes": step.shown,
            "ref": known.ref if known else "",
        }
        return did | {"read": _read(line, step.shown)} if new or step.fresh else did

    def _sit(self, step: RosterStep) -> None:
        """What this row changes of the person and the seat. Raises `Wrong` where it may not."""
        line, known = step.line, step.known
        step.unit = self.records.unit(line.unit)
        holder: object = step.unit if step.by_unit else known
        step.seat = self.records.held.get((step.spot, holder))
        if step.by_unit and step.unit and step.spot in step.unit.claimed:
            raise Wrong(self._twice(line, "unit", step.unit.claimed[step.spot]))
        if not step.by_unit and known and step.spot in known.claimed:
            raise Wrong(self._twice(line, "name", known.claimed[step.spot]))
        if known is not None and not step.fresh:
            _correct(step, known, self.records.answers)
        if line.consent and known is not None and not known.agreed and step.seat is not None:
            step.becomes("consent", "", "✓")
        self._fits(step)
        if step.seat is not None:
            _restyle(step, step.seat)

    def _twice(self, line: RosterLine, column: str, other: int) -> Problem:
        """The same as another row, of this sheet or of another one."""
        (here, _row), (there, row) = placed(line.row), placed(other)
        if here == there:
            return _problem(line, column, "intake.roster-twice", other=row)
        facts = {"other": row, "sheet": self.sheets.get(there, "")}
        return _problem(line, column, "intake.roster-twice-elsewhere", **facts)

    def _fits(self, step: RosterStep) -> None:
        """What appointing would refuse."""
        role, known, line = step.role, step.known, step.line
        if step.seat is None:
            self._has_room(step)
        acting = step.seat.acting_person if step.seat else None
        if known is None or (acting is not None and known.person == acting):
            return
        for held, title in known.acts:
            if role.key in held.excludes or held.key in role.excludes:
                facts = {"holder": known.name, "held": title, "role": role.title}
                raise Wrong(_problem(line, "role", "groups.roles-exclude-each-other", **facts))
        if step.by_unit and known.unit and not known.unit.is_under(step.unit):
            facts = {"who": known.name, "known": known.unit.name, "unit": line.unit}
            raise Wrong(_problem(line, "delegate", "groups.delegate-of-another-unit", **facts))
        title = Seat(role=role, group=step.group).title
        known.acts.append((role, title))
        known.spots.add(step.spot)

    def _has_room(self, step: RosterStep) -> None:
        role, group, line = step.role, step.group, step.line
        facts: dict[str, object] = {"role": role.title, "group": group.title}
        if group.ended_at or role.ended_at:
            raise Wrong(_problem(line, "role", "groups.has-ended", **facts))
        if role.group_kind != group.kind:
            raise Wrong(_problem(line, "role", "groups.role-belongs-elsewhere", **facts))
        count = self.records.count[step.spot]
        if role.maximum is not None and count >= role.maximum:
            facts = {"role": role.title, "count": count, "most": role.maximum}
            raise Wrong(_problem(line, "role", "groups.role-is-full", **facts))


def _unfit(faults: list[Problem], gathered: Comparison) -> dict[str, object]:
    problems = [shown_problem(fault) for fault in faults]
    gathered.problems += problems
    return {"kind": "problem", "problems": problems}


def _who(line: RosterLine) -> str:
    return line.name or line.delegate or line.unit


def _read(line: RosterLine, changes: Sequence[Change] = ()) -> list[dict[str, object]]:
    """Everything a row says, column by column as it was read, but for what it changes."""
    told = {change["column"] for change in changes}
    cells = {column: getattr(line, column) for column in rules.COLUMNS if column not in told}
    cells["consent"] = "✓" if cells.get("consent") else ""
    return [
        {"column": column, "value": value}
        for column, value in cells.items()
        if value not in ("", None)
    ]


def _correct(step: RosterStep, known: Known, answers: Mapping[str, str]) -> None:
    """What the row says otherwise of a person on record. What binds others is not changed here; of
    an address for who has none, it is asked first whether that is who is meant."""
    line = step.line
    typed = (step.by_unit and line.delegate) or line.name
    told: list[tuple[str, str, object, bool]] = [
        ("name", known.name, typed, typed != known.name and not known.claimed),
        ("mail", known.mail, line.mail, mail_key(line.mail) != mail_key(known.mail)),
        ("mobile", known.mobile, line.mobile, digits(line.mobile) != digits(known.mobile)),
    ]
    if not step.by_unit:
        before = known.unit.name if known.unit else ""
        told.append(("unit", before, line.unit, step.unit is not known.unit))
    for name, before, after, differs in told:
        if not after or not differs:
            continue
        if known.keeps(name, before):
            if not before and answers.get(str(line.row)) != known.ref:
                raise Asked([known])
            column = "delegate" if name == "name" and step.by_unit else name
            code = "intake.roster-bound" if before else "intake.roster-addressed"
            raise Wrong(_problem(line, column, code, who=known.label))
        step.becomes(name, before, after)
        step.person[name] = step.unit if name == "unit" else after


def _restyle(step: RosterStep, seat: Seat) -> None:
    line, known = step.line, step.known
    if line.honorific and line.honorific != seat.honorific:
        step.becomes("honorific", seat.honorific, line.honorific)
    if line.order is not None and line.order != seat.order:
        step.becomes("order", "" if seat.order == UNNUMBERED else seat.order, line.order)
    acts = seat.delegate
    if step.by_unit and known and (known.person is None or known.person != acts):
        step.becomes("delegate", acts.name if acts else "", known.name)


def _problem(line: RosterLine, column: str, code: str, **facts: object) -> Problem:
    return Problem(line.row, column, str(getattr(line, column))[:80], code, facts)


def _misplaced(
    line: RosterLine, role: Role | None, group: Group | None, near: Near
) -> list[Problem]:
    """What this row names that the programme does not have; `near`: the role and the group that
    are perhaps meant."""
    gathered: list[Problem] = []
    if line.role and role is None:
        code = "intake.roster-perhaps-role" if near[0] else "intake.roster-unknown-role"
        gathered.append(_problem(line, "role", code, near=near[0]))
    if line.group and group is None:
        code = "intake.roster-perhaps-group" if near[1] else "intake.roster-unknown-group"
        gathered.append(_problem(line, "group", code, near=near[1]))
    if role and group is None and not line.group:
        gathered.append(_problem(line, "group", "intake.roster-no-group", role=role.title))
    return gathered


def _misheld(line: RosterLine, role: Role | None, by_unit: bool) -> list[Problem]:
    """What does not fit between the role and who shall hold it."""
    gathered: list[Problem] = []
    if role and by_unit and line.name and not line.unit:
        gathered.append(_problem(line, "unit", "intake.roster-unit-needed", role=role.title))
    if role and not by_unit and line.unit and not line.name:
        gathered.append(_problem(line, "name", "intake.roster-person-needed", role=role.title))
    if role and not by_unit and line.delegate:
        gathered.append(_problem(line, "delegate", "intake.roster-no-delegate"))
    if role and by_unit and not (line.name or line.delegate) and (line.mail or line.mobile):
        gathered.append(_problem(line, "delegate", "intake.roster-nobodys-address"))
    return gathered


def shown_problem(problem: Problem) -> dict[str, object]:
    """What is wrong in which row and what to do, in both languages, as it is kept."""
    facts = problem.facts
    names = rules.COLUMNS.get(problem.column, ("", ""))
    do = f"{problem.code}-do" if problem.code.startswith("intake.") else "intake.roster-refused-do"
    each = list(zip(LANGUAGES, names, strict=True))
    return {
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "what": [sentence(problem.code, {**facts, "column": name}, lang) for lang, name in each],
        "do": [sentence(do, {**facts, "column": name}, lang) for lang, name in each],
    }
