"""Reads over meetings: what is held, what is open, whom to invite, where an agenda starts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet, prefetch_related_objects

from keti.accounts.models import Person
from keti.charter.queries import compiled
from keti.documents.rules.paper import Paper, printed_day, tongue
from keti.documents.rules.placing import Part, placed
from keti.documents.rules.written import DOC, MARKED, Body, Head, Piece, Points, as_body
from keti.duties.actions import Response
from keti.duties.doors import title_of
from keti.duties.enums import Nature, Pool, Verb
from keti.duties.models import Obligation, ObligationQuerySet
from keti.duties.notices import deadline
from keti.groups.models import Group, Seat
from keti.kernel.acts import Subject
from keti.kernel.alike import alike
from keti.kernel.once import once
from keti.kernel.prepared import prepared
from keti.kernel.refusals import both, sentence
from keti.kernel.templatetags.keti_dates import when_text
from keti.meetings.enums import ATTENDANCE_WORDS, AttendanceKind, MeetingState
from keti.meetings.models import Attendance, Guest, Meeting, MeetingQuerySet, Resolution
from keti.meetings.queries.inviting import beside, others, parted, to_invite
from keti.monitoring.models import Finding, FindingQuerySet
from keti.notify.rules import Appointment, Invited
from keti.programmes.models import Programme
from keti.work.enums import SourceKind, TaskState
from keti.work.models import Task, TaskQuerySet
from keti.work.queries import agreed_in, open_tasks

__all__ = ["beside", "others", "parted", "to_invite"]
YEAR = timedelta(days=366)
JUST_BEGUN = timedelta(hours=3)
AHEAD = 3


def meetings(programme: Programme) -> MeetingQuerySet:
    """All meetings of the programme, named, newest first."""
    return Meeting.objects.filter(programme=programme).with_names()


def meeting_of(obligation: Obligation) -> Meeting | None:
    """The meeting that was arranged for this duty, or None."""
    return standing_meetings().with_names().filter(obligation=obligation).first()


def is_heard(obligation: Obligation) -> bool:
    """Does a gate of the charter judge the minutes of the meeting held for this duty?"""
    law = compiled(obligation.programme)
    return any(obligation.key in one.inputs for one in (*law.gates, *law.requests))


def standing_meetings() -> MeetingQuerySet:
    """Meetings that were not called off."""
    return Meeting.objects.exclude(state=MeetingState.CANCELLED)


def as_appointment(meeting: Meeting) -> Invited:
    """The meeting as a calendar keeps it. Every change raises its number."""
    return Invited(
        f"{meeting.public_id}@keti",
        meeting.group.named(meeting.title),
        meeting.starts_at,
        meeting.programme.zone,
        meeting.sequence,
        meeting.state == MeetingState.CANCELLED,
        meeting.place,
    )


def in_calendar(person: Person, now: datetime, lang: str) -> list[Appointment]:
    """The meetings this person is invited to, in seats that still stand; also those called off
    and those of the last year, so that a calendar follows."""
    seats = Seat.objects.of(person).standing(now)
    invited = Meeting.objects.filter(attendance__seat__in=seats, starts_at__gt=now - YEAR)
    found = invited.select_related("programme", "group").distinct().order_by("pk")
    return [as_appointment(meeting).in_(lang) for meeting in found]


def ahead(seat: Seat, now: datetime) -> list[Meeting]:
    """The next meetings this seat is invited to, the nearest first; one that has just begun stays.

    A few: they remind of the day, the list of meetings has them all.
    """

    def found(seat: int, since: datetime) -> MeetingQuerySet:
        mine = Meeting.objects.filter(attendance__seat=seat, state=MeetingState.PLANNED)
        near = mine.filter(starts_at__gt=since).order_by("starts_at", "pk")
        return near.select_related("programme", "group")[:AHEAD]

    return prepared(("meetings.ahead", AHEAD), found, seat.pk, now - JUST_BEGUN)


def open_items(programme: Programme, group: Group | None = None) -> TaskQuerySet:
    """Tasks from minutes not done yet, of one group's meetings where it is given."""
    return open_tasks(programme, group).filter(source_kind=SourceKind.MINUTES)


def items_of(meeting: Meeting) -> TaskQuerySet:
    """What the minutes name to be done, in their order."""
    return agreed_in(meeting.programme, meeting.subject())


def agreed(meeting: Meeting) -> list[Task]:
    """The same read once for a page."""
    name, subject = "meetings.agreed", meeting.subject()

    def items(programme: int, meeting: str) -> TaskQuerySet:
        same = Subject(subject.kind, meeting, "")
        return Task.objects.filter(programme=programme).with_names().in_minutes(same)

    return once(
        (name, meeting.pk),
        lambda: prepared((name,), items, meeting.programme_id, meeting.public_id),
    )


