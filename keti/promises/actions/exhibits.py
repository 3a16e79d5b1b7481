"""What shows how far a promise was kept: added, and withdrawn with a reason."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from keti.accounts.models import Person
from keti.documents.models import StoredFile
from keti.duties.models import Obligation
from keti.groups.permissions import acting_seat
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.programmes.models import Programme
from keti.promises import permissions, queries
from keti.promises.enums import Nature
from keti.promises.models import Exhibit

ADDED = "promises.exhibited"
EXHIBIT_WITHDRAWN = "promises.exhibit.withdrawn"


@dataclass(frozen=True, slots=True)
class Exhibited:
    """What somebody enters of an exhibit; `day` is when it was seen, in the programme's zone."""

    nature: str
    title: str
    day: date
    outlet: str = ""
    tier: str = ""
    reprint: bool = False
    unit: str = ""
    value: int | None = None
    source: str = ""
    link: str = ""


@transaction.atomic
def exhibit(
    act: Act, *, obligation: Obligation, what: Exhibited, file: StoredFile | None = None
) -> Exhibit:
    """Show something for a promise, the time it is looked at.

    Refuses whoever may not, what can be checked nowhere (neither file nor address), a figure
    without channel, value, unit and source, a report without its outlet, a day that has not come,
    and what is there already.

    Taken back by: withdraw_exhibit.
    """
    programme = hold_row(Programme, obligation.programme_id)
    kind, period = obligation.kind, obligation.period
    if entry := ledger.repeated(act, ADDED, programme=programme):
        return Exhibit.objects.get(public_id=entry.subject_id)
    permissions.may_show(act, programme, kind).or_refuse()
    _refuse_incomplete(what, file)
    if what.day > programme.local(act.recorded_at).date():
        raise Refused("promises.day-ahead").at("day")
    if _is_there(obligation, what, file):
        raise Refused("promises.shown-twice", title=what.title).at("title")
    assert isinstance(act.by, Person)
    made = Exhibit.objects.create(
        programme=programme,
        kind=kind,
        period=period,
        file=file,
        seat=acting_seat(act, programme),
        by=act.by,
        at=act.recorded_at,
        **asdict(what),
    )
    facts = {"kind": kind, "period": period, **asdict(what), "day": what.day.isoformat()}
    facts["file"] = file.sha256 if file else ""
    ledger.record(act, ADDED, programme=programme, about=made.subject(), facts=facts)
    return made


def _refuse_incomplete(what: Exhibited, file: StoredFile | None) -> None:
    measure = what.nature == Nature.MEASURE
    if measure and (what.value is None or not (what.unit and what.source and what.outlet)):
        raise Refused("promises.measure-incomplete").at("value")
    if what.nature == Nature.CLIPPING and not what.outlet:
        raise Refused("promises.clipping-incomplete").at("outlet")
    if file is None and not what.link:
        raise Refused("promises.nothing-to-see").at("link")


def _is_there(duty: Obligation, what: Exhibited, file: StoredFile | None) -> bool:
    """The same thing was shown already: the same report at one address, or everything alike."""
    there = queries.standing(duty)
    if what.nature == Nature.CLIPPING and what.link:
        outlets = there.filter(link=what.link).values_list("outlet", flat=True)
        return what.outlet.casefold() in {one.casefold() for one in outlets}
    return there.filter(file=file, **asdict(what)).exists()


@transaction.atomic
def withdraw_exhibit(act: Act, *, exhibit: Exhibit, reason: str) -> Exhibit:
    """It no longer counts; what it was and why it went stays to be read.

    Refuses whoever may not show something for the promise, no reason, and one withdrawn before.

    Taken back by: exhibit (entered anew).
    """
    programme = hold_row(Programme, exhibit.programme_id)
    found = hold_row(Exhibit, exhibit.pk)
    if ledger.repeated(act, EXHIBIT_WITHDRAWN, programme=programme):
        return found
    permissions.may_show(act, programme, found.kind).or_refuse()
    if found.withdrawn_at is not None:
        raise Refused("promises.withdrawn-already")
    if not reason.strip():
        raise Refused("promises.why-withdraw").at("reason")
    found.withdrawn_at, found.reason = act.recorded_at, reason.strip()
    found.withdrawn_by = act.by if isinstance(act.by, Person) else None
    found.save(update_fields=["withdrawn_at", "withdrawn_by", "reason"])
    facts = {"kind": found.kind, "reason": found.reason}
    ledger.record(act, EXHIBIT_WITHDRAWN, programme=programme, about=found.subject(), facts=facts)
    return found
