"""Meeting a duty by a file, or by a text: written on the page, or in Word and read into it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_POST

from keti.documents.actions import path_of
from keti.documents.doors import writing
from keti.documents.doors.pictures import picture_sent, shown_or_own, told
from keti.documents.models import StoredFile
from keti.documents.rules.doc1.schema import read as read_doc
from keti.documents.rules.doc1.schema import runs_of
from keti.documents.rules.doc1.typed_in import settled
from keti.documents.rules.glyphs import unprinted
from keti.documents.rules.html import shown_under, to_html
from keti.documents.rules.pictures import Picture
from keti.documents.rules.reading import Read
from keti.documents.rules.written import DOC, as_body
from keti.duties import actions, permissions, queries
from keti.duties.doors import deed_of, page_of, title_of
from keti.duties.forms import HandInForm, TextForm
from keti.duties.models import Filing, Obligation
from keti.duties.views.page import again, fetch, sees_inside, why_not_hand_in
from keti.groups.doors import (
    Door,
    as_typed,
    ask,
    attempt,
    enter,
    keep_pictures,
    left_in,
    words_of,
)
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused, sentence

Shown = dict[str, Any]


@require_POST
def hand_in(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """Meet the duty by a file; a Word file is read into a text first, and seen."""
    door = enter(request, slug)
    thing = fetch(door, duty_id)
    form = HandInForm(request.POST, request.FILES, door=door, owner=thing.seat)
    if form.is_word() and not thing.is_response and thing.form != "report":
        return _read_in(request, door, thing, _form(door, thing, request.POST, request.FILES))
    if not form.is_valid():
        return again(request, door, thing, hand_in=form)

    def do() -> Filing:
        act = door.act_from(form)
        file = door.keep(act, form.cleaned_data["file"])
        return actions.hand_in_file(act, obligation=thing, file=file, lines=form.lines())

    _done, refused = attempt(do, form)
    if refused:
        why = "" if form.errors else refused.sentence(door.lang)
        return again(request, door, thing, hand_in=form, refused=why)
    return HttpResponseRedirect(page_of(thing))


def write(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """Write the text of what is handed in, or have it read from a file and correct it."""
    door = enter(request, slug)
    thing = fetch(door, duty_id)
    if thing.is_response or (thing.form == "report" and request.method == "POST"):
        raise Http404
    if thing.form == "report":  # its file carries parts: that is asked for in its own room
        return HttpResponseRedirect(f"{thing.path}?file=1")
    if request.method != "POST":
        return _page(request, door, thing, _form(door, thing))
    form = _form(door, thing, request.POST, request.FILES)
    if request.headers.get("HX-Request"):  # while it is written: nothing is handed in
        return render(request, "ui/unprinted.html", _shown(door, thing, form))
    if "read" in request.POST or (form.is_word() and form.unread()):
        return _read_in(request, door, thing, form)
    if not form.is_valid():
        return _page(request, door, thing, form, status=422)
    _done, refused = attempt(lambda: _handed_in(door, thing, form), form)
    if refused is None:
        return HttpResponseRedirect(page_of(thing))
    why = "" if form.errors else refused.sentence(door.lang)
    return _page(request, door, thing, form, status=422, refused=why)


def _handed_in(door: Door, thing: Obligation, form: TextForm) -> Filing:
    act, upload = door.act_from(form), form.upload()
    read = (form.known(door)[0] if upload and form.is_word() else None) or Read()
    file = door.keep(act, upload) if upload else None
    text = form.text(read)
    return actions.hand_in_file(act, obligation=thing, file=file, lines=form.lines(), text=text)


def _form(door: Door, thing: Obligation, *sent: Any, **more: Any) -> TextForm:
    return TextForm(*sent, door=door, owner=thing.seat, **more)


def _page(
    request: HttpRequest,
    door: Door,
    thing: Obligation,
    form: TextForm,
    *,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    context = _shown(door, thing, form) | more
    return render(request, "duties/write.html", context, status=status)


def _shown(door: Door, thing: Obligation, form: TextForm) -> Shown:
    why = why_not_hand_in(door, thing) or ("" if thing.is_open else _done_already(door))
    doc = str(form["doc"].value() or "")
    return {
        "door": door,
        "duty": thing,
        "title": title_of(thing, door.lang),
        "deed": deed_of(thing, door.lang),
        "group": thing.group.title.in_(door.lang),
        "why": why,
        "form": form,
        "carried": writing.carried([doc]),
        "preview": _preview(thing, doc),
        "unprinted": unprinted([(str(form["body"].label), str(form["body"].value() or ""))]),
        "pictures": f"{page_of(thing)}pictures/",
    }


def _done_already(door: Door) -> str:
    return sentence("duties.not-owed-now", {}, door.lang)


def _preview(thing: Obligation, doc: str) -> str:
    """The document as it will read, for who has no editor; nothing of one that is none."""
    try:
        kept = settled("", doc)[1]
    except Refused:
        return ""
    return mark_safe(to_html(as_body(kept, DOC), 3, source=shown_under(page_of(thing))))


def _read_in(request: HttpRequest, door: Door, thing: Obligation, form: TextForm) -> HttpResponse:
    """The page with what the file says in the place of what was typed, which is shown beside."""
    typed = as_typed(request.POST)
    if why_not_hand_in(door, thing):
        return _page(request, door, thing, form, status=422)
    if form.upload() is None:
        told_of = "" if form.errors else sentence("documents.choose-a-file", {}, door.lang)
        return _page(request, door, thing, form, status=422, refused=told_of)
    read, why = form.known(door) if form.is_word() else (Read(), "")
    if read is None:
        return _page(request, door, thing, form, reading=True, refused=why)
    words, doc = words_of(read)
    if not words.strip() and not doc:
        return _page(request, door, thing, _with(door, thing, form, {}), unread=True, refused=why)
    _, refused = attempt(lambda: keep_pictures(read, doc, _keeps(door, thing)), form)
    if refused is not None:
        said = refused.sentence(door.lang)
        return _page(request, door, thing, form, status=422, refused=said)
    filled = _with(door, thing, form, {"body": words, "doc": doc})
    before = typed.get("body", "")
    more: Shown = {
        "came": True,
        "left": left_in(read, door.lang),
        "replaced": before if before != words else "",
        "tracked": _tracked(doc),
    }
    return _page(request, door, thing, filled, **more)


def _with(door: Door, thing: Obligation, form: TextForm, found: dict[str, str]) -> TextForm:
    """The same form with these words in it, its file kept and named as the one they are of."""
    return _form(door, thing, form.as_seen() | found, form.files)


def _tracked(doc: str) -> Shown:
    """How many tracked changes and comments a document carries: they are shown to every reader."""
    if not doc:
        return {}
    held = read_doc(doc)
    changes = sum("ins" in run or "cut" in run for run in runs_of(held["blocks"]))
    return {"changes": changes, "remarks": len(held["comments"])}


def _keeps(door: Door, thing: Obligation) -> Callable[[Picture], StoredFile]:
    act = _acting(door, thing)
    return lambda picture: actions.keep_picture(act, obligation=thing, picture=picture)


def _acting(door: Door, thing: Obligation) -> Act:
    """The visitor's own act, or the one recorded for the holder."""
    act = replace(door.act(), key="")
    own = ask(lambda: permissions.may_do(act, thing))
    return act if own or thing.seat is None else replace(act, on_behalf_of=thing.seat)


