"""What was handed in and comes back is owed by whoever holds the seat by then."""

import pytest

from keti.accounts.actions import PersonFacts, enter_person
from keti.duties import actions as duties
from keti.duties.models import Obligation
from keti.groups.actions import Place, appoint
from keti.groups.models import Seat
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def met(cast: Cast) -> Obligation:
    duty = cast.duty("moon", "cell.red", "2030-04")
    assert duty.seat is not None
    Obligation.objects.filter(pk=duty.pk).update(state="met", met_at=cast.moment)
    return duty


def test_it_is_the_successor_who_corrects_what_is_returned(cast: Cast) -> None:
    duty = met(cast)
    Seat.objects.filter(pk=duty.seat_id).update(ends_at=cast.moment)
    person = enter_person(PersonFacts("接任人（演示）", is_demo=True))
    heir = appoint(
        cast.qin.act(), place=Place(group=duty.group, role=duty.role, person=person, order=9)
    )
    duties.hand_back(duty, cast.moment)
    duty.refresh_from_db()
    assert (duty.state, duty.seat_id) == ("returned", heir.pk)


def test_without_a_successor_it_waits_for_one(cast: Cast) -> None:
    duty = met(cast)
    Seat.objects.filter(pk=duty.seat_id).update(ends_at=cast.moment)
    duties.hand_back(duty, cast.moment)
    duty.refresh_from_db()
    assert (duty.state, duty.seat_id) == ("returned", None)


def test_who_still_sits_there_keeps_it(cast: Cast) -> None:
    duty = met(cast)
    duties.hand_back(duty, cast.moment)
    duty.refresh_from_db()
    assert (duty.state, duty.seat_id) == (
        "returned",
        cast.duty("moon", "cell.red", "2030-04").seat_id,
    )
    assert duty.seat_id is not None
