"""Reading a roster: keeping what was compared, and taking a reading away."""

from collections.abc import Mapping

from django.db import transaction

from keti.documents.models import StoredFile
from keti.groups.actions import hold_roster
from keti.groups.permissions import may_manage
from keti.intake.actions.comparing import Comparison, compare
from keti.intake.enums import ImportState
from keti.intake.models import RosterImport
from keti.intake.rules.wording import ASK
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.ledger import actions as ledger
from keti.programmes.models import Programme

COUNTS = ("rows", "people", "units", "seats", "changed", "unchanged")


@transaction.atomic
def read_roster(
    act: Act,
    *,
    programme: Programme,
    file: StoredFile,
    answers: Mapping[str, str] | None = None,
    compared: Comparison | None = None,
    stale: bool = False,
) -> RosterImport:
    """Keep what a roster would do: per row new, changed, unchanged, asked or not understood.

    Who compared the file already, outside any transaction, gives it as `compared`. `answers` says
    who is meant in a row where it was asked; `stale`: it was to be entered as it was shown before.

    Taken back by: remove_roster.
    """
    hold_roster(programme)
    if made := earlier(programme, act, "intake.roster.read"):
        return made
    may_manage(act, programme).or_refuse()
    compared = compared or compare(programme, file, answers or {})
    report = report_of(file, act, compared, ImportState.READ, answers=answers or {}, stale=stale)
    ledger.record(
        act,
        "intake.roster.read",
        programme=report.programme,
        about=report.subject(),
        facts=line_facts(report),
    )
    return report


@transaction.atomic
def remove_roster(act: Act, *, report: RosterImport) -> None:
    """Take away a reading that is not wanted. The file and the line of its reading stay.

    Refuses one that was entered.

    Taken back by: read_roster (the file is uploaded again).
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


def earlier(programme: Programme, act: Act, *kinds: str) -> RosterImport | None:
    """What this act made when it was sent before. Refuses where that was removed since."""
    for kind in kinds:
        if entry := ledger.repeated(act, kind, programme=programme):
            made = RosterImport.objects.filter(public_id=entry.subject_id).first()
            if made is None:
                raise Refused("intake.roster-was-removed")
            return made
    return None


def line_facts(report: RosterImport) -> dict[str, object]:
    """The counts of a report, as its line in the ledger carries them."""
    counted = {name: getattr(report, name) for name in ("sha256", *COUNTS)}
    asked = {"asked": report.notes["delegates"]} if ASK in report.answers else {}
    return counted | {"problems": len(report.problems), **asked}


def report_of(
    file: StoredFile,
    act: Act,
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
