"""Task books: drafting, issuing, accepting, declining, issuing anew."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from keti.documents.models import StoredFile
from keti.duties import actions as duties
from keti.duties.actions import Debt
from keti.duties.enums import DutyState
from keti.duties.models import Obligation
from keti.groups.models import Seat
from keti.groups.notices import tell_principal
from keti.groups.permissions import terms_run_from
from keti.kernel.acts import Act, Text
from keti.kernel.refusals import Refused, both
from keti.kernel.texts import shortened
from keti.kernel.transactions import hold, hold_row
from keti.ledger import actions as ledger
from keti.work import notices, permissions, queries, rules
from keti.work.enums import TaskBookState
from keti.work.models import TaskBook
from keti.work.rules import BookContent


@transaction.atomic
def draft_task_books(
    act: Act, *, obligation: Obligation, content: BookContent | None = None
) -> list[TaskBook]:
    """Write a draft for every member seat that has no task book yet; drafts may be edited one by
    one. With `content` all drafts say it; without, new ones start from the charter.

    Refuses where nobody waits for a task book.

    Taken back by: draft_task_books (drafted anew), save_draft.
    """
    duty = _locked(obligation)
    if ledger.repeated(act, "work.taskbooks.drafted", programme=duty.programme):
        return _drafts(duty)
    permissions.may_issue(act, duty).or_refuse()
    _write_drafts(act, duty, content)
    drafts = _drafts(duty)
    ledger.record(
        act,
        "work.taskbooks.drafted",
        programme=duty.programme,
        about=duty.subject(),
        facts={"for": [book.seat.label for book in drafts]},
    )
    return drafts


def _write_drafts(act: Act, duty: Obligation, content: BookContent | None) -> None:
    waiting = queries.awaiting(duty, act.recorded_at)
    if not waiting:
        raise Refused("work.nobody-to-issue-to")
    sections = queries.sections_of(duty)
    present = {book.seat_id: book for book in _drafts(duty)}
    for seat in waiting:
        book = present.get(seat.pk)
        kept = rules.stored(content or queries.starting_content(seat, duty), sections)
        if book is None:
            TaskBook.objects.create(
                programme=duty.programme,
                group=seat.group,
                seat=seat,
                obligation=duty,
                version=1,
                content=kept,
            )
        elif content is not None:
            book.content = kept
            book.save(update_fields=["content"])
    duties.begin(duty, act.recorded_at)


def _drafts(duty: Obligation) -> list[TaskBook]:
    return list(queries.books(duty.programme).filter(obligation=duty, state=TaskBookState.DRAFT))


def _locked(obligation: Obligation) -> Obligation:
    return (
        hold(Obligation.objects.all())
        .select_related("programme", "group", "seat", "role")
        .get(pk=obligation.pk)
    )


@transaction.atomic
def save_draft(act: Act, *, task_book: TaskBook, content: BookContent) -> TaskBook:
    """Change one draft before it is issued. Refuses what is issued already.

    Taken back by: save_draft (written again until it is issued).
    """
    book = _locked_book(task_book)
    if ledger.repeated(act, "work.taskbook.drafted", programme=book.programme):
        return book
    permissions.may_revise(act, book).or_refuse()
    if book.state != TaskBookState.DRAFT:
        rules.moved(book.state, "draft")
    book.content = rules.stored(content, queries.sections_of(book.obligation))
    book.save(update_fields=["content"])
    ledger.record(
        act,
        "work.taskbook.drafted",
        programme=book.programme,
        about=book.subject(),
        facts={"content": rules.fingerprint(book.content)},
    )
    return book


@transaction.atomic
def issue_task_books(
    act: Act, *, obligation: Obligation, content: BookContent | None = None
) -> list[TaskBook]:
    """Issue the drafts to every member seat of the group (of every group, where the overall group
    owes it), drafting those that are missing. Each recipient then owes the acceptance.

    Refuses where nobody waits for one, and while one is incomplete.

    Taken back by: reissue_task_book (the next version takes its place).
    """
    accepting = queries.acceptances(obligation.programme)
    duties.hold_duties(obligation, *accepting)
    duty = _locked(obligation)
    programme = duty.programme
    if ledger.repeated(act, "work.taskbooks.issued", programme=programme):
        issued = queries.books(programme).filter(obligation=duty, replaces=None)
        return list(issued.exclude(state=TaskBookState.DRAFT))
    permissions.may_issue(act, duty).or_refuse()
    _write_drafts(act, duty, content)
    waiting = {seat.pk for seat in queries.awaiting(duty, act.recorded_at)}
    books = [book for book in _drafts(duty) if book.seat_id in waiting]
    for book in books:
        _issue(act, book)
    if duty.state != DutyState.MET:
        duties.meet(act, obligation=duty, with_=books[0].subject())
    ledger.record(
        act,
        "work.taskbooks.issued",
        programme=programme,
        about=duty.subject(),
        facts={"books": [_line(book) for book in books]},
    )
    for book in books:
        notices.issued(act, book)
    return books


def _line(book: TaskBook) -> dict[str, object]:
    return {
        "number": book.number,
        "version": book.version,
        "for": book.seat.label,
        "sha256": book.sha256,
    }


def _issue(act: Act, book: TaskBook) -> None:
    """Number, freeze and date one draft; the seat now owes its acceptance."""
    gaps = rules.missing(book.content)
    if gaps:
        words = Text("、".join(one.zh for one in gaps), ", ".join(one.en for one in gaps))
        raise Refused("work.incomplete", who=book.seat.label, gaps=words)
    programme = book.programme
    book.state = rules.moved(book.state, "issue")
    book.number = duties.number_for(programme, book.obligation, act.happened_at)
    book.sha256 = rules.fingerprint(book.content)
    book.issued_at = act.happened_at
    book.issued_by = shortened((act.on_behalf_of or act.seat or act.by).label, 120)
    charter_duty = queries.acceptance_of(programme, book.group)
    book.acceptance = duties.owe(
        programme,
        Debt(
            key=f"work.acceptance/{book.public_id}",
            kind="work.acceptance",
            form="acceptance",
            title=both("work.acceptance-title", title=book.title),
            group=book.group,
            seat=book.seat,
            due_at=rules.accept_by(
                charter_duty.due_instant if charter_duty else None, terms_run_from(act, programme)
            ),
            subject_id=book.public_id,
            escalate=tuple((after, role) for after, role in charter_duty.escalate)
            if charter_duty
            else (),
        ),
    )
    if charter_duty:
        duties.each_owes_own(charter_duty, act.recorded_at)
    book.save()


def _locked_book(book: TaskBook) -> TaskBook:
    hold_row(TaskBook, book.pk)
    return TaskBook.objects.with_names().get(pk=book.pk)


@transaction.atomic
def accept_task_book(act: Act, *, task_book: TaskBook, scan: StoredFile | None = None) -> TaskBook:
    """The member accepts, by click, or by the sealed paper that the secretariat records for them:
    it counts from when it was signed. When the group's last one is accepted, the charter's
    acceptance duty is met.

    Refuses everybody else, a second acceptance, and recording for somebody without the paper.

    Taken back by: void_acceptance (where it was recorded for the wrong seat), reissue_task_book.
    """
    book = _locked_book(task_book)
    duties.hold_duties(book.acceptance, *queries.acceptances(book.programme, book.group))
    if ledger.repeated(act, "work.taskbook.accepted", programme=book.programme):
        return book
    if scan is not None and act.evidence is None:
        act = replace(act, evidence=scan)
    permissions.may_answer(act, book).or_refuse()
    book.state = rules.moved(book.state, "accept")
    if scan is None and isinstance(act.evidence, StoredFile):
        scan = act.evidence
    book.scan = scan
    _answered(act, book)
    book.save()
    if book.acceptance and book.acceptance.state != DutyState.CANCELLED:
        duties.meet(act, obligation=book.acceptance, with_=book.subject())
    _meet_the_charter(act, book)
    ledger.record(
        act,
        "work.taskbook.accepted",
        programme=book.programme,
        about=book.subject(),
        facts=_line(book) | {"scan": scan.sha256 if scan else ""},
    )
    return book


def _answered(act: Act, book: TaskBook) -> None:
    book.answered_at = act.happened_at
    book.recorded_at = act.recorded_at
    book.recorded_late = act.recorded_late
    book.on_behalf = act.on_behalf_of is not None
    book.answered_by = shortened(act.by.label, 120)


def _meet_the_charter(act: Act, book: TaskBook) -> None:
    """All live task books accepted, but for those of seats that have ended: the charter's duty is
    met as of the last one."""
    duty = queries.acceptance_of(book.programme, book.group)
    if duty is None or duty.state in (DutyState.MET, DutyState.WAIVED, DutyState.CANCELLED):
        return
    asked = Q(seat__ends_at=None) | Q(state=TaskBookState.ACCEPTED)
    books = TaskBook.objects.filter(asked, group=book.group).live()
    live = list(books.select_related("acceptance"))
    if any(one.state != TaskBookState.ACCEPTED for one in live):
        return
    last = max(at for one in live if (at := _counts_from(one)))
    of_the_group = replace(act, on_behalf_of=None, happened=last)
    duties.meet(of_the_group, obligation=duty, with_=book.subject(), at=last)
    notices.all_accepted(act, book.group, len(live))


def _counts_from(book: TaskBook) -> datetime | None:
    """What its member's own duty counts from: not a moment that they only claim."""
    met = book.acceptance.met_at if book.acceptance else None
    return met or book.answered_at


