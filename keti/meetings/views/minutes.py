"""One meeting and its minutes: reading, confirming, files."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from keti.documents.doors import give_out, paper_file
from keti.documents.rules.glyphs import Unprinted, unprinted
from keti.documents.rules.html import shown_under, to_html
from keti.groups.doors import ActForm, Door, KeyForm, attempt, enter, why_not
from keti.ledger.queries import told_of
from keti.meetings import actions, notices, permissions, queries
from keti.meetings.enums import MEETING_MARKS, MEETING_WORDS, MeetingState
from keti.meetings.forms import AttendanceForm
from keti.meetings.models import Meeting
from keti.meetings.views.arranging import announcement, mode_word
from keti.meetings.views.meeting import Shown, fetch
from keti.monitoring.doors import raise_link
from keti.work.doors import mark_of, offered
from keti.work.enums import TASK_WORDS, SourceKind
from keti.work.models import Task
from keti.work.permissions import visible_tasks
from keti.work.queries import said


def meeting(request: HttpRequest, slug: str, meeting_id: str) -> HttpResponse:
    """One meeting: the plan before, the minutes after."""
    door = enter(request, slug)
    return render(request, "meetings/meeting.html", shown(door, fetch(door, meeting_id)))


def shown(door: Door, one: Meeting, **more: object) -> Shown:
    """Everything the page of one meeting shows."""
    lang = door.lang
    has_minutes = one.state in (MeetingState.RECORDED, MeetingState.CONFIRMED)
    runs = why_not(door, lambda: permissions.may_arrange(door.act(), one.group, one.chair))
    waits = one.state == MeetingState.RECORDED
    may_confirm, why_confirm = offered(door, lambda: permissions.may_confirm(door.act(), one))
    attended = queries.attended(one, lang)
    paper = queries.paper(one, lang, attended)
    return {
        "door": door,
        "meeting": one,
        "title": one.title.in_(lang),
        "group": one.group.title.in_(lang),
        "mark": MEETING_MARKS[one.state],
        "word": MEETING_WORDS[one.state].in_(lang),
        "mode": mode_word(one, lang),
        "place": notices.place_of(one).in_(lang),
        "has_minutes": has_minutes,
        "paper": paper,
        "body": mark_safe(to_html(paper.body, source=shown_under(one.path))) if has_minutes else "",
        "attended": attended,
        "unprinted": _unprinted(one) if waits and (not runs or may_confirm) else None,
        "items": _items(one, door) if has_minutes else [],
        "runs": not runs,
        "why_not_run": runs,
        "begun": door.now >= one.starts_at,
        "planned": one.state == MeetingState.PLANNED,
        "waits": waits,
        "over": notices.unrecorded(one, door.now),
        "timing": notices.timing(one, lang, door.now) if not runs else [],
        "may_confirm": waits and may_confirm,
        "why_not_confirm": why_confirm if waits and not may_confirm else "",
        "own_confirm": one.chair_id == door.seat.pk,
        "confirm": _confirm_form(door, one) if waits else None,
        "correcting": AttendanceForm(meeting=one, lang=lang, prefix="c")
        if one.confirmed_at and (may_confirm or door.seat.can("manage"))
        else None,
        "text": announcement(door, one) if not runs else "",
        "announce": KeyForm(),
        "history": _history(door, one),
        "raise_link": raise_link(door, one.subject(), one.group),
    } | more


def _unprinted(one: Meeting) -> Unprinted:
    """What no font can print, said to who may still change or confirm the minutes."""
    items = "\n".join(item.title for item in queries.agreed(one))
    resolutions = "\n".join(row.text for row in queries.resolutions(one))
    return unprinted(
        [
            (gettext("会议情况"), one.minutes),
            (gettext("议定事项"), resolutions),
            (gettext("待办事项"), items),
        ]
    )


def _confirm_form(door: Door, one: Meeting) -> ActForm:
    behalf = "" if one.chair_id == door.seat.pk else one.chair.public_id
    return ActForm(door=door, initial={"on_behalf_of": behalf})


def _items(one: Meeting, door: Door) -> list[Shown]:
    return [
        {
            "item": item,
            "who": item.seat.called.in_(door.lang),
            "word": TASK_WORDS[item.state].in_(door.lang),
            "mark": mark_of(door, item),
        }
        for item in queries.agreed(one)
    ]


def _history(door: Door, one: Meeting) -> list[Shown]:
    return [
        {
            "at": entry.happened_at,
            "who": entry.content["behalf"] or entry.content["actor"],
            "text": said(entry.kind, door.lang),
            "note": str(entry.content["facts"].get("reason", "")),
        }
        for entry in told_of(door.programme, one.public_id)
    ]


@require_POST
def confirm(request: HttpRequest, slug: str, meeting_id: str) -> HttpResponse:
    """The chair confirms the minutes."""
    door = enter(request, slug)
    one = fetch(door, meeting_id)
    form = ActForm(request.POST, request.FILES, door=door)
    if not form.is_valid():
        return render(request, "meetings/meeting.html", shown(door, one, confirm=form), status=422)
    _, refused = attempt(lambda: actions.confirm_minutes(door.act_from(form), meeting=one), form)
    if refused:
        context = shown(door, one, confirm=form, refused=refused.sentence(door.lang))
        return render(request, "meetings/meeting.html", context, status=422)
    return HttpResponseRedirect(one.path)


def download(request: HttpRequest, slug: str, meeting_id: str, form: str) -> HttpResponse:
    """The minutes as Word file or PDF."""
    door = enter(request, slug)
    one = fetch(door, meeting_id)
    if not one.minutes:
        raise Http404
    return paper_file(request, queries.paper(one, door.lang), form, door.asker)


def original(request: HttpRequest, slug: str, meeting_id: str) -> FileResponse:
    """The file the minutes were written in, as it came."""
    door = enter(request, slug)
    one = fetch(door, meeting_id)
    if one.original is None:
        raise Http404
    return give_out(one.original)


def item(request: HttpRequest, slug: str, item_id: str) -> HttpResponse:
    """The address an action item had before it was a task: letters and agendas lead here."""
    door = enter(request, slug)
    mine = visible_tasks(door.sight, Task.objects.filter(source_kind=SourceKind.MINUTES))
    found = mine.select_related("programme").filter(public_id=item_id).first()
    if found is None:
        raise Http404
    return HttpResponseRedirect(found.path)
