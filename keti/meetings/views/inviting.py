"""Who is invited beside those whose meeting it is; the invitation is read before it goes."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from keti.groups.doors import Door, KeyForm, attempt, enter, why_not
from keti.groups.models import Seat
from keti.groups.queries import people
from keti.kernel.drawing import Choices
from keti.meetings import actions, notices, permissions, queries
from keti.meetings.enums import MeetingState
from keti.meetings.forms import BesideForm, Others, choices_of
from keti.meetings.models import Guest, Meeting
from keti.meetings.views.meeting import Shown, fetch


def looks(request: HttpRequest) -> bool:
    """Is the form only sent to read the invitation, by its button or while it is filled in?"""
    return "HX-Request" in request.headers or request.POST.get("step") == "look"


def looked(
    request: HttpRequest, door: Door, context: Shown, form: BesideForm, planned: Meeting | None
) -> HttpResponse:
    """The invitation as it would go, and to whom; while something is missing, that it is. By the
    button on the whole page, while the form is filled in alone."""
    context = context | {"form": form}
    if planned is not None:
        context |= preview(door, planned)
        beside = form.beside()
        context["more"] = [one.called.in_(door.lang) for one in beside.seats]
        context["guests"] = beside.guests
        context["told"] = len(people([*context["invited"], *beside.seats])) + len(beside.guests)
    part = "HX-Request" in request.headers
    whole = "meetings/plan.html"
    return render(request, "meetings/invitation.html" if part else whole, context)


def preview(door: Door, meeting: Meeting) -> Shown:
    """The words of the invitation, to seats and to guests."""
    words = notices.invitation(door.act(), meeting)
    return {
        "subject": words.subject.in_(door.lang),
        "body": words.body.in_(door.lang),
        "guest_body": words.guest.in_(queries.language(door.programme)),
    }


def invite(request: HttpRequest, slug: str, meeting_id: str) -> HttpResponse:
    """Invite further people to a meeting that is arranged."""
    door = enter(request, slug)
    meeting = fetch(door, meeting_id)
    beside, offered = door.unchanged(
        ("meetings.parted", meeting.pk), lambda: _parted(door, meeting), names=True
    )
    others = Others(*offered, lambda: queries.parted(meeting, door.now)[1])
    form = BesideForm(request.POST or None, request.FILES or None, door=door, others=others)
    if request.method == "POST" and form.is_valid():
        _, refused = attempt(
            lambda: actions.invite_beside(
                door.act_from(form), meeting=meeting, beside=form.beside()
            ),
            form,
        )
        if refused is None:
            return HttpResponseRedirect(meeting.path)
        return _page(request, door, meeting, form, beside, refused.sentence(door.lang))
    return _page(request, door, meeting, form, beside)


def _parted(door: Door, meeting: Meeting) -> tuple[list[Seat], tuple[Choices, Choices]]:
    """Who is invited beside its own; and who can be yet, as a form offers them."""
    beside, new = queries.parted(meeting, door.now)
    return beside, choices_of(new, door.lang)


def _page(
    request: HttpRequest,
    door: Door,
    meeting: Meeting,
    form: BesideForm,
    beside: list[Seat],
    refused: str = "",
) -> HttpResponse:
    why = why_not(door, lambda: permissions.may_arrange(door.act(), meeting.group, meeting.chair))
    planned = meeting.state == MeetingState.PLANNED
    context: Shown = {
        "door": door,
        "meeting": meeting,
        "title": meeting.title.in_(door.lang),
        "form": form,
        "refused": refused,
        "why": why,
        "may": not why and planned,
        "beside": beside,
        "guests": queries.guests_of(meeting),
        "narrow": KeyForm(),
    }
    if context["may"]:
        context |= preview(door, meeting)
    status = 200 if request.method == "GET" else 422
    return render(request, "meetings/invite.html", context, status=status)


@require_POST
def uninvite(request: HttpRequest, slug: str, meeting_id: str, whom: str) -> HttpResponse:
    """Take one invitation back."""
    door = enter(request, slug)
    meeting = fetch(door, meeting_id)
    key = KeyForm(request.POST)
    beside, new = queries.parted(meeting, door.now)
    seats = [one for one in beside if one.public_id == whom]
    found: Any = next(iter(seats), None) or _guest(meeting, whom)
    if found is None or not key.is_valid():
        raise Http404
    act = door.act(str(key.cleaned_data["key"]))
    _, refused = attempt(lambda: actions.uninvite(act, meeting=meeting, whom=found))
    if refused:
        form = BesideForm(door=door, others=Others.of(new, door.lang))
        return _page(request, door, meeting, form, beside, refused.sentence(door.lang))
    return HttpResponseRedirect(meeting.path)


def _guest(meeting: Meeting, whom: str) -> Guest | None:
    return meeting.guests.filter(public_id=whom).first()
