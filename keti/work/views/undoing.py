"""Opening a task again, voiding an acceptance that was recorded by mistake."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keti.groups.doors import attempt, enter
from keti.work import actions
from keti.work.forms import UndoForm
from keti.work.views import books, tasks


@require_POST
def reopen(request: HttpRequest, slug: str, task_id: str) -> HttpResponse:
    """Open a task again."""
    door = enter(request, slug)
    one = tasks.fetch(door, task_id)
    form, refused = UndoForm(request.POST, prefix="u"), None
    if form.is_valid():
        act, reason = door.act(form.cleaned_data["key"]), form.cleaned_data["reason"]
        _done, refused = attempt(lambda: actions.reopen_task(act, task=one, reason=reason))
        if refused is None:
            messages.success(request, _("任务已重新打开。"))
            return HttpResponseRedirect(one.path)
    why = refused.sentence(door.lang) if refused else ""
    context = tasks.shown(door, one, undo=form, refused=why)
    return render(request, "work/task.html", context, status=422)


@require_POST
def void(request: HttpRequest, slug: str, book_id: str) -> HttpResponse:
    """Void an acceptance that was recorded for the wrong seat."""
    door = enter(request, slug)
    one = books.fetch(door, book_id)
    form, refused = UndoForm(request.POST, prefix="u"), None
    if form.is_valid():
        act, reason = door.act(form.cleaned_data["key"]), form.cleaned_data["reason"]
        _done, refused = attempt(lambda: actions.void_acceptance(act, task_book=one, reason=reason))
        if refused is None:
            messages.success(request, _("签收记录已撤销。"))
            return HttpResponseRedirect(one.path)
    why = refused.sentence(door.lang) if refused else ""
    context = books.shown(door, one, undo=form, refused=why)
    return render(request, "work/taskbook.html", context, status=422)
