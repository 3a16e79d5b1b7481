"""The list of task books, one task book as a paper, its files, accepting and declining."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keti.documents.doors import paper_file
from keti.documents.rules.html import to_html
from keti.duties.models import Obligation, ObligationQuerySet
from keti.duties.permissions import visible as visible_duties
from keti.groups.doors import Door, attempt, enter, why_not
from keti.ledger.queries import told_of
from keti.lists.doors import show
from keti.monitoring.doors import raise_link
from keti.work import actions, permissions, queries
from keti.work.doors import offered, stored_file
from keti.work.enums import BOOK_WORDS, MARKS, TaskBookState
from keti.work.forms import AcceptForm, DeclineBookForm, UndoForm
from keti.work.models import TaskBook, TaskBookQuerySet
from keti.work.views.lists import BOOKS

Shown = dict[str, Any]


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Every task book this seat may read, by group and state."""
    door = enter(request, slug)
    counts = dict(door.read(("work.books-by-state",), _by_state))
    context = {
        "door": door,
        "books": show(request, door, BOOKS),
        "accepted": counts.get(TaskBookState.ACCEPTED, 0),
        "in_force": sum(
            counts.get(one, 0)
            for one in (TaskBookState.ISSUED, TaskBookState.ACCEPTED, TaskBookState.DECLINED)
        ),
        "to_issue": _to_issue(door),
    }
    return render(request, "work/taskbooks.html", context)


def _by_state(door: Door) -> QuerySet[TaskBook, tuple[str, int]]:
    mine = permissions.visible_books(door.sight, TaskBook.objects.order_by())
    return mine.values_list("state").annotate(n=Count("pk"))


def _issuing(door: Door) -> ObligationQuerySet:
    found = visible_duties(door.sight, Obligation.objects.all()).open().with_names()
    found = found.filter(form="task_book")
    return found if door.seat.can("manage") else found.filter(seat=door.seat)


def _to_issue(door: Door) -> list[Shown]:
    """Issuing duties of the acting seat that are open; all of them for the secretariat."""
    return [
        {"duty": one, "title": one.title.in_(door.lang), "group": one.group.title.in_(door.lang)}
        for one in door.read(("work.to-issue",), _issuing)
    ]


def fetch(door: Door, book_id: str) -> TaskBook:
    """The task book, if this seat may read it; 404 otherwise."""
    found = door.first(("work.book",), _seen, book_id)
    if found is None:
        raise Http404
    return found


def _seen(door: Door, book_id: str) -> TaskBookQuerySet:
    mine = permissions.visible_books(door.sight, TaskBook.objects.all()).with_names()
    return mine.filter(public_id=book_id)


def _versions(door: Door, seat: int) -> TaskBookQuerySet:
    mine = permissions.visible_books(door.sight, queries.books(door.programme))
    return mine.filter(seat=seat)


def book(request: HttpRequest, slug: str, book_id: str) -> HttpResponse:
    """One task book as a paper."""
    door = enter(request, slug)
    return render(request, "work/taskbook.html", shown(door, fetch(door, book_id)))


def shown(door: Door, one: TaskBook, **more: object) -> Shown:
    """Everything the page of one task book shows."""
    paper = queries.paper(one, door.lang)
    waits = one.state == TaskBookState.ISSUED
    may_answer, why = offered(door, lambda: permissions.may_answer(door.act(), one))
    own = one.seat_id == door.seat.pk
    return {
        "door": door,
        "book": one,
        "paper": paper,
        "body": mark_safe(to_html(paper.body)),
        "group": one.group.title.in_(door.lang),
        "who": one.seat.called.in_(door.lang),
        "mark": MARKS[one.state],
        "word": BOOK_WORDS[one.state].in_(door.lang),
        "waits": waits,
        "own": own,
        "may_answer": waits and may_answer,
        "why_not": why if waits and not may_answer else "",
        "accept": AcceptForm(door=door, principal=one.seat, prefix="a") if waits else None,
        "decline": DeclineBookForm(door=door, principal=one.seat, prefix="d") if waits else None,
        "may_revise": not why_not(door, lambda: permissions.may_revise(door.act(), one))
        or door.seat.can("manage"),
        "versions": door.read(("work.versions",), _versions, one.seat_id),
        "undo": UndoForm(prefix="u")
        if one.state == TaskBookState.ACCEPTED and one.on_behalf and door.seat.can("manage")
        else None,
        "words": {key: text.in_(door.lang) for key, text in BOOK_WORDS.items()},
        "history": _history(door, one),
        "raise_link": raise_link(door, one.subject(), one.group),
    } | more