def resolutions(meeting: Meeting) -> list[Resolution]:
    """What was resolved, in its order; read once for a page."""
    name = "meetings.resolutions"
    return once((name, meeting.pk), lambda: prepared((name,), _resolved, meeting.pk))


def _resolved(meeting: int) -> QuerySet[Resolution]:
    return Resolution.objects.filter(meeting=meeting)


def awaited(programme: Programme, subject_id: str, at: datetime) -> list[Response]:
    """Minutes that are recorded and not confirmed, as answers that are owed: by the chair, and once
    the chair's seat has ended by who may arrange the meeting."""
    found = meetings(programme).filter(state=MeetingState.RECORDED)
    found = found.filter(public_id=subject_id) if subject_id else found
    return [
        Response(
            verb=Verb.CONFIRM,
            about=one.subject(),
            title=one.group.named(one.title),
            group=one.group,
            since=one.recorded_at or at,
            pool=Pool.LEADS if _gone(one.chair, at) else None,
            seat=None if _gone(one.chair, at) else one.chair,
            pool_group=one.group,
        )
        for one in found
    ]


def _gone(seat: Seat, at: datetime) -> bool:
    return seat.ends_at is not None and seat.ends_at <= at


def language(programme: Programme) -> str:
    """The charter's first language: what the house itself writes into papers."""
    langs = compiled(programme).langs
    return "en" if langs and langs[0].lower().startswith("en") else "zh-hans"


def starting_agenda(group: Group, at: datetime) -> dict[str, str]:
    """Where an agenda starts: open tasks, open findings, duties not yet received.

    Line -> path to the thing. A task is named by where it comes from: minutes, or a plan.
    """
    programme = group.programme
    lang = language(programme)
    found = {sentence("meetings.agenda-progress", {}, lang): ""}
    for item in prepared(("meetings.still-open",), _still_open, programme.pk, group.pk):
        agreed_on = item.source_kind == SourceKind.MINUTES
        code = "meetings.agenda-item" if agreed_on else "meetings.agenda-task"
        facts = {"title": item.title, "who": item.seat.called}
        found[sentence(code, facts, lang)] = item.path
    for finding in prepared(("meetings.findings",), _findings_of, programme.pk, group.pk):
        found[sentence("meetings.agenda-finding", {"title": finding.label}, lang)] = finding.path
    for duty in prepared(("meetings.not-received",), _not_received, programme.pk, group.pk, at):
        facts = {"title": title_of(duty, lang)}
        found[sentence("meetings.agenda-duty", facts, lang)] = duty.path
    return found


def _still_open(programme: int, group: int) -> TaskQuerySet:
    found = Task.objects.filter(programme=programme).with_names()
    return found.filter(state=TaskState.OPEN, group=group)


def _findings_of(programme: int, group: int) -> FindingQuerySet:
    return Finding.objects.filter(programme=programme, group=group).with_names().open()


def _not_received(programme: int, group: int, at: datetime) -> ObligationQuerySet:
    found = Obligation.objects.filter(programme=programme, nature=Nature.CHARTER)
    return found.open().filter(group=group, due__lte=at).with_names()


def attendance(meeting: Meeting) -> list[Attendance]:
    """How each seat attended, named, in protocol order; read once for a page."""
    name = "meetings.attendance"
    return once((name, meeting.pk), lambda: prepared((name,), _attendance, meeting.pk))


def _attendance(meeting: int) -> QuerySet[Attendance]:
    named = ("role", "group", "person", "organisation", "delegate")
    rows = Attendance.objects.filter(meeting=meeting)
    return alike(rows.select_related(*(f"seat__{one}" for one in named)))


@dataclass(frozen=True, slots=True)
class Attended:
    """Who attended in one way, in protocol order."""

    kind: str
    word: str
    names: tuple[str, ...]


def guests_of(meeting: Meeting) -> list[Guest]:
    """The guests from outside, in the order they were invited; read once a page."""
    if "guests" not in getattr(meeting, "_prefetched_objects_cache", {}):
        prefetch_related_objects([meeting], "guests")
    return list(meeting.guests.all())


def attended(meeting: Meeting, lang: str) -> list[Attended]:
    """Attendance by kind, in the order of the kinds, guests last; kinds nobody has are left out."""
    rows = attendance(meeting)
    everybody = [(row.kind, row.seat.called) for row in rows]
    everybody += [
        (one.kind, both("meetings.as-guest", name=one.name)) for one in guests_of(meeting)
    ]
    found = []
    for kind, word in ATTENDANCE_WORDS.items():
        names = tuple(who.in_(lang) for how, who in everybody if how == kind)
        if names:
            found.append(Attended(kind, word.in_(lang), names))
    return found


