"""What a unit was given under a promise: recorded, confirmed by the unit, taken back."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from keti.accounts.models import Organisation, Person
from keti.documents.models import StoredFile
from keti.groups.permissions import acting_seat
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.programmes.models import Programme
from keti.promises import notices, permissions, queries
from keti.promises.models import Benefit
from keti.promises.rules import said_of

GIVEN = "promises.given"
CONFIRMED = "promises.benefit.confirmed"
BENEFIT_WITHDRAWN = "promises.benefit.withdrawn"


@dataclass(frozen=True, slots=True)
class Given:
    """What a unit was given of which promise, and on which day."""

    kind: str
    unit: Organisation
    what: str
    day: date
    link: str = ""


@transaction.atomic
def give(
    act: Act, *, programme: Programme, given: Given, file: StoredFile | None = None
) -> Benefit:
    """Record that a unit was given something under a promise. Those who act for it are asked to
    confirm.

    Refuses whoever does not keep the secretariat, nothing said, a day that has not come, and a unit
    that the promise is not for, or that has not done what the charter asks first.

    Taken back by: withdraw_benefit.
    """
    programme = hold_row(Programme, programme.pk)
    if entry := ledger.repeated(act, GIVEN, programme=programme):
        return Benefit.objects.get(public_id=entry.subject_id)
    permissions.may_give(act, programme).or_refuse()
    title = queries.title_of(programme, given.kind)
    if not given.what.strip():
        raise Refused("promises.what-was-given").at("what")
    if given.day > programme.local(act.recorded_at).date():
        raise Refused("promises.day-ahead").at("day")
    means = queries.for_unit(programme, given.kind, given.unit, act.recorded_at)
    if means is None:
        raise Refused("promises.not-entitled", unit=given.unit.called, title=title).at("unit")
    if means.lacks:
        lacks, unit = said_of(means.lacks), given.unit.called
        told = Refused("promises.not-provided", unit=unit, title=title, lacks=lacks)
        raise told.at("unit")
    assert isinstance(act.by, Person)
    made = Benefit.objects.create(
        programme=programme,
        kind=given.kind,
        organisation=given.unit,
        what=given.what.strip(),
        day=given.day,
        link=given.link,
        file=file,
        seat=acting_seat(act, programme),
        by=act.by,
        at=act.recorded_at,
    )
    facts = {
        "kind": given.kind,
        "unit": given.unit.label,
        "what": made.what,
        "day": given.day.isoformat(),
        "link": given.link,
        "file": file.sha256 if file else "",
    }
    ledger.record(act, GIVEN, programme=programme, about=made.subject(), facts=facts)
    notices.given(act, made, title)
    return made


@transaction.atomic
def confirm_benefit(act: Act, *, benefit: Benefit) -> Benefit:
    """Somebody of the unit says that it has what it was given.

    Refuses everybody else, what was taken back, and what was confirmed before.

    Taken back by: withdraw_benefit (of the secretariat, told by the unit).
    """
    programme, found = _held(benefit)
    if ledger.repeated(act, CONFIRMED, programme=programme):
        return found
    permissions.may_confirm(act, found).or_refuse()
    if found.withdrawn_at is not None:
        raise Refused("promises.withdrawn-already")
    if found.confirmed_at is not None:
        raise Refused("promises.confirmed-already")
    found.confirmed_at = act.recorded_at
    found.confirmed_by = act.by if isinstance(act.by, Person) else None
    found.save(update_fields=["confirmed_at", "confirmed_by"])
    facts = {"kind": found.kind, "unit": found.organisation.label}
    ledger.record(act, CONFIRMED, programme=programme, about=found.subject(), facts=facts)
    return found


@transaction.atomic
def withdraw_benefit(act: Act, *, benefit: Benefit, reason: str) -> Benefit:
    """It was not given, or not so: with a reason, told to nobody again.

    Refuses whoever does not keep the secretariat, no reason, and what was taken back before.

    Taken back by: give (recorded anew).
    """
    programme, found = _held(benefit)
    if ledger.repeated(act, BENEFIT_WITHDRAWN, programme=programme):
        return found
    permissions.may_give(act, programme).or_refuse()
    if found.withdrawn_at is not None:
        raise Refused("promises.withdrawn-already")
    if not reason.strip():
        raise Refused("promises.why-withdraw").at("reason")
    found.withdrawn_at, found.reason = act.recorded_at, reason.strip()
    found.withdrawn_by = act.by if isinstance(act.by, Person) else None
    found.save(update_fields=["withdrawn_at", "withdrawn_by", "reason"])
    facts = {"kind": found.kind, "unit": found.organisation.label, "reason": found.reason}
    ledger.record(act, BENEFIT_WITHDRAWN, programme=programme, about=found.subject(), facts=facts)
    return found


def _held(benefit: Benefit) -> tuple[Programme, Benefit]:
    programme = hold_row(Programme, benefit.programme_id)
    found = hold_row(Benefit, benefit.pk)
    return programme, Benefit.objects.select_related("programme", "organisation").get(pk=found.pk)
