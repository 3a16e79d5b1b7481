"""Who announces activities and takes places; who sees which."""

from django.db.models import QuerySet

from keti.activities.models import Activity, OutsideGuest, RegionSheet, Spot
from keti.groups.models import Seat
from keti.groups.permissions import Sight, acting_seat, may_manage, principal
from keti.kernel.acts import Act
from keti.kernel.refusals import YES, Verdict, no
from keti.programmes.models import Programme


def may_organise(act: Act, programme: Programme) -> Verdict:
    """The secretariat announces, notes guests, holds and cancels."""
    return may_manage(act, programme)


def may_answer(act: Act, activity: Activity) -> Verdict:
    """Whoever acts for a unit that takes part answers for it."""
    seat = principal(act, activity.programme)
    if seat.role.external:
        return no("activities.not-invited", seat=seat.title)
    return YES if seat.unit is not None else no("activities.no-unit", seat=seat.title)


def may_check(act: Act, sheet: RegionSheet) -> Verdict:
    """Another seat than that which entered a sheet checks it: of secretariat, monitors, leads."""
    seat = acting_seat(act, sheet.programme)
    if seat.pk == sheet.seat_id:
        return no("activities.not-your-own-sheet")
    if seat.can("manage") or seat.can("watch") or seat.can("lead"):
        return YES
    return no("activities.only-others-check", seat=seat.title)


def may_enter_sheet(act: Act, programme: Programme) -> Verdict:
    """Whoever takes part writes down what is known of a region; advisers from outside do not."""
    seat = principal(act, programme)
    if seat.role.external:
        return no("activities.outside", seat=seat.title)
    return YES


def may_withdraw_sheet(act: Act, sheet: RegionSheet) -> Verdict:
    """Who entered it, or the secretariat."""
    seat = principal(act, sheet.programme)
    if seat.pk == sheet.seat_id or seat.can("manage"):
        return YES
    return no("activities.only-who-entered", seat=seat.title)


def sees_all(seat: Seat) -> bool:
    """Secretariat, monitors and commissioner read which unit took places, and who else comes."""
    return any(seat.can(verb) for verb in ("manage", "watch", "commission"))


def activities_in_sight(sight: Sight) -> QuerySet[Activity]:
    """Everybody inside sees what takes place."""
    return Activity.objects.filter(programme=sight.programme_id)


def spots_in_sight(sight: Sight) -> QuerySet[Spot]:
    """What units said: all of them for who sees all, else the own unit's."""
    found = Spot.objects.filter(activity__programme=sight.programme_id)
    if sees_all(sight.seat):
        return found
    return found.filter(organisation=sight.seat.unit) if sight.seat.unit else found.none()


def guests_in_sight(sight: Sight) -> QuerySet[OutsideGuest]:
    """Guests from outside, for who sees all."""
    found = OutsideGuest.objects.filter(activity__programme=sight.programme_id)
    return found if sees_all(sight.seat) else found.none()


def sheets_in_sight(sight: Sight) -> QuerySet[RegionSheet]:
    """Everybody inside reads what is known of the regions."""
    return RegionSheet.objects.filter(programme=sight.programme_id)
