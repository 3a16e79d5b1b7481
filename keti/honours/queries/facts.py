"""What is counted of every seat: from duties, meetings, task books, contributions, nominations."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F, Q

from keti.charter.queries import compiled
from keti.charter.rules.criteria import REPORT
from keti.duties.enums import DutyState, Nature
from keti.duties.models import Obligation
from keti.groups.models import Seat
from keti.honours.enums import LIVE, InputState
from keti.honours.models import Assessment, Contribution, Nominator, ParticipationRecord
from keti.honours.permissions import honours_of
from keti.honours.rules import Figures, Owed, counted, short
from keti.meetings.enums import AttendanceKind, MeetingState
from keti.meetings.models import Attendance, AttendanceNote
from keti.programmes.models import Programme
from keti.reports.enums import ReportState
from keti.reports.models import Report
from keti.review.enums import Effect
from keti.review.models import Decision, Input
from keti.work.models import TaskBook

PRESENT = (AttendanceKind.PRESENT, AttendanceKind.OBSERVER)
TOLD = ("report", "file")
"""What was handed in of these forms has a line of its own, by the key of the duty."""
LET_OFF = (DutyState.WAIVED, DutyState.CANCELLED)


def seats_of(programme: Programme, at: datetime) -> list[Seat]:
    """The seats that some honour may be given to, and that somebody holds, in protocol order."""
    roles = {role for spec in honours_of(programme).values() for role in spec.to}
    found = Seat.objects.filter(programme=programme, role__key__in=roles).standing(at)
    return list(found.filter(proposed_at=None).with_names())


def owed_of(programme: Programme, at: datetime) -> list[Owed]:
    """What the charter demanded so far: due by now, or received already; nothing waived."""
    law = compiled(programme)
    extra = {one.key for one in law.works if one.deliverable}
    accepted = _accepted(programme)
    rows = Obligation.objects.filter(programme=programme, nature=Nature.CHARTER)
    rows = rows.exclude(state__in=LET_OFF).filter(Q(due__lte=at) | ~Q(met_at=None))
    rows = rows.order_by("due", "pk")
    return [
        Owed(
            key=key,
            work=kind,
            form=form,
            seat=seat or "",
            group=group,
            due=_second(due),
            met=_second(met) if met else None,
            done=state == DutyState.MET,
            accepted=key in accepted if form == REPORT else state == DutyState.MET,
            deliverable=kind in extra,
        )
        for key, kind, form, seat, group, due, met, state in rows.values_list(
            "key", "kind", "form", "seat__public_id", "group__public_id", "due", "met_at", "state"
        )
    ]


def _second(at: datetime) -> int:
    return int(at.timestamp())


def _accepted(programme: Programme) -> set[str]:
    """The keys of the reports that their reader accepted, or a gate approved."""
    read = Report.objects.filter(programme=programme, state=ReportState.ACCEPTED)
    found = set(read.values_list("obligation__key", flat=True))
    passed = Decision.objects.filter(gate__programme=programme, effect=Effect.APPROVE)
    rounds = set(passed.values_list("gate", "round"))
    pins = Input.objects.filter(gate__programme=programme)
    rows = pins.values_list("gate", "round", "obligation__key")
    return found | {key for gate, number, key in rows if (gate, number) in rounds}


def figures_of(
    programme: Programme, at: datetime, seats: Iterable[Seat] | None = None
) -> dict[str, Figures]:
    """The figures of every seat that an honour may be given to, or of these, by public id."""
    owed, books = owed_of(programme, at), books_of(programme)
    groups = dict(Seat.objects.filter(programme=programme).values_list("public_id", "group"))
    attended, inputs = _attended(programme), inputs_of(programme)
    peers = _peers(programme)
    return {
        seat.public_id: counted(
            _counts_for(owed, seat),
            _books_for(books, seat, groups),
            attended.get(seat.public_id, []),
            inputs.get(seat.public_id, []),
            peers.get(seat.public_id, []),
        )
        for seat in (seats_of(programme, at) if seats is None else seats)
    }


def _counts_for(owed: list[Owed], seat: Seat) -> list[Owed]:
    """Its own duties, and of every kind of which it owes none those of its group."""
    group = seat.group.public_id
    found = {one.key: one for one in short(owed, seat.public_id, group, REPORT)}
    works = {one.work for one in owed if one.form != REPORT}
    for work in works:
        found |= {one.key: one for one in short(owed, seat.public_id, group, work)}
    return sorted(found.values(), key=lambda one: (one.due, one.key))


def _books_for(
    books: dict[str, dict[str, tuple[str, ...]]], seat: Seat, groups: dict[str, int]
) -> dict[str, tuple[str, ...]]:
    """Its own task book; who has none, and leads, is measured by those of the group."""
    if seat.public_id in books:
        return books[seat.public_id]
    mine = [some for one, some in sorted(books.items()) if groups.get(one) == seat.group_id]
    return {key: states for some in mine for key, states in some.items()}


def books_of(programme: Programme) -> dict[str, dict[str, tuple[str, ...]]]:
    """Seat -> its task book that counts -> what became of each target: as assessed last, "" where
    nobody did."""
    rows = TaskBook.objects.filter(programme=programme).live().select_related("seat")
    newest: dict[int, list[dict[str, Any]]] = {}
    for one in Assessment.objects.filter(programme=programme).order_by("pk"):
        newest[one.book_id] = one.marks
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for book in rows:
        marks = newest.get(book.pk, [])
        states = tuple(str(one["state"]) for one in marks)
        blank = ("",) * max(len(book.content["targets"]), 1)
        found[book.seat.public_id] = {book.public_id: states or blank}
    return found


def _attended(programme: Programme) -> dict[str, list[tuple[str, bool]]]:
    """Seat -> the meetings with confirmed minutes to which it was asked, and whether it was there;
    as corrected beside them."""
    rows = Attendance.objects.filter(meeting__programme=programme)
    rows = rows.filter(meeting__state=MeetingState.CONFIRMED).order_by("meeting__starts_at", "pk")
    notes = AttendanceNote.objects.filter(meeting__programme=programme).order_by("pk")
    truly = {(one, seat): kind for one, seat, kind in notes.values_list("meeting", "seat", "kind")}
    found: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for one, pk, seat, kind, meeting in rows.values_list(
        "meeting", "seat", "seat__public_id", "kind", "meeting__public_id"
    ):
        found[seat].append((meeting, truly.get((one, pk), kind) in PRESENT))
    return found


def inputs_of(programme: Programme) -> dict[str, list[tuple[str, bool]]]:
    """Seat -> what it declared and did not take back, and whether that was verified."""
    rows = Contribution.objects.filter(programme=programme).exclude(state=InputState.WITHDRAWN)
    found: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for seat, one, state in rows.order_by("pk").values_list(
        "seat__public_id", "public_id", "state"
    ):
        found[seat].append((one, state == InputState.VERIFIED))
    return found


def _peers(programme: Programme) -> dict[str, list[str]]:
    """Seat -> the seats of the same role and group that put it forward, for whatever honour."""
    rows = Nominator.objects.filter(nomination__programme=programme, nomination__stage__in=LIVE)
    rows = rows.filter(
        seat__role=F("nomination__seat__role"), seat__group=F("nomination__seat__group")
    )
    found: dict[str, list[str]] = defaultdict(list)
    for seat, peer in rows.order_by("pk").values_list(
        "nomination__seat__public_id", "seat__public_id"
    ):
        if peer not in found[seat]:
            found[seat].append(peer)
    return found


def newest_record(programme: Programme) -> ParticipationRecord | None:
    """The last edition of the participation records."""
    return ParticipationRecord.objects.filter(programme=programme).order_by("-number").first()


def told(figures: dict[str, Figures]) -> dict[str, Any]:
    """Figures as rows of plain values: seat -> measure -> [done, owed, keys]."""
    return {
        seat: {name: [one.done, one.owed, list(one.behind)] for name, one in sorted(some.items())}
        for seat, some in figures.items()
    }


def _row(one: Owed) -> list[object]:
    """One duty in the line of an edition. When a report or a file was received its own line says;
    of the other forms no line says it by the key of the duty."""
    own = one.form in TOLD
    met, done = (None, None) if own else (one.met, one.done)
    row = [one.key, one.work, one.form, one.seat, one.group, one.due, one.deliverable]
    return [*row, met, done]


def basis(programme: Programme, at: datetime, seats: Iterable[Seat]) -> dict[str, Any]:
    """What no other line says and a second computation needs: who sits where, who owes what by
    when, which task book counts, what each honour asks."""
    owed, books = owed_of(programme, at), books_of(programme)
    rows = Seat.objects.filter(programme=programme).order_by("pk")
    groups = rows.values_list("public_id", "group__public_id")
    return {
        "seats": [[one.public_id, one.role.key, one.group.public_id] for one in seats],
        "owed": [_row(one) for one in owed],
        "books": {
            seat: [book, len(states)]
            for seat, some in sorted(books.items())
            for book, states in some.items()
        },
        "groups": {seat: group for seat, group in groups if seat in books},
        "honours": {
            key: {"to": list(spec.to), "criteria": list(spec.criteria)}
            for key, spec in honours_of(programme).items()
        },
    }
