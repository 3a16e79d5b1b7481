"""A working copy of a charter: its parts, its findings, its file; undone, uploaded, discarded."""

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from keti.charter.actions import CharterFile
from keti.charter.queries import compiled as in_force_compiled
from keti.charter.queries import in_force
from keti.charter.rules import Finding
from keti.charter.rules.reading import Unreadable, read
from keti.groups.doors import attempt, enter
from keti.kernel.acts import Act
from keti.planning.actions import discard_draft, open_draft, undo_draft
from keti.planning.doors import DraftDoor, enter_draft
from keti.planning.permissions import may_draft
from keti.planning.rules import shelf
from keti.planning.rules.course import course
from keti.planning.rules.helping import help_of
from keti.planning.rules.river import draw, rows
from keti.planning.views.entries import TONES, keep

LARGEST = 4_000_000
UNSAFE = re.compile(r"[^a-z0-9_.-]+")


def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin, or go on with, one's own working copy of the charter in force."""
    door = enter(request, slug)
    if request.method != "POST":
        raise Http404
    act = Act(by=door.person, recorded_at=door.now, seat=door.seat)
    version = in_force(door.programme)

    def do() -> str:
        may_draft(act, door.programme).or_refuse()
        file = CharterFile(version.name, version.text, version.clauses)
        draft = open_draft(
            act, person=door.person, file=file, programme=door.programme, base=version.sha256
        )
        return draft.public_id

    made, refused = attempt(do)
    if made is None:
        messages.error(request, refused.sentence(door.lang) if refused else "")
        return HttpResponseRedirect(f"/p/{slug}/charter/")
    return HttpResponseRedirect(f"/drafts/{made}/")


def overview(request: HttpRequest, draft_id: str) -> HttpResponse:
    """The working copy at a glance: its parts, what the linter says, the river it makes."""
    door = enter_draft(request, draft_id)
    parts = [
        (
            one.key,
            one.label.in_(door.lang),
            help_of("", one, door.lang),
            count,
            worst(door.at_path((one.key,))),
        )
        for one, count in shelf.sections(door.data)
    ]
    context = frame(door) | {"parts": parts, "basics": worst(_basics(door))} | picture(door)
    return render(request, "planning/draft/overview.html", context)


def _basics(door: DraftDoor) -> list[Finding]:
    return [one for key in shelf.BASICS for one in door.at_path((key,))]


def worst(found: list[Finding]) -> str:
    """The tone of the worst of some findings; '' where there are none."""
    severities = {one.severity for one in found}
    return next((tone for severity, tone in TONES.items() if severity in severities), "")


def frame(door: DraftDoor) -> dict[str, Any]:
    """What every page of a working copy shows: findings, the last change, where it belongs."""
    last = door.draft.steps.first()
    return {
        "door": door,
        "draft": door.draft,
        "programme": door.draft.programme,
        "zone": door.zone,
        "findings": [listed(door, one) for one in door.findings],
        "counts": {
            severity: sum(1 for one in door.findings if one.severity == severity)
            for severity in TONES
        },
        "last": last,
        "compiled": door.compiled,
    }


def listed(door: DraftDoor, one: Finding) -> dict[str, str]:
    """A finding in words, with the address of the field it is about."""
    return {
        "tone": TONES[one.severity],
        "words": shelf.in_titles(one.sentence(door.lang), door.data, door.lang),
        "mend": shelf.in_titles(one.mend(door.lang), door.data, door.lang),
        "number": one.number,
        "url": door.url + address_of(door.data, one.path),
        "line": str(one.line),
    }


def address_of(data: Any, words: str) -> str:
    """The page of the form that holds a finding's path, with the field marked."""
    path = shelf.split(data, words)
    if not path:
        return "file/"
    if path[0] in (*shelf.BASICS, "keti"):
        return f"part/basics/#field-{path[0]}"
    size = 1
    for length in range(1, len(path) + 1):
        if shelf.is_place(path[:length]) and shelf.at(data, path[:length]) is not None:
            size = length
    rest = path[size] if len(path) > size else ""
    here = "/".join(str(step) for step in path[:size])
    return f"part/{here}/" + (f"#field-{rest}" if rest else "")


