"""Writing the minutes: in the page, or in Word and read into it; their pictures."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_POST

from keti.documents.doors import writing
from keti.documents.doors.pictures import picture_sent, shown_or_own, told
from keti.documents.models import StoredFile
from keti.documents.rules.doc1.typed_in import settled
from keti.documents.rules.glyphs import unprinted
from keti.documents.rules.html import shown_under, to_html
from keti.documents.rules.pictures import Picture
from keti.documents.rules.written import DOC, as_body
from keti.groups.doors import (
    Door,
    as_typed,
    attempt,
    enter,
    keep_pictures,
    left_in,
    why_not,
    words_of,
)
from keti.groups.models import Seat
from keti.kernel.refusals import Refused, sentence
from keti.meetings import actions, notices, permissions, queries
from keti.meetings.forms import MinutesForm, WordForm, initial_minutes
from keti.meetings.models import Meeting
from keti.meetings.views.meeting import Shown, fetch


def record(request: HttpRequest, slug: str, meeting_id: str) -> HttpResponse:
    """Write the minutes. A file that came along is read into them first, and seen."""
    door = enter(request, slug)
    one = fetch(door, meeting_id)
    word = WordForm(
        request.POST or None, request.FILES or None, keeper=door.person, moment=door.now
    )
    if request.method != "POST":
        return _page(request, door, one, _form(door, one, initial=initial_minutes(one)), word)
    form = _form(door, one, request.POST, request.FILES)
    if request.headers.get("HX-Request"):  # while it is written: nothing is recorded
        return render(request, "ui/unprinted.html", _shown(door, one, form, word))
    if "read" in request.POST or word.unread():
        return _read_in(request, door, one, word)
    if not (form.is_valid() & word.is_valid()):
        return _page(request, door, one, form, word, status=422)
    _, refused = attempt(lambda: _recorded(door, one, form, word), form)
    if refused is None:
        return HttpResponseRedirect(one.path)
    more = {"refused": refused.sentence(door.lang)}
    return _page(request, door, one, form, word, status=422, **more)


def _recorded(door: Door, one: Meeting, form: MinutesForm, word: WordForm) -> Meeting:
    act, upload = door.act_from(form), word.upload()
    file = door.keep(act, upload) if upload else None
    return actions.record_minutes(act, meeting=one, minutes=form.minutes(), original=file)


def _form(door: Door, one: Meeting, *sent: Any, **more: Any) -> MinutesForm:
    seats: list[Seat] = [row.seat for row in queries.attendance(one)]
    return MinutesForm(*sent, door=door, meeting=one, seats=seats, **more)


def _page(
    request: HttpRequest,
    door: Door,
    one: Meeting,
    form: MinutesForm,
    word: WordForm,
    *,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    context = _shown(door, one, form, word) | more
    return render(request, "meetings/record.html", context, status=status)


def _shown(door: Door, one: Meeting, form: MinutesForm, word: WordForm) -> Shown:
    why = why_not(door, lambda: permissions.may_record(door.act(), one))
    doc = str(form["doc"].value() or "")
    return {
        "door": door,
        "meeting": one,
        "title": one.title.in_(door.lang),
        "why": why,
        "may": not why,
        "begun": door.now >= one.starts_at,
        "begins": notices.start_text(one).in_(door.lang),
        "form": form,
        "word": word,
        "carried": writing.carried([doc]),
        "preview": _preview(one, doc),
        "unprinted": unprinted(form.printed_parts()),
    }


def _preview(one: Meeting, doc: str) -> str:
    """The document as it will read, for who has no editor; nothing of one that is none."""
    try:
        kept = settled("", doc)[1]
    except Refused:
        return ""
    return mark_safe(to_html(as_body(kept, DOC), 3, source=shown_under(one.path)))


def _read_in(request: HttpRequest, door: Door, one: Meeting, word: WordForm) -> HttpResponse:
    """The page with what the file says in the place of what was typed, which is shown beside."""
    typed = as_typed(request.POST)
    again = _form(door, one, initial=typed)
    upload = word.upload()
    if upload is None:
        told_of = "" if word.errors else sentence("documents.choose-a-file", {}, door.lang)
        return _page(request, door, one, again, word, status=422, refused=told_of)
    read, why = word.known(door)
    if read is None:
        return _page(request, door, one, again, word, reading=True, refused=why)
    found = words_of(read)
    if not any(found):
        return _page(request, door, one, again, word.seen(), unread=True)
    _, refused = attempt(lambda: keep_pictures(read, found[1], _keeps(door, one)), word)
    if refused is not None:
        said = refused.sentence(door.lang)
        return _page(request, door, one, again, word, status=422, refused=said)
    filled = _form(door, one, initial=typed | {"body": found[0], "doc": found[1]})
    more: dict[str, Any] = {
        "came": True,
        "left": left_in(read, door.lang),
        "replaced": typed.get("body", "") if typed.get("body") != found[0] else "",
    }
    return _page(request, door, one, filled, word.seen(), **more)


def _keeps(door: Door, one: Meeting) -> Callable[[Picture], StoredFile]:
    act = replace(door.act(), key="")
    return lambda picture: actions.keep_picture(act, meeting=one, picture=picture)


@require_POST
def add_picture(request: HttpRequest, slug: str, meeting_id: str) -> HttpResponse:
    """Clean and keep one picture; answers its hash, kind and width."""
    door = enter(request, slug)
    one = fetch(door, meeting_id)
    picture = picture_sent(request)
    if picture is None:
        return told(None, None, None, door.lang)
    kept, refused = attempt(lambda: actions.keep_picture(door.act(), meeting=one, picture=picture))
    return told(kept, picture, refused, door.lang)


@require_GET
def picture(request: HttpRequest, slug: str, meeting_id: str, sha256: str) -> FileResponse:
    """A picture that the minutes show, or that this person put into them a moment ago."""
    door = enter(request, slug)
    one = fetch(door, meeting_id)
    docs = [one.minutes_doc] if one.minutes_doc else []
    return shown_or_own(door.programme, door.person, sha256, docs)
