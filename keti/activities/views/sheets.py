"""What is known of regions: policy sheets and schemes, listed, entered, checked, withdrawn."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keti.activities import actions, permissions
from keti.activities.enums import ActivityKind
from keti.activities.forms import ReasonForm, SheetForm
from keti.activities.models import Activity, RegionSheet
from keti.groups.doors import Door, attempt, enter, why_not
from keti.kernel.refusals import Refused
from keti.lists.doors import Column, Listing, declared, save, show
from keti.lists.rules import Count, Label, Marked


def _base(door: Door) -> QuerySet[RegionSheet]:
    return permissions.sheets_in_sight(door.sight)


def _rows(door: Door, found: Iterable[RegionSheet]) -> Iterator[RegionSheet]:
    for one in found:
        one.programme = door.programme
        yield one


def state_of(one: RegionSheet) -> tuple[str, str]:
    """The mark and the word of a sheet."""
    if one.withdrawn_at:
        return "waived", _("已撤回")
    return ("done", _("已核对")) if one.checked_at else ("doing", _("尚未核对"))


SHEETS = declared(
    Listing(
        name="region-sheets",
        title=gettext_lazy("地方政策与方案"),
        columns=(
            Column("title", gettext_lazy("标题"), lambda row: Label(row.title, row.path),
                   ("title",), ("title", "body", "source")),
            Column("region", gettext_lazy("行政区划"), lambda row: Label(row.region),
                   ("division",)),
            Column("scheme", gettext_lazy("种类"),
                   lambda row: Label(_("地方治理方案") if row.scheme else _("地方政策")),
                   ("scheme",)),
            Column("edition", gettext_lazy("第几版"), lambda row: Count(row.edition), ("edition",)),
            Column("as_of", gettext_lazy("截至哪一天"),
                   lambda row: Label(row.as_of.isoformat()), ("as_of",)),
            Column("state", gettext_lazy("状态"), lambda row: Marked(*state_of(row)),
                   ("checked_at",)),
            Column("source", gettext_lazy("出处"), lambda row: Label(row.source), page=False),
            Column("link", gettext_lazy("网址"), lambda row: Label(row.link), page=False),
        ),
        base=_base,
        rows=_rows,
        order=("division", "scheme", "-edition"),
        page="activities:sheets",
        file="activities:sheets_export",
        of_record=True,
        nothing=gettext_lazy("还没有录入地方政策或方案"),
    )
)  # fmt: skip


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Every sheet."""
    door = enter(request, slug)
    context = {"door": door, "found": show(request, door, SHEETS)}
    return render(request, "activities/sheets.html", context)


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The list as it was asked for, as a file."""
    return save(request, SHEETS, slug, form)


def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter a sheet."""
    door = enter(request, slug)
    seminars = {
        one.public_id: one
        for one in permissions.activities_in_sight(door.sight).filter(kind=ActivityKind.SEMINAR)
    }
    named = [(key, f"{one.title} · {one.day}") for key, one in seminars.items()]
    form = SheetForm(request.POST or None, door=door, seminars=named)
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        act = door.act(str(form.cleaned_data["key"]))
        made, refused = attempt(lambda: _enter(door, act, form, seminars), form)
        if made is not None:
            return HttpResponseRedirect(made.path)
    why = why_not(door, lambda: permissions.may_enter_sheet(door.act(), door.programme))
    context = {
        "door": door,
        "form": form,
        "why_not": why,
        "refused": refused.sentence(door.lang) if refused and not form.errors else "",
    }
    bad = refused or (form.is_bound and form.errors)
    return render(request, "activities/sheet_new.html", context, status=422 if bad else 200)


def _enter(door: Door, act: Any, form: SheetForm, seminars: dict[str, Activity]) -> RegionSheet:
    said = form.facts()
    said["activity"] = seminars.get(str(said["activity"])) if said["scheme"] else None
    return actions.enter_sheet(act, programme=door.programme, said=actions.Sheet(**said))


def sheet(request: HttpRequest, slug: str, sheet_id: str) -> HttpResponse:
    """One sheet; checked by somebody else, withdrawn with a reason."""
    door = enter(request, slug)
    found = permissions.sheets_in_sight(door.sight).filter(public_id=sheet_id)
    one = found.select_related("activity").first()
    if one is None:
        raise Http404
    one.programme = door.programme
    if one.activity:
        one.activity.programme = door.programme
    checks = request.POST.get("do") == "check"
    form = ReasonForm(request.POST or None, door=door)
    form.fields["reason"].required = not checks
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        act, reason = door.act(str(form.cleaned_data["key"])), form.cleaned_data["reason"]
        if checks:
            _done, refused = attempt(lambda: actions.check_sheet(act, sheet=one), form)
        else:
            _done, refused = attempt(
                lambda: actions.withdraw_sheet(act, sheet=one, reason=reason), form
            )
        if refused is None:
            return HttpResponseRedirect(one.path)
    mark, word = state_of(one)
    context = {
        "door": door,
        "one": one,
        "mark": mark,
        "word": word,
        "form": form,
        "checks": not why_not(door, lambda: permissions.may_check(door.act(), one)),
        "withdraws": not why_not(door, lambda: permissions.may_withdraw_sheet(door.act(), one)),
        "refused": refused.sentence(door.lang) if refused and not form.errors else "",
    }
    bad = refused or (form.is_bound and form.errors)
    return render(request, "activities/sheet.html", context, status=422 if bad else 200)
