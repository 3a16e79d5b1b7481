"""The targets of task books are assessed; the participation records are drawn up."""

import hashlib
from collections.abc import Sequence

from django.db import transaction

from keti.honours import notices, permissions, queries
from keti.honours.enums import LineState
from keti.honours.models import Assessment, ParticipationRecord
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.texts import shortened
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.ledger.rules import canonical
from keti.programmes.models import Programme
from keti.work.models import TaskBook
from keti.work.rules import LIVE

ASSESSED = "honours.book.assessed"
DRAWN = "honours.record.drawn"
NEEDS_WHY = (LineState.PARTLY, LineState.NOT, LineState.WAIVED)
Mark = tuple[str, str]
"""What became of one target, and why or on what evidence."""


@transaction.atomic
def assess_book(act: Act, *, book: TaskBook, marks: Sequence[Mark]) -> Assessment:
    """Say of every target of a task book whether it was met, partly, not, or waived. Its holder is
    told. A book without targets is one target: what it is about.

    Refuses a book that is not the one that counts, one target left out, and anything but met
    without a word why; and everybody but the lead, the secretariat, and those of another side.

    Taken back by: assess_book (said anew; the newest counts).
    """
    hold_row(TaskBook, book.pk)
    programme = book.programme
    if entry := ledger.repeated(act, ASSESSED, programme=programme):
        return Assessment.objects.get(public_id=entry.subject_id)
    book = TaskBook.objects.with_names().get(pk=book.pk)
    permissions.may_assess(act, book).or_refuse()
    if book.state not in LIVE:
        raise Refused("honours.book-does-not-count", number=book.number)
    rows = _marked(book, marks)
    made = Assessment.objects.create(
        programme=programme,
        book=book,
        marks=rows,
        by_label=shortened((act.seat or act.by).label, 160),
        at=act.happened_at,
        recorded_at=act.recorded_at,
    )
    facts = {
        "book": book.public_id,
        "number": book.number,
        "seat": book.seat.public_id,
        "states": [one["state"] for one in rows],
        "notes": [one["note"] for one in rows],
    }
    ledger.record(act, ASSESSED, programme=programme, about=made.subject(), facts=facts)
    notices.assessed(act, made)
    return made


def _marked(book: TaskBook, marks: Sequence[Mark]) -> list[dict[str, str]]:
    targets = list(book.content["targets"]) or [book.title]
    if len(marks) != len(targets):
        raise Refused("honours.every-target", count=len(targets))
    rows = []
    for target, (state, note) in zip(targets, marks, strict=True):
        if state not in LineState.values:
            raise Refused("honours.every-target", count=len(targets))
        if state in NEEDS_WHY and not note.strip():
            raise Refused("honours.say-why", target=shortened(target, 40))
        rows.append({"target": target, "state": state, "note": note.strip()})
    return rows


@transaction.atomic
def draw_record(act: Act, *, programme: Programme) -> ParticipationRecord:
    """Draw up the participation records of everybody an honour may be given to, as everything
    stands now: the next edition. Each is told where to see the own one. Refuses a charter without
    honours, and everybody but the secretariat.

    Taken back by: draw_record (the next edition counts).
    """
    programme = hold_row(Programme, programme.pk)
    if entry := ledger.repeated(act, DRAWN, programme=programme):
        return ParticipationRecord.objects.get(public_id=entry.subject_id)
    permissions.may_draw(act, programme).or_refuse()
    if not permissions.honours_of(programme):
        raise Refused("honours.charter-has-none")
    seats = queries.seats_of(programme, act.recorded_at)
    figures = queries.told(queries.figures_of(programme, act.recorded_at))
    last = queries.newest_record(programme)
    made = ParticipationRecord.objects.create(
        programme=programme,
        number=last.number + 1 if last else 1,
        figures=figures,
        sha256=hashlib.sha256(canonical(figures).encode()).hexdigest(),
        by_label=shortened((act.seat or act.by).label, 160),
        at=act.happened_at,
        recorded_at=act.recorded_at,
    )
    facts = {"number": made.number, "figures": made.sha256}
    facts |= queries.basis(programme, act.recorded_at, seats)
    ledger.record(act, DRAWN, programme=programme, about=made.subject(), facts=facts)
    notices.drawn(act, made, seats)
    return made
