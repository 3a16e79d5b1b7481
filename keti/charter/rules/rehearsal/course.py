"""A charter as things that wait for each other, on a line of working days. Pure.

Time is counted in working days from the first: 3.5 is noon of the fourth. All people share the
calendar, so nothing is lost by leaving out the days on which nobody works.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from keti.charter.rules.compiled import Compiled, GateSpec, ObligationSpec, WorkSpec
from keti.charter.rules.guards import Counted, Guard, Joined, parse
from keti.charter.rules.rehearsal.assumptions import Assumptions
from keti.charter.rules.workdays import Workdays
from keti.kernel.forms_of_work import FORMS

BEFORE, AFTER = timedelta(days=90), timedelta(days=730)
HAPPENS = frozenset(one.key for one in FORMS if one.happens)
FOUNDING, CONSULTATION = "founding", "consultation"
CEREMONY = 0.25
CLOSING = "closing"


class DayLine:
    """The working days of a programme in a row, and the way to and from dates."""

    def __init__(self, first: date, last: date, workdays: Workdays, zone: ZoneInfo) -> None:
        every = ((first + timedelta(days=n)) for n in range((last - first).days + 1))
        self.days = [day for day in every if workdays.is_workday(day)]
        self._zone = zone

    def place(self, instant: datetime) -> float:
        """Where an instant lies; one on a day off lies at the next working day's beginning."""
        local = instant.astimezone(self._zone)
        number = bisect_left(self.days, local.date())
        if number < len(self.days) and self.days[number] == local.date():
            return number + (local.hour * 60 + local.minute) / 1440
        return float(number)

    def last_day(self, instant: datetime) -> date:
        """The day that an instant closes: 24:00 belongs to the day before midnight."""
        return (instant.astimezone(self._zone) - timedelta(microseconds=1)).date()

    def day(self, place: float) -> date:
        """The working day on which something at this place is over."""
        return self.days[min(max(ceil(place) - 1, 0), len(self.days) - 1)]


@dataclass(slots=True)
class Thing:
    """A duty or a gate: when it may begin, when it is due, who does it, what it waits for.

    `opened` is the opening as the charter has it; what happens by itself has another `opens`.
    """

    key: str
    kind: str
    opened: float
    opens: float
    due: float
    people: tuple[int, ...] = ()
    effort: float = 0.0
    needs: int = 0
    leads_to: list[int] = field(default_factory=list)
    gate: GateSpec | None = None
    inputs: tuple[int, ...] = ()
    revision_days: float = 0.0
    recurring: bool = False
    span: float = 0.0
    due_day: date = date.min


@dataclass(slots=True)
class Course:
    """Everything that happens, the number of people, and the line of days."""

    things: list[Thing]
    people: list[str]
    line: DayLine
    compiled: Compiled


def course_of(
    compiled: Compiled, assumed: Assumptions, holidays: Mapping[date, bool] | None = None
) -> Course:
    """The duties and gates of a charter as things that wait for each other."""
    made = _Making(compiled, assumed, line_of(compiled, holidays))
    return made.course()


def line_of(compiled: Compiled, holidays: Mapping[date, bool] | None) -> DayLine:
    """The working days of a programme, with room before and after."""
    zone = ZoneInfo(compiled.tz)
    dues = [one.due_at.astimezone(zone).date() for one in compiled.obligations]
    first, last = min(dues, default=date(2000, 1, 3)), max(dues, default=date(2000, 1, 3))
    workdays = Workdays(compiled.workdays, holidays)
    return DayLine(first - BEFORE, last + AFTER, workdays, zone)


