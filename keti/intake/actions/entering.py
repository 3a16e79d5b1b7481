"""Entering what was shown of a roster: a few rows at a time, so that everybody else writes too."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from django.db import connection, transaction

from keti.accounts.actions import (
    PersonFacts,
    correct_person,
    enter_organisation,
    new_person,
)
from keti.accounts.models import Organisation, Person
from keti.charter.queries import only_language
from keti.consents.actions import grant
from keti.consents.models import Consent
from keti.documents.models import StoredFile
from keti.groups.actions import Place, appoint, hold_roster, restyle, swap_delegate
from keti.groups.models import UNNUMBERED, Seat
from keti.groups.permissions import may_manage
from keti.intake.actions.comparing import Comparison, RosterStep, compare, shown_problem
from keti.intake.actions.records import Counts, Known, Unit, binding
from keti.intake.actions.roster import earlier, line_facts, read_roster, report_of
from keti.intake.enums import ImportState
from keti.intake.models import RosterImport
from keti.intake.rules.roster import Problem
from keti.intake.rules.wording import ASK
from keti.kernel import transactions
from keti.kernel.acts import Act, Ref
from keti.kernel.refusals import Refused, sentence
from keti.ledger import actions as ledger
from keti.monitoring.actions import follow_the_seats, hold_what_follows
from keti.programmes.models import Programme

Tell = Callable[[int, int], None]
"""Hears how many rows of how many are behind us."""
SLICE_SECONDS = 0.06
GIVES_WAY = 4
"""So many times as long as a slice took, and waited for others, nothing of the roster is asked."""
DOES = ("new", "changed")
TALLIES = ("people", "units", "seats", "changed")
SEAT = ("delegate_id", "honorific", "order", "ends_at")


def import_roster(
    act: Act,
    *,
    programme: Programme,
    file: StoredFile,
    shown: RosterImport | None = None,
    ask: bool = False,
    tell: Tell | None = None,
) -> RosterImport:
    """Enter the good rows as they were `shown`: people, units, seats, consents, and what changes of
    those on record. Nobody is written to. A row that is asked about or not understood enters
    nothing. With `ask` who is named for a unit is proposed: nobody sits there before they accept.

    It is compared without any lock and entered a few rows a transaction: others wait for a row,
    not for a roster. Where the record has changed since it was shown, it enters nothing and keeps
    what the roster would do now. What changes while it is being entered sets its row aside, and
    says so. Broken off, it goes on where it was. The same file once more creates nothing and
    leaves no line.

    Taken back by: correct_record (a name, unit or address), groups.end_seat (a seat).
    """
    shown = shown or _begun(programme, file)
    compared = compare(programme, file, shown.answers if shown else {})
    report = transactions.run(lambda: _take_up(act, file, shown, compared, ask))
    if report.state != ImportState.ENTERING:
        return report
    going = _Going(act, report, file, compared)
    for done, of in going.slices():
        if tell is not None:
            tell(done, of)
    return transactions.run(lambda: _finish(act, report, going.aside))


def _begun(programme: Programme, file: StoredFile) -> RosterImport | None:
    begun = RosterImport.objects.filter(programme=programme, state=ImportState.ENTERING)
    return begun.filter(sha256=file.sha256).first()


def _take_up(
    act: Act, file: StoredFile, shown: RosterImport | None, compared: Comparison, ask: bool
) -> RosterImport:
    """The reading that is entered from now on; another state where there is nothing to enter."""
    programme = file.programme
    hold_roster(programme)
    if made := earlier(programme, act, "intake.roster.imported", "intake.roster.read"):
        return made
    may_manage(act, programme).or_refuse()
    going = _begun(programme, file)
    if going is not None:
        return going
    if shown is not None and shown.digest != compared.digest:
        answers = shown.answers | ({ASK: "yes"} if ask else {})
        again = {"answers": answers, "compared": compared}
        return read_roster(act, programme=programme, file=file, stale=True, **again)
    before = RosterImport.objects.filter(
        programme=programme, sha256=file.sha256, state=ImportState.IMPORTED
    ).first()
    if before is not None and not compared.steps:
        return before
    report = report_of(file, act, compared, ImportState.ENTERING)
    for name in TALLIES:
        setattr(report, name, 0)
    report.answers = {key: said for key, said in report.answers.items() if key != ASK}
    report.answers |= {ASK: "yes"} if ask else {}
    report.save(update_fields=[*TALLIES, "answers"])
    return report


def _finish(act: Act, report: RosterImport, aside: Mapping[int, Refused]) -> RosterImport:
    """Every row is behind us: open duties find their holders, one line says what was done."""
    programme = report.programme
    hold_what_follows(programme)
    if made := earlier(programme, act, "intake.roster.imported"):
        return made
    going = RosterImport.objects.filter(pk=report.pk, state=ImportState.ENTERING)
    if not going.update(state=ImportState.IMPORTED, at=act.recorded_at, by_label=act.by.label):
        return RosterImport.objects.get(pk=report.pk)  # another has finished the same
    report.refresh_from_db()
    _set_aside(report, aside)
    follow_the_seats(act, programme=programme)
    ledger.record(
        act,
        "intake.roster.imported",
        programme=programme,
        about=report.subject(),
        facts=line_facts(report),
    )
    return report


def _set_aside(report: RosterImport, aside: Mapping[int, Refused]) -> None:
    """Say in the report which rows were shown as good and yet not entered, and why."""
    for line in report.lines:
        if no := aside.get(line["row"]):
            problem = shown_problem(Problem(line["row"], "", line["who"][:80], no.code, no.facts))
            line |= {"kind": "problem", "problems": [problem]}
            report.problems.append(problem)
    report.problems.sort(key=lambda one: int(one["row"]))
    report.save(update_fields=["lines", "problems"])


class _Moved(Exception):
    """Somebody else seated or entered somebody meanwhile: what each row would do is asked anew."""


@dataclass(frozen=True, slots=True)
class _Done:
    """What one slice came to: the rows left, those refused and why, how many there are of all."""

    left: list[RosterStep]
    refused: dict[int, Refused]
    counts: Counts


@dataclass
class _Going:
    """A roster on its way in. What a transaction makes counts once it is committed."""

    act: Act
    report: RosterImport
    file: StoredFile
    compared: Comparison
    aside: dict[int, Refused] = field(default_factory=dict)
    made: list[Known | Unit] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.programme = self.report.programme
        self.of = sum(line["kind"] in DOES for line in self.report.lines)
        self.left = self._still()
        self.counts = self.compared.counts

    def slices(self) -> Iterator[tuple[int, int]]:
        """Enter a few rows, let others write for much longer than that took, until none is left."""
        while self.left:
            began = time.monotonic()
            try:
                done = transactions.run(self._some)
                self.left, self.counts, self.made = done.left, done.counts, []
                self.aside |= done.refused
            except _Moved:
                self.compared = compare(self.programme, self.file, self.report.answers)
                self.left, self.counts = self._still(), self.compared.counts
            yield self.of - len(self.left), self.of
            if not connection.in_atomic_block:
                time.sleep(GIVES_WAY * (time.monotonic() - began))

    def _still(self) -> list[RosterStep]:
        """The rows to be entered: those that do now what was shown. A row that does something else
        is set aside; one that does nothing any more is in already."""
        now = {line["row"]: line for line in self.compared.lines}
        steps = {step.line.row: step for step in self.compared.steps}
        left = []
        for line in self.report.lines:
            row = line["row"]
            if line["kind"] not in DOES or row in self.aside:
                continue
            does = now.get(row)
            if does is not None and does["kind"] == "unchanged":
                continue
            if does is not None and _does(does) == _does(line):
                left.append(steps[row])
            else:
                self.aside[row] = Refused("intake.roster-row-moved")
        return left

    def _some(self) -> "_Done":
        """Enter rows for the time of a slice."""
        self._forget(0)
        hold_roster(self.programme)
        self._may_go_on()
        if Counts.now(self.programme) != self.counts:
            raise _Moved
        until = time.monotonic() + SLICE_SECONDS
        report = transactions.hold_row(RosterImport, self.report.pk)
        left, refused = list(self.left), {}
        while left:
            step = left.pop(0)
            if no := self._row(report, step):
                refused[step.line.row] = no
            if time.monotonic() > until:
                break
        report.save(update_fields=TALLIES)
        ledger.tell_rest(self.act, programme=self.programme)
        return _Done(left, refused, Counts.now(self.programme))

    def _may_go_on(self) -> None:
        """Refuses where the seat that enters has ended meanwhile, or may no longer."""
        may_manage(self.act, self.programme).or_refuse()
        seat = Seat.objects.with_names().get(public_id=cast(Ref, self.act.seat).public_id)
        if seat.ends_at is not None:
            raise Refused("groups.seat-has-ended", seat=seat.title)

    def _row(self, report: RosterImport, step: RosterStep) -> Refused | None:
        """One row whole, or nothing of it and why."""
        made, tallies = len(self.made), [getattr(report, name) for name in TALLIES]
        try:
            with transaction.atomic():
                self._enter(report, step)
        except Refused as no:
            self._forget(made)
            for name, count in zip(TALLIES, tallies, strict=True):
                setattr(report, name, count)
            return no
        return None

    def _forget(self, beyond: int) -> None:
        """What was made beyond these is undone: the rows after count on nothing of it."""
        for one in self.made[beyond:]:
            if isinstance(one, Unit):
                one.row = None
            else:
                one.person = None
        del self.made[beyond:]

    def _enter(self, report: RosterImport, step: RosterStep) -> None:
        key = f"{self.act.key[:60]}/{step.line.row}" if self.act.key else ""
        act = replace(self.act, key=key)
        unit = self._unit(report, step.unit) if step.unit else None
        someone = self._person(report, step, unit)
        asks = ASK in report.answers and step.names_delegate
        if step.line.consent and someone is not None:
            _consent(replace(act, evidence=self.file), self.programme, someone)
        if step.seat is None:
            report.seats += _appoint(act, step, unit, someone, asks)
        else:
            _correct_seat(act, step, someone, asks)
            report.changed += 1

    def _unit(self, report: RosterImport, unit: Unit) -> Organisation:
        if unit.row is None:
            unit.row = enter_organisation(unit.name, is_demo=self.programme.is_demo)
            self.made.append(unit)
            report.units += 1
        return unit.row

    def _person(
        self, report: RosterImport, step: RosterStep, unit: Organisation | None
    ) -> Person | None:
        known, line = step.known, step.line
        if known is None:
            return None
        if known.person is None:
            known.person = new_person(
                PersonFacts(
                    known.name,
                    mail=line.mail,
                    mobile=line.mobile,
                    honorific=line.honorific[:40],
                    unit=unit,
                    language=only_language(self.programme),
                    is_demo=unit.is_demo if unit else False,
                )
            )
            self.made.append(known)
            report.people += 1
        elif step.person:
            self._stands(step, known.person)
            changes = {name: unit if name == "unit" else to for name, to in step.person.items()}
            known.person = correct_person(known.person, changes)
        return known.person

    def _stands(self, step: RosterStep, person: Person) -> None:
        """Refuses where what this row changes is on record otherwise than it was shown, or binds
        others since."""
        now = transactions.hold_row(Person, person.pk)
        facts = {name: getattr(now, name) for name in ("name", "mail", "mobile")}
        facts["unit"] = now.unit.name_zh if now.unit else ""
        bound = binding(self.programme, [person.pk])[person.pk]
        for change in step.shown:
            name = str(change["column"])
            if name in step.person and (
                facts[name] != change["before"]
                or (name in bound and (facts[name] or name == "mail"))
            ):
                raise Refused("intake.roster-row-moved")


def _does(line: Mapping[str, object]) -> tuple[object, ...]:
    return line["kind"], line.get("seat"), line["changes"]


def _appoint(
    act: Act, step: RosterStep, unit: Organisation | None, someone: Person | None, asks: bool
) -> bool:
    """Seat whom the row names. False where the row had done so before it was broken off, and the
    seat has ended since: its key only finds it."""
    line, programme = step.line, step.group.programme
    before = ledger.repeated(act, "groups.seat.appointed", programme=programme)
    place = Place(
        step.group,
        step.role,
        organisation=unit if step.by_unit else None,
        person=None if step.by_unit else someone,
        delegate=someone if step.by_unit else None,
        honorific=line.honorific,
        order=UNNUMBERED if line.order is None else line.order,
        proposed=asks,
    )
    appoint(act, place=place, tell=False)
    return before is None


def _correct_seat(act: Act, step: RosterStep, someone: Person | None, asks: bool) -> None:
    line, seat = step.line, step.seat
    if seat is None:
        return
    now = transactions.hold_row(Seat, seat.pk)
    if any(getattr(now, name) != getattr(seat, name) for name in SEAT):
        raise Refused("intake.roster-row-moved")
    columns = {change["column"] for change in step.shown}
    if columns & {"honorific", "order"}:
        restyle(
            seat,
            honorific=line.honorific or seat.honorific,
            order=seat.order if line.order is None else line.order,
        )
    if "delegate" in columns and someone is not None:
        swap_delegate(act, seat=seat, delegate=someone, proposed=asks, tell=False)


def _consent(act: Act, programme: Programme, person: Person) -> None:
    """The roster says that this person agreed: recorded by the secretariat, the file its evidence.

    Who has withdrawn since has the last word: an old sheet does not agree for them again.
    """
    if Consent.objects.filter(programme=programme, person=person).exists():
        return
    wording = sentence("intake.consent-by-roster", {"programme": programme.title}, "zh-hans")
    grant(act, programme=programme, person=person, wording=wording)