def picture(door: DraftDoor) -> dict[str, Any]:
    """The river of the working copy, where it can be worked out."""
    if door.compiled is None:
        return {"river_svg": "", "river_rows": []}
    river = course(door.compiled, door.lang, door.now, door.url)
    return {"river_svg": mark_safe(draw(river)), "river_rows": rows(river)}


def file_page(request: HttpRequest, draft_id: str) -> HttpResponse:
    """The file itself: read, changed by hand, replaced by an upload."""
    door = enter_draft(request, draft_id)
    if request.method != "POST":
        return _file(door, door.draft.text)
    upload = request.FILES.get("upload")
    try:
        text = upload.read(LARGEST + 1).decode() if upload else str(request.POST.get("text", ""))
    except UnicodeDecodeError:
        text = ""
    text = text.replace("\r\n", "\n")
    try:
        read(text)
    except Unreadable as trouble:
        line, column = trouble.place
        found = Finding(door.draft.name, line, column, "error", trouble.code, "", trouble.facts)
        return _file(door, text, found)
    base = str(request.POST.get("base", ""))
    if not keep(door, text, int(base) if base.isdigit() else -1, _("文件")):
        return _file(door, text, status=422)
    messages.success(request, _("已保存到草稿。"))
    return HttpResponseRedirect(f"{door.url}file/")


def _file(
    door: DraftDoor, text: str, found: Finding | None = None, status: int = 200
) -> HttpResponse:
    context = frame(door) | {"text": text, "lines": min(40, text.count("\n") + 2)}
    if found:
        context |= {"unreadable": found.sentence(door.lang), "line": found.line}
        context |= {"column": found.column}
        status = 422
    return render(door.request, "planning/draft/file.html", context, status=status)


def download(request: HttpRequest, draft_id: str) -> HttpResponse:
    """The working copy as a file."""
    door = enter_draft(request, draft_id)
    answer = HttpResponse(door.draft.text, content_type="application/yaml; charset=utf-8")
    name = "".join(UNSAFE.split(str(shelf.at(door.data, ("programme", "id")) or "charter")))
    answer.headers["Content-Disposition"] = f'attachment; filename="{name[:60]}.yaml"'
    return answer


def undo(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Take the last change back."""
    door = enter_draft(request, draft_id)
    if request.method != "POST":
        raise Http404
    base = str(request.POST.get("base", ""))
    _draft, refused = attempt(
        lambda: undo_draft(door.act(), draft=door.draft, base=int(base) if base.isdigit() else -1)
    )
    if refused:
        messages.error(request, refused.sentence(door.lang))
    else:
        messages.success(request, _("上一次改动已撤销。"))
    return HttpResponseRedirect(_next(request, door))


def _next(request: HttpRequest, door: DraftDoor) -> str:
    """The page one came from, if it belongs to this working copy."""
    wish = str(request.POST.get("next", ""))
    return wish if wish.startswith(door.url) else door.url


def discard(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Throw the working copy away."""
    door = enter_draft(request, draft_id)
    if request.method != "POST":
        return render(request, "planning/draft/discard.html", frame(door))
    programme = door.draft.programme
    _none, refused = attempt(lambda: discard_draft(door.act(), draft=door.draft))
    if refused:
        messages.error(request, refused.sentence(door.lang))
        return HttpResponseRedirect(door.url)
    messages.success(request, _("草稿已丢弃。"))
    return HttpResponseRedirect(f"/p/{programme.slug}/charter/" if programme else "/start/new/")


def differs(door: DraftDoor) -> bool:
    """Whether the working copy says anything else than the charter in force."""
    programme = door.draft.programme
    return programme is None or in_force_compiled(programme).sha256 != _hash(door)


def _hash(door: DraftDoor) -> str:
    return door.compiled.sha256 if door.compiled else ""
