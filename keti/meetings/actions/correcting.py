"""Correcting who came, beside minutes that are confirmed and stay as they were."""

from django.db import transaction

from keti.groups.models import Seat
from keti.groups.permissions import may_manage
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.meetings import notices, permissions
from keti.meetings.enums import AttendanceKind, MeetingState
from keti.meetings.models import AttendanceNote, Meeting


@transaction.atomic
def correct_attendance(
    act: Act, *, meeting: Meeting, seat: Seat, kind: str, reason: str
) -> AttendanceNote:
    """Say how a seat really attended, with the reason, after the minutes were confirmed: they stay
    as they were, the note stands beside them and on their paper. The chair or the secretariat; the
    seat is told. Before the confirmation the minutes are recorded again instead.

    Refuses no reason, minutes that are not confirmed, a seat that was not invited, and what the
    record says already.

    Taken back by: correct_attendance (a further note).
    """
    hold_row(Meeting, meeting.pk)
    meeting = Meeting.objects.with_names().get(pk=meeting.pk)
    if entry := ledger.repeated(act, "meetings.attendance.corrected", programme=meeting.programme):
        return AttendanceNote.objects.get(pk=entry.content["facts"]["note"])
    (permissions.may_confirm(act, meeting) or may_manage(act, meeting.programme)).or_refuse()
    if meeting.state != MeetingState.CONFIRMED:
        raise Refused("meetings.not-confirmed-yet")
    if not reason.strip():
        raise Refused("meetings.correction-needs-a-reason")
    row = meeting.attendance.filter(seat=seat).first()
    if row is None or kind not in AttendanceKind.values or kind == AttendanceKind.INVITED:
        raise Refused("meetings.was-not-invited", who=seat.called)
    last = meeting.attendance_notes.filter(seat=seat).order_by("pk").last()
    was = last.kind if last else row.kind
    if kind == was:
        raise Refused("meetings.attendance-is-that", who=seat.called)
    note = AttendanceNote.objects.create(
        meeting=meeting,
        seat=seat,
        was=was,
        kind=kind,
        reason=reason.strip(),
        at=act.happened_at,
        by_label=act.by.label,
    )
    ledger.record(
        act,
        "meetings.attendance.corrected",
        programme=meeting.programme,
        about=meeting.subject(),
        facts={
            "note": note.pk,
            "seat": seat.label,
            "of": seat.public_id,
            "was": was,
            "kind": kind,
            "reason": note.reason,
        },
    )
    notices.attendance_corrected(act, note)
    return note
