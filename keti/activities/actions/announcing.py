"""An activity is announced, cancelled, recorded as held; that record is taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from keti.activities import notices, permissions, queries
from keti.activities.enums import ActivityKind, ActivityState
from keti.activities.models import Activity, OutsideGuest, Spot
from keti.charter.rules.dates import FULL_DAY, at_local
from keti.documents.models import StoredFile
from keti.duties.actions import await_answers
from keti.groups.permissions import acting_seat
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused, sentence
from keti.kernel.texts import shortened
from keti.kernel.transactions import hold, hold_row
from keti.ledger import actions as ledger
from keti.letters.rules.divisions import DIVISIONS
from keti.programmes.models import Programme
from keti.promises.actions import Exhibited, exhibit, withdraw_exhibit
from keti.promises.enums import Nature
from keti.promises.models import Exhibit
from keti.promises.queries import title_of

ANNOUNCED = "activities.announced"
CANCELLED = "activities.cancelled"
HELD = "activities.held"
UNHELD = "activities.held.withdrawn"
MINUTE = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class Announced:
    """What is announced. `closing`: the last day on which places are taken; `priority`: the last
    day on which only the entitled may, none without a priority."""

    kind: str
    title: str
    day: date
    last_day: date
    places: int
    closing: date
    priority: date | None = None
    promise: str = ""
    division: str = ""
    where: str = ""
    partners: str = ""


@transaction.atomic
def announce(act: Act, *, programme: Programme, said: Announced) -> Activity:
    """Announce an activity: from now on places are taken, first by the units its promise is for.
    Each of these is asked to answer.

    Refuses who is not the secretariat, no title or places, days that are over or in no order, a
    division or promise that is unknown, and a priority without a promise that says whom it is for
    or outside the time for which the charter gives it.

    Taken back by: cancel_activity.
    """
    programme = hold_row(Programme, programme.pk)
    if entry := ledger.repeated(act, ANNOUNCED, programme=programme):
        return Activity.objects.get(public_id=entry.subject_id)
    permissions.may_organise(act, programme).or_refuse()
    _check(act, programme, said)
    if said.priority is not None:
        _check_priority(programme, said, said.priority)
    roles = queries.roles_of(programme, said.promise) if said.priority else []
    made = Activity.objects.create(
        programme=programme,
        kind=said.kind,
        title=said.title.strip(),
        day=said.day,
        last_day=said.last_day,
        division=said.division,
        where=said.where,
        partners=said.partners,
        places=said.places,
        promise=said.promise,
        entitles=roles,
        opens_at=act.recorded_at,
        priority_until=_end(programme, said.priority) if said.priority else None,
        closes_at=_end(programme, said.closing),
        seat=acting_seat(act, programme),
        by_label=shortened(act.by.label, 160),
        recorded_at=act.recorded_at,
    )
    await_answers(programme, queries.ROOM, made.public_id, act.recorded_at, act=act)
    seats = queries.invited(made, act.recorded_at)
    ledger.record(
        act, ANNOUNCED, programme=programme, about=made.subject(), facts=_facts(made, len(seats))
    )
    until = programme.local(made.priority_until or made.closes_at).strftime(MINUTE)
    notices.told(act, "announced", made, seats, until=until)
    return made


def _end(programme: Programme, day: date) -> datetime:
    return at_local(day, FULL_DAY, programme.tz)


def _facts(made: Activity, invited: int) -> dict[str, object]:
    ends = made.priority_until
    return {
        "kind": made.kind, "title": made.title, "day": made.day.isoformat(),
        "last_day": made.last_day.isoformat(), "division": made.division, "places": made.places,
        "promise": made.promise, "entitles": made.entitles, "opens": made.opens_at.isoformat(),
        "priority_until": ends.isoformat() if ends else "", "closes": made.closes_at.isoformat(),
        "invited": invited,
    }  # fmt: skip


def _check(act: Act, programme: Programme, said: Announced) -> None:
    today = programme.local(act.recorded_at).date()
    if not said.title.strip():
        raise Refused("activities.title-needed").at("title")
    if said.kind not in ActivityKind.values or said.places < 1:
        raise Refused("activities.no-places").at("places")
    if said.day < today:
        raise Refused("activities.day-over").at("day")
    if said.last_day < said.day:
        raise Refused("activities.ends-before-it-begins").at("last_day")
    if said.division and said.division not in DIVISIONS:
        raise Refused("activities.unknown-division", word=said.division).at("division")
    if said.promise and not title_of(programme, said.promise).zh:
        raise Refused("activities.unknown-promise", word=said.promise).at("promise")
    _check_days(said, today)


def _check_days(said: Announced, today: date) -> None:
    if said.closing > said.day:
        raise Refused("activities.closes-too-late").at("closing")
    if said.closing < today:
        raise Refused("activities.closes-too-early").at("closing")


def _check_priority(programme: Programme, said: Announced, until: date) -> None:
    if not queries.roles_of(programme, said.promise):
        raise Refused("activities.priority-unfounded").at("promise")
    if until > said.closing:
        raise Refused("activities.priority-too-late").at("priority")
    right = queries.right_of(programme, said.promise)
    begins = at_local(said.day, 0, programme.tz)
    if right is not None and not right[0] <= begins < right[1]:
        if right[0] == queries.NEVER:
            raise Refused("activities.right-not-begun").at("priority")
        first, last = (programme.local(one).strftime(MINUTE) for one in right)
        raise Refused("activities.right-over", first=first, last=last).at("priority")


def held_row(activity: Activity, *states: str) -> Activity:
    """The activity, held, with its programme; refused in a state that is none of these."""
    hold_row(Activity, activity.pk)
    found = Activity.objects.select_related("programme", "seat", "exhibit").get(pk=activity.pk)
    if states and found.state not in states:
        raise Refused("activities.over", state=str(found.get_state_display()))
    return found


@transaction.atomic
def cancel_activity(act: Act, *, activity: Activity, reason: str) -> Activity:
    """It does not take place, with the reason; who took a place is told, nobody is asked any more.

    Refuses who is not the secretariat, no reason, and what was held or cancelled before.

    Taken back by: announce (announced anew).
    """
    programme = hold_row(Programme, activity.programme_id)
    if ledger.repeated(act, CANCELLED, programme=programme):
        return activity
    permissions.may_organise(act, programme).or_refuse()
    found = held_row(activity, ActivityState.ANNOUNCED)
    if not reason.strip():
        raise Refused("activities.reason-needed").at("reason")
    found.state, found.reason = ActivityState.CANCELLED, reason.strip()
    found.ended_at = act.recorded_at
    found.save(update_fields=["state", "reason", "ended_at"])
    await_answers(programme, queries.ROOM, found.public_id, act.recorded_at, act=act)
    facts = {"reason": found.reason}
    ledger.record(act, CANCELLED, programme=programme, about=found.subject(), facts=facts)
    seats = [one.seat for one in queries.taken(found).select_related("seat__person")]
    notices.told(act, "cancelled", found, seats, reason=found.reason)
    return found


@dataclass(frozen=True, slots=True)
class Came:
    """Who came: of each place taken how many people, and which guests."""

    people: Mapping[str, int]
    guests: frozenset[str] = frozenset()
    account: str = ""


@transaction.atomic
def hold_activity(act: Act, *, activity: Activity, came: Came, file: StoredFile | None) -> Activity:
    """It took place: who came, what it was, and a file that shows it. Where it carries a promise
    out it stands there as an exhibit, in the same act.

    Refuses who is not the secretariat, what has not begun, nothing that shows it, and more people
    than a unit took places for.

    Taken back by: unhold_activity.
    """
    programme = hold_row(Programme, activity.programme_id)
    if ledger.repeated(act, HELD, programme=programme):
        return activity
    permissions.may_organise(act, programme).or_refuse()
    found = held_row(activity, ActivityState.ANNOUNCED)
    if programme.local(act.recorded_at).date() < found.day:
        raise Refused("activities.not-begun")
    if file is None:
        raise Refused("activities.evidence-needed").at("file")
    units, people = _came(found, came)
    found.state, found.ended_at = ActivityState.HELD, act.recorded_at
    found.account, found.file = came.account.strip(), file
    found.save(update_fields=["state", "ended_at", "account", "file"])
    await_answers(programme, queries.ROOM, found.public_id, act.recorded_at, act=act)
    facts = {"units": units, "people": people, "guests": len(came.guests), "file": file.sha256}
    shown = _exhibit(act, found, file, units, people)
    if shown is not None:
        found.exhibit = shown
        found.save(update_fields=["exhibit"])
        facts["exhibit"] = shown.public_id
    ledger.record(act, HELD, programme=programme, about=found.subject(), facts=facts)
    return found


def _came(activity: Activity, came: Came) -> tuple[int, int]:
    """Write who came; how many units and people that is."""
    rows = list(queries.taken(activity).select_related("organisation"))
    for one in rows:
        one.came = came.people.get(one.public_id, 0)
        if one.came > one.people:
            unit, code = one.organisation.called, "activities.more-than-taken"
            told = Refused(code, unit=unit, people=one.people, came=one.came)
            raise told.at(f"came_{one.public_id}")
    Spot.objects.bulk_update(rows, ["came"])
    guests = OutsideGuest.objects.filter(activity=activity, withdrawn_at=None)
    for guest in guests:
        guest.came = guest.public_id in came.guests
    OutsideGuest.objects.bulk_update(guests, ["came"])
    return sum(1 for one in rows if one.came), sum(one.came or 0 for one in rows)


def _exhibit(
    act: Act, found: Activity, file: StoredFile, units: int, people: int
) -> Exhibit | None:
    duty = queries.duty_shown(found) if found.promise else None
    if duty is None:
        return None
    facts = {"title": found.title, "day": found.day.isoformat(), "units": units, "people": people}
    lang = "zh-hans" if found.programme.title_zh else "en"
    title = sentence("activities.held-shown", facts, lang)[:200]
    today = found.programme.local(act.recorded_at).date()
    what = Exhibited(Nature.ITEM, title, min(found.last_day, today))
    return exhibit(act, obligation=duty, what=what, file=file)


@transaction.atomic
def unhold_activity(act: Act, *, activity: Activity, reason: str) -> Activity:
    """What was recorded of an activity as held was wrong: its exhibit is withdrawn with it, and it
    is recorded anew.

    Refuses who is not the secretariat, no reason, and what was not recorded as held.

    Taken back by: hold_activity.
    """
    programme = hold_row(Programme, activity.programme_id)
    if ledger.repeated(act, UNHELD, programme=programme):
        return activity
    permissions.may_organise(act, programme).or_refuse()
    found = held_row(activity)
    if found.state != ActivityState.HELD:
        raise Refused("activities.not-held")
    if not reason.strip():
        raise Refused("activities.reason-needed").at("reason")
    shown = found.exhibit
    if shown is not None:
        hold(Exhibit.objects.all()).get(pk=shown.pk)
    if shown is not None and shown.withdrawn_at is None:
        withdraw_exhibit(act, exhibit=shown, reason=reason)
    found.state, found.reason, found.exhibit = ActivityState.ANNOUNCED, reason.strip(), None
    found.ended_at = None
    found.save(update_fields=["state", "reason", "exhibit", "ended_at"])
    facts = {"reason": found.reason}
    ledger.record(act, UNHELD, programme=programme, about=found.subject(), facts=facts)
    return found