@require_POST
def add_picture(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """Clean and keep one picture; answers its hash, kind and width."""
    door = enter(request, slug)
    thing = fetch(door, duty_id)
    picture = picture_sent(request)
    if picture is None:
        return told(None, None, None, door.lang)
    kept, refused = attempt(lambda: _keeps(door, thing)(picture))
    return told(kept, picture, refused, door.lang)


@require_GET
def picture(request: HttpRequest, slug: str, duty_id: str, sha256: str) -> FileResponse:
    """A picture that a text handed in shows, or that this person put into one a moment ago."""
    door = enter(request, slug)
    thing = fetch(door, duty_id)
    found = thing.filings.exclude(doc=None).values_list("doc", flat=True)
    docs = list(found) if sees_inside(door, thing) else []
    return shown_or_own(door.programme, door.person, sha256, filter(None, docs))


def filing(request: HttpRequest, slug: str, duty_id: str, filing_id: str) -> FileResponse:
    """The original that was handed in."""
    door = enter(request, slug)
    file = _filing(door, fetch(door, duty_id), filing_id).file
    if file is None:
        raise Http404
    return FileResponse(
        path_of(file.sha256).open("rb"),
        as_attachment=True,
        filename=file.name,
        content_type=file.mime,
    )


@require_GET
def text(request: HttpRequest, slug: str, duty_id: str, filing_id: str) -> HttpResponse:
    """The text that was handed in, as it reads."""
    door = enter(request, slug)
    thing = fetch(door, duty_id)
    one = _filing(door, thing, filing_id)
    if one.text is None:
        raise Http404
    page = to_html(queries.body_of(one, door.lang), 2, source=shown_under(page_of(thing)))
    context = {
        "door": door,
        "duty": thing,
        "filing": one,
        "title": title_of(thing, door.lang),
        "group": thing.group.title.in_(door.lang),
        "page": mark_safe(page),
        "left": left_in(Read(left=tuple((kind, n) for kind, n in one.left or ())), door.lang),
    }
    return render(request, "duties/text.html", context)


def _filing(door: Door, thing: Obligation, filing_id: str) -> Filing:
    """What was handed in for this duty, where this seat may read it; 404 otherwise."""
    named = thing.filings.select_related("file", "withdrawal", "obligation")
    found = named.filter(public_id=filing_id).first()
    if found is None or not sees_inside(door, thing):
        raise Http404
    return found
