"""Reads over task books and tasks."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from keti.charter.queries import compiled
from keti.documents.rules.paper import Paper, printed_day, tongue
from keti.documents.rules.written import MARKED, Body, Head, Piece, Points, Written, form_of
from keti.duties.enums import Nature
from keti.duties.models import Obligation, ObligationQuerySet
from keti.duties.notices import deadline
from keti.duties.queries import of_programme
from keti.groups.models import Group, Seat
from keti.groups.queries import labels_on_paper, standing
from keti.kernel.acts import Subject, Text
from keti.kernel.refusals import sentence
from keti.programmes.models import Programme
from keti.work import rules
from keti.work.enums import TaskBookState, TaskState
from keti.work.models import Task, TaskBook, TaskBookQuerySet, TaskQuerySet
from keti.work.rules import (
    START_SEPARATOR,
    START_TARGET,
    START_TITLE,
    USUAL_SECTIONS,
    USUAL_TEXTS,
    BookContent,
)


def books(programme: Programme) -> TaskBookQuerySet:
    """All task books of the programme, named, in protocol order."""
    return TaskBook.objects.filter(programme=programme).with_names()


def book_of(seat: Seat) -> TaskBook | None:
    """The task book that counts for this seat now, or None."""
    return TaskBook.objects.filter(seat=seat).live().with_names().first()


def draft_of(seat: Seat) -> TaskBook | None:
    return TaskBook.objects.filter(seat=seat, state=TaskBookState.DRAFT).with_names().first()


def tasks(programme: Programme) -> TaskQuerySet:
    """All tasks of the programme, named, by due instant."""
    return Task.objects.filter(programme=programme).with_names()


def open_tasks(programme: Programme, group: Group | None = None) -> TaskQuerySet:
    """Tasks still open, of one group where it is given."""
    found = tasks(programme).filter(state=TaskState.OPEN)
    return found if group is None else found.filter(group=group)


def tasks_of(programme: Programme, source: Subject) -> TaskQuerySet:
    """Tasks that came from one thing: a report's plan, the minutes of a meeting."""
    return tasks(programme).of_source(source)


def agreed_in(programme: Programme, meeting: Subject) -> TaskQuerySet:
    """What the minutes of a meeting name (待办事项), named, in their order."""
    return tasks(programme).in_minutes(meeting)


def sections_of(obligation: Obligation | None) -> tuple[tuple[str, Text], ...]:
    """The sections and boxes of a task book: the charter's, or the usual ones."""
    if obligation is None or not obligation.from_charter:
        return USUAL_SECTIONS
    return rules.parts_of(compiled(obligation.programme).work(obligation.kind))


def acceptance_of(programme: Programme, group: Group) -> Obligation | None:
    """The charter's own acceptance obligation of the group, or None."""
    return acceptances(programme, group).first()


def acceptances(programme: Programme, group: Group | None = None) -> ObligationQuerySet:
    """The charter's own acceptance obligations, of every group or of one."""
    found = of_programme(programme).filter(form="acceptance", nature=Nature.CHARTER)
    return found if group is None else found.filter(group=group)


def groups_under(obligation: Obligation) -> list[Group]:
    """The groups an issuing covers: its own; for the overall group's also all those of the
    programme that the charter gives no issuing of their own."""
    found = Group.objects.select_related("programme").filter(programme=obligation.programme_id)
    if obligation.group.parent_id is not None:
        return list(found.filter(pk=obligation.group_id))
    own = of_programme(obligation.programme).filter(form="task_book", nature=Nature.CHARTER)
    return list(found.exclude(pk__in=own.exclude(group=obligation.group_id).values("group")))


def recipients(obligation: Obligation, at: datetime) -> list[Seat]:
    """Seats that get a task book: in each group the role that accepts by the charter,
    or everybody who contributes without leading."""
    programme = obligation.programme
    accepts = {
        one.group_id: one.role_id
        for one in of_programme(programme).filter(form="acceptance", nature=Nature.CHARTER)
    }
    covered = {group.pk for group in groups_under(obligation)}
    return [
        seat
        for seat in standing(programme, at)
        if seat.group_id in covered and _takes_one(seat, accepts.get(seat.group_id))
    ]


