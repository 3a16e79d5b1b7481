"""A personal calendar of due dates as text (RFC 5545). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from icalendar import Calendar, Event

from keti.kernel.texts import one_line

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class DueDate:
    """One due instant (UTC) with the id and number that let a calendar follow its changes."""

    uid: str
    title: str
    due: datetime
    sequence: int
    cancelled: bool
    zone: tzinfo


def calendar(name: str, dates: Iterable[DueDate], stamp: datetime) -> bytes:
    """The calendar file. A deadline at midnight is an event of the whole last day."""
    book = Calendar()
    book.add("prodid", "-//keti//duties//ZH")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add("calscale", "GREGORIAN")
    book.add("x-wr-calname", one_line(name))
    book.add("refresh-interval", timedelta(hours=6), parameters={"value": "DURATION"})
    for date in dates:
        book.add_component(_event(date, stamp))
    written: bytes = book.to_ical()
    return written


def _event(date: DueDate, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", date.uid)
    event.add("dtstamp", stamp)
    event.add("sequence", date.sequence)
    event.add("summary", one_line(date.title))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if date.cancelled else "CONFIRMED")
    local = date.due.astimezone(date.zone)
    if (local.hour, local.minute) == (0, 0):
        last = (local - timedelta(minutes=1)).date()
        event.add("dtstart", last)
        event.add("dtend", last + timedelta(days=1))
    else:
        event.add("dtstart", date.due - HOUR)
        event.add("dtend", date.due)
    return event
