"""A new programme in steps; each saves the working copy, the last founds."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path as File
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keti.accounts.models import Person
from keti.charter.actions import CharterFile, check
from keti.charter.queries import holidays, in_force
from keti.charter.rules.compiled import Compiled
from keti.charter.rules.findings import Path
from keti.charter.rules.lint import in_time
from keti.charter.rules.reading import read
from keti.charter.rules.workdays import Workdays
from keti.charter.rules.writing import put, put_all, without_remarks
from keti.groups.doors import attempt
from keti.groups.models import Seat
from keti.jobs.doors import after
from keti.kernel import clock
from keti.kernel.acts import Act, Text
from keti.kernel.refusals import sentence
from keti.kernel.templatetags.keti_dates import day_text
from keti.planning.actions import open_draft
from keti.planning.doors import (
    DraftDoor,
    begun_by,
    charters_folder,
    enter_draft,
    founder,
    order_founding,
    template_of,
)
from keti.planning.forms import NoticeForm
from keti.planning.forms.steps import (
    DaysForm,
    NamesForm,
    RoleForm,
    TermForm,
    WhatForm,
    duties_of,
)
from keti.planning.queries import founded_from
from keti.planning.rules import shelf
from keti.planning.rules.asked import STEPS
from keti.planning.rules.bare import bare
from keti.planning.rules.naming import followed, lines_of, regrouped, renamed
from keti.planning.rules.origin import undated
from keti.planning.rules.rescaling import rescaled, spoken, term_of
from keti.planning.rules.shifting import sample_units, span, written_days
from keti.planning.views.drafts import address_of, picture
from keti.planning.views.entries import keep, shelf_at
from keti.planning.views.origin import own_notice, template_texts
from keti.planning.views.start import past_at_birth
from keti.planning.views.walking import (
    FIRST,
    after_step,
    asked,
    show_step,
    steps_of,
    to_step,
    url_of,
)
from keti.programmes.models import Programme

NOTHING = "nothing"


def origins(request: HttpRequest) -> HttpResponse:
    """Where a new programme starts: a template, an earlier programme, nothing; or a draft."""
    person = founder(request)
    if request.method == "POST":
        return _begun(request, person)
    lang = str(request.LANGUAGE_CODE)
    context = {
        "templates": [one for one in (_card(file, lang) for file in _files()) if one],
        "programmes": [(one.slug, one.title.in_(lang)) for one in _mine(person)],
        "drafts": begun_by(person, lang),
        "now": clock.received(request),
        "zone": "Asia/Shanghai",
    }
    return render(request, "planning/origins.html", context)


def _files() -> list[File]:
    return sorted(charters_folder().glob("*.yaml"))


def _card(file: File, lang: str) -> tuple[str, str, str, str, int, int] | None:
    """A template's name, kind, purpose, example and size; None for a file that is no template.

    The kind is what its purpose begins with, before the colon.
    """
    compiled = _sound(file.name, file.read_text(), tuple(sorted(holidays().items())))
    if compiled is None:
        return None
    about, example = compiled.about.in_(lang), compiled.title.in_(lang)
    kind, _colon, purpose = about.replace("：", ": ").partition(": ")
    sizes = (len(compiled.groups), len(compiled.obligations))
    return (file.stem, kind or example, purpose[:1].upper() + purpose[1:], example, *sizes)


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
        return HttpResponseRedirect(reverse("planning:new"))
    return HttpResponseRedirect(reverse("planning:step", args=[draft.public_id, FIRST]))


def _origin(request: HttpRequest, person: Person) -> CharterFile:
    """The charter one starts from, under an address nobody has yet."""
    kind, _colon, name = str(request.POST.get("from", "")).partition(":")
    if kind == "template":
        for file in _files():
            if file.stem == name:
                table = file.with_suffix(".clauses.tsv")
                clauses = table.read_text() if table.exists() else ""
                text = without_remarks(file.read_text())
                return CharterFile(file.name, _fresh(text, name), clauses)
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


def step(request: HttpRequest, draft_id: str, name: str) -> HttpResponse:
    """One step of the wizard."""
    person = founder(request)
    if (made := founded_from(person, draft_id)) is not None:
        return HttpResponseRedirect(reverse("planning:founded", args=[made.slug]))
    door = enter_draft(request, draft_id)
    pages: dict[str, Callable[[DraftDoor], HttpResponse]] = {
        "what": _what, "when": _when, "groups": _groups, "duties": _duties, "check": _check,
        "notice": own_notice, "origin": template_texts,
    }  # fmt: skip
    if door.draft.programme is not None or name not in steps_of(door):
        raise Http404
    if name in STEPS:
        return asked(door, name)
    return pages[name](door)


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
            said = form.answers().items()
            wanted: dict[Path, object] = {
                path: one for path, one in said if one or shelf.at(door.data, path)
            }
            text = put_all(door.draft.text, wanted)
            pairs = renamed(door.data, read(text).data)
            text = put_all(text, followed(door.data, pairs))
            if keep(door, text, form.cleaned_data["base"], _("课题与单位"), form):
                return after_step(door, "what")
    units = [(whose, [form[name] for name in fields]) for _key, whose, fields in form.units]
    status = 422 if door.request.method == "POST" else 200
    return show_step(door, "what", {"page": "what.html", "form": form, "units": units}, status)


def _when(door: DraftDoor) -> HttpResponse:
    post = door.request.POST if door.request.method == "POST" else None
    moving = post is not None and post.get("do") == "move"
    term = term_of(door.data)
    whole = TermForm(post if moving else None, initial=_initial(door), old=term)
    days = list(written_days(door.data))
    form = DaysForm(
        post if post is not None and not moving else None,
        days=days,
        lang=door.lang,
        initial=_initial(door),
    )
    if moving and term and whole.is_valid() and _move(door, whole):
        return to_step(door, "when")
    if post is not None and not moving and form.is_valid():
        wanted = {
            path: day.isoformat() + str(shelf.at(door.data, path))[10:]
            for path, day in form.answers().items()
        }
        text = put_all(door.draft.text, wanted)
        if keep(door, text, form.cleaned_data["base"], _("时间"), form):
            return after_step(door, "when")
    context = {
        "page": "when.html",
        "whole": whole,
        "stretch": term,
        "form": form,
        "vague": _vague(door),
    } | picture(door)
    return show_step(door, "when", context, 422 if post is not None else 200)


def _move(door: DraftDoor, form: TermForm) -> bool:
    """The whole calendar to the term that was asked for; what had to give is told."""
    wish = form.wish()
    free = holidays()
    works = Workdays(str(shelf.at(door.data, ("workdays",)) or ""), free)
    made = rescaled(
        door.draft.text, wish, lambda one: in_time(one, door.draft.name, free), works.is_workday
    )
    if not keep(door, made.text, form.cleaned_data["base"], _("移动全部日期"), form):
        return False
    data = read(made.text).data
    term, whole = term_of(data) or wish, span(data)
    said = _("研究期现为 {first} 至 {last}，全部日期到 {end} 为止。").format(
        first=day_text(term.first, door.lang),
        last=day_text(term.last, door.lang),
        end=day_text(whole.last if whole else term.last, door.lang),
    )
    messages.success(door.request, said)
    if made.gave:
        names = dict(shelf.named(door.data))
        gave = "；".join(spoken(one, names, door.lang) for one in made.gave)
        messages.warning(
            door.request, _("时间长短变了，这几处不照比例，改排为：{gave}。").format(gave=gave)
        )
    return True


def _vague(door: DraftDoor) -> list[tuple[str, str, str]]:
    """What did not move with the days, each with the address of its field."""
    return [
        (what, words, door.url + address_of(door.data, _words(path)))
        for path, what, words in undated(door.data, door.lang)
    ]


def _words(path: tuple[str | int, ...]) -> str:
    return ".".join(str(one) for one in path)


def _groups(door: DraftDoor) -> HttpResponse:
    """Groups and roles; the groups of one kind are named a line each, all at once."""
    kinds = [
        (one, (*(str(part) for part in one.path), "instances"))
        for one in shelf.entries(door.data, ("groups",))
        if shelf.at(door.data, (*one.path, "parent"))
    ]
    named = [(_names(door, one, path), path) for one, path in kinds]
    for form, path in named:
        if form.is_bound and form.is_valid() and _renamed(door, form, path):
            return to_step(door, "groups")
    role = _role(door)
    if role.is_bound and role.is_valid() and _added(door, role):
        return to_step(door, "groups")
    lead = _("这里定有哪些组、哪些职务；谁来担任，在课题建立以后上传名单。")
    context = _shelves(door, [("groups",)], lead)
    for one, path in kinds:
        own = shelf_at(door, path)
        label = f"{one.title.in_(door.lang)} · {own.label}"
        context["shelves"].append(replace(own, label=label))
    context["shelves"].append(shelf_at(door, ("roles",)))
    context["named"] = [(form, path[1]) for form, path in named]
    context["role"] = role
    return show_step(door, "groups", context, 422 if door.request.method == "POST" else 200)


def _names(door: DraftDoor, kind: shelf.DeclaredThing, path: tuple[str, ...]) -> NamesForm:
    mine = door.request.POST.get("kind") == kind.key
    names = [one.title.in_(door.lang) for one in shelf.entries(door.data, path)]
    return NamesForm(
        door.request.POST if mine else None,
        kind=kind.title.in_(door.lang),
        names=names,
        initial=_initial(door),
        auto_id=f"id_{kind.key}_%s",
    )


def _role(door: DraftDoor) -> RoleForm:
    mine = door.request.POST.get("kind") == "role+"
    return RoleForm(
        door.request.POST if mine else None,
        data_of=door.data,
        lang=door.lang,
        initial=_initial(door),
        auto_id="id_role_%s",
    )


def _added(door: DraftDoor, form: RoleForm) -> bool:
    """The role stands where it belongs, with its seats, by this one step."""
    said = form.role()
    key = shelf.new_key(door.data, ("roles",), said.get("en", ""), shelf.hint_of(("roles",)))
    text = put(door.draft.text, ("roles", key), said)
    title = Text(said.get("zh", ""), said.get("en", "")).in_(door.lang)
    return keep(door, text, form.cleaned_data["base"], title, form)


def _renamed(door: DraftDoor, form: NamesForm, path: tuple[str, ...]) -> bool:
    tongue = "en" if door.lang.startswith("en") else "zh"
    names = lines_of(form.cleaned_data["lines"])
    text = regrouped(door.draft.text, path, names, tongue)
    return keep(door, text, form.cleaned_data["base"], _("各组名称"), form)


def _duties(door: DraftDoor) -> HttpResponse:
    places: list[tuple[str, ...]] = [
        ("obligations",),
        ("deliverables",),
        ("gates",),
        ("phases",),
        ("calendar",),
    ]
    lead = _("谁在何时之前办什么，哪些节点要评审。点一项可以改全部内容。")
    return show_step(door, "duties", _shelves(door, places, lead))


def _shelves(door: DraftDoor, places: list[tuple[str, ...]], lead: str) -> dict[str, Any]:
    shelves = [shelf_at(door, place) for place in places]
    return {"page": "shelves.html", "lead": lead, "shelves": shelves}


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
        "page": "check.html",
        "form": form,
        "samples": [
            (one.title.in_(door.lang), duties_of(door.data, one.key, door.lang))
            for one in sample_units(door.data, template_of(door.draft.name)[0])
        ],
        "vague": _vague(door),
        "unseen": len(door.unseen) + bool(door.quotes),
        "remaining": url_of(door, "notice" if door.quotes else "origin"),
    }
    if compiled:
        context["made"] = [
            (_("组"), len(compiled.groups)),
            (_("职务种类"), len(compiled.roles)),
            (_("应办事项"), len(compiled.obligations) - len(compiled.gates)),
            (_("评审"), len(compiled.gates)),
        ]
        context |= past_at_birth(compiled, door.now, door.lang)
    return show_step(door, "check", context, 422 if door.request.method == "POST" else 200)
