"""A new programme in five steps; each saves the working copy, the last founds."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path as File
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keti.accounts.models import Person
from keti.charter.actions import CharterFile, check
from keti.charter.queries import holidays, in_force
from keti.charter.rules.compiled import Compiled
from keti.charter.rules.reading import read
from keti.charter.rules.writing import put
from keti.groups.doors import attempt
from keti.groups.models import Seat
from keti.jobs.doors import after
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.kernel.refusals import sentence
from keti.kernel.templatetags.keti_dates import day_text
from keti.planning.actions import open_draft
from keti.planning.doors import (
    DraftDoor,
    charters_folder,
    enter_draft,
    founder,
    judged,
    order_founding,
)
from keti.planning.forms import NoticeForm
from keti.planning.forms.steps import DaysForm, ShiftForm, WhatForm, duties_of
from keti.planning.models import CharterDraft
from keti.planning.queries import founded_from
from keti.planning.rules import shelf
from keti.planning.rules.bare import bare
from keti.planning.rules.prose import Span
from keti.planning.rules.shifting import (
    sample_units,
    shifted,
    span,
    vague_words,
    whole_weeks,
    workable,
    written_days,
)
from keti.planning.views.drafts import address_of, frame, picture
from keti.planning.views.entries import keep, shelf_at
from keti.programmes.models import Programme

LAST_STEP = 5
NOTHING = "nothing"
TOO_TIGHT = "CAL120"


def origins(request: HttpRequest) -> HttpResponse:
    """Where a new programme starts: a template, an earlier programme, nothing; or a draft."""
    person = founder(request)
    if request.method == "POST":
        return _begun(request, person)
    lang = str(request.LANGUAGE_CODE)
    context = {
        "templates": [one for one in (_card(file, lang) for file in _files()) if one],
        "programmes": [(one.slug, one.title.in_(lang)) for one in _mine(person)],
        "drafts": CharterDraft.objects.filter(by=person, programme=None).order_by("-updated_at"),
        "now": clock.received(request),
        "zone": "Asia/Shanghai",
    }
    return render(request, "planning/origins.html", context)


def _files() -> list[File]:
    return sorted(charters_folder().glob("*.yaml"))


def _card(file: File, lang: str) -> tuple[str, str, str, int, int] | None:
    """A template's name, title, purpose and size; None for a file that is no template."""
    compiled = _sound(file.name, file.read_text(), tuple(sorted(holidays().items())))
    if compiled is None:
        return None
    about = compiled.about.in_(lang)
    sizes = (len(compiled.groups), len(compiled.obligations))
    return (file.stem, compiled.title.in_(lang), about, *sizes)


@lru_cache(maxsize=32)
def _sound(name: str, text: str, corrections: tuple[tuple[date, bool], ...]) -> Compiled | None:
    """The template as values, None where it has errors; judged once for its text and calendar."""
    return check(CharterFile(name, text), dict(corrections))[0]


def _mine(person: Person) -> list[Programme]:
    """The programmes this person runs."""
    own = Seat.objects.filter(ends_at=None).of(person).able("manage")
    return list(Programme.objects.filter(pk__in=own.values("programme")).order_by("-pk"))


def _begun(request: HttpRequest, person: Person) -> HttpResponse:
    file = _origin(request, person)
    act = Act(by=person, recorded_at=clock.received(request))
    draft, refused = attempt(lambda: open_draft(act, person=person, file=file))
    if draft is None:
        messages.error(request, refused.sentence(get_language() or "zh-hans") if refused else "")
        return HttpResponseRedirect("/start/new/")
    return HttpResponseRedirect(f"/drafts/{draft.public_id}/step/1/")