def _history(door: Door, one: TaskBook) -> list[Shown]:
    lines = []
    for entry in told_of(door.programme, one.public_id):
        content = entry.content
        lines.append(
            {
                "at": entry.happened_at,
                "who": content["behalf"] or content["actor"],
                "text": queries.said(entry.kind, door.lang),
                "note": _note(content),
                "hash": entry.leaf_hash,
            }
        )
    return lines


def _note(content: Shown) -> str:
    tags = [_("代录：{who}").format(who=content["actor"])] if content["behalf"] else []
    tags += [_("补录")] if content["late"] else []
    tags += [str(content["facts"][key]) for key in ("reason", "why") if key in content["facts"]]
    return "；".join(tags)


@require_POST
def accept(request: HttpRequest, slug: str, book_id: str) -> HttpResponse:
    """Accept: one's own by click, a member's by the signed paper."""
    door = enter(request, slug)
    one = fetch(door, book_id)
    form = AcceptForm(request.POST, request.FILES, door=door, principal=one.seat, prefix="a")
    if not form.is_valid():
        return render(request, "work/taskbook.html", shown(door, one, accept=form), status=422)
    _, refused = attempt(lambda: actions.accept_task_book(door.act_from(form), task_book=one))
    if refused:
        context = shown(door, one, accept=form, refused=refused.sentence(door.lang))
        return render(request, "work/taskbook.html", context, status=422)
    return HttpResponseRedirect(one.path)


@require_POST
def decline(request: HttpRequest, slug: str, book_id: str) -> HttpResponse:
    """Give it back with a reason."""
    door = enter(request, slug)
    one = fetch(door, book_id)
    form = DeclineBookForm(request.POST, request.FILES, door=door, principal=one.seat, prefix="d")
    if not form.is_valid():
        return render(request, "work/taskbook.html", shown(door, one, decline=form), status=422)
    why = str(form.cleaned_data["reason"])
    _, refused = attempt(
        lambda: actions.decline_task_book(door.act_from(form), task_book=one, reason=why)
    )
    if refused:
        context = shown(door, one, decline=form, refused=refused.sentence(door.lang))
        return render(request, "work/taskbook.html", context, status=422)
    return HttpResponseRedirect(one.path)


def download(request: HttpRequest, slug: str, book_id: str, form: str) -> HttpResponse:
    """The task book as Word file or PDF."""
    door = enter(request, slug)
    return paper_file(request, queries.paper(fetch(door, book_id), door.lang), form, door.asker)


def scan(request: HttpRequest, slug: str, book_id: str) -> FileResponse:
    """The signed paper that was uploaded."""
    door = enter(request, slug)
    one = fetch(door, book_id)
    if one.scan is None:
        raise Http404
    return stored_file(one.scan)


def led(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """From a duty to where it is done: issuing, or the task book to be accepted."""
    door = enter(request, slug)
    mine = visible_duties(door.sight, Obligation.objects.select_related("group"))
    duty = mine.filter(public_id=duty_id, form__in=["task_book", "acceptance"]).first()
    if duty is None:
        raise Http404
    base = f"/p/{door.programme.slug}/taskbooks/"
    if duty.form == "task_book":
        return HttpResponseRedirect(f"{base}issue/{duty.public_id}/")
    if duty.subject_id:
        return HttpResponseRedirect(f"{base}{duty.subject_id}/")
    return HttpResponseRedirect(f"{base}?group={duty.group.public_id}")
