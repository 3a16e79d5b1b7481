"""Meetings reach calendars: two programs' parsers read the invitation, its update, its end."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.test import Client
from icalendar import Calendar

from keti.meetings import actions
from keti.notify.actions import deliver_due
from keti.notify.enums import DeliveryState, Way
from keti.notify.models import Delivery
from tests.cast import local
from tests.office import Office, opened

START = local("2030-04-11T14:00")
LATER = local("2030-04-12T09:30")
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def office(cast, settings):
    settings.KETI_MODE, settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "normal", "127.0.0.1", 5
    settings.DEFAULT_FROM_EMAIL = "课题 平台 <keti@example.org>"
    Delivery.objects.filter(way=Way.MAIL).update(state=DeliveryState.SENT)
    with opened(Office()) as office:
        settings.EMAIL_PORT = office.port
        yield office


def parts(office: Office, to: str) -> list[str]:
    """The calendars that came to this address, in order."""
    deliver_due(LATER)
    found = []
    for addresses, letter in office.kept:
        for part in letter.walk():
            if to in addresses and part.get_content_type() == "text/calendar":
                text = part.get_payload(decode=True).decode()
                assert f"METHOD:{part.get_param('method')}\r\n" in text
                assert part.get_content_charset() == "utf-8"
                found.append(text)
    return found


def by_icalendar(text: str) -> tuple[object, ...]:
    book = Calendar.from_ical(text)
    assert book.walk("VTIMEZONE")
    (event,) = book.walk("VEVENT")
    assert not event.errors
    return (str(book["METHOD"]), str(event["UID"]), int(event["SEQUENCE"]), str(event["STATUS"]),
            event["DTSTART"].dt, str(event["LOCATION"]), str(event["ORGANIZER"]).lower(),
            str(event["ATTENDEE"]).lower(), event["DTSTAMP"].dt.tzinfo is not None)  # fmt: skip


def by_vobject(text: str) -> tuple[object, ...]:
    book = vobject.readOne(text)
    event = book.vevent
    return (book.method.value, event.uid.value, int(event.sequence.value), event.status.value,
            event.dtstart.value, event.location.value, event.organizer.value.lower(),
            event.attendee.value.lower(), event.dtstamp.value.tzinfo is not None)  # fmt: skip


@pytest.mark.parametrize("reads", [by_icalendar, by_vobject])
def test_an_invitation_its_update_and_its_cancellation(cast, planned, office, reads):
    actions.move_meeting(
        cast.lu.act(), meeting=planned, starts_at=LATER, place="一号；二号, 室", reason="冲突。"
    )
    actions.cancel_meeting(cast.lu.act(), meeting=planned, reason="改期再议。")
    Delivery.objects.filter(message__kind="meetings.planned", way=Way.MAIL).update(state="waiting")
    texts = sorted(parts(office, "mao@example.org"), key=lambda one: by_icalendar(one)[2])
    uid = f"{planned.public_id}@keti"
    who = ("mailto:keti@example.org", "mailto:mao@example.org", True)
    assert [reads(text) for text in texts] == [
        ("REQUEST", uid, 0, "CONFIRMED", START, "三号会议室（演示）", *who),
        ("REQUEST", uid, 1, "CONFIRMED", LATER, "一号；二号, 室", *who),
        ("CANCEL", uid, 2, "CANCELLED", LATER, "一号；二号, 室", *who),
    ]


def test_the_wall_clock_is_the_programmes(cast, planned, office):
    Delivery.objects.filter(message__kind="meetings.planned", way=Way.MAIL).update(state="waiting")
    (text,) = parts(office, "mao@example.org")
    assert "DTSTART;TZID=Asia/Shanghai:20300411T140000" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_each_guest_is_named_alone(cast, planned, office):
    Delivery.objects.filter(message__kind="meetings.planned", way=Way.MAIL).update(state="waiting")
    (text,) = parts(office, "mi@example.org")
    assert "mao@example.org" not in text


def feed(person) -> dict[str, tuple[object, ...]]:
    answer = Client().get(f"/cal/{person.feed_token}.ics")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert len(vobject.readOne(answer.content.decode()).contents.get("vevent", [])) == len(events)
    return {str(e["UID"]): (e["DTSTART"].dt, int(e["SEQUENCE"]), str(e["STATUS"])) for e in events}


def test_the_feed_has_the_meetings_one_is_invited_to_and_follows(cast, planned):
    uid = f"{planned.public_id}@keti"
    for one in (cast.lu, cast.mao):
        assert feed(one.person)[uid] == (START.astimezone(SHANGHAI), 0, "CONFIRMED")
    for one in (cast.he, cast.ji, cast.gao, cast.wu):
        assert uid not in feed(one.person)
    actions.cancel_meeting(cast.lu.act(), meeting=planned, reason="改期再议。")
    assert feed(cast.mao.person)[uid] == (START.astimezone(SHANGHAI), 1, "CANCELLED")
    cast.at("2031-06-01T10:00")
    assert uid not in feed(cast.lu.person)


def test_zones_are_told_about_the_meeting_whatever_its_year(cast, planned):
    assert START - datetime(2030, 4, 11, 6, tzinfo=UTC) == timedelta(0)
    text = Client().get(f"/cal/{cast.lu.person.feed_token}.ics").content.decode()
    assert "BEGIN:VTIMEZONE" in text
    assert "2038" not in text
