"""Meeting rules, without a database."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest

from keti.kernel.refusals import Refused
from keti.meetings import rules
from keti.meetings.enums import MeetingState

START = datetime(2022, 7, 21, 6, tzinfo=UTC)
DUE = datetime(2022, 7, 21, 16, tzinfo=UTC)
BEFORE = START - timedelta(days=7)


@pytest.mark.parametrize(
    ("arranged", "recorded", "counts"),
    [
        (BEFORE, START + timedelta(hours=3), START + timedelta(hours=3)),
        (BEFORE, DUE, START),
        (BEFORE, DUE + timedelta(days=2), START),
        (START, DUE + timedelta(days=2), START),
        (START + timedelta(minutes=1), DUE + timedelta(days=2), DUE + timedelta(days=2)),
    ],
)
def test_when_a_meeting_counts_as_held(arranged, recorded, counts):
    found = rules.held_at(arranged_at=arranged, starts_at=START, recorded=recorded, due=DUE)
    assert found == counts


def test_a_meeting_begun_at_its_due_instant_was_not_in_time():
    recorded = DUE + timedelta(days=1)
    found = rules.held_at(arranged_at=BEFORE, starts_at=DUE, recorded=recorded, due=DUE)
    assert found == recorded


def test_every_state_has_its_moves():
    assert set(rules.MOVES) == set(MeetingState.values)
    with pytest.raises(Refused) as refused:
        rules.moved("confirmed", "record")
    assert refused.value.sentence() == "会议现在的状态是“纪要已确认”，不能这样办理。"


def test_an_agenda_line_keeps_its_way_back():
    kept = rules.agenda(["甲", " ", "乙"], {"甲": "/x/"})
    assert kept == [{"text": "甲", "path": "/x/"}, {"text": "乙", "path": ""}]


def test_the_calendar_file():
    event = rules.Event(
        "a@keti", "碰头会", START, "三号", "议程：甲", "http://h/", 2, BEFORE, cancelled=True
    )
    found = icalendar.Calendar.from_ical(rules.ics(event))
    entry = found.walk("VEVENT")[0]
    assert (found["method"], entry["status"], entry["sequence"]) == ("CANCEL", "CANCELLED", 2)
    assert (entry["dtstart"].dt, entry["dtend"].dt) == (START, START + timedelta(hours=2))


def test_the_fingerprint_takes_instants_and_nothing_odd():
    assert rules.fingerprint({"at": START}) == rules.fingerprint({"at": START.isoformat()})
    with pytest.raises(TypeError):
        rules.fingerprint({"at": object()})
