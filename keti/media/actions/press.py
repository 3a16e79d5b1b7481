"""Reports in the media are entered, also from a sheet, put right, withdrawn."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction

from keti.accounts.models import Person
from keti.documents.models import StoredFile
from keti.groups.permissions import acting_seat
from keti.kernel.acts import Act, Subject
from keti.kernel.refusals import Refused
from keti.kernel.texts import one_line
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.letters.rules.sheets import Problem
from keti.media import permissions, queries
from keti.media.actions.leaving import take_away
from keti.media.enums import UNITS
from keti.media.models import Clipping
from keti.media.rules.press import ClippingLine, key_of, link_key
from keti.programmes.models import Programme
from keti.promises.enums import Tier
from keti.promises.queries import counted_in

CLIPPED = "media.clipping.entered"
CLIPPINGS = "media.clippings.entered"
CLIPPING_MENDED = "media.clipping.mended"
CLIPPING_WITHDRAWN = "media.clipping.withdrawn"
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody enters of a report: `promise` is the kind of the promise it counts for, `day`
    when it came out, `place` its page or issue where it has no address."""

    outlet: str
    title: str
    day: date
    tier: str = Tier.OTHER.value
    link: str = ""
    place: str = ""
    reprint: bool = False
    reprint_of: Clipping | None = None
    promise: str = ""


@transaction.atomic
def enter_clipping(
    act: Act, *, programme: Programme, report: Report, file: StoredFile | None = None
) -> Clipping:
    """Enter a report of an outlet, with its address, its page or an archived copy.

    Refuses who neither keeps the secretariat nor answers for a promise counted by it, a report that
    is nowhere to be found, a day that has not come, one that stands already, and a reprint of what
    is itself one.

    Taken back by: withdraw_clipping.
    """
    programme = hold_row(Programme, programme.pk)
    if entry := ledger.repeated(act, CLIPPED, programme=programme):
        return Clipping.objects.get(public_id=entry.subject_id)
    permissions.may_keep_reach(act, programme).or_refuse()
    report = _refuse(act, programme, report, file)
    made = Clipping.objects.create(file=file, **_columns(act, programme, report))
    ledger.record(act, CLIPPED, programme=programme, about=made.subject(), facts=_told(made))
    return made


def _columns(act: Act, programme: Programme, report: Report) -> dict[str, Any]:
    assert isinstance(act.by, Person)
    known = {"programme": programme, "seat": acting_seat(act, programme), "by": act.by}
    return _said(report) | known | {"at": act.recorded_at}


def _said(report: Report) -> dict[str, Any]:
    """What is typed, with the keys by which two reports are one."""
    said = {name: getattr(report, name) for name in Report.__slots__}
    keys = {"outlet_key": key_of(report.outlet), "title_key": key_of(report.title)}
    return said | keys | {"link_key": link_key(report.link)}


def _refuse(
    act: Act, programme: Programme, report: Report, file: StoredFile | None,
    but: Clipping | None = None,
) -> Report:  # fmt: skip
    """The report on lines; refuses what cannot stand beside the others. `but`: the row itself."""
    names = ("outlet", "title", "place")
    plain: dict[str, Any] = {name: one_line(getattr(report, name)).strip() for name in names}
    report = replace(report, **plain)
    for name in ("outlet", "title"):
        if not getattr(report, name):
            raise Refused(f"media.{name}-needed").at(name)
    if report.tier not in Tier.values:
        raise Refused("media.no-such-tier").at("tier")
    if not (report.link or report.place or file):
        raise Refused("media.report-nowhere").at("link")
    if report.day > programme.local(act.recorded_at).date():
        raise Refused("media.report-ahead").at("day")
    refuse_promise(programme, report.promise)
    _refuse_reprint(programme, report, but)
    there = _twin(programme, report, but)
    if there is not None:
        raise Refused("media.clipped-already", title=there.title, outlet=there.outlet).at("link")
    return report


def refuse_promise(programme: Programme, kind: str) -> None:
    """Refuses what is no promise whose target is counted here; none at all is fine."""
    if kind and kind not in counted_in(programme, UNITS):
        raise Refused("media.no-such-promise").at("promise")


def _refuse_reprint(programme: Programme, report: Report, but: Clipping | None) -> None:
    first = report.reprint_of
    if first is None:
        return
    if not report.reprint:
        raise Refused("media.no-reprint").at("reprint")
    mine = first.programme_id == programme.pk and first.withdrawn_at is None
    if not mine or first.reprint or first == but:
        raise Refused("media.reprint-of-what").at("reprint_of")


