"""Recording and confirming minutes; what they ask of somebody becomes a task."""

import hashlib
from dataclasses import replace

from django.db import transaction

from keti.documents.actions import keep_picture_once, require_pictures
from keti.documents.models import StoredFile
from keti.documents.rules.doc1.typed_in import settled, signed
from keti.documents.rules.pictures import Picture
from keti.documents.rules.written import PLAIN
from keti.duties import actions as duties
from keti.groups.models import Seat
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.texts import one_line, shortened
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.meetings import notices, permissions, queries, rules
from keti.meetings.enums import AttendanceKind
from keti.meetings.models import Attendance, Meeting, Resolution
from keti.meetings.rules import MinutesFacts
from keti.work.actions import TaskSpec, agree_tasks, freeze_agreed, hold_agreed
from keti.work.models import Task

Facts = MinutesFacts[Seat]


def _locked(meeting: Meeting) -> Meeting:
    hold_row(Meeting, meeting.pk)
    return Meeting.objects.with_names().get(pk=meeting.pk)


@transaction.atomic
def record_minutes(
    act: Act, *, meeting: Meeting, minutes: Facts, original: StoredFile | None = None
) -> Meeting:
    """Record what was said and settled; the duty that asked for the meeting is met, and each
    action item is owed by its seat. May be repeated until the chair confirms. `original` is the
    file they were written in; without it the one that came before stays.

    Refuses before the meeting starts, empty minutes, nobody present, an incomplete action item, a
    document that is none or whose pictures nobody keeps.

    Taken back by: record_minutes (recorded again until they are confirmed).
    """
    meeting = _locked(meeting)
    items = hold_agreed(meeting.subject())
    duties.hold_duties(meeting.obligation, *(one.obligation for one in items))
    if ledger.repeated(act, "meetings.minutes.recorded", programme=meeting.programme):
        return meeting
    permissions.may_record(act, meeting).or_refuse()
    minutes = _settled(act, meeting, minutes)
    _check(act, meeting, minutes)
    meeting.state = rules.moved(meeting.state, "record")
    meeting.minutes, meeting.minutes_form = minutes.body, PLAIN
    meeting.minutes_doc = minutes.doc or None
    meeting.original = original or meeting.original
    meeting.recorded_at = act.happened_at
    meeting.recorded_by = shortened((act.seat or act.by).label, 120)
    meeting.recorded_late = act.recorded_late
    meeting.on_behalf = act.on_behalf_of is not None
    meeting.save()
    _attend(meeting, minutes)
    _resolve(meeting, minutes)
    _meet(act, meeting)
    _await_confirmation(act, meeting)
    fresh = _agree(act, meeting, minutes)
    ledger.record(
        act,
        "meetings.minutes.recorded",
        programme=meeting.programme,
        about=meeting.subject(),
        facts=_facts(meeting),
    )
    notices.recorded(act, meeting, fresh)
    return meeting


def _settled(act: Act, meeting: Meeting, minutes: Facts) -> Facts:
    """As they are stored: words to the letter, remarks under the name of who makes them."""
    words, doc = settled(minutes.body, minutes.doc)
    if doc:
        doc = signed(doc, meeting.minutes_doc or "", act.by.label, act.recorded_at)
        require_pictures(meeting.programme, [doc])
    return replace(minutes, body=words, doc=doc)


@transaction.atomic
def keep_picture(act: Act, *, meeting: Meeting, picture: Picture) -> StoredFile:
    """Keep a cleaned picture for minutes under work; one this person put into the programme before
    is the one that is kept.

    Refuses whoever may not record the minutes, and what is beyond a quota. Leaves no line in the
    ledger: what shows it is said by the minutes.
    """
    permissions.may_record(act, meeting).or_refuse()
    return keep_picture_once(act, meeting.programme, picture)


def _await_confirmation(act: Act, meeting: Meeting) -> None:
    """The chair is asked to confirm, or has confirmed."""
    duties.await_answers(meeting.programme, "meetings", meeting.public_id, act.recorded_at, act=act)


def _check(act: Act, meeting: Meeting, minutes: Facts) -> None:
    if act.happened_at < meeting.starts_at:
        raise Refused("meetings.not-yet-held", when=notices.start_text(meeting))
    if not minutes.body.strip():
        raise Refused("meetings.needs-minutes")
    if AttendanceKind.PRESENT not in minutes.attendance.values():
        raise Refused("meetings.nobody-present")
    for item in minutes.action_items:
        if not one_line(item.title).strip():
            raise Refused("meetings.item-needs-all")
        if item.due_at <= meeting.starts_at:
            raise Refused("meetings.item-due-before-meeting", title=item.title)


