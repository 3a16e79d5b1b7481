"""Inviting beyond the group: other seats, and guests who have no account; and uninviting them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from keti.accounts.models import Person
from keti.accounts.rules import mail_key
from keti.groups.models import Seat
from keti.groups.queries import people, standing
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.meetings import notices, permissions, queries
from keti.meetings.enums import MeetingState
from keti.meetings.models import Attendance, Guest, Meeting
from keti.meetings.rules import MOST_GUESTS, GuestFacts
from keti.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Beside:
    """Who is invited beside those whose meeting it is: seats, and guests from outside."""

    seats: Sequence[Seat] = ()
    guests: Sequence[GuestFacts] = ()


NOBODY = Beside()


def _locked(meeting: Meeting) -> Meeting:
    hold_row(Meeting, meeting.pk)
    return Meeting.objects.with_names().get(pk=meeting.pk)


@transaction.atomic
def invite_beside(act: Act, *, meeting: Meeting, beside: Beside) -> Meeting:
    """Invite further seats, and guests from outside by name and address, to a meeting that is
    arranged. Only they are told; a seat reads the meeting from now on, a guest gets the letter.

    Refuses nobody new, a meeting that has its minutes or was called off, seats that stand no more,
    and as a guest somebody who sits in the programme. Only who may arrange the meeting.

    Taken back by: uninvite.
    """
    meeting = _locked(meeting)
    if ledger.repeated(act, "meetings.meeting.widened", programme=meeting.programme):
        return meeting
    permissions.may_arrange(act, meeting.group, meeting.chair).or_refuse()
    if meeting.state != MeetingState.PLANNED:
        raise Refused("meetings.invite-before")
    seats, guests = widen(act, meeting, beside)
    if not seats and not guests:
        raise Refused("meetings.nobody-new")
    ledger.record(
        act,
        "meetings.meeting.widened",
        programme=meeting.programme,
        about=meeting.subject(),
        facts=told_of(seats, guests),
    )
    notices.invited(act, meeting, seats, guests)
    return meeting


def widen(act: Act, meeting: Meeting, beside: Beside) -> tuple[list[Seat], list[Guest]]:
    """Write down who is invited beside; those who were not before. For the acts of this room."""
    known = set(meeting.attendance.values_list("seat_id", flat=True))
    open_ = set(standing(meeting.programme, act.recorded_at).values_list("pk", flat=True))
    seats = [one for one in dict.fromkeys(beside.seats) if one.pk not in known]
    if any(one.pk not in open_ for one in seats):
        raise Refused("meetings.seat-has-ended")
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, seat=seat, order=order)
        for order, seat in enumerate(seats, start=len(known))
    )
    return seats, _guests(act, meeting, beside.guests)


def _guests(act: Act, meeting: Meeting, wanted: Sequence[GuestFacts]) -> list[Guest]:
    known = {mail_key(one.mail) for one in meeting.guests.all()}
    fresh = [one for one in wanted if mail_key(one.mail) not in known]
    if len(known) + len(fresh) > MOST_GUESTS:
        raise Refused("meetings.too-many-guests", most=MOST_GUESTS)
    inside = _insiders(act, meeting.programme) if fresh else {}
    for one in fresh:
        if person := inside.get(mail_key(one.mail)):
            raise Refused("meetings.guest-sits-here", who=person.called, mail=one.mail).at("guests")
    rows = [Guest(meeting=meeting, name=one.name, mail=one.mail) for one in fresh]
    return list(Guest.objects.bulk_create(rows))


def _insiders(act: Act, programme: Programme) -> dict[str, Person]:
    """Who acts in a seat of the programme, by the key of the address."""
    seats = list(standing(programme, act.recorded_at))
    return {one.mail_key: one for one in people(seats) if one.mail_key}


def told_of(seats: Sequence[Seat], guests: Sequence[Guest]) -> dict[str, object]:
    """What the ledger keeps of it: the seats by name, the guests by number alone."""
    return {"seats": [one.label for one in seats], "guests": len(guests)}


@transaction.atomic
def uninvite(act: Act, *, meeting: Meeting, whom: Seat | Guest) -> Meeting:
    """Take back the invitation of one seat or guest who was invited beside the group, before the
    minutes are recorded; they are told so, and a seat reads the meeting no more.

    Refuses a seat of the group itself, the chair, and who is not invited.

    Taken back by: invite_beside.
    """
    meeting = _locked(meeting)
    if ledger.repeated(act, "meetings.meeting.narrowed", programme=meeting.programme):
        return meeting
    permissions.may_arrange(act, meeting.group, meeting.chair).or_refuse()
    if meeting.state != MeetingState.PLANNED:
        raise Refused("meetings.invite-before")
    guests = list(meeting.guests.filter(pk=whom.pk)) if isinstance(whom, Guest) else []
    seats = [one for one in queries.beside(meeting, act.recorded_at) if one == whom]
    if not seats and not guests:
        raise Refused("meetings.not-invited-beside")
    facts = told_of(seats, guests)
    notices.uninvited(act, meeting, seats, guests)
    meeting.attendance.filter(seat__in=seats).delete()
    meeting.guests.filter(pk__in=[one.pk for one in guests]).delete()
    ledger.record(
        act,
        "meetings.meeting.narrowed",
        programme=meeting.programme,
        about=meeting.subject(),
        facts=facts,
    )
    return meeting
