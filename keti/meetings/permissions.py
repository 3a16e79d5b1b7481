"""Who arranges meetings, keeps and confirms minutes, and who may read them."""

from django.db.models import Exists, OuterRef, Q

from keti.groups.models import Group, Seat
from keti.groups.permissions import Sight, principal
from keti.kernel.acts import Act
from keti.kernel.refusals import YES, Verdict, no
from keti.meetings.enums import MeetingState
from keti.meetings.models import Attendance, Meeting, MeetingQuerySet


def may_arrange(act: Act, group: Group, accountable: Seat | None = None) -> Verdict:
    """The seat that owes the meeting, the group's lead, the secretariat: plan, move, cancel."""
    seat = principal(act, group.programme)
    owes = accountable is not None and seat.pk == accountable.pk
    if owes or seat.can("manage") or (seat.can("lead") and seat.group_id == group.pk):
        return YES
    return no("meetings.only-the-lead-arranges", group=group.title, seat=seat.title)


def may_record(act: Act, meeting: Meeting) -> Verdict:
    """Minutes are kept by who may arrange the meeting, until the chair confirmed them."""
    if meeting.state == MeetingState.CONFIRMED:
        return no("meetings.minutes-are-confirmed", number=meeting.number)
    return may_arrange(act, meeting.group, meeting.chair)


def may_confirm(act: Act, meeting: Meeting) -> Verdict:
    """The chair confirms; where the chair's seat has ended, who may arrange the meeting."""
    seat = principal(act, meeting.programme)
    chair = meeting.chair
    if seat.pk == chair.pk:
        return YES
    if chair.ends_at and chair.ends_at <= act.recorded_at:
        return may_arrange(act, meeting.group)
    return no("meetings.only-the-chair-confirms", ask=chair.label, who=chair.called)


def visible(sight: Sight | None, meetings: MeetingQuerySet) -> MeetingQuerySet:
    """Meetings and minutes this seat may read: its group's, those it was invited to, or all."""
    if sight is None:
        return meetings.none()
    meetings = meetings.filter(programme=sight.programme_id)
    if sight.everything:
        return meetings
    invited = Attendance.objects.filter(meeting=OuterRef("pk"), seat=sight.seat)
    return meetings.filter(sight.reads_within() | Q(chair=sight.seat) | Exists(invited))
