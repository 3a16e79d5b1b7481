"""Who is told of a meeting, of its move, of its minutes and of what it asks somebody to do."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from keti.accounts.models import Person
from keti.duties.models import Obligation
from keti.duties.notices import deadline
from keti.groups.models import Seat
from keti.groups.queries import people
from keti.kernel.acts import Act, Text
from keti.kernel.ids import new_id
from keti.kernel.refusals import both, sentence
from keti.meetings import queries
from keti.meetings.enums import ATTENDANCE_WORDS, MODE_WORDS, MeetingState
from keti.meetings.models import AttendanceNote, Guest, Meeting
from keti.notify.actions import Letter, Outsider, post, post_outside
from keti.notify.enums import Sort
from keti.work.models import Task

OVER = timedelta(days=1)


def place_of(meeting: Meeting) -> Text:
    """Where it takes place; to be announced while nobody said."""
    return Text(meeting.place, meeting.place) if meeting.place else both("meetings.place-open")


def start_text(meeting: Meeting) -> Text:
    """When it starts, in words."""
    programme, at = meeting.programme, meeting.starts_at
    return Text(
        queries.start_text(programme, at, "zh-hans"), queries.start_text(programme, at, "en")
    )


def unrecorded(meeting: Meeting, now: datetime) -> bool:
    """Whether the meeting is over and has no minutes: a day after it began, or was entered."""
    over = max(meeting.starts_at, meeting.arranged_at) + OVER
    return meeting.state == MeetingState.PLANNED and now >= over


def timing(meeting: Meeting, lang: str, now: datetime) -> list[str]:
    """What is odd about the time of a planned meeting: later than its duty allows, or past. Of one
    that is over only that its minutes are missing: it can be moved no more."""
    if meeting.state != MeetingState.PLANNED:
        return []
    if unrecorded(meeting, now):
        return [sentence("meetings.unrecorded", {}, lang)]
    said = []
    duty = meeting.obligation
    if duty and meeting.starts_at >= duty.due_instant:
        facts = {"due": deadline(meeting.programme, duty.due_instant)}
        said.append(sentence("meetings.late-for-duty", facts, lang))
    if meeting.starts_at < meeting.arranged_at:
        said.append(sentence("meetings.arranged-for-the-past", {}, lang))
    return said


def hold_before(duty: Obligation | None, lang: str) -> str:
    """What stands beside a form that sets the time of a duty's meeting."""
    if duty is None:
        return ""
    facts = {"due": deadline(duty.programme, duty.due_instant)}
    return sentence("meetings.hold-before", facts, lang)


def _tell(act: Act, meeting: Meeting, letter: Letter, seats: Iterable[Seat]) -> None:
    own = act.by.public_id
    persons: list[Person] = [one for one in people(list(seats)) if one.public_id != own]
    post(meeting.programme, letter, to=persons, at=act.recorded_at)


def _tell_guests(
    act: Act, meeting: Meeting, letter: Letter, body: Text, guests: Iterable[Guest]
) -> None:
    """The same letter in the words for somebody who can open no page: all is said in it, and who
    wrote, so that they can answer."""
    language = queries.language(meeting.programme)
    outsiders = [Outsider(one.public_id, one.name, one.mail, language) for one in guests]
    post_outside(meeting.programme, replace(letter, body=body), to=outsiders, at=act.recorded_at)


def _from(act: Act) -> Text:
    """Who wrote, with the address an answer goes to."""
    who = Person.objects.get(public_id=act.by.public_id)
    return both("meetings.contact", who=who.called, mail=who.mail) if who.mail else who.called


def _invited(meeting: Meeting) -> list[Seat]:
    rows = meeting.attendance.select_related(
        "seat__person", "seat__delegate", "seat__role", "seat__group"
    )
    return [row.seat for row in rows]


def _to_come(meeting: Meeting) -> dict[str, Any]:
    """What a letter about a meeting to come carries: it asks something of its reader, and a
    calendar takes it over."""
    return {
        "sort": Sort.DUTY,
        "about": meeting.starts_at,
        "invited": queries.as_appointment(meeting),
    }


