"""What is known of a region: policy sheets with their source, schemes linked to a seminar."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from keti.activities import permissions
from keti.activities.enums import ActivityKind
from keti.activities.models import Activity, RegionSheet
from keti.groups.permissions import acting_seat, principal
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.texts import shortened
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.letters.rules.divisions import DIVISIONS
from keti.programmes.models import Programme

ENTERED = "activities.sheet.entered"
CHECKED = "activities.sheet.checked"
WITHDRAWN = "activities.sheet.withdrawn"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is entered of a division. `activity`: the seminar a scheme came out of."""

    division: str
    title: str
    body: str
    as_of: date
    scheme: bool = False
    source: str = ""
    link: str = ""
    activity: Activity | None = None


@transaction.atomic
def enter_sheet(act: Act, *, programme: Programme, said: Sheet) -> RegionSheet:
    """Enter what a division supports, or the scheme worked out for it: its next edition.

    Refuses who takes no part, an unknown division, nothing said, a day that has not come, a policy
    without its source, and a scheme without a seminar of that province.

    Taken back by: withdraw_sheet.
    """
    programme = hold_row(Programme, programme.pk)
    if entry := ledger.repeated(act, ENTERED, programme=programme):
        return RegionSheet.objects.get(public_id=entry.subject_id)
    permissions.may_enter_sheet(act, programme).or_refuse()
    _check(act, programme, said)
    last = RegionSheet.objects.filter(
        programme=programme, division=said.division, scheme=said.scheme
    ).aggregate(n=Max("edition"))["n"]
    made = RegionSheet.objects.create(
        programme=programme,
        division=said.division,
        scheme=said.scheme,
        edition=(last or 0) + 1,
        title=said.title.strip(),
        body=said.body.strip(),
        source=said.source.strip(),
        link=said.link,
        as_of=said.as_of,
        activity=said.activity,
        seat=principal(act, programme),
        by_label=shortened(act.by.label, 160),
        recorded_at=act.recorded_at,
    )
    facts = {
        "division": made.division, "scheme": made.scheme, "edition": made.edition,
        "as_of": made.as_of.isoformat(), "source": made.source, "link": made.link,
        "held_as": said.activity.public_id if said.activity else "",
    }  # fmt: skip
    ledger.record(act, ENTERED, programme=programme, about=made.subject(), facts=facts)
    return made


def _check(act: Act, programme: Programme, said: Sheet) -> None:
    if said.division not in DIVISIONS:
        raise Refused("activities.unknown-division", word=said.division).at("division")
    if not said.title.strip() or not said.body.strip():
        raise Refused("activities.sheet-unsaid").at("body")
    if said.as_of > programme.local(act.recorded_at).date():
        raise Refused("activities.as-of-ahead").at("as_of")
    if not said.scheme and not said.source.strip():
        raise Refused("activities.source-needed").at("source")
    if said.scheme and not _is_seminar_of(programme, said):
        raise Refused("activities.seminar-needed").at("activity")


def _is_seminar_of(programme: Programme, said: Sheet) -> bool:
    one = said.activity
    if one is None or one.programme_id != programme.pk or one.kind != ActivityKind.SEMINAR:
        return False
    return one.division[:2] == said.division[:2]


@transaction.atomic
def check_sheet(act: Act, *, sheet: RegionSheet) -> RegionSheet:
    """Somebody else compared a sheet with its source, as of that day.

    Refuses who entered it, who may not, and what was checked or withdrawn.

    Taken back by: withdraw_sheet.
    """
    found, programme = _held(sheet)
    if ledger.repeated(act, CHECKED, programme=programme):
        return found
    permissions.may_check(act, found).or_refuse()
    if found.withdrawn_at is not None:
        raise Refused("activities.withdrawn-already")
    if found.checked_at is not None:
        raise Refused("activities.checked-already")
    found.checked_at = act.recorded_at
    found.checked_by = shortened(acting_seat(act, programme).label, 160)
    found.save(update_fields=["checked_at", "checked_by"])
    ledger.record(act, CHECKED, programme=programme, about=found.subject())
    return found


@transaction.atomic
def withdraw_sheet(act: Act, *, sheet: RegionSheet, reason: str) -> RegionSheet:
    """A sheet holds no longer, with the reason.

    Refuses who neither entered it nor keeps the secretariat, no reason, and a second time.

    Taken back by: enter_sheet (the next edition).
    """
    found, programme = _held(sheet)
    if ledger.repeated(act, WITHDRAWN, programme=programme):
        return found
    permissions.may_withdraw_sheet(act, found).or_refuse()
    if found.withdrawn_at is not None:
        raise Refused("activities.withdrawn-already")
    if not reason.strip():
        raise Refused("activities.reason-needed").at("reason")
    found.withdrawn_at, found.reason = act.recorded_at, reason.strip()
    found.save(update_fields=["withdrawn_at", "reason"])
    facts = {"reason": found.reason}
    ledger.record(act, WITHDRAWN, programme=programme, about=found.subject(), facts=facts)
    return found


def _held(sheet: RegionSheet) -> tuple[RegionSheet, Programme]:
    programme = hold_row(Programme, sheet.programme_id)
    hold_row(RegionSheet, sheet.pk)
    return RegionSheet.objects.select_related("programme").get(pk=sheet.pk), programme
