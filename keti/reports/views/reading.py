"""Reading a report: its frozen versions, what changed between them, its files; the answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET, require_POST

from keti.documents.doors import give_out, paper_file
from keti.documents.models import StoredFile
from keti.documents.rules.html import many_to_html, shown_under
from keti.documents.rules.written import Body
from keti.duties.doors import LatenessView
from keti.duties.models import Obligation
from keti.groups.doors import Door, KeyForm, ask, attempt
from keti.groups.queries import labels_in
from keti.kernel.acts import Act
from keti.kernel.downloads import attachment as saved_as
from keti.kernel.refusals import Refused, sentence
from keti.monitoring.doors import raise_link
from keti.reports import actions, permissions, queries, rules
from keti.reports.doors import picture_of
from keti.reports.enums import ReportState
from keti.reports.forms import ReturnForm
from keti.reports.models import Report, Version
from keti.reports.views.doors import report_door, version_door
from keti.reports.views.lists import MARKS

MOVES = {
    "reports.report.started": "reports.move-started",
    "reports.report.quoted": "reports.move-quoted",
    "reports.report.submitted": "reports.move-submitted",
    "reports.report.taken-back": "reports.move-taken-back",
    "reports.report.returned": "reports.move-returned",
    "reports.report.accepted": "reports.move-accepted",
}


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One section or chapter as it is read."""

    anchor: str
    title: str
    authors: tuple[str, ...]
    html: SafeString
    pages: str = ""
    href: str = ""


def text_blocks(
    parts: Sequence[tuple[str, tuple[str, ...], Body]], where: str = ""
) -> list[TextBlock]:
    """(title, authors, text) as safe HTML; `where` is the address under which its pictures are."""
    pages = _html(tuple(text for _title, _authors, text in parts), where)
    return [
        TextBlock(f"part-{place}", title, authors, mark_safe(page))
        for place, ((title, authors, _text), page) in enumerate(
            zip(parts, pages, strict=True), start=1
        )
    ]


@lru_cache(maxsize=64)
def _html(texts: tuple[Body, ...], where: str) -> tuple[str, ...]:
    return tuple(many_to_html(list(texts), 3, shown_under(where))) if texts else ()


def standing_mark(door: Door, duty: Obligation) -> dict[str, str]:
    """How the duty stands, lateness shown only to whom the charter shows it."""
    kind, label = LatenessView.of(door).said(duty, door.lang)
    return {"kind": kind, "label": label}


@require_GET
def report(request: HttpRequest, slug: str, report_id: str) -> HttpResponse:
    """The newest frozen version; before the first, the draft for those who may read it."""
    door, found = report_door(request, slug, report_id)
    if not found.latest:
        return HttpResponseRedirect(f"{found.path}preview/")
    newest = queries.versions_of(found)[0]
    return _page(request, door, newest, ReturnForm(), None)


@require_GET
def version(request: HttpRequest, slug: str, report_id: str, number: int) -> HttpResponse:
    """One frozen version, as it was handed in."""
    door, found = version_door(request, slug, report_id, number)
    return _page(request, door, found, ReturnForm(), None)


def _page(
    request: HttpRequest, door: Door, shown: Version, form: ReturnForm, refused: Refused | None
) -> HttpResponse:
    report = shown.report
    newest = shown.number == report.latest
    verdict = ask(lambda: permissions.may_accept_or_return(door.act(), report))
    decides = newest and report.state == ReportState.SUBMITTED
    read = queries.texts(shown, door.lang)
    context = {
        "door": door,
        "now": door.now,
        "report": report,
        "version": shown,
        "by": labels_in(door.programme, door.lang)(shown.seat_label),
        "newest": newest,
        "title": report.title.in_(door.lang),
        "blocks": _blocks(shown, read, door.lang),
        "references": read.references,
        "mark": MARKS[report.state],
        "state": ReportState(report.state).label,
        "duty": standing_mark(door, report.obligation),
        "versions": _named(door, report),
        "called": queries.called(shown, door.lang),
        "pins": _pins(door, shown),
        "lines": _timeline(door, report),
        "decides": decides and bool(verdict),
        "readers": permissions.readers_of(report.group).in_(door.lang) if decides else "",
        "may_take_back": newest
        and report.state == ReportState.SUBMITTED
        and bool(ask(lambda: permissions.may_take_back(door.act(), report))),
        "may_edit": report.editable and permissions.writes(door.seat, report.obligation),
        "raise_link": raise_link(door, shown.subject(), report.group),
        "form": form,
        "key": KeyForm()["key"].value(),
        "refusal": refused.sentence(door.lang) if refused else "",
    }
    wrong = refused is not None or bool(form.is_bound and form.errors)
    return render(request, "reports/version.html", context, status=422 if wrong else 200)


def _blocks(shown: Version, read: queries.Texts, lang: str) -> list[TextBlock]:
    """The parts as they are read, each with the pages of the original on which it stands."""
    blocks = text_blocks(read.parts, shown.path)
    if shown.chapters or shown.file is None:
        return blocks
    pages = [one.get("pages") for one in shown.sections]
    return [
        replace(
            block,
            pages=rules.pages_of(row, lang),
            href=f"{shown.path}file/#page={said[0]}" if said else "",
        )
        for block, row, said in zip(blocks, shown.sections, pages, strict=True)
    ]


def _named(door: Door, report: Report) -> list[tuple[Version, str]]:
    """All versions, each with the name it goes by."""
    return [(one, queries.called(one, door.lang)) for one in queries.versions_of(report)]


