"""Drafting, previewing and issuing task books, and issuing the next version of one."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from keti.duties.models import Obligation
from keti.duties.permissions import visible as visible_duties
from keti.groups.doors import ActForm, Door, attempt, enter
from keti.groups.models import Seat
from keti.work import actions, permissions, queries, rules
from keti.work.doors import offered
from keti.work.enums import TaskBookState
from keti.work.forms import ContentForm, ReviseForm, initial_of
from keti.work.models import TaskBook
from keti.work.views.books import Shown, fetch


def _duty(door: Door, duty_id: str) -> Obligation:
    mine = visible_duties(door.sight, Obligation.objects.all()).with_names()
    duty = mine.filter(public_id=duty_id, form="task_book").first()
    if duty is None:
        raise Http404
    return duty


def _frame(door: Door, duty: Obligation) -> Shown:
    may, why = offered(door, lambda: permissions.may_issue(door.act(), duty))
    return {
        "door": door,
        "duty": duty,
        "title": duty.title.in_(door.lang),
        "group": duty.group.title.in_(door.lang),
        "may": may,
        "why": why if not may else "",
        "waiting": queries.awaiting(duty, door.now),
    }


def prepare(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """Write what all task books of this issuing say, before they become drafts."""
    door = enter(request, slug)
    duty = _duty(door, duty_id)
    context = _frame(door, duty)
    sections = queries.sections_of(duty)
    if request.method == "POST":
        form = ContentForm(request.POST, request.FILES, door=door, sections=sections)
        if not form.is_valid():
            return render(request, "work/prepare.html", context | {"form": form}, status=422)
        _, refused = attempt(
            lambda: actions.draft_task_books(
                door.act_from(form), obligation=duty, content=form.content()
            )
        )
        if refused is None:
            return HttpResponseRedirect(f"{request.path}preview/")
        context |= {"form": form, "refused": refused.sentence(door.lang)}
        return render(request, "work/prepare.html", context, status=422)
    start = _start(door, duty, context["waiting"])
    initial = initial_of(start) | {"on_behalf_of": duty.seat.public_id if duty.seat else ""}
    form = ContentForm(door=door, sections=sections, initial=initial)
    return render(request, "work/prepare.html", context | {"form": form})


def _start(door: Door, duty: Obligation, waiting: list[Seat]) -> Shown:
    """What the form begins with: the group's own words only for who may read them; whoever may
    merely record for the holder begins with an empty one."""
    sections = queries.sections_of(duty)
    if not waiting or not door.sight.reads(duty.group_id):
        return rules.stored(rules.BookContent(), sections)
    draft = queries.draft_of(waiting[0])
    if draft is not None:
        return dict(draft.content)
    return rules.stored(queries.starting_content(waiting[0], duty), sections)


def preview(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """What exactly will be issued to whom, with a count; the button issues it."""
    door = enter(request, slug)
    duty = _duty(door, duty_id)
    context = _frame(door, duty)
    initial = {"on_behalf_of": duty.seat.public_id if duty.seat else ""}
    form = ActForm(door=door, initial=initial)
    status = 200
    if request.method == "POST":
        form = ActForm(request.POST, request.FILES, door=door)
        if form.is_valid():
            _done, refused = attempt(
                lambda: actions.issue_task_books(door.act_from(form), obligation=duty)
            )
            if refused is None:
                tail = f"?group={duty.group.public_id}" if duty.group.parent_id else ""
                return HttpResponseRedirect(f"/p/{slug}/taskbooks/{tail}")
            context["refused"] = refused.sentence(door.lang)
        status = 422
    drafts = queries.books(door.programme).filter(obligation=duty, state=TaskBookState.DRAFT)
    acceptance = queries.acceptance_of(door.programme, duty.group)
    context |= {
        "form": form,
        "acting_only": not (door.seat.can("manage") or door.seat.organisation_id),
        "drafts": [
            {
                "book": one,
                "who": one.seat.called.in_(door.lang),
                "group": one.group.title.in_(door.lang),
                "gaps": _("、").join(gap.in_(door.lang) for gap in rules.missing(one.content)),
                "targets": len(one.content["targets"]),
            }
            for one in permissions.visible_books(door.sight, drafts)
        ],
        "accept_by": rules.accept_by(acceptance.due_instant if acceptance else None, door.now),
    }
    return render(request, "work/preview.html", context, status=status)


def edit(request: HttpRequest, slug: str, book_id: str) -> HttpResponse:
    """Change one draft."""
    door = enter(request, slug)
    book = fetch(door, book_id)
    if book.state != TaskBookState.DRAFT:
        return HttpResponseRedirect(book.path)
    sections = queries.sections_of(book.obligation)
    context: Shown = {"door": door, "book": book, "who": book.seat.called.in_(door.lang)}
    lead = book.obligation.seat if book.obligation else None
    behalf = lead.public_id if lead else ""
    form = ContentForm(
        door=door, sections=sections, initial=initial_of(book.content) | {"on_behalf_of": behalf}
    )
    if request.method == "POST":
        form = ContentForm(request.POST, request.FILES, door=door, sections=sections)
        if form.is_valid():
            _, refused = attempt(
                lambda: actions.save_draft(
                    door.act_from(form), task_book=book, content=form.content()
                )
            )
            if refused is None:
                return HttpResponseRedirect(_after_edit(book))
            context["refused"] = refused.sentence(door.lang)
    status = 422 if request.method == "POST" else 200
    return render(request, "work/edit.html", context | {"form": form}, status=status)


def _after_edit(book: TaskBook) -> str:
    if book.obligation is None:
        return book.path
    return f"/p/{book.programme.slug}/taskbooks/issue/{book.obligation.public_id}/preview/"


def revise(request: HttpRequest, slug: str, book_id: str) -> HttpResponse:
    """Write the next version, see before and after, then issue it."""
    door = enter(request, slug)
    book = fetch(door, book_id)
    if book.state in (TaskBookState.DRAFT, TaskBookState.SUPERSEDED):
        return HttpResponseRedirect(book.path)
    sections = queries.sections_of(book.obligation)
    may, why = offered(door, lambda: permissions.may_revise(door.act(), book))
    context: Shown = {
        "door": door,
        "book": book,
        "who": book.seat.called.in_(door.lang),
        "may": may,
        "why": "" if may else why,
        "next": book.version + 1,
    }
    if request.method != "POST":
        lead = book.obligation.seat if book.obligation else None
        initial = initial_of(book.content) | {"on_behalf_of": lead.public_id if lead else ""}
        form = ReviseForm(door=door, sections=sections, initial=initial)
        return render(request, "work/revise.html", context | {"form": form})
    form = ReviseForm(request.POST, request.FILES, door=door, sections=sections)
    context["form"] = form
    if not form.is_valid():
        return render(request, "work/revise.html", context, status=422)
    if "confirm" in request.POST:
        fresh, refused = attempt(
            lambda: actions.reissue_task_book(
                door.act_from(form),
                task_book=book,
                content=form.content(),
                why=str(form.cleaned_data["why"]),
            )
        )
        if fresh is not None:
            return HttpResponseRedirect(fresh.path)
        context["refused"] = refused.sentence(door.lang) if refused else ""
        return render(request, "work/revise.html", context, status=422)
    after = rules.stored(form.content(), sections)
    context["changes"] = [
        {"label": one.label.in_(door.lang), "before": one.before, "after": one.after}
        for one in rules.changes(book.content, after)
    ]
    context["compared"] = True
    return render(request, "work/revise.html", context)
