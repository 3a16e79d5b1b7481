"""Planning, calling, moving, cancelling; the calendar file."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from keti.duties.models import Obligation
from keti.duties.permissions import visible as visible_duties
from keti.groups.doors import Door, KeyForm, attempt, enter, why_not
from keti.groups.models import Group, Seat
from keti.groups.permissions import visible_groups
from keti.kernel.acts import Text
from keti.kernel.addresses import absolute
from keti.kernel.refusals import sentence
from keti.meetings import actions, notices, permissions, queries, rules
from keti.meetings.actions import How, MeetingPlan
from keti.meetings.enums import MODE_WORDS, MeetingState
from keti.meetings.forms import LOCAL, MoveForm, Others, PlanForm, WhyForm, choices_of
from keti.meetings.models import Meeting
from keti.meetings.views.inviting import looked, looks
from keti.meetings.views.meeting import Shown, fetch
from keti.work.doors import offered


def led(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """From a duty to where it is done: arranging, or the meeting."""
    door = enter(request, slug)
    duty = _duty(door, duty_id)
    standing = queries.meeting_of(duty)
    if standing is not None:
        return HttpResponseRedirect(standing.path)
    return HttpResponseRedirect(reverse("meetings:plan", args=[slug, duty.public_id]))


def _duty(door: Door, duty_id: str) -> Obligation:
    mine = visible_duties(door.sight, Obligation.objects.all()).with_names()
    duty = mine.filter(public_id=duty_id, form="meeting").first()
    if duty is None:
        raise Http404
    return duty


def plan(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """Arrange the meeting of one duty."""
    door = enter(request, slug)
    duty = _duty(door, duty_id)
    standing = queries.meeting_of(duty)
    if standing is not None and request.method != "POST":
        return HttpResponseRedirect(standing.path)
    may, why = offered(door, lambda: permissions.may_arrange(door.act(), duty.group, duty.seat))
    context: Shown = {
        "door": door,
        "duty": duty,
        "title": duty.title.in_(door.lang),
        "group": duty.group.title.in_(door.lang),
        "may": may,
        "why": "" if may else why,
        "invited": _invited(door, duty.group, duty),
        "hold_before": notices.hold_before(duty, door.lang),
    }
    others = _others(door, duty.group, duty)
    if request.method != "POST":
        usual = door.programme.local(duty.due_instant) - timedelta(hours=10)
        first = _initial(door, duty.group, usual)
        form = PlanForm(door=door, others=others, named=True, initial=first)
        return render(request, "meetings/plan.html", context | {"form": form})
    form = PlanForm(request.POST, request.FILES, door=door, others=others, named=True)
    wanted = _typed(form) if form.is_valid() else None
    if may and looks(request):
        shown = _as_planned(duty.group, duty.title, wanted) if wanted else None
        return looked(request, door, context, form, shown)
    if wanted:
        meeting, refused = attempt(
            lambda: actions.plan_meeting(
                door.act_from(form),
                obligation=duty,
                starts_at=wanted.starts_at,
                place=wanted.place,
                agenda=wanted.agenda,
                how=How(wanted.mode, wanted.beside),
            ),
            form,
        )
        if meeting is not None:
            return HttpResponseRedirect(meeting.path)
        context["refused"] = refused.sentence(door.lang) if refused else ""
    return render(request, "meetings/plan.html", context | {"form": form}, status=422)


def _invited(door: Door, group: Group, duty: Obligation | None = None) -> list[Seat]:
    """Whom the meeting invites of itself, as the page names them."""
    return door.unchanged(
        ("meetings.invited", group.pk, duty.kind if duty else ""),
        lambda: queries.to_invite(group, door.now, duty),
        names=True,
    )


def _others(door: Door, group: Group, duty: Obligation | None = None) -> Others:
    """Whom it may invite beside them."""

    def read() -> list[Seat]:
        return queries.others(group, door.now, duty)

    offered = door.unchanged(
        ("meetings.others", group.pk, duty.kind if duty else ""),
        lambda: choices_of(read(), door.lang),
        names=True,
    )
    return Others(*offered, read)


def _initial(door: Door, group: Group, starts: Any) -> Shown:
    """The usual start, and an agenda out of the group's open points for who may read those."""
    agenda: Iterable[str] = ()
    if door.sight.reads(group.pk):
        agenda = door.unchanged(
            ("meetings.agenda", group.pk),
            lambda: queries.starting_agenda(group, door.now),
            names=True,
        )
    return {"starts_at": starts.strftime(LOCAL) if starts else "", "agenda": "\n".join(agenda)}


def _typed(form: PlanForm) -> MeetingPlan:
    facts = form.cleaned_data
    return MeetingPlan(
        form.instant("starts_at"),
        facts["place"],
        form.lines(),
        facts["mode"],
        facts.get("title", ""),
        form.beside(),
    )


def _as_planned(group: Group, title: Text, plan: MeetingPlan) -> Meeting:
    """The meeting as it would be kept, to read its invitation beforehand."""
    return Meeting(
        programme=group.programme,
        group=group,
        title_zh=title.zh,
        title_en=title.en,
        mode=plan.mode,
        starts_at=plan.starts_at,
        place=plan.place,
        agenda=rules.agenda(plan.agenda or [], {}),
    )


