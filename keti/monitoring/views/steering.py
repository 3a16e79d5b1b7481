"""Getting a finding answered: given to another seat, followed."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from keti.groups.doors import Door, KeyForm, attempt, enter
from keti.groups.queries import seat_by_id
from keti.monitoring import actions
from keti.monitoring.forms import AssignForm
from keti.monitoring.models import Finding
from keti.monitoring.views.findings import choices, fetch, shown


@require_POST
def assign(request: HttpRequest, slug: str, finding_id: str) -> HttpResponse:
    """Let another seat of the accountable group answer."""
    door = enter(request, slug)
    one = fetch(door, finding_id)
    form = AssignForm(request.POST, among=choices(door, one), prefix="s")

    def do() -> Finding:
        said = form.cleaned_data
        seat = seat_by_id(door.programme, str(said["seat"]))
        if seat is None:
            raise Http404
        act = door.act(str(said["key"]))
        return actions.assign_finding(act, finding=one, seat=seat, reason=str(said["reason"]))

    return _tried(door, one, form, do, "assign")


@require_POST
def join(request: HttpRequest, slug: str, finding_id: str) -> HttpResponse:
    """Be told of every further step."""
    return _followed(request, slug, finding_id, actions.join_finding)


@require_POST
def leave(request: HttpRequest, slug: str, finding_id: str) -> HttpResponse:
    """Be told no longer."""
    return _followed(request, slug, finding_id, actions.leave_finding)


def _followed(
    request: HttpRequest, slug: str, finding_id: str, do: Callable[..., Finding]
) -> HttpResponse:
    door = enter(request, slug)
    one = fetch(door, finding_id)
    form = KeyForm(request.POST)

    def go() -> Finding:
        return do(door.act(str(form.cleaned_data["key"])), finding=one)

    return _tried(door, one, form, go, "follow")


def _tried(
    door: Door, one: Finding, form: KeyForm, do: Callable[[], Finding], name: str
) -> HttpResponse:
    """Do it and go back to the page; else the page with what was typed and why it was not done."""
    why = ""
    if form.is_valid():
        made, refused = attempt(do)
        if made is not None:
            return HttpResponseRedirect(one.path)
        why = refused.sentence(door.lang) if refused else ""
    context = shown(door, one, **{name: form}, refused=why)
    return render(door.request, "monitoring/finding.html", context, status=422)
