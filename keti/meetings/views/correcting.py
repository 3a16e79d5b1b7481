"""Correcting who came to a meeting whose minutes are confirmed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keti.groups.doors import attempt, enter
from keti.groups.models import Seat
from keti.meetings import actions
from keti.meetings.forms import AttendanceForm
from keti.meetings.views.meeting import fetch
from keti.meetings.views.minutes import shown


@require_POST
def attendance(request: HttpRequest, slug: str, meeting_id: str) -> HttpResponse:
    """Note how a seat really attended."""
    door = enter(request, slug)
    one = fetch(door, meeting_id)
    form, refused = AttendanceForm(request.POST, meeting=one, lang=door.lang, prefix="c"), None
    if form.is_valid():
        given = form.cleaned_data
        seat = Seat.objects.with_names().filter(public_id=given["seat"]).first()
        if seat is None:
            raise Http404
        _done, refused = attempt(
            lambda: actions.correct_attendance(
                door.act(given["key"]),
                meeting=one,
                seat=seat,
                kind=given["kind"],
                reason=given["reason"],
            )
        )
        if refused is None:
            messages.success(request, _("出席已更正，附记在纪要之后。"))
            return HttpResponseRedirect(one.path)
    why = refused.sentence(door.lang) if refused else ""
    context = shown(door, one, correcting=form, refused=why)
    return render(request, "meetings/meeting.html", context, status=422)