def _pins(door: Door, shown: Version) -> list[dict[str, object]]:
    """The parts this version is made of, with links for those who may read them."""
    found = queries.pinned(shown)
    seen = _readable(door, found)
    return [
        {
            "title": rules.title_of(one, door.lang),
            "number": one["number"],
            "sha256": one["sha256"],
            "url": found[one["version"]].path if one["version"] in seen else "",
            "newer": one["version"] in found
            and found[one["version"]].report.latest > one["number"],
        }
        for one in shown.parts
    ]


def part_rows(door: Door, parts: Sequence[queries.Part]) -> list[dict[str, object]]:
    """The same rows for parts that are not pinned yet."""
    found = {one.version.public_id: one.version for one in parts if one.version}
    seen = _readable(door, found)
    return [_part_row(door, part, seen) for part in parts]


def _part_row(door: Door, part: queries.Part, seen: set[str]) -> dict[str, object]:
    version = part.version
    return {
        "title": part.obligation.group.title.in_(door.lang),
        "number": version.number if version else 0,
        "sha256": version.sha256 if version else "",
        "url": version.path if version and version.public_id in seen else "",
        "newer": False,
        "returned": version is not None and version.report.state == ReportState.RETURNED,
    }


def _readable(door: Door, found: dict[str, Version]) -> set[str]:
    if not found:
        return set()
    some = Version.objects.filter(public_id__in=list(found))
    return set(permissions.visible_versions(door.sight, some).values_list("public_id", flat=True))


def _timeline(door: Door, report: Report) -> list[dict[str, object]]:
    lines, label = [], labels_in(door.programme, door.lang)
    for entry in queries.history(report):
        code = MOVES.get(entry.kind)
        if code is None:
            continue
        facts = entry.content["facts"]
        who = entry.content["behalf"] or entry.content["seat"] or entry.content["actor"]
        said = {"number": facts.get("number", ""), "reason": facts.get("reason", "")}
        lines.append(
            {
                "at": entry.happened_at,
                "who": label(who),
                "text": sentence(code, said, door.lang),
                "note": entry.content["actor"] if entry.content["behalf"] else "",
                "hash": facts.get("sha256", ""),
            }
        )
    return lines


@require_POST
def answer(request: HttpRequest, slug: str, report_id: str, verb: str) -> HttpResponse:
    """Accept or return what was handed in."""
    door, found = report_door(request, slug, report_id)
    if not found.latest:
        raise Http404
    form = ReturnForm(request.POST) if verb == "return" else KeyForm(request.POST)
    refused = None
    if form.is_valid():
        act = door.act(form.cleaned_data["key"])
        facts = form.cleaned_data
        done, refused = attempt(lambda: _answered(act, found, verb, facts))
        if done is not None:
            return HttpResponseRedirect(found.path)
    _door, shown = version_door(request, slug, report_id, 0)
    back = form if isinstance(form, ReturnForm) else ReturnForm()
    return _page(request, door, shown, back, refused)


def _answered(act: Act, found: Report, verb: str, facts: Mapping[str, Any]) -> Report:
    if verb == "accept":
        return actions.accept_report(act, report=found)
    points = rules.points_of(facts["points"])
    return actions.return_report(act, report=found, reason=facts["reason"], points=points)


@require_GET
def diff(request: HttpRequest, slug: str, report_id: str, before: int, after: int) -> HttpResponse:
    """What changed between two versions, sentence by sentence."""
    door, old = version_door(request, slug, report_id, before)
    _door, new = version_door(request, slug, report_id, after)
    if not 0 < before < after:
        raise Http404
    context = {
        "door": door,
        "now": door.now,
        "report": new.report,
        "title": new.report.title.in_(door.lang),
        "old": old,
        "new": new,
        "old_called": queries.called(old, door.lang),
        "new_called": queries.called(new, door.lang),
        "rows": rules.changes(old.sections, new.sections, door.lang)
        + rules.plan_changes(old.plan, new.plan, door.lang),
    }
    return render(request, "reports/diff.html", context)


@require_GET
def download(
    request: HttpRequest, slug: str, report_id: str, form: str, number: int = 0
) -> HttpResponse:
    """A version as a Word file or as a PDF; number 0 is the newest."""
    door, found = version_door(request, slug, report_id, number)
    return paper_file(request, queries.paper(found, door.lang), form, door.asker)


@require_GET
def original(request: HttpRequest, slug: str, report_id: str, number: int) -> FileResponse:
    """The file a version came as, byte for byte."""
    _door, found = version_door(request, slug, report_id, number)
    return _stored(found.file)


@require_GET
def picture(
    request: HttpRequest, slug: str, report_id: str, number: int, sha256: str
) -> FileResponse:
    """A picture that a version, or a version it is made of, shows."""
    _door, found = version_door(request, slug, report_id, number)
    return picture_of(found, sha256)


@require_GET
def evidence(request: HttpRequest, slug: str, report_id: str, number: int) -> FileResponse:
    """The scan on which a version was recorded on behalf or late."""
    _door, found = version_door(request, slug, report_id, number)
    return _stored(found.evidence)


def _stored(file: StoredFile | None) -> FileResponse:
    if file is None:
        raise Http404
    return give_out(file)


def _attachment(data: bytes, mime: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=mime)
    response.headers["Content-Disposition"] = saved_as(name)
    return response
