"""Calendars as text (RFC 5545, RFC 5546): a person's feed, and the invitation in a letter. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from keti.kernel.texts import one_line

HOUR = timedelta(hours=1)
LENGTH = timedelta(hours=2)
"""How long a meeting is shown: nobody records when it ends."""


class CalendarText(vText):
    """A text of a calendar, sign for sign: the library takes a typed backslash with an N for a new
    line."""

    def to_ical(self) -> bytes:
        """The text as a calendar file writes it."""
        escaped = re.sub(r"([\\\\;,])", r"\\\1", self)
        return escaped.replace("\n", "\\n").encode()


@dataclass(frozen=True, slots=True)
class DueDate:
    """One due instant (UTC) with the id and number that let a calendar follow its changes."""

    uid: str
    title: str
    due: datetime
    sequence: int
    cancelled: bool
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class Appointment:
    """One meeting: when it starts, where, with the id and number that let a calendar follow its
    changes. `zone` is the wall clock on which it was arranged."""

    uid: str
    title: str
    starts: datetime
    sequence: int
    cancelled: bool
    zone: tzinfo
    place: str = ""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Somebody as a calendar names them: a name and an address."""

    name: str
    address: str


def calendar(name: str, dates: Iterable[DueDate | Appointment], stamp: datetime) -> bytes:
    """The feed. A deadline at midnight is an event of the whole last day."""
    book = _book("PUBLISH")
    book.add("x-wr-calname", CalendarText(one_line(name)))
    book.add("refresh-interval", timedelta(hours=6), parameters={"value": "DURATION"})
    met = []
    for one in dates:
        book.add_component(_due(one, stamp) if isinstance(one, DueDate) else _met(one, stamp))
        met += [one.starts] if isinstance(one, Appointment) else []
    _tell_zones(book, met)
    written: bytes = book.to_ical()
    return written


def invitation(what: Appointment, *, organiser: Mailbox, guest: Mailbox, stamp: datetime) -> str:
    """What a letter about a meeting carries for one guest: an invitation, its update (a higher
    sequence), or its cancellation."""
    book = _book("CANCEL" if what.cancelled else "REQUEST")
    event = _met(what, stamp)
    event.add("organizer", _address(organiser))
    attendee = _address(guest)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
    attendee.params["RSVP"] = vText("FALSE")
    event.add("attendee", attendee)
    book.add_component(event)
    _tell_zones(book, [what.starts])
    return str(book.to_ical().decode())


def method_of(what: Appointment) -> str:
    """The word that the letter's part is marked with."""
    return "CANCEL" if what.cancelled else "REQUEST"


def _book(method: str) -> Calendar:
    book = Calendar()
    book.add("prodid", "-//keti//duties//ZH")
    book.add("version", "2.0")
    book.add("method", method)
    book.add("calscale", "GREGORIAN")
    return book


def _tell_zones(book: Calendar, instants: list[datetime]) -> None:
    """Say what the named zones mean about these instants: a whole year before and after them."""
    if instants:
        first, last = min(instants).year - 1, max(instants).year + 2
        book.subcomponents[:0] = [
            _zone(name, first, last) for name in sorted(book.get_missing_tzids())
        ]


@lru_cache(maxsize=64)
def _zone(name: str, first: int, last: int) -> Timezone:
    """What the zone means in these years. The library looks for its changes second by second to
    the end of time: a tenth of a second for every letter of a meeting, were it not kept."""
    begins, ends = date(first, 1, 1), date(last, 1, 1)
    told: Timezone = Timezone.from_tzid(name, first_date=begins, last_date=ends)
    return told


def _address(who: Mailbox) -> vCalAddress:
    address = vCalAddress(f"MAILTO:{who.address}")
    address.params["CN"] = vText(one_line(who.name).replace('"', ""))
    return address


def _event(what: DueDate | Appointment, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", what.uid)
    event.add("dtstamp", stamp)
    event.add("sequence", what.sequence)
    event.add("summary", CalendarText(one_line(what.title)))
    event.add("status", "CANCELLED" if what.cancelled else "CONFIRMED")
    return event


def _met(what: Appointment, stamp: datetime) -> Event:
    event = _event(what, stamp)
    starts = what.starts.astimezone(what.zone)
    event.add("dtstart", starts)
    event.add("dtend", starts + LENGTH)
    if what.place:
        event.add("location", CalendarText(one_line(what.place)))
    return event


def _due(one: DueDate, stamp: datetime) -> Event:
    event = _event(one, stamp)
    event.add("transp", "TRANSPARENT")
    local = one.due.astimezone(one.zone)
    if (local.hour, local.minute) == (0, 0):
        last = (local - timedelta(minutes=1)).date()
        event.add("dtstart", last)
        event.add("dtend", last + timedelta(days=1))
    else:
        event.add("dtstart", one.due - HOUR)
        event.add("dtend", one.due)
    return event
