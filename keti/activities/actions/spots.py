"""Units answer an invitation: they take places, or do not come."""

from datetime import datetime

from django.db import transaction

from keti.accounts.models import Organisation
from keti.activities import permissions, queries
from keti.activities.actions.announcing import MINUTE, held_row
from keti.activities.enums import ActivityState, SpotState
from keti.activities.models import Activity, Spot
from keti.duties.actions import await_answers
from keti.groups.models import Seat
from keti.groups.permissions import counted_at, principal
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.ledger import actions as ledger

TAKEN = "activities.place.taken"
DECLINED = "activities.place.declined"


@transaction.atomic
def take_places(act: Act, *, activity: Activity, people: int) -> Spot:
    """A unit takes places, or changes how many it took. While the priority runs only units that the
    promise is for may.

    Refuses who acts for no unit, a moment at which nobody or only others may, no people, and more
    than are left.

    Taken back by: decline_places.
    """
    found = held_row(activity)
    if entry := ledger.repeated(act, TAKEN, programme=found.programme):
        return Spot.objects.get(
            activity=found, organisation__public_id=entry.content["facts"]["unit_id"]
        )
    permissions.may_answer(act, found).or_refuse()
    seat, unit = _for(act, found)
    _announced(found)
    at = counted_at(act, seat)
    entitled = queries.goes_first(found, unit, act.recorded_at)
    _refuse_now(found, unit, at, entitled=entitled)
    if people < 1:
        raise Refused("activities.how-many").at("people")
    others = queries.taken(found).exclude(organisation=unit)
    left = found.places - sum(others.values_list("people", flat=True))
    if people > left:
        raise Refused("activities.too-few-left", left=left).at("people")
    spot = _said(act, found, (seat, unit), people=people, entitled=entitled)
    about, facts = found.subject(), _facts(spot, unit)
    ledger.record(act, TAKEN, programme=found.programme, about=about, facts=facts)
    return spot


@transaction.atomic
def decline_places(act: Act, *, activity: Activity) -> Spot:
    """A unit does not come, or gives up the places it took.

    Refuses who acts for no unit, what is over, and a unit that said so before.

    Taken back by: take_places (while places are taken).
    """
    found = held_row(activity)
    if entry := ledger.repeated(act, DECLINED, programme=found.programme):
        return Spot.objects.get(
            activity=found, organisation__public_id=entry.content["facts"]["unit_id"]
        )
    permissions.may_answer(act, found).or_refuse()
    seat, unit = _for(act, found)
    _announced(found)
    entitled = queries.goes_first(found, unit, act.recorded_at)
    spot = _said(act, found, (seat, unit), people=0, entitled=entitled)
    about, facts = found.subject(), _facts(spot, unit)
    ledger.record(act, DECLINED, programme=found.programme, about=about, facts=facts)
    return spot


def _for(act: Act, activity: Activity) -> tuple[Seat, Organisation]:
    seat = principal(act, activity.programme)
    assert seat.unit is not None
    return seat, seat.unit


def _announced(found: Activity) -> None:
    if found.state != ActivityState.ANNOUNCED:
        raise Refused("activities.over", state=str(found.get_state_display()))


def _refuse_now(found: Activity, unit: Organisation, at: datetime, *, entitled: bool) -> None:
    code = found.window.refusal(at, entitled=entitled)
    if code:
        priority = found.priority_until if code.endswith("others") else None
        ends = found.programme.local(priority or found.closes_at).strftime(MINUTE)
        raise Refused(code, at=ends, unit=unit.called)


def _said(
    act: Act, found: Activity, who: tuple[Seat, Organisation], *, people: int, entitled: bool
) -> Spot:
    """Write what a unit said, in place of what it said before; it is asked no more."""
    seat, unit = who
    state = SpotState.TAKEN if people else SpotState.DECLINED
    before = Spot.objects.filter(activity=found, organisation=unit).first()
    if before is not None and (before.state, before.people) == (state, people):
        raise Refused("activities.said-already", unit=unit.called)
    spot = before or Spot(activity=found, organisation=unit)
    spot.seat, spot.state, spot.people, spot.entitled = seat, state, people, entitled
    spot.at, spot.recorded_at = counted_at(act, seat), act.recorded_at
    spot.priority = found.window.in_priority(spot.at)
    spot.save()
    await_answers(found.programme, queries.ROOM, found.public_id, act.recorded_at, act=act)
    return spot


def _facts(spot: Spot, unit: Organisation) -> dict[str, object]:
    return {
        "unit": unit.label, "unit_id": unit.public_id, "people": spot.people,
        "entitled": spot.entitled, "priority": spot.priority, "at": spot.at.isoformat(),
    }  # fmt: skip