def _origin(request: HttpRequest, person: Person) -> CharterFile:
    """The charter one starts from, under an address nobody has yet."""
    kind, _colon, name = str(request.POST.get("from", "")).partition(":")
    if kind == "template":
        for file in _files():
            if file.stem == name:
                table = file.with_suffix(".clauses.tsv")
                clauses = table.read_text() if table.exists() else ""
                return CharterFile(file.name, _fresh(file.read_text(), name), clauses)
    if kind == "programme":
        for one in _mine(person):
            if one.slug == name:
                version = in_force(one)
                return CharterFile(version.name, _fresh(version.text, name), version.clauses)
    if kind == NOTHING:
        text = bare(clock.received(request).date() + timedelta(days=14))
        return CharterFile("charter.yaml", _fresh(text, "new-programme"))
    raise Http404


def _fresh(text: str, stem: str) -> str:
    """The text under an id that is not taken as an address."""
    number, slug = 1, stem
    while Programme.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    return put(text, ("programme", "id"), slug)


def step(request: HttpRequest, draft_id: str, number: int) -> HttpResponse:
    """One step of the wizard."""
    person = founder(request)
    if (made := founded_from(person, draft_id)) is not None:
        return HttpResponseRedirect(f"/start/founded/{made.slug}/")
    door = enter_draft(request, draft_id)
    pages: dict[int, Callable[[DraftDoor], HttpResponse]] = {
        1: _what, 2: _when, 3: _groups, 4: _duties, 5: _check,
    }  # fmt: skip
    if number not in pages or door.draft.programme is not None:
        raise Http404
    return pages[number](door)