class _Making:
    def __init__(self, compiled: Compiled, assumed: Assumptions, line: DayLine) -> None:
        self.compiled, self.assumed, self.line = compiled, assumed, line
        self.seats: dict[tuple[str, str, int], int] = {}
        self.works = {one.key: one for one in compiled.works}
        self.gates = {one.key: one for one in compiled.gates}
        self.roles = {one.key: one for one in compiled.roles}
        self.kinds = {one.key: one.kind for one in compiled.groups}
        self.tops = [one.key for one in compiled.groups if not one.parent]
        self.many: dict[str, int] = {}
        for one in compiled.groups:
            self.many[one.kind] = self.many.get(one.kind, 0) + 1

    def course(self) -> Course:
        duties = self.compiled.obligations
        things = [self._thing(one) for one in duties]
        place = {one.key: number for number, one in enumerate(things)}
        for number, duty in enumerate(duties):
            self._link(things, number, [place[key] for key in duty.needs if key in place])
            gate = things[number].gate
            if gate:
                things[number].inputs = tuple(place[key] for key in gate.inputs if key in place)
        people = [f"{role}@{group}" for role, group, _ in self.seats]
        return Course(things, people, self.line, self.compiled)

    def _thing(self, duty: ObligationSpec) -> Thing:
        line, gate = self.line, self.gates.get(duty.gate)
        due = line.place(duty.due_at)
        opens = line.place(duty.opens_at) if duty.opens_at else due - self.assumed.lead_days
        opens = min(opens, due)
        thing = Thing(duty.key, duty.kind, opens, opens, due, gate=gate)
        thing.due_day = line.last_day(duty.due_at)
        if gate:
            thing.people = self._deciders(gate)
            thing.effort = self.assumed.hours.get("decision", 0.0)
            thing.revision_days = gate.revise_within / timedelta(days=7) * 5 if (
                gate.revise_within) else 0.0  # fmt: skip
            return thing
        work = self.works[duty.kind]
        thing.recurring = bool(duty.period)
        if work.form in HAPPENS:
            thing.span = due - thing.opens if work.form == CONSULTATION else 0.0
            if work.form == FOUNDING and duty.opens_at:
                thing.span = CEREMONY
            else:
                thing.opens = due - thing.span
            return thing
        thing.people = (self._person(duty.role, duty.group),)
        thing.effort = self._effort(work, thing.recurring)
        return thing

    def _effort(self, work: WorkSpec, recurring: bool) -> float:
        """Median hours: for a report by its sections, and what it puts together."""
        assumed = self.assumed
        if work.form != "report":
            return assumed.hours.get(work.form, 0.0)
        each = assumed.monthly if recurring else assumed.hours["report"]
        part = self.works.get(work.assembles or work.collects)
        parts = self.many.get(part.per, 1) if part else 0
        factor = assumed.monthly / assumed.hours["report"] if recurring else 1.0
        return each * max(len(work.sections), 1) + parts * assumed.per_part * factor

    def _person(self, role: str, group: str, seat: int = 0) -> int:
        """The number of somebody: a role of the group's kind sits in it, others at the top."""
        kind = self.roles[role].group_kind if role in self.roles else ""
        home = group if kind == self.kinds.get(group) else (self.tops or [""])[0]
        return self.seats.setdefault((role, home, seat), len(self.seats))

    def _deciders(self, gate: GateSpec) -> tuple[int, ...]:
        """Everybody with a seat at a gate; each of them reads the inputs."""
        found = []
        for role in gate.decides:
            spec = self.roles[role]
            here = spec.group_kind == self.kinds[gate.group] or spec.group_kind in self.tops
            groups = [gate.group] if here else [
                one.key for one in self.compiled.groups if one.kind == spec.group_kind
            ]  # fmt: skip
            found += [
                self._person(role, group, seat)
                for group in groups
                for seat in range(max(spec.min, 1))
            ]
        return tuple(dict.fromkeys(found))

    def _link(self, things: list[Thing], number: int, needs: list[int]) -> None:
        """What a thing waits for; of a counted kind only as many as its guard asks for."""
        thing = things[number]
        counts = _counts(thing.gate.when) if thing.gate else {}
        groups: dict[str, list[int]] = {}
        for need in dict.fromkeys(needs):
            groups.setdefault(things[need].kind.removeprefix("gate."), []).append(need)
        for kind, members in groups.items():
            asked = min(counts.get(kind, len(members)), len(members))
            if asked == len(members):
                for member in members:
                    things[member].leads_to.append(number)
                thing.needs += asked
            elif asked:
                things.append(Thing("", "", 0.0, 0.0, 0.0, needs=asked, leads_to=[number]))
                for member in members:
                    things[member].leads_to.append(len(things) - 1)
                thing.needs += 1


def _counts(when: str) -> dict[str, int]:
    """Kind -> how many of it a condition asks for, where it does not ask for all."""
    found: dict[str, int] = {}
    stack: list[Guard] = [parse(when)] if when else []
    while stack:
        here = stack.pop()
        if isinstance(here, Joined):
            stack += here.parts
        elif isinstance(here, Counted) and here.how != "all":
            more = here.sign == ">"
            least = here.number + more if here.sign in (">=", ">", "==") else 0
            found[here.name.rpartition(".")[0]] = 1 if here.how == "any" else least
    return found