def _twin(programme: Programme, report: Report, but: Clipping | None) -> Clipping | None:
    """What stands already at this address, or of this outlet under this title on this day."""
    said = _said(report)
    rows = queries.clippings(programme).exclude(pk=but.pk if but else 0)
    if said["link_key"] and (one := rows.filter(link_key=said["link_key"]).first()):
        return one
    keys = {name: said[name] for name in ("outlet_key", "title_key", "day")}
    return rows.filter(**keys).first()


def _told(one: Clipping) -> dict[str, object]:
    return {
        "outlet": one.outlet,
        "tier": one.tier,
        "title": one.title,
        "day": one.day.isoformat(),
        "link": one.link,
        "place": one.place,
        "reprint": one.reprint,
        "of": one.reprint_of.public_id if one.reprint_of else "",
        "promise": one.promise,
        "file": one.file.sha256 if one.file else "",
    }


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a sheet: how many reports were entered, which rows were not, and why."""

    entered: int
    problems: tuple[Problem, ...] = ()


@transaction.atomic
def import_clippings(
    act: Act, *, programme: Programme, file: StoredFile, lines: Sequence[ClippingLine],
    promise: str = "",
) -> Taken:  # fmt: skip
    """Enter the reports of a sheet; what stands already, or twice in it, is said and not entered.

    Refuses who may not enter one, and a sheet of which nothing is new.

    Taken back by: withdraw_clipping (one by one).
    """
    programme = hold_row(Programme, programme.pk)
    if entry := ledger.repeated(act, CLIPPINGS, programme=programme):
        return Taken(int(entry.content["facts"]["entered"]))
    permissions.may_keep_reach(act, programme).or_refuse()
    refuse_promise(programme, promise)
    today = programme.local(act.recorded_at).date()
    fresh, problems = queries.sorted_out(programme, lines, today)
    if not fresh:
        raise Refused("media.sheet-nothing-new", rows=len(problems)).at("file")
    rows = []
    for one in fresh:
        said = {key: value for key, value in asdict(one).items() if key != "row"}
        columns = _columns(act, programme, Report(**said, promise=promise))
        rows.append(Clipping(sheet=file, **columns))
    Clipping.objects.bulk_create(rows, batch_size=AT_ONCE)
    facts = {
        "entered": len(rows),
        "not_taken": len(problems),
        "file": file.sha256,
        "promise": promise,
    }
    about = Subject("documents.file", file.public_id, file.name)
    ledger.record(act, CLIPPINGS, programme=programme, about=about, facts=facts)
    return Taken(len(rows), tuple(problems))


def _held(act: Act, clipping: Clipping, kind: str) -> tuple[Programme, Clipping, bool]:
    """The held rows, and whether this very act was done before."""
    programme = hold_row(Programme, clipping.programme_id)
    found = hold_row(Clipping, clipping.pk)
    if ledger.repeated(act, kind, programme=programme):
        return programme, found, True
    permissions.may_keep_reach(act, programme).or_refuse()
    if found.withdrawn_at is not None:
        raise Refused("media.clipping-withdrawn")
    return programme, found, False


@transaction.atomic
def mend_clipping(
    act: Act, *, clipping: Clipping, report: Report, file: StoredFile | None = None
) -> Clipping:
    """Put right what is known of a report; the line keeps what it said before. Without a new file
    the archived copy stays.

    Refuses what enter_clipping refuses, one that was withdrawn, and to make a reprint of what
    others reprinted.

    Taken back by: mend_clipping (again).
    """
    programme, found, again = _held(act, clipping, CLIPPING_MENDED)
    if again:
        return found
    kept = file or found.file
    report = _refuse(act, programme, report, kept, found)
    if report.reprint and found.reprints.filter(withdrawn_at=None).exists():
        raise Refused("media.reprinted-itself").at("reprint")
    before = _told(found)
    for name, value in _said(report).items():
        setattr(found, name, value)
    found.file = kept
    found.save()
    facts = {**_told(found), "before": before}
    ledger.record(act, CLIPPING_MENDED, programme=programme, about=found.subject(), facts=facts)
    return found


@transaction.atomic
def withdraw_clipping(act: Act, *, clipping: Clipping, reason: str) -> Clipping:
    """It counts no more; what it was and why it went stays to be read.

    Refuses who may not enter one, no reason, and one withdrawn before.

    Taken back by: enter_clipping (anew).
    """
    programme, found, again = _held(act, clipping, CLIPPING_WITHDRAWN)
    if again:
        return found
    take_away(act, found, reason)
    facts = {"outlet": found.outlet, "reason": found.reason}
    ledger.record(act, CLIPPING_WITHDRAWN, programme=programme, about=found.subject(), facts=facts)
    return found
