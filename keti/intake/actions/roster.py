"""Reading a roster, entering what was shown of it, and taking a reading away."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from django.db import transaction

from keti.accounts.actions import (
    PersonFacts,
    correct_person,
    enter_organisation,
    give_consent,
    new_person,
)
from keti.accounts.models import Organisation, Person
from keti.documents.models import StoredFile
from keti.groups.actions import Place, appoint, hold_roster, restyle, swap_delegate
from keti.groups.models import UNNUMBERED
from keti.groups.permissions import may_manage
from keti.intake.actions.comparing import Comparison, Step, compare
from keti.intake.actions.records import Unit
from keti.intake.enums import ImportState
from keti.intake.models import RosterImport
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused, sentence
from keti.ledger import actions as ledger
from keti.monitoring.actions import follow_the_seats, hold_what_follows
from keti.programmes.models import Programme

Tell = Callable[[int, int], None]
"""Hears how many rows of how many are behind us."""
COUNTS = ("rows", "people", "units", "seats", "changed", "unchanged")


@transaction.atomic
def read_roster(
    act: Act,
    *,
    programme: Programme,
    file: StoredFile,
    answers: Mapping[str, str] | None = None,
    compared: Comparison | None = None,
) -> RosterImport:
    """Keep what a roster would do: per row new, changed, unchanged, asked or not understood.

    Who compared the file already, outside any transaction, gives it as `compared`. `answers` says
    who is meant in a row where it was asked.
    """
    hold_roster(programme)
    if earlier := _earlier(act, programme, "intake.roster.read"):
        return earlier
    may_manage(act, programme).or_refuse()
    compared = compared or compare(programme, file, answers or {})
    return _read(act, file, compared, answers or {}, stale=False)


@transaction.atomic
def import_roster(
    act: Act,
    *,
    programme: Programme,
    file: StoredFile,
    shown: RosterImport | None = None,
    tell: Tell | None = None,
) -> RosterImport:
    """Enter the good rows as they were `shown`: people, units, seats, consents, and what changes of
    those on record. Nobody is written to. A row that is asked about or not understood enters
    nothing.

    Where the record has changed since, it enters nothing and keeps what the roster would do now.
    The same file once more creates nothing and leaves no line.
    """
    hold_what_follows(programme)
    if earlier := _earlier(act, programme, "intake.roster.imported", "intake.roster.read"):
        return earlier
    may_manage(act, programme).or_refuse()
    answers = shown.answers if shown else {}
    compared = compare(programme, file, answers)
    if shown is not None and shown.digest != compared.digest:
        return _read(act, file, compared, answers, stale=True)
    for number, step in enumerate(compared.steps, start=1):
        _enter(replace(act, key=f"{act.key[:60]}/{step.line.row}" if act.key else ""), step)
        if tell is not None:
            tell(number, len(compared.steps))
    before = RosterImport.objects.filter(
        programme=programme, sha256=file.sha256, state=ImportState.IMPORTED
    ).first()
    if before is not None and not compared.steps:
        return before
    report = _report(act, file, compared, ImportState.IMPORTED)
    follow_the_seats(act, programme=programme)
    ledger.record(
        act,
        "intake.roster.imported",
        programme=programme,
        about=report.subject(),
        facts=_facts(report),
    )
    return report


@transaction.atomic
def remove_roster(act: Act, *, report: RosterImport) -> None:
    """Take away a reading that is not wanted. The file and the line of its reading stay.

    Refuses one that was entered.
    """
    programme = report.programme
    hold_roster(programme)
    if ledger.repeated(act, "intake.roster.removed", programme=programme):
        return
    may_manage(act, programme).or_refuse()
    gone, _ = RosterImport.objects.filter(pk=report.pk, state=ImportState.READ).delete()
    if not gone:
        raise Refused("intake.roster-was-entered")
    ledger.record(
        act,
        "intake.roster.removed",
        programme=programme,
        about=report.subject(),
        facts={"sha256": report.sha256},
    )


def _earlier(act: Act, programme: Programme, *kinds: str) -> RosterImport | None:
    """What this act made when it was sent before. Refuses where that was removed since."""
    for kind in kinds:
        if entry := ledger.repeated(act, kind, programme=programme):
            made = RosterImport.objects.filter(public_id=entry.subject_id).first()
            if made is None:
                raise Refused("intake.roster-was-removed")
            return made
    return None


def _read(
    act: Act, file: StoredFile, compared: Comparison, answers: Mapping[str, str], *, stale: bool
) -> RosterImport:
    report = _report(act, file, compared, ImportState.READ, answers=answers, stale=stale)
    ledger.record(
        act,
        "intake.roster.read",
        programme=report.programme,
        about=report.subject(),
        facts=_facts(report),
    )
    return report


def _facts(report: RosterImport) -> dict[str, object]:
    counted = {name: getattr(report, name) for name in ("sha256", *COUNTS)}
    return counted | {"problems": len(report.problems)}


def _report(
    act: Act,
    file: StoredFile,
    compared: Comparison,
    state: ImportState,
    *,
    answers: Mapping[str, str] | None = None,
    stale: bool = False,
) -> RosterImport:
    """The one reading of this file, written anew; entered, it stays as it is."""
    key = {"programme": file.programme, "sha256": file.sha256}
    report = RosterImport.objects.filter(**key, state=ImportState.READ).first()
    report = report or RosterImport(**key, file=file)
    for name in (*COUNTS, "problems", "lines", "notes"):
        setattr(report, name, getattr(compared, name))
    report.digest = compared.digest
    if answers is not None:
        report.answers = dict(answers)
    report.state, report.stale = state, stale
    report.by_label, report.at = act.by.label, act.recorded_at
    report.save()
    return report


def _enter(act: Act, step: Step) -> None:
    """One row: all of it, as it was shown."""
    programme = step.group.programme
    unit = _unit(step.unit, is_demo=programme.is_demo) if step.unit else None
    someone = _person(step, unit)
    if step.seat is None:
        _appoint(act, step, unit, someone)
    else:
        _correct_seat(act, step, someone)
    if step.line.consent and someone is not None:
        _consent(act, programme, someone)


def _unit(unit: Unit, *, is_demo: bool) -> Organisation:
    if unit.row is None:
        unit.row = enter_organisation(unit.name, is_demo=is_demo)
    return unit.row


def _person(step: Step, unit: Organisation | None) -> Person | None:
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
                is_demo=unit.is_demo if unit else False,
            )
        )
    elif step.person:
        changes = {name: unit if name == "unit" else to for name, to in step.person.items()}
        known.person = correct_person(known.person, changes)
    return known.person


def _appoint(act: Act, step: Step, unit: Organisation | None, someone: Person | None) -> None:
    line = step.line
    place = Place(
        step.group,
        step.role,
        organisation=unit if step.by_unit else None,
        person=None if step.by_unit else someone,
        delegate=someone if step.by_unit else None,
        honorific=line.honorific,
        order=UNNUMBERED if line.order is None else line.order,
    )
    appoint(act, place=place, tell=False)


def _correct_seat(act: Act, step: Step, someone: Person | None) -> None:
    line, seat = step.line, step.seat
    if seat is None:
        return
    columns = {change["column"] for change in step.shown}
    if columns & {"honorific", "order"}:
        restyle(
            seat,
            honorific=line.honorific or seat.honorific,
            order=seat.order if line.order is None else line.order,
        )
    if "delegate" in columns and someone is not None:
        swap_delegate(act, seat=seat, delegate=someone, tell=False)


def _consent(act: Act, programme: Programme, person: Person) -> None:
    wording = sentence("intake.consent-by-roster", {"programme": programme.title}, "zh-hans")
    give_consent(act, person=person, purpose="roll", scope=programme.public_id, wording=wording)
