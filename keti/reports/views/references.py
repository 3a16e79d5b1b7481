"""The references of a draft: its list and the box to paste into, one, all of a programme."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from keti.documents.rules.refs.gbt import entry
from keti.groups.doors import Door, KeyForm, attempt, enter, why_not
from keti.kernel.refusals import Refused
from keti.lists.doors import Choice, Column, Listing, Options, Rows, declared, save, show
from keti.lists.rules import Label, Marked
from keti.reports import actions, permissions, queries
from keti.reports.forms import ALIKE, KINDS, AddReferences, MendReference
from keti.reports.models import Reference, Report
from keti.reports.views.doors import draft_door


@dataclass(frozen=True, slots=True)
class PrintedReference:
    """One reference as it will be printed."""

    number: int
    printed: str
    row: Reference


def _whynot(door: Door, report: Report) -> str:
    return why_not(door, lambda: permissions.may_edit(door.act(), report))


@require_http_methods(["GET", "POST"])
def of_report(request: HttpRequest, slug: str, report_id: str) -> HttpResponse:
    """The list of one draft as it will be printed, and the box into which more is pasted."""
    door, report = draft_door(request, slug, report_id)
    form = AddReferences(request.POST or None)
    refused = None
    if request.method == "POST" and form.is_valid():
        act = door.act(form.cleaned_data["key"])
        added, refused = attempt(
            lambda: actions.add_references(act, report=report, text=form.cleaned_data["text"])
        )
        if added is not None:
            known = f"&known={added.known}" if added.known else ""
            return HttpResponseRedirect(f"{report.path}references/?new={len(added.new)}{known}")
    return _list_page(request, door, report, form, refused)


def _list_page(
    request: HttpRequest, door: Door, report: Report, form: AddReferences, refused: Refused | None
) -> HttpResponse:
    spec = queries.spec_of(report.obligation)
    rows = {one.key: one for one in Reference.objects.filter(report=report)}
    for row in rows.values():
        row.report = report
    read = queries.draft_texts(
        queries.draft_rows(report, spec),
        queries.references_of(report),
        door.lang,
        spec.references,
    )
    lines = [
        PrintedReference(number, printed, rows[key])
        for number, (printed, key) in enumerate(zip(read.references, read.keys, strict=True), 1)
    ]
    wrong = refused is not None or bool(form.is_bound and form.errors)
    context = {
        "door": door,
        "now": door.now,
        "report": report,
        "title": report.title.in_(door.lang),
        "form": form,
        "lines": lines,
        "style": spec.references,
        "unknown": read.unknown,
        "lost": read.lost,
        "new": _count(request, "new"),
        "known": _count(request, "known"),
        "whynot": _whynot(door, report),
        "refusal": refused.sentence(door.lang) if refused else "",
    }
    return render(request, "reports/references.html", context, status=422 if wrong else 200)


def _count(request: HttpRequest, name: str) -> int:
    said = request.GET.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 5 else 0


def _reference(report: Report, public_id: str) -> Reference:
    found = queries.reference_by_id(report, public_id)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, slug: str, report_id: str, reference_id: str) -> HttpResponse:
    """One reference, field by field."""
    door, report = draft_door(request, slug, report_id)
    found = _reference(report, reference_id)
    form = MendReference(request.POST or None, reference=found)
    refused = None
    if request.method == "POST" and form.is_valid():
        act = door.act(form.cleaned_data["key"])
        before = form.cleaned_data["before"]
        mended, refused = attempt(
            lambda: actions.mend_reference(
                act, reference=found, held=form.held(found), before=before
            )
        )
        if mended is not None:
            return HttpResponseRedirect(f"{report.path}references/")
    wrong = refused is not None or bool(form.is_bound and form.errors)
    context = {
        "door": door,
        "now": door.now,
        "report": report,
        "reference": found,
        "title": report.title.in_(door.lang),
        "printed": entry(found.held(), queries.spec_of(report.obligation).references),
        "form": form,
        "key": KeyForm()["key"].value(),
        "whynot": _whynot(door, report),
        "refusal": refused.sentence(door.lang) if refused else "",
    }
    return render(request, "reports/reference.html", context, status=422 if wrong else 200)


@require_POST
def remove(request: HttpRequest, slug: str, report_id: str, reference_id: str) -> HttpResponse:
    """Take one out of the list; one that is gone already stays gone."""
    door, report = draft_door(request, slug, report_id)
    found = queries.reference_by_id(report, reference_id)
    form = KeyForm(request.POST)
    refused = None
    if found is not None and form.is_valid():
        act = door.act(form.cleaned_data["key"])
        _done, refused = attempt(lambda: actions.remove_reference(act, reference=found))
    if refused is not None:
        return _list_page(request, door, report, AddReferences(), refused)
    return HttpResponseRedirect(f"{report.path}references/")


def _seen(door: Door) -> QuerySet[Reference]:
    drafts = permissions.with_draft(door.sight, Report.objects.order_by())
    return Reference.objects.filter(programme=door.programme, report__in=drafts.values("pk"))


def _base(door: Door) -> Rows:
    return _seen(door).values_list(*_READ)


_READ = (
    "public_id", "key", "title", "who", "year", "unread", "item__type", "report__public_id",
    "report__obligation__title_zh", "report__obligation__title_en", "report__group__title_zh",
    "report__group__title_en", "report__period",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """One reference of the list."""

    title: str
    url: str
    key: str
    who: str
    year: str
    kind: str
    report: str
    of: str
    unread: bool

    @property
    def state(self) -> Marked:
        if self.unread:
            return Marked("returned", pgettext("reference", "有未读出的"))
        return Marked("done", pgettext("reference", "已读出"))


def _rows(door: Door, found: Iterable[tuple[Any, ...]]) -> Iterator[ReferenceRow]:
    for public_id, key, title, who, year, unread, kind, report, *named in found:
        work, group = (named[0], named[2]) if door.lang != "en" else (named[1], named[3])
        base = reverse("reports:references", args=[door.programme.slug, report])
        label = " · ".join(one for one in (work or named[0], group or named[2], named[4]) if one)
        said = str(KINDS.get(ALIKE.get(kind, kind), ""))
        url = f"{base}{public_id}/"
        yield ReferenceRow(title, url, key, who, year, said, label, base, bool(unread))


def _kinds(_door: Door, _rows: Rows) -> Options:
    return [(key, str(word)) for key, word in KINDS.items()]


REFERENCES = declared(
    Listing(
        name="references",
        title=gettext_lazy("参考文献"),
        columns=(
            Column(
                "title", gettext_lazy("题名"), lambda row: Label(row.title, row.url),
                ("title",), ("title",),
            ),
            Column("who", gettext_lazy("著者"), lambda row: Label(row.who), ("who",), ("who",)),
            Column("year", gettext_lazy("年份"), lambda row: Label(row.year), ("year",), ("year",)),
            Column("kind", pgettext_lazy("reference", "种类"), lambda row: Label(row.kind)),
            Column("key", gettext_lazy("引用键"), lambda row: Label(row.key), ("key",), ("key",)),
            Column(
                "report", gettext_lazy("报告"), lambda row: Label(row.report, row.of),
                ("report__pk",), ("report__obligation__title_zh", "report__obligation__title_en"),
            ),
            Column("state", gettext_lazy("状态"), lambda row: row.state),
        ),
        base=_base,
        lean=_seen,
        rows=_rows,
        order=("title",),
        page="reports:all_references",
        file="reports:all_references_file",
        choices=(
            Choice(
                "kind", pgettext_lazy("reference", "种类"), _kinds,
                lambda _door, value: Q(item__type=value),
            ),
        ),
        nothing=gettext_lazy("还没有参考文献"),
        hint=gettext_lazy("在报告草稿的“参考文献”里粘贴或键入。"),
    )
)  # fmt: skip


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """The references of every draft this seat may read."""
    door = enter(request, slug)
    context = {"door": door, "now": door.now, "references": show(request, door, REFERENCES)}
    return render(request, "reports/all_references.html", context)


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The same list as a file."""
    return save(request, REFERENCES, slug, form)