@transaction.atomic
def decline_task_book(act: Act, *, task_book: TaskBook, reason: str) -> TaskBook:
    """The member gives the task book back with a reason; the lead revises it. Refuses no reason.

    Taken back by: reissue_task_book (revised and issued again).
    """
    book = _locked_book(task_book)
    if ledger.repeated(act, "work.taskbook.declined", programme=book.programme):
        return book
    permissions.may_answer(act, book).or_refuse()
    if not reason.strip():
        raise Refused("work.give-a-reason")
    book.state = rules.moved(book.state, "decline")
    book.reason = reason.strip()
    _answered(act, book)
    book.save()
    duties.cancel_of_subject(book.programme, book.public_id)
    if act.on_behalf_of is not None:
        tell_principal(act, book.seat, book.subject(), Text(book.label, book.label))
    ledger.record(
        act,
        "work.taskbook.declined",
        programme=book.programme,
        about=book.subject(),
        facts=_line(book) | {"reason": book.reason},
    )
    notices.declined(act, book)
    return book


@transaction.atomic
def reissue_task_book(act: Act, *, task_book: TaskBook, content: BookContent, why: str) -> TaskBook:
    """Issue the next version to the same seat; the one before is superseded and its open
    acceptance ends. Refuses an unchanged content, no reason, and what is not in force.

    Taken back by: reissue_task_book (the next version takes its place).
    """
    book = _locked_book(task_book)
    duties.hold_duties(book.acceptance, *queries.acceptances(book.programme, book.group))
    if entry := ledger.repeated(act, "work.taskbook.reissued", programme=book.programme):
        return TaskBook.objects.with_names().get(public_id=entry.subject_id)
    permissions.may_revise(act, book).or_refuse()
    if not why.strip():
        raise Refused("work.give-a-reason")
    kept = rules.stored(content, queries.sections_of(book.obligation))
    before: Mapping[str, object] = book.content
    if not rules.changes(before, kept):
        raise Refused("work.nothing-changed")
    book.state = rules.moved(book.state, "supersede")
    book.save(update_fields=["state"])
    duties.cancel_of_subject(book.programme, book.public_id)
    fresh = _next_version(book, kept, why)
    _issue(act, fresh)
    ledger.record(
        act,
        "work.taskbook.reissued",
        programme=book.programme,
        about=fresh.subject(),
        facts=_line(fresh) | {"replaces": book.number, "why": fresh.why},
    )
    notices.issued(act, fresh)
    return fresh


def _next_version(book: TaskBook, kept: dict[str, object], why: str) -> TaskBook:
    seat: Seat = book.seat
    return TaskBook.objects.create(
        programme=book.programme,
        group=book.group,
        seat=seat,
        obligation=book.obligation,
        version=book.version + 1,
        replaces=book,
        content=kept,
        why=why.strip(),
    )
