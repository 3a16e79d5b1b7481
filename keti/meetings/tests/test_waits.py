"""Minutes wait for their chair: owed when they are recorded, until they are confirmed."""

import pytest

from keti.duties.tests.waiting import responses, waiting, waits
from keti.groups.actions import Place
from keti.intake.actions import appoint_members, end_membership
from keti.kernel.refusals import Refused
from keti.meetings.actions import MinutesFacts, cancel_meeting, confirm_minutes, record_minutes
from keti.meetings.models import Meeting
from tests.cast import Cast, local

pytestmark = pytest.mark.django_db
KIND = "meetings.confirm"


def recorded(cast: Cast, meeting: Meeting, at: str = "2030-04-11T17:00") -> Meeting:
    cast.at(at)
    facts = MinutesFacts("讨论了案例。", {cast.lu.seat: "present"}, ["分工不变。"])
    return record_minutes(cast.lu.act(), meeting=meeting, minutes=facts)


def test_a_planned_meeting_waits_for_nobody_nor_one_called_off(
    cast: Cast, planned: Meeting
) -> None:
    assert waits(cast, KIND) == []
    cancel_meeting(cast.lu.act(), meeting=planned, reason="改期。")
    assert waits(cast, KIND) == []


def test_recorded_minutes_wait_for_the_chair(cast: Cast, planned: Meeting) -> None:
    meeting = recorded(cast, planned)
    assert waits(cast, KIND) == [("1", "open", ["lu"])]
    duty = waiting(cast, KIND)
    assert (duty.seat, duty.about_path) == (cast.lu.seat, meeting.path)
    assert duty.due_at == local("2030-04-19T00:00")


def test_recorded_once_more_it_is_the_same_and_due_when_it_was(
    cast: Cast, planned: Meeting
) -> None:
    recorded(cast, recorded(cast, planned), "2030-04-15T09:00")
    assert waits(cast, KIND) == [("1", "open", ["lu"])]
    assert waiting(cast, KIND).due_at == local("2030-04-19T00:00")


def test_confirming_answers_it(cast: Cast, planned: Meeting) -> None:
    meeting = recorded(cast, planned)
    with pytest.raises(Refused):
        confirm_minutes(cast.qin.act(), meeting=meeting)
    assert waits(cast, KIND) == [("1", "open", ["lu"])]
    confirm_minutes(cast.lu.act(), meeting=meeting)
    assert waits(cast, KIND) == [("1", "met", [])]
    assert responses(cast, KIND).get().met_at == cast.lu.moment


def test_once_the_chair_is_gone_whoever_leads_confirms(cast: Cast, planned: Meeting) -> None:
    meeting = recorded(cast, planned)
    end_membership(cast.qin.act(), seat=cast.lu.seat, reason="调离。")
    assert waits(cast, KIND) == [("1", "open", ["qin"])]
    place = Place(cast.group("cell.red"), cast.role("captain"), person=cast.wu.person)
    [seat] = appoint_members(cast.qin.act(), places=[place])
    cast.wu.seat = seat
    assert waits(cast, KIND) == [("1", "open", ["wu"])]
    assert waiting(cast, KIND).due_at == local("2030-04-19T00:00")
    confirm_minutes(cast.wu.act(), meeting=meeting)
    assert waits(cast, KIND) == [("1", "met", [])]


def test_the_secretariat_confirms_where_no_chair_and_no_lead_is_left(
    cast: Cast, planned: Meeting
) -> None:
    meeting = recorded(cast, planned)
    end_membership(cast.qin.act(), seat=cast.lu.seat, reason="调离。")
    confirm_minutes(cast.qin.act(), meeting=meeting)
    assert waits(cast, KIND) == [("1", "met", [])]
