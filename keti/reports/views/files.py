"""Handing in by a file: choose it, see what was found in it and where, complete it, hand in."""

import json
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
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from keti.documents.actions import keep_produced
from keti.documents.doors import readings
from keti.documents.models import StoredFile
from keti.documents.rules.doc1.schema import files_of
from keti.documents.rules.html import many_to_html
from keti.documents.rules.parts import Found, on_pages
from keti.documents.rules.pictures import mime_of
from keti.documents.rules.reading import Read
from keti.documents.rules.written import DOC, as_body
from keti.duties.models import Obligation
from keti.groups.doors import Door, attempt
from keti.jobs.doors import making, waiting_at
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.reports import actions, queries, rules
from keti.reports.doors import (
    documents,
    found_in,
    laid_as,
    laid_fields,
    left_behind,
    loose_documents,
    moved_in,
    titles_of,
    tracked_in,
)
from keti.reports.forms import SPARE_ROWS, FileForm
from keti.reports.models import Version
from keti.reports.views.doors import duty_door, filing_door, principal_of

OF = "of"
_OWN = re.compile(r"(?:s|p|r|from|to|h)\d")
STEPS = ("read", "lay", "take", "more")
"""Buttons that look again at the file, or at the form, and hand nothing in."""


@require_http_methods(["GET", "POST"])
def by_file(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """Choose the file; then its parts, found by their headings or pointed at; then hand in."""
    door, duty = filing_door(request, slug, duty_id)
    if request.method == "GET":
        return _read_at_last(request, door, duty)
    form = _form(door, duty, request.POST, request.FILES)
    step = next((one for one in STEPS if one in request.POST), "")
    if form.upload() is None:
        return _choose(request, door, duty, form)
    if step in ("read", "lay"):
        return _laid_out(request, door, duty, form, again=step == "lay")
    if step:
        return _page(request, door, duty, _looked_again(door, duty, form, step))
    return _handed_in(request, door, duty, form)


def _form(
    door: Door,
    duty: Obligation,
    data: QueryDict | None = None,
    files: "MultiValueDict[str, UploadedFile] | None" = None,
) -> FileForm:
    form = FileForm(
        data,
        files,
        door=door,
        spec=queries.spec_of(duty),
        seats=queries.assignees(duty.group, door.now),
        initial={"on_behalf_of": principal_of(door.seat, duty)},
    )
    begun = queries.report_of(duty)
    form.add_points((begun.points if begun else None) or ())
    return form


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


def _laid_out(
    request: HttpRequest, door: Door, duty: Obligation, form: FileForm, *, again: bool = False
) -> HttpResponse:
    """The parts as the file has them, in the form; or the page that waits for the reading. `again`
    puts its headings where their sender said."""
    read = _known(door, form)
    if read is None:
        job = _ask(door, form)
        if not job.finished:
            ready = f"{_address(door, duty)}?{urlencode({OF: form['key'].value()})}"
            look = waiting_at(job, door.person, ready, "")
            shown = making(job, look=look, ready=ready)
            return render(request, "jobs/making.html", shown, status=202)
        read = _known(door, form) or Read()
    data = _copied(form)
    said = _said(data)
    for name in [one for one in data if _OWN.match(one)]:
        del data[name]
    if "on_behalf_of" not in data:
        data["on_behalf_of"] = principal_of(door.seat, duty)
    for name, value in _fields_of(door, duty, read, said if again else None).items():
        data[name] = value
    return _page(request, door, duty, _form(door, duty, data, form.files))


def _fields_of(
    door: Door, duty: Obligation, read: Read, said: Mapping[str, str] | None
) -> dict[str, str]:
    """The parts of the file as fields of the form. Its headings go where the form that was sent has
    them (`said`), which keeps what else was typed there; else where they stood before, in this
    report or in the last of its kind."""
    spec, report = queries.spec_of(duty), queries.report_of(duty)
    drafted = report.content() if report else rules.Content({})
    due = door.programme.local(duty.due_instant).date()
    whose = (queries.assignees(duty.group, door.now), due)
    before = queries.version_before(duty)
    stood = rules.words_by_key(before.sections if before else (), drafted.sections)
    return laid_fields(read, spec, whose, said, drafted, stood)


def _copied(form: FileForm) -> QueryDict:
    """What was sent, to be changed."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    return data


def _said(data: QueryDict | Mapping[str, Any]) -> dict[str, str]:
    """What was sent, field by field."""
    return {name: str(data[name]) for name in data}


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
    read = readings.known(upload, str(upload.name), door.lang) if upload else Read()
    return rules.filled_in(read, form.spec) if read else None


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
    if laid_as(_moved(door, form)) != (form["laid"].value() or ""):
        return _laid_out(request, door, duty, form, again=True)
    if _uncounted(door, form):
        refused = Refused("reports.pages-not-counted-yet")
    elif form.is_valid() and form.all_placed():
        version, refused = attempt(lambda: _hand_in(door, duty, form), form)
        if version is not None:
            return HttpResponseRedirect(version.path)
    return _page(request, door, duty, form, refused=refused)


def _moved(door: Door, form: FileForm) -> dict[int, str]:
    return moved_in(_reading(door, form), form.spec, _said(form.data))


def _found(door: Door, form: FileForm) -> tuple[Read, Found]:
    """What the file says, and its parts as the form has its headings."""
    read = _reading(door, form)
    return read, found_in(read, form.spec, _moved(door, form))


def _uncounted(door: Door, form: FileForm) -> bool:
    """Whether pages are named of a file that a worker still reads: how many it has, nobody knows
    yet. What was typed stays on the page, which is why nobody is sent to wait elsewhere."""
    if not form.pages() or _known(door, form) is not None:
        return False
    return not _ask(door, form).finished


def _hand_in(door: Door, duty: Obligation, form: FileForm) -> Version:
    """The handed-in file; on paper recorded later, the scan itself is the evidence."""
    act = door.act_from(form)
    read, found = _found(door, form)
    docs = documents(read, found, form.spec, _said(form.data))
    handed = replace(form.handed(), docs=docs)
    if rules.bad_pages(handed.pages, read.pages):
        raise Refused("reports.no-such-pages")
    file = door.keep(act, form.cleaned_data["file"])
    _keep_pictures(act, door, read, docs)
    if act.evidence is None and (act.happened or act.on_behalf_of):
        act = replace(act, evidence=file)
    return actions.hand_in_by_file(
        act, obligation=duty, file=file, handed=handed, answers=form.answers()
    )


def _keep_pictures(act: Act, door: Door, read: Read, docs: Mapping[str, str]) -> None:
    """Keep the cleaned pictures that the documents show, each once in a programme."""
    shown = {sha for text in docs.values() for sha in files_of(json.loads(text))}
    kept = StoredFile.objects.filter(programme=door.programme, sha256__in=shown)
    for sha in sorted(shown - set(kept.values_list("sha256", flat=True))):
        data = readings.picture_of(read, sha)
        if data is not None:
            mime = mime_of(data)
            name = f"{sha[:12]}.{mime.rpartition('/')[2]}"
            keep_produced(act, programme=door.programme, name=name, mime=mime, data=data)


@require_GET
def picture(request: HttpRequest, slug: str, duty_id: str, sha256: str) -> HttpResponse:
    """A cleaned picture of a file that waits to be handed in, for who chose it."""
    door, duty = duty_door(request, slug, duty_id)
    data = QueryDict(mutable=True)
    data["key"] = request.GET.get(OF, "")[:80]
    form = _form(door, duty, data, MultiValueDict())
    found = readings.picture_of(_reading(door, form), sha256) if form.upload() else None
    if found is None:
        raise Http404
    return HttpResponse(found, content_type=mime_of(found))


def _page(
    request: HttpRequest,
    door: Door,
    duty: Obligation,
    form: FileForm,
    *,
    chosen: bool = True,
    refused: Refused | None = None,
) -> HttpResponse:
    read, laid = _found(door, form) if chosen else (Read(), Found())
    wrong = refused is not None or bool(form.is_bound and form.errors)
    report = queries.report_of(duty) if chosen else None
    texts = report.sections if report else {}
    found = laid.texts
    docs = documents(read, laid, form.spec, _said(form.data)) if chosen else {}
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
        "parts": _sourced(form, found, texts, _previews(door, duty, form, docs)),
        "loose": _loose(door, duty, form, read, laid),
        "heads": [
            (one.title, form[f"h{one.at}"]) for one in laid.opened if f"h{one.at}" in form.heads
        ],
        "found_heads": len(laid.opened),
        "tracked": tracked_in(docs.values()),
        "behind": left_behind(read, docs.values()) if chosen else {},
        "drafted": _drafted(form, found, texts, door.lang),
        "refusal": refused.sentence(door.lang) if refused else "",
        "back": reverse("reports:for", args=[door.programme.slug, duty.public_id]),
    }
    return render(request, "reports/by_file.html", context, status=422 if wrong else 200)


def _previews(
    door: Door, duty: Obligation, form: FileForm, docs: Mapping[str, str]
) -> dict[str, SafeString]:
    """Section key -> its document as it will be read, pictures included."""
    of = urlencode({OF: form["key"].value() or ""})

    def source(sha: str) -> str:
        args = [door.programme.slug, duty.public_id, sha]
        return f"{reverse('reports:file_picture', args=args)}?{of}"

    pages = many_to_html([as_body(one, DOC) for one in docs.values()], 3, source)
    return {key: mark_safe(page) for key, page in zip(docs, pages, strict=True)}


def _loose(
    door: Door, duty: Obligation, form: FileForm, read: Read, laid: Found
) -> list[dict[str, Any]]:
    """Each piece that belongs to no section, with its document as it goes into the one it is put
    to, as long as nobody changed its words."""
    docs = loose_documents(read, laid, _said(form.data)) if form.apart else {}
    previews = _previews(door, duty, form, docs)
    return [
        {**one, "preview": previews.get(f"r{number}", "")}
        for number, one in enumerate(form.loose())
    ]


def _sourced(
    form: FileForm,
    found: Mapping[str, str],
    texts: Mapping[str, str],
    previews: Mapping[str, SafeString],
) -> list[dict[str, Any]]:
    """The parts of the form, each with where its words come from as long as nobody changed them,
    and the document that is handed in with it."""
    rows = []
    for one, part in zip(form.spec.sections, form.parts(), strict=True):
        words = part["text"].value() or ""
        source = ""
        if words.strip() and words == found.get(one.key):
            source = _("读自文件")
        elif words.strip() and words == texts.get(one.key):
            source = _("来自本组在线草稿")
        rows.append({**part, "source": source, "preview": previews.get(one.key, "")})
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
