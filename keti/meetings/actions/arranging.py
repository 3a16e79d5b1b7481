"""Planning, calling, moving, cancelling and announcing meetings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from keti.duties import actions as duties
from keti.duties.models import Obligation
from keti.duties.permissions import may_do
from keti.groups.models import Group, Seat
from keti.groups.permissions import principal
from keti.kernel.acts import ROUTINE, Act, Text
from keti.kernel.refusals import Refused
from keti.kernel.texts import one_line
from keti.kernel.transactions import hold, hold_row
from keti.ledger import actions as ledger
from keti.meetings import notices, permissions, queries, rules
from keti.meetings.actions.inviting import NOBODY, Beside, told_of, widen
from keti.meetings.enums import Mode
from keti.meetings.models import Attendance, Meeting
from keti.notify.actions import note_announcement


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """When, where, how, about what and with whom beside. Without an agenda it starts from what is
    open."""

    starts_at: datetime
    place: str = ""
    agenda: Sequence[str] | None = None
    mode: str = Mode.ROOM
    title: str = ""
    beside: Beside = NOBODY


@dataclass(frozen=True, slots=True)
class How:
    """How people meet, and who is invited beside."""

    mode: str = Mode.ROOM
    beside: Beside = NOBODY


USUAL = How()


@transaction.atomic
def plan_meeting(
    act: Act,
    *,
    obligation: Obligation,
    starts_at: datetime,
    place: str = "",
    agenda: Sequence[str] | None = None,
    how: How = USUAL,
) -> Meeting:
    """Arrange the meeting that a duty asks for and invite the group, and whom else it names.

    Refuses a duty of another form, a second meeting for the same duty, and everybody but who
    owes it, the group's lead and the secretariat.

    Taken back by: cancel_meeting.
    """
    duty = (
        hold(Obligation.objects.all())
        .select_related("programme", "group", "seat", "role")
        .get(pk=obligation.pk)
    )
    if entry := ledger.repeated(act, "meetings.meeting.planned", programme=duty.programme):
        return Meeting.objects.with_names().get(public_id=entry.subject_id)
    if not may_do(act, duty):
        permissions.may_arrange(act, duty.group, duty.seat).or_refuse()
    if duty.form != "meeting":
        raise Refused("meetings.not-a-meeting")
    if standing := queries.meeting_of(duty):
        raise Refused("meetings.already-planned", when=notices.start_text(standing))
    chair = duty.seat or principal(act, duty.programme)
    plan = MeetingPlan(starts_at, place, agenda, how.mode, beside=how.beside)
    meeting = _create(act, (duty.group, chair, duty), duty.title, plan)
    duties.begin(duty, act.recorded_at)
    return meeting


@transaction.atomic
def call_meeting(act: Act, *, group: Group, plan: MeetingPlan) -> Meeting:
    """Call a meeting that no duty asks for. Only the group's lead and the secretariat.

    Taken back by: cancel_meeting.
    """
    group = hold(Group.objects.all()).select_related("programme").get(pk=group.pk)
    if entry := ledger.repeated(act, "meetings.meeting.planned", programme=group.programme):
        return Meeting.objects.with_names().get(public_id=entry.subject_id)
    permissions.may_arrange(act, group).or_refuse()
    title = one_line(plan.title).strip()
    if not title:
        raise Refused("meetings.needs-a-title")
    chair = principal(act, group.programme)
    return _create(act, (group, chair, None), Text(title, title), plan)


def _create(
    act: Act, whose: tuple[Group, Seat, Obligation | None], title: Text, plan: MeetingPlan
) -> Meeting:
    group, chair, duty = whose
    known = queries.starting_agenda(group, act.recorded_at)
    wanted = list(known) if plan.agenda is None else plan.agenda
    meeting = Meeting.objects.create(
        programme=group.programme,
        group=group,
        obligation=duty,
        chair=chair,
        title_zh=title.zh,
        title_en=title.en,
        mode=plan.mode,
        starts_at=plan.starts_at,
        arranged_at=act.happened_at,
        place=one_line(plan.place).strip(),
        agenda=rules.agenda(wanted, known),
    )
    seats = queries.to_invite(group, act.recorded_at, duty)
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, seat=seat, order=order) for order, seat in enumerate(seats)
    )
    more, guests = widen(act, meeting, plan.beside)
    ledger.record(
        act,
        "meetings.meeting.planned",
        programme=group.programme,
        about=meeting.subject(),
        facts={
            "starts": meeting.starts_at,
            "place": meeting.place,
            "agenda": [line["text"] for line in meeting.agenda],
            "invited": len(seats) + len(more),
        }
        | ({"beside": told_of(more, guests)} if more or guests else {}),
    )
    notices.planned(act, meeting)
    return meeting


def _locked(meeting: Meeting) -> Meeting:
    hold_row(Meeting, meeting.pk)
    return Meeting.objects.with_names().get(pk=meeting.pk)


@transaction.atomic
def move_meeting(
    act: Act, *, meeting: Meeting, starts_at: datetime, place: str | None = None, reason: str = ""
) -> Meeting:
    """Move a meeting in time or place: a routine adjustment, immediate, logged, told to everybody
    invited. Refuses what is held already and a move to the same time and place.

    Taken back by: move_meeting (moved back, or elsewhere).
    """
    meeting = _locked(meeting)
    if ledger.repeated(act, "meetings.meeting.moved", programme=meeting.programme):
        return meeting
    permissions.may_arrange(act, meeting.group, meeting.chair).or_refuse()
    meeting.state = rules.moved(meeting.state, "move")
    new_place = meeting.place if place is None else one_line(place).strip()
    if (starts_at, new_place) == (meeting.starts_at, meeting.place):
        raise Refused("meetings.same-time")
    before, was = notices.start_text(meeting), meeting.starts_at
    meeting.starts_at, meeting.place = starts_at, new_place
    meeting.arranged_at = act.happened_at
    meeting.sequence += 1
    meeting.save()
    ledger.record(
        act,
        "meetings.meeting.moved",
        programme=meeting.programme,
        about=meeting.subject(),
        facts=ROUTINE | {"before": was, "after": starts_at, "place": new_place, "reason": reason},
    )
    notices.moved(act, meeting, before, reason)
    return meeting


@transaction.atomic
def cancel_meeting(act: Act, *, meeting: Meeting, reason: str) -> Meeting:
    """Call a planned meeting off, with a reason. The duty that asked for it stays owed.

    Taken back by: plan_meeting, call_meeting (another meeting).
    """
    meeting = _locked(meeting)
    if ledger.repeated(act, "meetings.meeting.cancelled", programme=meeting.programme):
        return meeting
    permissions.may_arrange(act, meeting.group, meeting.chair).or_refuse()
    if not reason.strip():
        raise Refused("meetings.give-a-reason")
    meeting.state = rules.moved(meeting.state, "cancel")
    meeting.reason = reason.strip()
    meeting.sequence += 1
    meeting.save()
    ledger.record(
        act,
        "meetings.meeting.cancelled",
        programme=meeting.programme,
        about=meeting.subject(),
        facts={"reason": meeting.reason},
    )
    notices.cancelled(act, meeting)
    return meeting


@transaction.atomic
def announce_meeting(act: Act, *, meeting: Meeting, text: str) -> None:
    """Log that the text about this meeting was copied for a chat group: announced by hand.

    Taken back by: nothing, because what was pasted into a chat is with its readers; another text
    corrects it.
    """
    meeting = _locked(meeting)
    if ledger.repeated(act, "meetings.meeting.announced", programme=meeting.programme):
        return
    permissions.may_arrange(act, meeting.group, meeting.chair).or_refuse()
    note_announcement(act, programme=meeting.programme, text=text, group=meeting.group.public_id)
    ledger.record(
        act,
        "meetings.meeting.announced",
        programme=meeting.programme,
        about=meeting.subject(),
        facts={"text": text},
    )
