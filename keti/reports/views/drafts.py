"""Beginning, writing, previewing and handing in a report."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from keti.documents.rules.glyphs import Unprinted, unprinted
from keti.duties.models import Obligation
from keti.duties.queries import unmet
from keti.groups.doors import Door, KeyForm, attempt, why_not
from keti.groups.models import Seat
from keti.groups.queries import standing
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused, Verdict, sentence
from keti.kernel.templatetags.keti_dates import last_day
from keti.reports import actions, permissions, queries, rules
from keti.reports.forms import DraftForm, SubmitForm
from keti.reports.models import Report
from keti.reports.views.beside import both_texts, carried, shown_now, to_cite
from keti.reports.views.doors import draft_door, duty_door, principal_of, records_for
from keti.reports.views.outline import chapter_rows, outline_tree
from keti.reports.views.reading import part_rows, standing_mark, text_blocks
from keti.work.enums import TaskState
from keti.work.queries import tasks_of


@require_GET
def for_duty(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """Where this duty is done: its report, or the page on which it is begun."""
    door, duty = duty_door(request, slug, duty_id)
    report = queries.report_of(duty)
    if report and queries.report_by_id(door.sight, report.public_id):
        writes = report.editable and permissions.writes(door.seat, duty)
        return HttpResponseRedirect(f"{report.path}edit/" if writes else report.path)
    return _begin_page(request, door, duty)


def _begin_page(
    request: HttpRequest, door: Door, duty: Obligation, refused: Refused | None = None
) -> HttpResponse:
    context = {
        "door": door,
        "now": door.now,
        "duty": duty,
        "title": duty.title.in_(door.lang),
        "group": duty.group.title.in_(door.lang),
        "spec": queries.spec_of(duty),
        "hints": [
            (one.title.in_(door.lang), one.hint.in_(door.lang))
            for one in queries.spec_of(duty).sections
        ],
        "form": KeyForm(),
        "whynot": why_not(door, lambda: permissions.may_write(door.act(), duty)),
        "may_file": permissions.writes(door.seat, duty) or records_for(door.seat, duty),
        "mark": standing_mark(door, duty),
        "refusal": refused.sentence(door.lang) if refused else "",
        "base": f"/p/{door.programme.slug}/reports/for/{duty.public_id}/",
    }
    return render(request, "reports/begin.html", context, status=422 if refused else 200)


@require_POST
def start(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """Begin the draft."""
    door, duty = duty_door(request, slug, duty_id)
    form = KeyForm(request.POST)
    if not form.is_valid():
        return _begin_page(request, door, duty)
    act = door.act(form.cleaned_data["key"])
    report, refused = attempt(lambda: actions.start_report(act, obligation=duty))
    if report is None:
        return _begin_page(request, door, duty, refused)
    return HttpResponseRedirect(f"{report.path}edit/")


def _status(form: DraftForm | SubmitForm, refused: Refused | None) -> int:
    return 422 if refused or (form.is_bound and form.errors) else 200


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str, report_id: str) -> HttpResponse:
    """The editor. Sent by hand it saves and stays, or goes on to hand in, or to the preview, which
    shows what was just written; sent by itself it answers with the moment of saving."""
    door, report = draft_door(request, slug, report_id)
    form = _draft_form(request, door, report)
    refused = None
    if request.method == "POST" and form.is_valid():
        act, base = door.act(), form.cleaned_data["base"]
        saved, refused = attempt(
            lambda: actions.save_draft(
                act, report=report, content=form.content(), base=base, known=form.known()
            )
        )
        if saved is not None and not request.headers.get("HX-Request"):
            on = next((way for way in ("submit", "preview") if way in request.POST), "edit")
            return HttpResponseRedirect(f"{report.path}{on}/")
        report = saved or report
    if request.headers.get("HX-Request"):
        return _autosaved(request, report, door, form, refused)
    return _editor(request, door, report, form, refused)


def _draft_form(request: HttpRequest, door: Door, report: Report) -> DraftForm:
    return DraftForm(
        request.POST or None,
        spec=queries.spec_of(report.obligation),
        seats=queries.assignees(report.group, door.now),
        content=queries.content_of(report),
        lang=door.lang,
        initial={"base": report.revision},
    )


def _autosaved(
    request: HttpRequest, report: Report, door: Door, form: DraftForm, refused: Refused | None
) -> HttpResponse:
    """The small answer to an automatic save."""
    why = refused.sentence(door.lang) if refused else ""
    if not why and form.errors:
        why = _("有一处填写不完整，请检查日期。")
    context = {
        "door": door,
        "now": door.now,
        "zone": door.programme.zone,
        "report": report,
        "refusal": why,
    }
    context["stale"] = _is_stale(refused)
    if not why:
        context["marks"], context["others"] = shown_now(report, form, door.act())
    context["unprinted"] = _unprinted(door, report)
    answer = render(request, "reports/_saved.html", context)
    if not why:
        answer.headers["HX-Trigger"] = "draft-kept"
    return answer


def _is_stale(refused: Refused | None) -> bool:
    return refused is not None and refused.code == "reports.stale-draft"


def _unprinted(door: Door, report: Report) -> Unprinted:
    """What of the stored draft no font can print, said before it is handed in."""
    spec = queries.spec_of(report.obligation)
    return unprinted(rules.printed_parts(spec.sections, report.content(), door.lang))


def _editor(
    request: HttpRequest, door: Door, report: Report, form: DraftForm, refused: Refused | None
) -> HttpResponse:
    whynot = why_not(door, lambda: permissions.may_edit(door.act(), report))
    if whynot and request.method == "GET":
        return HttpResponseRedirect(report.path if report.latest else f"{report.path}preview/")
    stale = _is_stale(refused)
    theirs = both_texts(report, form, door.act()) if stale else []
    spec = queries.spec_of(report.obligation)
    context = {
        "door": door,
        "now": door.now,
        "report": report,
        "title": report.title.in_(door.lang),
        "spec": spec,
        "form": form,
        "refusal": refused.sentence(door.lang) if refused else whynot,
        "stood": _stood(report, door.lang),
        "replaced": [
            {"label": rules.title_of(one, door.lang), "text": rules.bare(one)}
            for one in report.replaced or []
        ],
        "theirs": theirs,
        "carried": carried(form),
        "references": to_cite(report),
        "unprinted": _unprinted(door, report),
        "base": report.revision if stale or not form.is_bound else form["base"].value(),
        "parts": chapter_rows(door, report.obligation, spec),
        "outline": outline_tree(report, form, spec),
        "before": [
            one.title.in_(door.lang) for one in unmet(door.programme, report.obligation.needs)
        ],
        "editions": _editions(report),
        "last_plan": _last_plan(report) if spec.plan else [],
        "mark": standing_mark(door, report.obligation),
        "key": KeyForm()["key"].value(),
    }
    return render(request, "reports/edit.html", context, status=_status(form, refused))


def _editions(report: Report) -> list[tuple[str, int]]:
    """The other languages of the report, each with how many translations are to be checked."""
    source, held = queries.content_of(report), report.translations or {}
    return [
        (lang, sum(rules.translation_of(held.get(lang)).suspect(key, source) for key in keys))
        for lang, keys in queries.editions_of(report.obligation).items()
    ]


def _stood(report: Report, lang: str) -> list[dict[str, Any]]:
    """Sections that stood on pages of an original in the newest version, and whether they still do:
    until they are given other words."""
    newest = queries.newest_of(report)
    if newest is None:
        return []
    kept = rules.kept_pages(report.sections, newest.sections)
    return [
        {
            "key": one["key"],
            "label": rules.title_of(one, lang),
            "pages": rules.pages_of(one, lang),
            "number": newest.number,
            "original": one["original"],
            "kept": one["key"] in kept,
        }
        for one in newest.sections
        if one.get("pages")
    ]


def _last_plan(report: Report) -> list[dict[str, str]]:
    """What the group planned for this month, from its newest report of an earlier period."""
    earlier = (
        Report.objects.filter(
            programme=report.programme,
            kind=report.kind,
            group=report.group,
            latest__gt=0,
            period__lt=report.period,
        )
        .with_names()
        .first()
    )
    return list(queries.versions_of(earlier)[0].plan) if earlier else []


@require_POST
def quote(request: HttpRequest, slug: str, report_id: str) -> HttpResponse:
    """Add the groups' texts as they stand now."""
    door, report = draft_door(request, slug, report_id)
    form = KeyForm(request.POST)
    if not form.is_valid():
        return HttpResponseRedirect(f"{report.path}edit/")
    act = door.act(form.cleaned_data["key"])
    done, refused = attempt(lambda: actions.quote_parts(act, report=report))
    if done is None:
        unbound = DraftForm(
            spec=queries.spec_of(report.obligation),
            seats=[],
            content=queries.content_of(report),
            lang=door.lang,
            initial={"base": report.revision},
        )
        return _editor(request, door, report, unbound, refused)
    return HttpResponseRedirect(f"{report.path}edit/")