def paper(meeting: Meeting, lang: str, present: list[Attended] | None = None) -> Paper:
    """The minutes as a paper for print, Word and PDF; `present` where a page has read it."""
    programme = meeting.programme
    separator = sentence("meetings.paper-separator", {}, lang)
    confirmed = meeting.confirmed_at or meeting.recorded_at
    day = programme.local(confirmed).date() if confirmed else None
    facts = [
        (sentence("meetings.paper-when", {}, lang), start_text(programme, meeting.starts_at, lang)),
        (
            sentence("meetings.paper-where", {}, lang),
            meeting.place or sentence("meetings.place-open", {}, lang),
        ),
        (sentence("meetings.paper-chair", {}, lang), meeting.chair.called.in_(lang)),
        *[
            (one.word, separator.join(one.names))
            for one in (attended(meeting, lang) if present is None else present)
            if one.kind != AttendanceKind.INVITED
        ],
    ]
    return Paper(
        kind="minutes",
        title=sentence("meetings.paper-title", {"title": meeting.title}, lang),
        lang=tongue(lang),
        subtitle=meeting.group.title.in_(lang) if meeting.number else "",
        number=meeting.number,
        date=printed_day(day, lang) if day else "",
        day=day,
        issuer=_issuer(meeting, lang),
        signatory=_issuer(meeting, lang),
        facts=tuple(facts),
        body=body_of(meeting, lang),
        version=meeting.sha256[:12],
        demo=programme.is_demo,
    )


def _issuer(meeting: Meeting, lang: str) -> str:
    """Numbered minutes go out in the name of the body whose number they bear, others in that of the
    group that met."""
    if not meeting.number:
        return meeting.group.title.in_(lang)
    kind = meeting.obligation.kind if meeting.obligation else ""
    return compiled(meeting.programme).issuer(kind).name.in_(lang)


def body_of(meeting: Meeting, lang: str) -> Body:
    """The minutes: agenda, text, resolutions, action items."""
    parts: list[Piece] = []
    if meeting.agenda:
        parts += _numbered("paper-agenda", [one["text"] for one in meeting.agenda], lang)
    if meeting.minutes:
        parts += [Head(sentence("meetings.paper-text", {}, lang)), *_said(meeting, lang)]
    resolved = [one.text for one in resolutions(meeting)]
    if resolved:
        parts += _numbered("paper-resolutions", resolved, lang)
    owed = [
        sentence(
            "meetings.paper-item",
            {
                "title": one.title,
                "who": one.seat.called,
                "due": deadline(meeting.programme, one.due_at),
            },
            lang,
        )
        for one in agreed(meeting)
    ]
    if owed:
        parts += _numbered("paper-items", owed, lang)
    corrected = _corrections(meeting, lang)
    if corrected:
        parts += _numbered("paper-corrections", corrected, lang)
    return tuple(parts)


def _said(meeting: Meeting, lang: str) -> Body:
    """The text as it was written, its tables and figures numbered where it is a document."""
    if meeting.minutes_doc is None:
        return as_body(meeting.minutes, meeting.minutes_form or MARKED)
    return placed([Part(as_body(meeting.minutes_doc, DOC))], tongue(lang)).bodies[0]


def _corrections(meeting: Meeting, lang: str) -> list[str]:
    """How seats really attended, noted after the minutes were confirmed."""
    if meeting.confirmed_at is None or not getattr(meeting, "noted", True):
        return []
    notes = meeting.attendance_notes.select_related(
        "seat__person", "seat__organisation", "seat__role"
    )
    return [
        sentence(
            "meetings.paper-correction",
            {
                "who": one.seat.called,
                "was": ATTENDANCE_WORDS[one.was],
                "kind": ATTENDANCE_WORDS[one.kind],
                "at": f"{meeting.programme.local(one.at):%Y-%m-%d}",
                "reason": one.reason,
            },
            lang,
        )
        for one in notes
    ]


def _numbered(code: str, lines: list[str], lang: str) -> list[Piece]:
    return [Head(sentence(f"meetings.{code}", {}, lang)), Points(tuple(lines), numbered=True)]


def start_text(programme: Programme, at: datetime, lang: str) -> str:
    """When a meeting starts, in words."""
    return when_text(at, programme.tz, lang)


def old_texts() -> list[str]:
    """Minutes in the old dialect (`md/1`): those that name no format are older than any other."""
    old = Meeting.objects.filter(Q(minutes_form=None) | Q(minutes_form=MARKED)).exclude(minutes="")
    return list(old.values_list("minutes", flat=True))