def _facts(meeting: Meeting) -> dict[str, Any]:
    return {
        "title": meeting.group.named(meeting.title),
        "when": start_text(meeting),
        "place": place_of(meeting),
    }


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an invitation says: its subject, to a seat, to a guest."""

    subject: Text
    body: Text
    guest: Text


def invitation(act: Act, meeting: Meeting) -> Invitation:
    """The words of the invitation to a meeting as it stands, kept or not yet kept."""
    facts = _facts(meeting)
    agenda = both("meetings.guest-agenda", lines="；".join(one["text"] for one in meeting.agenda))
    return Invitation(
        both("meetings.told-planned-subject", **facts),
        both("meetings.told-planned", **facts),
        both(
            "meetings.guest-planned",
            programme=meeting.programme.title,
            mode=MODE_WORDS[meeting.mode],
            agenda=agenda if meeting.agenda else "",
            contact=_from(act),
            **facts,
        ),
    )


def planned(act: Act, meeting: Meeting) -> None:
    """Everybody invited learns of the meeting."""
    key = f"meeting:{meeting.public_id}:planned"
    _invite(act, meeting, key, _invited(meeting), queries.guests_of(meeting))


def invited(act: Act, meeting: Meeting, seats: list[Seat], guests: list[Guest]) -> None:
    """Who is invited later learns of the meeting as it stands now."""
    _invite(act, meeting, f"meeting:{meeting.public_id}:widened:{new_id()}", seats, guests)


def _invite(
    act: Act, meeting: Meeting, key: str, seats: Iterable[Seat], guests: Iterable[Guest]
) -> None:
    words = invitation(act, meeting)
    to_come = _to_come(meeting)
    letter = Letter("meetings.planned", key, words.subject, words.body, meeting.path, **to_come)
    _tell(act, meeting, letter, seats)
    _tell_guests(act, meeting, letter, words.guest, guests)


def uninvited(act: Act, meeting: Meeting, seats: list[Seat], guests: list[Guest]) -> None:
    """Whose invitation is taken back learns so; a calendar drops the meeting."""
    facts = _facts(meeting)
    appointment = replace(queries.as_appointment(meeting), cancelled=True)
    appointment = replace(appointment, sequence=appointment.sequence + 1)
    letter = Letter(
        "meetings.uninvited",
        f"meeting:{meeting.public_id}:narrowed:{new_id()}",
        both("meetings.told-uninvited-subject", **facts),
        both("meetings.told-uninvited", **facts),
        sort=Sort.DUTY,
        about=meeting.starts_at,
        invited=appointment,
    )
    _tell(act, meeting, letter, seats)
    body = both("meetings.guest-uninvited", contact=_from(act), **facts)
    _tell_guests(act, meeting, letter, body, guests)


def moved(act: Act, meeting: Meeting, before: Text, reason: str) -> None:
    """Everybody invited learns of the new time and place."""
    facts = _facts(meeting)
    letter = Letter(
        "meetings.moved",
        f"meeting:{meeting.public_id}:moved:{meeting.sequence}",
        both("meetings.told-moved-subject", **facts),
        both("meetings.told-moved", before=before, reason=reason, **facts),
        meeting.path,
        **_to_come(meeting),
    )
    _tell(act, meeting, letter, _invited(meeting))
    said = {"before": before, "reason": reason, "contact": _from(act), **facts}
    _tell_guests(
        act, meeting, letter, both("meetings.guest-moved", **said), queries.guests_of(meeting)
    )


def cancelled(act: Act, meeting: Meeting) -> None:
    """Everybody invited learns that it does not take place."""
    letter = Letter(
        "meetings.cancelled",
        f"meeting:{meeting.public_id}:cancelled",
        both("meetings.told-cancelled-subject", title=meeting.group.named(meeting.title)),
        both(
            "meetings.told-cancelled",
            title=meeting.group.named(meeting.title),
            when=start_text(meeting),
            reason=meeting.reason,
        ),
        meeting.path,
        **_to_come(meeting),
    )
    _tell(act, meeting, letter, _invited(meeting))
    said = {"reason": meeting.reason, "contact": _from(act), **_facts(meeting)}
    body = both("meetings.guest-cancelled", **said)
    _tell_guests(act, meeting, letter, body, queries.guests_of(meeting))


def recorded(act: Act, meeting: Meeting, fresh: list[Task]) -> None:
    """The chair is asked to confirm; who has a new task by them learns of it."""
    facts = {
        "title": meeting.group.named(meeting.title),
        "when": start_text(meeting),
        "who": meeting.recorded_by,
    }
    letter = Letter(
        "meetings.recorded",
        f"meeting:{meeting.public_id}:recorded:{meeting.sequence}",
        both("meetings.told-confirm-subject", **facts),
        both("meetings.told-confirm", **facts),
        meeting.path,
        Sort.DUTY,
    )
    _tell(act, meeting, letter, [meeting.chair])
    for item in fresh:
        _tell(act, meeting, _item(meeting, item), [item.seat])


def _item(meeting: Meeting, item: Task) -> Letter:
    due = deadline(meeting.programme, item.due_at)
    return Letter(
        "meetings.item",
        f"item:{item.public_id}:owed",
        both("meetings.told-item-subject", title=item.title),
        both(
            "meetings.told-item",
            meeting=meeting.group.named(meeting.title),
            title=item.title,
            due=due,
        ),
        item.path,
        Sort.DUTY,
    )


def circulated(act: Act, meeting: Meeting, *, resolutions: int, items: int) -> None:
    """Everybody invited receives the confirmed minutes."""
    letter = Letter(
        "meetings.minutes",
        f"meeting:{meeting.public_id}:minutes",
        both("meetings.told-minutes-subject", title=meeting.group.named(meeting.title)),
        both(
            "meetings.told-minutes",
            title=meeting.group.named(meeting.title),
            when=start_text(meeting),
            number=meeting.number,
            resolutions=resolutions,
            items=items,
        ),
        meeting.path,
    )
    _tell(act, meeting, letter, _invited(meeting))


def attendance_corrected(act: Act, note: AttendanceNote) -> None:
    """The seat learns how it attended by the record from now on, and why."""
    meeting = note.meeting
    facts = {
        "title": meeting.group.named(meeting.title),
        "number": meeting.number,
        "was": ATTENDANCE_WORDS[note.was],
        "kind": ATTENDANCE_WORDS[note.kind],
        "reason": note.reason,
    }
    letter = Letter(
        "meetings.attendance",
        f"attendance:{meeting.public_id}:{note.pk}",
        both("meetings.told-attendance-subject", **facts),
        both("meetings.told-attendance", **facts),
        meeting.path,
    )
    _tell(act, meeting, letter, [note.seat])


def announcement(meeting: Meeting, url: str, lang: str) -> str:
    """Polite text to paste into a chat group (群公告): the meeting, or that it moved."""
    code = "meetings.announce-moved" if meeting.sequence else "meetings.announce"
    facts = {
        "programme": meeting.programme.title,
        "title": meeting.group.named(meeting.title),
        "when": start_text(meeting),
        "mode": MODE_WORDS[meeting.mode],
        "place": place_of(meeting),
        "url": url,
    }
    return sentence(code, facts, lang)
