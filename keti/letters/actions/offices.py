"""Offices are entered, mended, imported from a sheet, withdrawn."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from keti.documents.models import StoredFile
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.texts import one_line
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.letters import permissions
from keti.letters.enums import OfficeKind
from keti.letters.models import Office, OfficeName
from keti.letters.rules import divisions
from keti.letters.rules.sheets import OfficeLine
from keti.programmes.models import Programme

OFFICE_ENTERED = "letters.office.entered"
OFFICE_MENDED = "letters.office.mended"
OFFICE_WITHDRAWN = "letters.office.withdrawn"
OFFICES_IMPORTED = "letters.offices.imported"
WORDS = ("addressee", "address", "postcode", "mail", "note")


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """What is known of an office; `since` is the day from which it bears this name."""

    kind: str
    name: str
    division: str = ""
    addressee: str = ""
    address: str = ""
    postcode: str = ""
    mail: str = ""
    note: str = ""
    since: date | None = None


@transaction.atomic
def enter_office(act: Act, *, programme: Programme, facts: OfficeFacts) -> Office:
    """Enter an office that is to be written to. Its address reaches no line of the record.

    Refuses who is not the secretariat, a name that another office bears, a division nobody knows,
    and a provincial or prefectural office without one.

    Taken back by: withdraw_office.
    """
    hold_row(Programme, programme.pk)
    if entry := ledger.repeated(act, OFFICE_ENTERED, programme=programme):
        return Office.objects.get(public_id=entry.subject_id)
    permissions.may_keep(act, programme).or_refuse()
    _fitting(programme, facts)
    office = _entered(act, programme, facts)
    ledger.record(
        act, OFFICE_ENTERED, programme=programme, about=office.subject(), facts=_told(office)
    )
    return office


def _entered(act: Act, programme: Programme, facts: OfficeFacts) -> Office:
    known = {name: getattr(facts, name).strip() for name in WORDS}
    office = Office.objects.create(
        programme=programme,
        kind=facts.kind,
        division=facts.division,
        name=one_line(facts.name).strip(),
        entered_at=act.recorded_at,
        **known,
    )
    _name(act, office, facts.since)
    return office


def _name(act: Act, office: Office, since: date | None) -> None:
    """The name it bears now stands among its names, from the day it has it."""
    day = since or office.programme.local(act.happened_at).date()
    OfficeName.objects.create(
        office=office, name=office.name, since=day, recorded_at=act.recorded_at
    )


def _told(office: Office) -> dict[str, object]:
    return {"kind": office.kind, "division": office.division, "name": office.name}


def _fitting(programme: Programme, facts: OfficeFacts, office: Office | None = None) -> None:
    name = one_line(facts.name).strip()
    if not name:
        raise Refused("letters.name-needed").at("name")
    if facts.kind not in OfficeKind.values:
        raise Refused("letters.kind-unknown").at("kind")
    if facts.division and facts.division not in divisions.DIVISIONS:
        raise Refused("letters.division-unknown", division=facts.division).at("place")
    if not facts.division and facts.kind in (OfficeKind.PROVINCIAL, OfficeKind.PREFECTURAL):
        raise Refused("letters.division-needed").at("place")
    others = Office.objects.filter(programme=programme, name=name, withdrawn_at=None)
    if others.exclude(pk=office.pk if office else 0).exists():
        raise Refused("letters.office-known", name=name).at("name")


@transaction.atomic
def mend_office(act: Act, *, office: Office, facts: OfficeFacts) -> Office:
    """Put right what is known of an office. Another name is one from a day on: the earlier one
    stays among its names. Letters that went out keep the words they went out with.

    Refuses what entering refuses, and an office that was withdrawn.

    Taken back by: mend_office (to what it was).
    """
    programme = office.programme
    hold_row(Programme, programme.pk)
    if ledger.repeated(act, OFFICE_MENDED, programme=programme):
        return office
    permissions.may_keep(act, programme).or_refuse()
    found = _standing(office)
    _fitting(programme, facts, found)
    changed = _changed(act, found, facts)
    told = {**_told(found), "changed": changed}
    ledger.record(act, OFFICE_MENDED, programme=programme, about=found.subject(), facts=told)
    return found


def _changed(act: Act, office: Office, facts: OfficeFacts) -> list[str]:
    """Write what differs; the names of these fields."""
    wanted = {name: one_line(str(getattr(facts, name))).strip() for name in (*WORDS, "name")}
    wanted |= {"kind": facts.kind, "division": facts.division}
    changed = sorted(name for name, value in wanted.items() if getattr(office, name) != value)
    for name in changed:
        setattr(office, name, wanted[name])
    if changed:
        office.save(update_fields=changed)
    if "name" in changed:
        _name(act, office, facts.since)
    return changed


def _standing(office: Office) -> Office:
    found = Office.objects.select_related("programme").get(pk=office.pk)
    if found.withdrawn_at is not None:
        raise Refused("letters.office-withdrawn", name=found.name)
    return found


@transaction.atomic
def withdraw_office(
    act: Act, *, office: Office, reason: str, successor: Office | None = None
) -> Office:
    """An office is no longer written to: it was dissolved, merged, entered by mistake. Its
    successor may be named. What went to it stays.

    Refuses no reason, an office of another programme or itself as successor, and a second time.

    Taken back by: enter_office (it is entered anew).
    """
    programme = office.programme
    hold_row(Programme, programme.pk)
    if ledger.repeated(act, OFFICE_WITHDRAWN, programme=programme):
        return office
    permissions.may_keep(act, programme).or_refuse()
    found = _standing(office)
    if not reason.strip():
        raise Refused("letters.reason-needed").at("reason")
    if successor is not None and not _may_succeed(successor, found):
        raise Refused("letters.successor-unfit").at("successor")
    found.withdrawn_at, found.reason = act.recorded_at, reason.strip()
    found.successor = successor
    found.save(update_fields=["withdrawn_at", "reason", "successor"])
    told = {"reason": found.reason, "successor": successor.name if successor else ""}
    ledger.record(act, OFFICE_WITHDRAWN, programme=programme, about=found.subject(), facts=told)
    return found


def _may_succeed(successor: Office, office: Office) -> bool:
    return (
        successor.programme_id == office.programme_id
        and successor.pk != office.pk
        and successor.withdrawn_at is None
    )


@transaction.atomic
def import_offices(
    act: Act, *, programme: Programme, file: StoredFile, lines: Sequence[OfficeLine]
) -> dict[str, int]:
    """Enter the offices of a sheet, and mend those that are known by name; an empty cell of the
    sheet changes nothing. Returns how many were entered, mended, and as they were.

    Refuses who is not the secretariat, and a sheet without one good row.

    Taken back by: mend_office, withdraw_office (one by one).
    """
    hold_row(Programme, programme.pk)
    if entry := ledger.repeated(act, OFFICES_IMPORTED, programme=programme):
        return {name: int(entry.content["facts"][name]) for name in ("new", "mended", "same")}
    permissions.may_keep(act, programme).or_refuse()
    if not lines:
        raise Refused("letters.sheet-nothing").at("file")
    known = Office.objects.filter(programme=programme, withdrawn_at=None)
    standing = {one.name: one for one in known.select_related("programme")}
    counted = {"new": 0, "mended": 0, "same": 0}
    for line in lines:
        counted[_taken(act, programme, line, standing.get(line.name))] += 1
    told = {**counted, "file": file.name, "sha256": file.sha256}
    ledger.record(act, OFFICES_IMPORTED, programme=programme, about=programme.subject(), facts=told)
    return counted


def _taken(act: Act, programme: Programme, line: OfficeLine, office: Office | None) -> str:
    told = {name: value for name, value in asdict(line).items() if name != "row"}
    if office is None:
        _entered(act, programme, OfficeFacts(**told))
        return "new"
    kept = {name: told[name] or getattr(office, name) for name in told}
    return "mended" if _changed(act, office, OfficeFacts(**kept)) else "same"
