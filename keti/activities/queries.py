"""Reading activities: who goes first, who said what, what waits for an answer."""

from datetime import UTC, datetime, timedelta

from django.db.models import Q, QuerySet

from keti.accounts.models import Organisation
from keti.activities.enums import ActivityState, SpotState
from keti.activities.models import Activity, RegionSheet, Spot
from keti.activities.rules import left
from keti.charter.queries import compiled
from keti.charter.rules.dates import DateProblem, add_months, duration
from keti.duties.actions import Response
from keti.duties.enums import Verb
from keti.duties.models import Obligation
from keti.groups.models import Seat
from keti.kernel.refusals import both
from keti.programmes.models import Programme
from keti.promises.queries import entitlements, for_unit, promises
from keti.promises.rules import OUTREACH
from keti.review.enums import Effect
from keti.review.models import Decision

ROOM = "activities"


def right_of(programme: Programme, promise: str) -> tuple[datetime, datetime] | None:
    """From when to when the charter's promise can be claimed (`from`, `to`), half-open; None where
    it sets no term. Counted from a decision that was not taken it has not begun: both are the end
    of time."""
    block = compiled(programme).blocks.get("outreach") or {}
    one = block.get(promise.removeprefix(OUTREACH)) or {}
    until = one.get("to") or []
    if not one.get("from") or len(until) != 1:
        return None
    first, last = _instant(programme, str(one["from"])), _instant(programme, str(until[0]))
    return (first or NEVER, last or NEVER)


NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def _instant(programme: Programme, said: str) -> datetime | None:
    """When a decision was taken (`gate.outcome`) or a named day begins, and a span after it."""
    word, _plus, span = (one.strip() for one in said.partition("+"))
    begins = _decided(programme, word) or _named(programme, word)
    if begins is None or not span:
        return begins
    try:
        length = duration(span)
    except DateProblem:
        return begins
    local = programme.local(begins)
    day = add_months(local.date(), length.months, "down") + timedelta(days=length.days)
    return datetime.combine(day, local.timetz()).astimezone(UTC)


def _decided(programme: Programme, word: str) -> datetime | None:
    gate, _dot, outcome = word.partition(".")
    found = Decision.objects.filter(gate__programme=programme, gate__kind=gate)
    found = found.filter(Q(outcome=outcome) | Q(effect=Effect.APPROVE))
    return found.order_by("pk").values_list("happened_at", flat=True).first()


def _named(programme: Programme, word: str) -> datetime | None:
    anchors = compiled(programme).anchors
    return next((one.start for one in anchors if one.key == word), None)


def roles_of(programme: Programme, promise: str) -> list[str]:
    """The roles whose units a promise is for."""
    block = compiled(programme).blocks.get("outreach") or {}
    found = block.get(promise.removeprefix(OUTREACH)) or {}
    return [str(one) for one in found.get("entitles") or []]


def goes_first(activity: Activity, unit: Organisation, at: datetime) -> bool:
    """Is this unit entitled to the priority of the activity at this moment?"""
    if not activity.promise:
        return False
    means = for_unit(activity.programme, activity.promise, unit, at)
    return means is not None and means.entitled


def invited(activity: Activity, at: datetime) -> list[Seat]:
    """One seat of each unit that goes first: the first that somebody holds, in protocol order."""
    if not activity.promise:
        return []
    found = entitlements(activity.programme, [], at)
    first = {one.unit.pk for one in found if one.kind == activity.promise and one.entitled}
    seats: dict[int, Seat] = {}
    for seat in Seat.objects.filter(programme=activity.programme).standing(at).with_names():
        unit = seat.unit
        if unit is not None and unit.pk in first and seat.acting_person is not None:
            seats.setdefault(unit.pk, seat)
    return list(seats.values())


def taken(activity: Activity) -> QuerySet[Spot]:
    """The places that units took and did not give up."""
    return Spot.objects.filter(activity=activity, state=SpotState.TAKEN)


def places_left(activity: Activity) -> int:
    """How many places nobody took."""
    return left(activity.places, taken(activity).values_list("people", flat=True))


def awaited(programme: Programme, subject_id: str, at: datetime) -> list[Response]:
    """What waits in this room: the answer of every unit that goes first, until places are no longer
    taken."""
    found = Activity.objects.filter(programme=programme, state=ActivityState.ANNOUNCED)
    found = found.filter(closes_at__gt=at)
    found = found.filter(public_id=subject_id) if subject_id else found
    return [one for activity in found.order_by("pk") for one in _answers(activity, programme, at)]


def _answers(activity: Activity, programme: Programme, at: datetime) -> list[Response]:
    activity.programme = programme
    said = set(Spot.objects.filter(activity=activity).values_list("organisation", flat=True))
    return [
        Response(
            verb=Verb.ANSWER,
            about=activity.subject(),
            title=both("activities.invited-to", title=activity.title),
            group=seat.group,
            since=activity.opens_at,
            turn=seat.unit.public_id,
            seat=seat,
            due=activity.priority_until or activity.closes_at,
        )
        for seat in invited(activity, at)
        if seat.unit is not None and seat.unit.pk not in said
    ]


def duty_shown(activity: Activity) -> Obligation | None:
    """The duty of the promise for which an activity is shown: the first that is due on or after its
    last day, else the last."""
    found = promises(activity.programme).filter(kind=activity.promise).order_by("due", "pk")
    after = [one for one in found if activity.programme.local(one.due).date() >= activity.last_day]
    return next(iter(after or list(found)[-1:]), None)


def newest_sheets(programme: Programme) -> QuerySet[RegionSheet]:
    """The sheets that stand."""
    return RegionSheet.objects.filter(programme=programme, withdrawn_at=None)