def call(request: HttpRequest, slug: str) -> HttpResponse:
    """Call a meeting that no duty asks for, in a group this seat leads or manages."""
    door = enter(request, slug)
    asked_for = request.GET.get("group", "")
    here = visible_groups(door.sight, door.programme).select_related("programme")
    group = here.filter(public_id=asked_for).first() if asked_for else door.seat.group
    if group is None:
        raise Http404
    why = why_not(door, lambda: permissions.may_arrange(door.act(), group))
    context: Shown = {
        "door": door,
        "group": group.title.in_(door.lang),
        "may": not why,
        "why": why,
        "invited": _invited(door, group),
    }
    others = _others(door, group)
    if request.method != "POST":
        form = PlanForm(door=door, others=others, initial=_initial(door, group, None))
        return render(request, "meetings/plan.html", context | {"form": form})
    form = PlanForm(request.POST, request.FILES, door=door, others=others)
    wanted = _typed(form) if form.is_valid() else None
    if not why and looks(request):
        shown = _as_planned(group, Text(wanted.title, wanted.title), wanted) if wanted else None
        return looked(request, door, context, form, shown)
    if wanted:
        meeting, refused = attempt(
            lambda: actions.call_meeting(door.act_from(form), group=group, plan=wanted), form
        )
        if meeting is not None:
            return HttpResponseRedirect(meeting.path)
        context["refused"] = refused.sentence(door.lang) if refused else ""
    return render(request, "meetings/plan.html", context | {"form": form}, status=422)


def move(request: HttpRequest, slug: str, meeting_id: str) -> HttpResponse:
    """A new time or place."""
    door = enter(request, slug)
    meeting = fetch(door, meeting_id)
    why = why_not(door, lambda: permissions.may_arrange(door.act(), meeting.group, meeting.chair))
    local = door.programme.local(meeting.starts_at).strftime(LOCAL)
    form = MoveForm(door=door, initial={"starts_at": local, "place": meeting.place})
    context: Shown = {
        "door": door,
        "meeting": meeting,
        "title": meeting.title.in_(door.lang),
        "why": why,
        "may": not why and meeting.state == MeetingState.PLANNED,
        "count": meeting.attendance.count() + meeting.guests.count(),
        "cancel": WhyForm(door=door, prefix="c"),
        "hold_before": notices.hold_before(meeting.obligation, door.lang),
    }
    status = 200
    if request.method == "POST":
        form = MoveForm(request.POST, request.FILES, door=door)
        if form.is_valid():
            facts = form.cleaned_data
            _, refused = attempt(
                lambda: actions.move_meeting(
                    door.act_from(form),
                    meeting=meeting,
                    starts_at=form.instant("starts_at"),
                    place=facts["place"],
                    reason=facts["reason"],
                )
            )
            if refused is None:
                return HttpResponseRedirect(f"{meeting.path}#announce")
            context["refused"] = refused.sentence(door.lang)
        status = 422
    return render(request, "meetings/move.html", context | {"form": form}, status=status)


@require_POST
def cancel(request: HttpRequest, slug: str, meeting_id: str) -> HttpResponse:
    """Call it off."""
    door = enter(request, slug)
    meeting = fetch(door, meeting_id)
    form = WhyForm(request.POST, request.FILES, door=door, prefix="c")
    refusal = ""
    if form.is_valid():
        why = str(form.cleaned_data["reason"])
        _, refused = attempt(
            lambda: actions.cancel_meeting(door.act_from(form), meeting=meeting, reason=why)
        )
        if refused is None:
            return HttpResponseRedirect(meeting.path)
        refusal = refused.sentence(door.lang)
    context: Shown = {
        "door": door,
        "meeting": meeting,
        "title": meeting.title.in_(door.lang),
        "may": True,
        "count": meeting.attendance.count() + meeting.guests.count(),
        "cancel": form,
        "refused": refusal,
        "form": MoveForm(door=door),
    }
    return render(request, "meetings/move.html", context, status=422)


@require_POST
def announce(request: HttpRequest, slug: str, meeting_id: str) -> HttpResponse:
    """Note that the text was pasted into a chat group."""
    door = enter(request, slug)
    meeting = fetch(door, meeting_id)
    form = KeyForm(request.POST)
    if not form.is_valid():
        raise Http404
    text = announcement(door, meeting)
    act = door.act(str(form.cleaned_data["key"]))
    _, refused = attempt(lambda: actions.announce_meeting(act, meeting=meeting, text=text))
    if refused:
        return HttpResponse(refused.sentence(door.lang), status=422)
    return HttpResponseRedirect(f"{meeting.path}#announce")


def announcement(door: Door, meeting: Meeting) -> str:
    """The text to paste, in the visitor's language."""
    return notices.announcement(meeting, absolute(meeting.path), door.lang)


def calendar(request: HttpRequest, slug: str, meeting_id: str) -> HttpResponse:
    """The meeting as a calendar file."""
    door = enter(request, slug)
    meeting = fetch(door, meeting_id)
    agenda = "；".join(one["text"] for one in meeting.agenda)
    event = rules.Event(
        uid=f"{meeting.public_id}@keti",
        title=meeting.title.in_(door.lang),
        starts_at=meeting.starts_at,
        place=notices.place_of(meeting).in_(door.lang),
        text=sentence("meetings.calendar-text", {"agenda": agenda}, door.lang),
        url=absolute(meeting.path),
        sequence=meeting.sequence,
        stamp=meeting.arranged_at,
        cancelled=meeting.state == MeetingState.CANCELLED,
    )
    response = HttpResponse(rules.ics(event), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return response


def mode_word(meeting: Meeting, lang: str) -> str:
    """How people meet, in words."""
    return MODE_WORDS[meeting.mode].in_(lang)