@require_GET
def preview(request: HttpRequest, slug: str, report_id: str) -> HttpResponse:
    """The draft as it will read."""
    door, report = draft_door(request, slug, report_id)
    spec = queries.spec_of(report.obligation)
    read = queries.draft_texts(
        queries.draft_rows(report, spec),
        queries.references_of(report),
        door.lang,
        spec.references,
    )
    context = {
        "door": door,
        "now": door.now,
        "report": report,
        "title": report.title.in_(door.lang),
        "blocks": text_blocks(read.parts, report.path),
        "references": read.references,
        "plan": _named_plan(report),
        "unprinted": _unprinted(door, report),
        "may_edit": report.editable and permissions.writes(door.seat, report.obligation),
        "mark": standing_mark(door, report.obligation),
    }
    return render(request, "reports/preview.html", context)


def _named_plan(report: Report) -> list[dict[str, str]]:
    seats = Seat.objects.with_names().filter(group=report.group)
    names = {seat.public_id: seat.called.in_(get_language() or "") for seat in seats}
    return [one | {"who": names.get(one["seat"], "")} for one in report.plan]


@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, slug: str, report_id: str) -> HttpResponse:
    """What handing in will do, and the button."""
    door, report = draft_door(request, slug, report_id)
    form = SubmitForm(
        request.POST or None,
        request.FILES or None,
        door=door,
        initial={"on_behalf_of": principal_of(door.seat, report.obligation)},
    )
    form.add_points(report.points or ())
    refused = None
    if request.method == "POST" and form.is_valid():
        act, answers = door.act_from(form), form.answers()
        version, refused = attempt(
            lambda: actions.submit_report(act, report=report, answers=answers), form
        )
        if version is not None:
            return HttpResponseRedirect(version.path)
    return _submit_page(request, door, report, form, refused)


