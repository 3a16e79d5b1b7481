"""Handing in by a file: choose it, see what was found in it and where, complete it, hand in."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keti.documents.doors import readings
from keti.documents.rules.parts import on_pages
from keti.documents.rules.reading import Read
from keti.duties.models import Obligation
from keti.groups.doors import Door, attempt
from keti.jobs.doors import making, waiting_at
from keti.kernel.refusals import Refused
from keti.reports import actions, permissions, queries, rules
from keti.reports.doors import as_fields, found_in, plan_in, titles_of
from keti.reports.forms import SPARE_ROWS, FileForm
from keti.reports.models import Version
from keti.reports.views.doors import duty_door, principal_of, records_for

OF = "of"
_OWN = re.compile(r"(?:s|p|r|from|to)\d")
STEPS = ("read", "take", "more")
"""Buttons that look again at the file, or at the form, and hand nothing in."""


@require_http_methods(["GET", "POST"])
def by_file(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """Choose the file; then its parts, found by their headings or pointed at; then hand in."""
    door, duty = duty_door(request, slug, duty_id)
    own = duty.seat_id == door.seat.pk
    if not own and not permissions.writes(door.seat, duty) and not records_for(door.seat, duty):
        raise Http404
    if request.method == "GET":
        return _read_at_last(request, door, duty)
    form = _form(door, duty, request.POST, request.FILES)
    step = next((one for one in STEPS if one in request.POST), "")
    if form.upload() is None:
        return _choose(request, door, duty, form)
    if step == "read":
        return _laid_out(request, door, duty, form)
    if step:
        return _page(request, door, duty, _looked_again(door, duty, form, step))
    return _handed_in(request, door, duty, form)


def _form(
    door: Door,
    duty: Obligation,
    data: QueryDict | None = None,
    files: "MultiValueDict[str, UploadedFile] | None" = None,
) -> FileForm:
    return FileForm(
        data,
        files,
        door=door,
        spec=queries.spec_of(duty),
        seats=queries.assignees(duty.group, door.now),
        initial={"on_behalf_of": principal_of(door.seat, duty)},
    )


def _address(door: Door, duty: Obligation) -> str:
    return reverse("reports:by_file", args=[door.programme.slug, duty.public_id])


def _choose(request: HttpRequest, door: Door, duty: Obligation, form: FileForm) -> HttpResponse:
    """The first step: nothing but the file."""
    return _page(request, door, duty, form, chosen=False)


def _read_at_last(request: HttpRequest, door: Door, duty: Obligation) -> HttpResponse:
    """Where a worker has read the file, its parts; else the first step."""
    key = request.GET.get(OF, "")
    if not key:
        return _choose(request, door, duty, _form(door, duty))
    data = QueryDict(mutable=True)
    data["key"] = key[:80]
    form = _form(door, duty, data, MultiValueDict())
    if form.upload() is None:
        return _choose(request, door, duty, _form(door, duty))
    return _laid_out(request, door, duty, form)


def _laid_out(request: HttpRequest, door: Door, duty: Obligation, form: FileForm) -> HttpResponse:
    """The parts as the file has them, in the form; or the page that waits for the reading."""
    read = _known(door, form)
    if read is None:
        job = _ask(door, form)
        if not job.finished:
            ready = f"{_address(door, duty)}?{urlencode({OF: form['key'].value()})}"
            look = waiting_at(job, door.person, ready, "")
            shown = making(job, look=look, ready=ready)
            return render(request, "jobs/making.html", shown, status=202)
        read = _known(door, form) or Read()
    spec = queries.spec_of(duty)
    report = queries.report_of(duty)
    data = _copied(form)
    for name in [one for one in data if _OWN.match(one)]:
        del data[name]
    if "on_behalf_of" not in data:
        data["on_behalf_of"] = principal_of(door.seat, duty)
    parts = found_in(read, spec)
    seats, due = queries.assignees(duty.group, door.now), door.programme.local(duty.due_instant)
    items = plan_in(parts, seats, due.date())
    found = as_fields(parts, spec, report.sections if report else {}, items)
    for name, value in found.items():
        data[name] = value
    return _page(request, door, duty, _form(door, duty, data, form.files))


def _copied(form: FileForm) -> QueryDict:
    """What was sent, to be changed."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    return data


def _ask(door: Door, form: FileForm) -> Any:
    upload = form.cleaned_data["file"]
    form.kept("file")
    slot = f"{form['key'].value()}/file"
    return readings.ask_to_read(upload, str(upload.name), slot, door.asker, door.now)


