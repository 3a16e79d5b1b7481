"""A report handed in by mistake is taken back."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from keti.groups.doors import attempt, why_not
from keti.reports import actions, permissions
from keti.reports.forms import TakeBackForm
from keti.reports.views.doors import report_door
from keti.work.enums import TaskState
from keti.work.queries import tasks_of


def take_back(request: HttpRequest, slug: str, report_id: str) -> HttpResponse:
    """What taking back does, why, and the button."""
    door, found = report_door(request, slug, report_id)
    if not found.latest:
        raise Http404
    form = TakeBackForm(request.POST or None)
    refused = None
    if request.method == "POST" and form.is_valid():
        act, reason = door.act(form.cleaned_data["key"]), form.cleaned_data["reason"]
        done, refused = attempt(
            lambda: actions.take_back_report(act, report=found, reason=reason), form
        )
        if done is not None:
            return HttpResponseRedirect(found.path)
    context = {
        "door": door,
        "report": found,
        "title": found.title.in_(door.lang),
        "form": form,
        "refusal": refused.sentence(door.lang) if refused and not form.errors else "",
        "whynot": why_not(door, lambda: permissions.may_take_back(door.act(), found)),
        "number": found.latest,
        "planned": tasks_of(found.programme, found.subject()).filter(state=TaskState.OPEN),
    }
    wrong = refused is not None or bool(form.is_bound and form.errors)
    return render(request, "reports/take_back.html", context, status=422 if wrong else 200)