def _attend(meeting: Meeting, minutes: Facts) -> None:
    rows = {row.seat_id: row for row in meeting.attendance.all()}
    order = len(rows)
    for seat, kind in minutes.attendance.items():
        row = rows.get(seat.pk)
        if row is None:
            row = Attendance(meeting=meeting, seat=seat, order=order)
            order += 1
        row.kind = AttendanceKind(kind)
        row.save()
    for guest in meeting.guests.all():
        guest.kind = AttendanceKind(minutes.guests.get(guest.public_id, guest.kind))
        guest.save()


def _resolve(meeting: Meeting, minutes: Facts) -> None:
    meeting.resolutions.all().delete()
    Resolution.objects.bulk_create(
        Resolution(meeting=meeting, order=order, text=text)
        for order, text in enumerate(rules.lines(minutes.resolutions), start=1)
    )


def _agree(act: Act, meeting: Meeting, minutes: Facts) -> list[Task]:
    """The tasks in step with the minutes; what is new among them."""
    source = meeting.subject()
    wanted = [
        TaskSpec(meeting.programme, meeting.group, one.seat, one.title, one.due_at, source)
        for one in minutes.action_items
    ]
    return agree_tasks(act, source=source, group=meeting.group, wanted=wanted)


def _meet(act: Act, meeting: Meeting) -> None:
    duty = meeting.obligation
    if duty is None:
        return
    held = rules.held_at(
        arranged_at=meeting.arranged_at,
        starts_at=meeting.starts_at,
        recorded=act.happened_at,
        due=duty.due_instant,
    )
    known = held if held != act.happened_at else None
    if known:
        act = replace(act, happened=known)
    # Its time was announced before it came: the record knows it, nobody claims it now.
    duties.meet(act, obligation=duty, with_=meeting.subject(), at=known)


def _hash(doc: str) -> str:
    return hashlib.sha256(doc.encode()).hexdigest()


def _facts(meeting: Meeting) -> dict[str, object]:
    """The minutes as plain values: what the ledger and the fingerprint hold."""
    attendance = meeting.attendance.select_related(
        "seat__person", "seat__organisation", "seat__role"
    )
    guests = [[one.name, one.kind] for one in meeting.guests.all()]
    return {
        **({"guests": guests} if guests else {}),
        **({"doc": _hash(meeting.minutes_doc)} if meeting.minutes_doc else {}),
        **({"original": meeting.original.sha256} if meeting.original else {}),
        "starts": meeting.starts_at,
        "minutes": meeting.minutes,
        "attendance": [[row.seat.label, row.kind] for row in attendance],
        "resolutions": [one.text for one in meeting.resolutions.all()],
        "items": [[one.title, one.seat.label, one.due_at] for one in queries.items_of(meeting)],
    }


def _attended(meeting: Meeting) -> list[list[str]]:
    """Who came, by the id of the seat: a name may change, and two may have one."""
    rows = meeting.attendance.values_list("seat__public_id", "kind")
    return [list(one) for one in rows]


@transaction.atomic
def confirm_minutes(act: Act, *, meeting: Meeting) -> Meeting:
    """The chair confirms: the minutes get their number, are frozen and go to everybody invited.

    Taken back by: correct_attendance (who came; what else is wrong the next minutes say).
    """
    meeting = _locked(meeting)
    hold_agreed(meeting.subject())
    duties.hold_answers(meeting.programme, meeting.public_id)
    heard = meeting.obligation is not None and queries.is_heard(meeting.obligation)
    if heard:
        duties.hold_open_duties(meeting.programme)
    if ledger.repeated(act, "meetings.minutes.confirmed", programme=meeting.programme):
        return meeting
    permissions.may_confirm(act, meeting).or_refuse()
    meeting.state = rules.moved(meeting.state, "confirm")
    programme = meeting.programme
    meeting.sha256 = rules.fingerprint(_facts(meeting))
    meeting.number = duties.number_for(programme, meeting.obligation, act.happened_at)
    meeting.confirmed_at = act.happened_at
    meeting.confirmed_by = shortened((act.on_behalf_of or act.seat or act.by).label, 120)
    meeting.save()
    meeting.attendance.update(frozen=True)
    meeting.guests.update(frozen=True)
    meeting.resolutions.update(frozen=True)
    items = freeze_agreed(meeting.subject())
    _await_confirmation(act, meeting)
    if heard:
        duties.tell_followers(programme, act.recorded_at, meeting.obligation)
    ledger.record(
        act,
        "meetings.minutes.confirmed",
        programme=programme,
        about=meeting.subject(),
        facts={
            "number": meeting.number,
            "sha256": meeting.sha256,
            "attended": _attended(meeting),
        },
    )
    notices.circulated(act, meeting, resolutions=meeting.resolutions.count(), items=items)
    return meeting
