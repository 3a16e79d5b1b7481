"""Meetings: moves, agenda, minutes, when a meeting counts as held. Pure."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

import icalendar

from keti.accounts.rules import mail_fault, mail_key
from keti.kernel.refusals import Refused
from keti.kernel.texts import one_line, plain
from keti.meetings.enums import MEETING_WORDS, MeetingState
from keti.notify.rules import CalendarText

SeatT = TypeVar("SeatT")
USUAL_LENGTH = timedelta(hours=2)

MOST_GUESTS = 50
LONGEST_NAME = 60
_GUEST = re.compile(
    r"(.*?)[\s,，、;；:：<＜(（]*([^\s,，、;；:：<>＜＞()（）]+@[^\s<>＜＞()（）]+)[>＞)）\s]*"
)

MOVES: dict[str, dict[str, str]] = {
    MeetingState.PLANNED: {
        "move": MeetingState.PLANNED,
        "record": MeetingState.RECORDED,
        "cancel": MeetingState.CANCELLED,
    },
    MeetingState.RECORDED: {
        "record": MeetingState.RECORDED,
        "confirm": MeetingState.CONFIRMED,
    },
    MeetingState.CONFIRMED: {},
    MeetingState.CANCELLED: {},
}


@dataclass(frozen=True, slots=True)
class ItemFacts(Generic[SeatT]):
    """One action item: what, which seat, until when."""

    title: str
    seat: SeatT
    due_at: datetime


@dataclass(frozen=True, slots=True)
class GuestFacts:
    """Somebody from outside: a name, perhaps with the unit, and an address."""

    name: str
    mail: str


@dataclass(frozen=True, slots=True)
class MinutesFacts(Generic[SeatT]):
    """What was said and settled: the text and its document (`doc/1`) where it is more than lines,
    who attended how (guests by public id), resolutions, action items."""

    body: str
    attendance: Mapping[SeatT, str] = field(default_factory=dict)
    resolutions: Sequence[str] = ()
    action_items: Sequence[ItemFacts[SeatT]] = ()
    guests: Mapping[str, str] = field(default_factory=dict)
    doc: str = ""


def moved(state: str, verb: str) -> str:
    """The state after `verb`. Refuses a move that is not in the table."""
    try:
        return MOVES[state][verb]
    except KeyError:
        raise Refused("meetings.not-in-this-state", state=MEETING_WORDS[state]) from None


def lines(texts: Sequence[str]) -> list[str]:
    """Typed lines without the blank ones."""
    return [text.strip() for text in texts if text.strip()]


def guests(typed: str) -> list[GuestFacts]:
    """The guests of typed lines, each a name and an address, each address once.

    Refuses, with its number, a line without either, an address that is none, a name that is too
    long, and too many.
    """
    found: dict[str, GuestFacts] = {}
    for number, line in enumerate(typed.splitlines(), start=1):
        if not line.strip():
            continue
        read = _GUEST.fullmatch(line.strip())
        name, mail = (one.strip() for one in read.groups()) if read else ("", "")
        if not name or mail_fault(mail):
            raise Refused("meetings.guest-line", number=number, line=line.strip()[:60])
        name = one_line(name)
        if len(name) > LONGEST_NAME:
            raise Refused("kernel.too-long", text=name[:20], most=LONGEST_NAME, count=len(name))
        found.setdefault(mail_key(mail), GuestFacts(name, mail))
    if len(found) > MOST_GUESTS:
        raise Refused("meetings.too-many-guests", most=MOST_GUESTS)
    return list(found.values())


def agenda(texts: Sequence[str], sources: Mapping[str, str]) -> list[dict[str, str]]:
    """The agenda as it is kept; a line taken from an open item keeps the way to it."""
    return [{"text": text, "path": sources.get(text, "")} for text in lines(texts)]


def held_at(
    *, arranged_at: datetime, starts_at: datetime, recorded: datetime, due: datetime
) -> datetime:
    """When the meeting counts as held.

    A meeting arranged beforehand and begun before its due instant is not late because its
    minutes came later; any other counts from when it was recorded.
    """
    if recorded >= due > starts_at >= arranged_at:
        return starts_at
    return recorded


def fingerprint(kept: Mapping[str, object]) -> str:
    """SHA-256 of the minutes, over their canonical JSON."""
    text = json.dumps(
        kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_instant
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _instant(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    raise TypeError(f"{value!r} has no place in minutes")


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting as a calendar knows it."""

    uid: str
    title: str
    starts_at: datetime
    place: str
    text: str
    url: str
    sequence: int
    stamp: datetime
    cancelled: bool


def ics(event: Event) -> bytes:
    """The meeting as a calendar file; a later sequence replaces an earlier file of the same uid."""
    entry = icalendar.Event()
    entry.add("uid", event.uid)
    entry.add("dtstamp", event.stamp.astimezone(UTC))
    entry.add("dtstart", event.starts_at.astimezone(UTC))
    entry.add("dtend", (event.starts_at + USUAL_LENGTH).astimezone(UTC))
    entry.add("summary", CalendarText(one_line(event.title)))
    entry.add("location", CalendarText(one_line(event.place)))
    entry.add("description", CalendarText(plain(event.text)))
    entry.add("url", event.url)
    entry.add("sequence", event.sequence)
    entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//keti//meetings//")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if event.cancelled else "PUBLISH")
    calendar.add_component(entry)
    return bytes(calendar.to_ical())