def _submit_page(
    request: HttpRequest, door: Door, report: Report, form: SubmitForm, refused: Refused | None
) -> HttpResponse:
    spec = queries.spec_of(report.obligation)
    stood = _stood(report, door.lang)
    said = rules.without_skeleton(report.sections, queries.skeleton_of(report.obligation, spec))
    context = {
        "door": door,
        "now": door.now,
        "report": report,
        "title": report.title.in_(door.lang),
        "form": form,
        "empty": [
            one.title.in_(door.lang)
            for one in rules.empty_sections(
                spec.sections, said, [one["key"] for one in stood if one["kept"]]
            )
        ],
        "stood": stood,
        "unprinted": _unprinted(door, report),
        "plan_lacks": _plan_lacks(door, report) if spec.plan else "",
        "plan": _named_plan(report) if spec.plan else [],
        "dropped": _dropped(report) if spec.plan and report.latest else [],
        "tasks": spec.plan and not rules.no_plan(report.content().plan),
        "parts": part_rows(door, queries.parts_of(report.obligation, spec)),
        "readers": permissions.readers(report, door.act()),
        "whynot": why_not(door, lambda: _could(door, report)),
        "refusal": refused.sentence(door.lang) if refused else "",
        "number": report.latest + 1,
    }
    return render(request, "reports/submit.html", context, status=_status(form, refused))


def _plan_lacks(door: Door, report: Report) -> str:
    """Why the plan cannot be handed in as it stands; '' where it can."""
    seats = standing(report.programme, door.now).filter(group=report.group)
    known = seats.values_list("public_id", flat=True)
    fault = rules.plan_fault(report.content().plan, known)
    return sentence(fault[0], fault[1], door.lang) if fault else ""


def _dropped(report: Report) -> list[dict[str, object]]:
    """Tasks of an earlier version that the plan has no more, with what becomes of each: withdrawn,
    or left as it is because it is finished."""
    programme = report.programme
    planned = {(one.assignee_seat_id, one.title, one.due) for one in report.content().plan}
    rows = []
    for task in tasks_of(programme, report.subject()):
        item = (task.seat.public_id, task.title, last_day(task.due_at, programme.tz))
        if item not in planned and task.state in (TaskState.OPEN, TaskState.DONE):
            rows.append({"title": task.title, "done": task.state == TaskState.DONE})
    return rows


def _could(door: Door, report: Report) -> Verdict:
    """May this seat hand in, for itself or on behalf?"""
    act: Act = door.act()
    holder = report.obligation.seat
    if holder and holder.pk != door.seat.pk and records_for(door.seat, report.obligation):
        act = replace(act, on_behalf_of=holder)
    return permissions.may_submit(act, report.obligation)