def _shown(
    door: DraftDoor, number: int, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    titles = (_("课题与单位"), _("时间"), _("组别与职务"), _("应办事项与评审"), _("检查与建立"))
    shown = frame(door) | {
        "step": number,
        "titles": [(place, title) for place, title in enumerate(titles, 1)],
        "heading": titles[number - 1],
        "stay": f"{door.url}step/{number}/",
    }
    return render(door.request, "planning/step.html", shown | context, status=status)


def _on(door: DraftDoor, number: int) -> HttpResponse:
    return HttpResponseRedirect(f"{door.url}step/{number}/")


def _initial(door: DraftDoor) -> dict[str, int]:
    return {"base": door.draft.revision}


def _what(door: DraftDoor) -> HttpResponse:
    form = WhatForm(
        door.request.POST or None, data_of=door.data, lang=door.lang, initial=_initial(door)
    )
    if door.request.method == "POST" and form.is_valid():
        slug = form.cleaned_data["slug"]
        if Programme.objects.filter(slug=slug).exists():
            form.add_error("slug", sentence("planning.slug-taken", {"slug": slug}, door.lang))
        else:
            text = door.draft.text
            for path, words in form.answers().items():
                if words or shelf.at(door.data, path):
                    text = put(text, path, words)
            if keep(door, text, form.cleaned_data["base"], _("课题与单位"), form):
                return _on(door, 2)
    units = [(whose, [form[name] for name in fields]) for _key, whose, fields in form.units]
    status = 422 if door.request.method == "POST" else 200
    return _shown(door, 1, {"form": form, "units": units}, status)


def _when(door: DraftDoor) -> HttpResponse:
    post = door.request.POST if door.request.method == "POST" else None
    whole = span(door.data)
    shifting = post is not None and post.get("do") == "shift"
    days = list(written_days(door.data))
    shift = ShiftForm(
        post if shifting else None,
        initial=_initial(door) | {"start": whole.first if whole else None},
    )
    form = DaysForm(
        post if post is not None and not shifting else None,
        days=days,
        lang=door.lang,
        initial=_initial(door),
    )
    if shifting and shift.is_valid() and whole:
        by = (shift.cleaned_data["start"] - whole.first).days
        by = whole_weeks(by) if shift.cleaned_data["weeks"] else by
        text = shifted(door.draft.text, by)
        if keep(door, text, shift.cleaned_data["base"], _("平移日期"), shift):
            wish = shift.cleaned_data["start"]
            messages.success(
                door.request, _moved(door.lang, whole.first, whole.first + timedelta(by), wish)
            )
            return _on(door, 2)
    if post is not None and not shifting and form.is_valid():
        text = door.draft.text
        for path, day in form.answers().items():
            raw = str(shelf.at(door.data, path))
            text = put(text, path, day.isoformat() + raw[10:])
        if keep(door, text, form.cleaned_data["base"], _("时间"), form):
            return _on(door, 3)
    context = {
        "shift": shift,
        "form": form,
        "whole": whole,
        "vague": _vague(door),
        "offer": _offer(door, whole) if whole and post is None else None,
    } | picture(door)
    return _shown(door, 2, context, 422 if post is not None else 200)


def _vague(door: DraftDoor) -> list[tuple[str, str]]:
    """What did not move with the days, each with the address of its field."""
    return [
        (" ".join(one.words), door.url + address_of(door.data, _words(one.path)))
        for one in vague_words(door.data)
    ]


def _moved(lang: str, before: date, now: date, wish: date) -> str:
    """From when everything runs now, and why not from the day that was asked for."""
    said = _("全部日期已平移 {n} 天，现从 {now} 开始。").format(
        n=(now - before).days, now=day_text(now, lang)
    )
    if now == wish:
        return said
    why = _("选的是 {wish}；因勾选了“星期几不变”，取最近的整周。")
    return f"{said} {why.format(wish=day_text(wish, lang))}"


def _offer(door: DraftDoor, whole: Span) -> tuple[date | None] | None:
    """Where working days do not suffice: the next start on which they do, or none; else nothing."""
    if not any(one.number == TOO_TIGHT for one in door.errors):
        return None
    name, clauses = door.draft.name, door.draft.clauses

    def fits(text: str) -> bool:
        found = judged(text, name, clauses)
        return not any(one.severity == "error" and one.number == TOO_TIGHT for one in found)

    days = workable(door.draft.text, fits)
    return (None if days is None else whole.first + timedelta(days=days),)


def _template(door: DraftDoor) -> Any:
    """What the template of this name says; {} where the draft comes from none."""
    for file in _files():
        if file.name == door.draft.name:
            return read(file.read_text()).data
    return {}


def _words(path: tuple[str | int, ...]) -> str:
    return ".".join(str(one) for one in path)


def _groups(door: DraftDoor) -> HttpResponse:
    places: list[tuple[str, ...]] = [("groups",)]
    for one in shelf.entries(door.data, ("groups",)):
        places.append((*(str(part) for part in one.path), "instances"))
    places.append(("roles",))
    return _shown(door, 3, {"shelves": _shelves(door, places)})


def _duties(door: DraftDoor) -> HttpResponse:
    places: list[tuple[str, ...]] = [
        ("obligations",),
        ("deliverables",),
        ("gates",),
        ("phases",),
        ("calendar",),
    ]
    return _shown(door, 4, {"shelves": _shelves(door, places)})


def _shelves(door: DraftDoor, places: list[tuple[str, ...]]) -> list[Any]:
    return [shelf_at(door, place) for place in places]


def _check(door: DraftDoor) -> HttpResponse:
    form = NoticeForm(
        door.request.POST or None,
        door.request.FILES or None,
        keeper=door.person,
        moment=door.now,
        required=False,
        initial={"key": door.draft.public_id},
    )
    if door.request.method == "POST" and form.is_valid():
        job, refused = attempt(lambda: order_founding(door, form.upload()))
        address, refused = after(job) if job is not None else ("", refused)
        if address:
            return HttpResponseRedirect(address)
        blamed = "notice" if refused and refused.code.startswith("documents.") else None
        form.add_error(blamed, refused.sentence(door.lang) if refused else "")
    compiled = door.compiled
    context: dict[str, Any] = picture(door) | {
        "form": form,
        "samples": [
            (one.title.in_(door.lang), duties_of(door.data, one.key, door.lang))
            for one in sample_units(door.data, _template(door))
        ],
        "vague": _vague(door),
    }
    if compiled:
        context["made"] = [
            (_("组"), len(compiled.groups)),
            (_("职务"), len(compiled.roles)),
            (_("应办事项"), len(compiled.obligations) - len(compiled.gates)),
            (_("评审"), len(compiled.gates)),
        ]
    return _shown(door, LAST_STEP, context, 422 if door.request.method == "POST" else 200)