def _reading(door: Door, form: FileForm) -> Read:
    """What is known of the file without waiting for anybody."""
    return _known(door, form) or Read()


def _known(door: Door, form: FileForm) -> Read | None:
    upload = form.upload()
    return readings.known(upload, str(upload.name), door.lang) if upload else Read()


def _looked_again(door: Door, duty: Obligation, form: FileForm, step: str) -> FileForm:
    """The form with more rows of plan, or with the words of the pages that were pointed at."""
    data = _copied(form)
    if step == "more":
        for row in range(form.rows, form.rows + SPARE_ROWS):
            data[f"p{row}-title"] = ""
    else:
        read = _reading(door, form)
        titles = titles_of(form.spec)
        for place, one in enumerate(form.spec.sections):
            if one.key in form.pages():
                first, last = form.pages()[one.key]
                words = on_pages(read.lines, first, last, titles, one.key)
                data[f"s{place}"] = words or data.get(f"s{place}", "")
    return _form(door, duty, data, form.files)


def _handed_in(request: HttpRequest, door: Door, duty: Obligation, form: FileForm) -> HttpResponse:
    refused = None
    if _uncounted(door, form):
        refused = Refused("reports.pages-not-counted-yet")
    elif form.is_valid() and form.all_placed():
        version, refused = attempt(lambda: _hand_in(door, duty, form), form)
        if version is not None:
            return HttpResponseRedirect(version.path)
    return _page(request, door, duty, form, refused=refused)


def _uncounted(door: Door, form: FileForm) -> bool:
    """Whether pages are named of a file that a worker still reads: how many it has, nobody knows
    yet. What was typed stays on the page, which is why nobody is sent to wait elsewhere."""
    if not form.pages() or _known(door, form) is not None:
        return False
    return not _ask(door, form).finished


def _hand_in(door: Door, duty: Obligation, form: FileForm) -> Version:
    """The handed-in file; on paper recorded later, the scan itself is the evidence."""
    act = door.act_from(form)
    handed = form.handed()
    if rules.bad_pages(handed.pages, _reading(door, form).pages):
        raise Refused("reports.no-such-pages")
    file = door.keep(act, form.cleaned_data["file"])
    if act.evidence is None and (act.happened or act.on_behalf_of):
        act = replace(act, evidence=file)
    return actions.hand_in_by_file(act, obligation=duty, file=file, handed=handed)


def _page(
    request: HttpRequest,
    door: Door,
    duty: Obligation,
    form: FileForm,
    *,
    chosen: bool = True,
    refused: Refused | None = None,
) -> HttpResponse:
    read = _reading(door, form) if chosen else Read()
    wrong = refused is not None or bool(form.is_bound and form.errors)
    report = queries.report_of(duty) if chosen else None
    texts = report.sections if report else {}
    found = found_in(read, form.spec).texts
    context = {
        "door": door,
        "now": door.now,
        "duty": duty,
        "title": duty.title.in_(door.lang),
        "group": duty.group.title.in_(door.lang),
        "form": form,
        "chosen": chosen,
        "spec": form.spec,
        "read": read,
        "left": ("、" if door.lang != "en" else ", ").join(readings.left_words(read, door.lang)),
        "parts": _sourced(form, found, texts),
        "drafted": _drafted(form, found, texts, door.lang),
        "refusal": refused.sentence(door.lang) if refused else "",
        "back": reverse("reports:for", args=[door.programme.slug, duty.public_id]),
    }
    return render(request, "reports/by_file.html", context, status=422 if wrong else 200)


def _sourced(
    form: FileForm, found: Mapping[str, str], texts: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The parts of the form, each with where its words come from as long as nobody changed them."""
    rows = []
    for one, part in zip(form.spec.sections, form.parts(), strict=True):
        words = part["text"].value() or ""
        source = ""
        if words.strip() and words == found.get(one.key):
            source = _("读自文件")
        elif words.strip() and words == texts.get(one.key):
            source = _("来自本组在线草稿")
        rows.append({**part, "source": source})
    return rows


def _drafted(
    form: FileForm, found: Mapping[str, str], texts: Mapping[str, str], lang: str
) -> list[dict[str, Any]]:
    """What the draft says otherwise than the file, all of it, and what of it stands in the form:
    shown, so that nobody loses it unseen."""
    return [
        {
            "label": one.title.in_(lang),
            "text": texts[one.key],
            "filled": texts[one.key] == form[f"s{place}"].value(),
        }
        for place, one in enumerate(form.spec.sections)
        if texts.get(one.key, "").strip() and texts[one.key] != found.get(one.key, "")
    ]