def _takes_one(seat: Seat, role_id: int | None) -> bool:
    if role_id is not None:
        return seat.role_id == role_id
    return seat.can("contribute") and not seat.can("lead")


def awaiting(obligation: Obligation, at: datetime) -> list[Seat]:
    """Recipients who hold no issued task book yet."""
    served = set(
        TaskBook.objects.filter(programme=obligation.programme_id)
        .live()
        .values_list("seat_id", flat=True)
    )
    return [seat for seat in recipients(obligation, at) if seat.pk not in served]


def starting_content(seat: Seat, obligation: Obligation) -> BookContent:
    """Where a draft starts: the group's question, and what the charter asks the group to hand in.

    In the charter's first language; a section the charter names starts from its hint.
    """
    group, programme = seat.group, seat.programme
    charter = compiled(programme)
    lang = charter.langs[0].lower() if charter.langs else "zh"
    promised: dict[str, list[str]] = {}
    for duty in of_programme(programme).filter(form="report", nature=Nature.CHARTER, group=group):
        due = deadline(programme, duty.due_at).in_(lang)
        promised.setdefault(duty.title.in_(lang), []).append(due)
    texts = {
        key: text.in_(lang).format(group=group.title.in_(lang)) for key, text in USUAL_TEXTS.items()
    }
    if obligation.from_charter:
        work = charter.work(obligation.kind)
        texts |= {one.key: one.hint.in_(lang) for one in work.sections}
        texts |= {one.key: one.hint.in_(lang) for one in work.fields}
    return BookContent(
        title=START_TITLE.in_(lang).format(group=group.title.in_(lang)),
        texts=texts,
        targets=[
            START_TARGET.in_(lang).format(title=title, dates=START_SEPARATOR.in_(lang).join(dates))
            for title, dates in promised.items()
        ],
    )


def paper(book: TaskBook, lang: str) -> Paper:
    """The task book as a paper for print, Word and PDF."""
    programme = book.programme
    seat = book.seat
    facts = [
        (_said("work.paper-for", lang), seat.called.in_(lang)),
        (_said("work.paper-group", lang), book.group.title.in_(lang)),
        (_said("work.paper-version", lang), str(book.version)),
    ]
    if book.acceptance is not None:
        due = deadline(programme, book.acceptance.due_instant).in_(lang)
        facts.append((_said("work.paper-accept-by", lang), due))
    issued, said = book.issued_at, labels_on_paper(programme, lang)
    return Paper(
        kind="task_book",
        title=book.title,
        lang=tongue(lang),
        subtitle=programme.title.in_(lang),
        number=book.number,
        date=printed_day(programme.local(issued).date(), lang) if issued else "",
        day=programme.local(issued).date() if issued else None,
        issuer=programme.title.in_(lang),
        parties=(
            sentence("work.paper-issuer", {"who": said(book.issued_by)}, lang),
            sentence("work.paper-member", {"who": seat.holder.called}, lang),
        ),
        facts=tuple(facts),
        body=body_of(book.content, lang),
        version=book.sha256[:12],
        demo=programme.is_demo,
    )


def body_of(content: Mapping[str, Any], lang: str) -> Body:
    """The text of a task book: its sections, then the targets as a numbered list."""
    parts: list[Piece] = []
    for one in content["sections"]:
        title = Text(one["title_zh"], one["title_en"]).in_(lang)
        parts += [Head(title), Written(one["text"], form_of(one))]
    if content["targets"]:
        targets = Points(tuple(content["targets"]), numbered=True)
        parts += [Head(_said("work.paper-targets", lang)), targets]
    return tuple(parts)


def said(kind: str, lang: str) -> str:
    """What a ledger line says was done."""
    try:
        return sentence(kind, {}, lang)
    except (KeyError, ModuleNotFoundError):
        return kind


def _said(code: str, lang: str) -> str:
    return sentence(code, {}, lang)


def old_texts() -> Iterator[str]:
    """What stands in task books in the old dialect (`md/1`)."""
    for content in TaskBook.objects.values_list("content", flat=True).iterator():
        rows = content.get("sections", ())
        yield from (str(one["text"]) for one in rows if form_of(one) == MARKED)
