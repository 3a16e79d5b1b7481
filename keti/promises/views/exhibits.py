"""What shows how promises were kept: the list, one of them, adding and withdrawing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keti.documents.actions import path_of
from keti.documents.models import StoredFile
from keti.duties.models import Obligation
from keti.groups.doors import Door, attempt, enter, keeping, why_not
from keti.lists.doors import Column, Listing, by_code, declared, save, show
from keti.lists.rules import Count, Label
from keti.promises import actions, permissions, queries
from keti.promises.enums import Nature, Tier
from keti.promises.forms import ExhibitForm, WithdrawForm
from keti.promises.models import Exhibit
from keti.promises.views.pages import fetch


@dataclass(frozen=True, slots=True)
class ExhibitRow:
    """One exhibit of the list."""

    one: Exhibit
    promise: str
    url: str


def _base(door: Door) -> QuerySet[Exhibit]:
    return permissions.exhibits_in_sight(door.sight)


def _rows(door: Door, found: Iterable[Exhibit]) -> Iterator[ExhibitRow]:
    for one in found:
        title = queries.title_of(door.programme, one.kind).in_(door.lang)
        title = " ".join(filter(None, (title, one.period)))
        url = reverse("promises:exhibit", args=[door.programme.slug, one.public_id])
        yield ExhibitRow(one, title, url)


def _measure(row: ExhibitRow) -> Label:
    one = row.one
    return Label(f"{one.value} {one.get_unit_display()}" if one.value is not None else "")


def _outlet(row: ExhibitRow) -> Label:
    tags = (_("转载"),) if row.one.reprint else ()
    return Label(row.one.outlet, note=str(row.one.get_tier_display()), tags=tags)


EXHIBITS = declared(
    Listing(
        name="exhibits",
        title=gettext_lazy("佐证"),
        columns=(
            Column(
                "title", gettext_lazy("标题"),
                lambda row: Label(
                    row.one.title, row.url, row.promise,
                    tags=(_("已撤回"),) if row.one.withdrawn_at else (),
                ),
                ("title",), ("title", "outlet", "source"),
            ),
            Column("kind", gettext_lazy("承诺"), lambda row: Label(row.promise), ("kind",)),
            Column(
                "nature", gettext_lazy("种类"),
                lambda row: Label(str(row.one.get_nature_display())), ("nature",),
            ),
            Column(
                "day", gettext_lazy("日期"), lambda row: Label(row.one.day.isoformat()), ("day",)
            ),
            Column("outlet", gettext_lazy("媒体或渠道"), _outlet, ("outlet",)),
            Column("value", gettext_lazy("实测数"), _measure, ("value",)),
            Column("number", gettext_lazy("数值"), lambda row: Count(row.one.value), page=False),
            Column("source", gettext_lazy("来源"), lambda row: Label(row.one.source), page=False),
            Column("link", gettext_lazy("网址"), lambda row: Label(row.one.link), page=False),
            Column("gone", gettext_lazy("撤回"), lambda row: Label(row.one.reason), page=False),
        ),
        base=_base,
        rows=_rows,
        order=("-day", "-pk"),
        page="promises:exhibits",
        file="promises:exhibits_export",
        of_record=True,
        choices=(
            by_code("nature", gettext_lazy("种类"), lambda _door: Nature.choices),
            by_code("tier", gettext_lazy("媒体类别"), lambda _door: Tier.choices),
        ),
        nothing=gettext_lazy("还没有佐证"),
    )
)  # fmt: skip


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that shows how promises were kept."""
    door = enter(request, slug)
    return render(
        request, "promises/exhibits.html", {"door": door, "found": show(request, door, EXHIBITS)}
    )


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The list as it was asked for, as a file."""
    return save(request, EXHIBITS, slug, form)


def new(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """Show something for a promise; with `again` what was withdrawn stands in the form already."""
    door = enter(request, slug)
    duty = fetch(door, duty_id)
    form = keeping(
        ExhibitForm(request.POST or None, request.FILES or None, initial=_again(door)), door
    )
    refused = None
    if request.method == "POST" and form.is_valid():
        _done, refused = attempt(lambda: _exhibit(door, duty, form), form)
        if refused is None:
            return HttpResponseRedirect(reverse("promises:promise", args=[slug, duty.public_id]))
    context = {
        "door": door,
        "duty": duty,
        "title": duty.title.in_(door.lang),
        "form": form,
        "refused": refused.sentence(door.lang) if refused and not form.errors else "",
        "why_not": why_not(
            door, lambda: permissions.may_show(door.act(), door.programme, duty.kind)
        ),
    }
    status = 422 if refused or (form.is_bound and form.errors) else 200
    return render(request, "promises/show.html", context, status=status)


def _exhibit(door: Door, duty: Obligation, form: ExhibitForm) -> Exhibit:
    said = dict(form.cleaned_data)
    act, upload = door.act(str(said.pop("key"))), said.pop("file")
    permissions.may_show(act, door.programme, duty.kind).or_refuse()
    kept = door.keep(act, upload) if upload else None
    what = actions.Exhibited(**said)
    return actions.exhibit(act, obligation=duty, what=what, file=kept)


def _again(door: Door) -> dict[str, Any]:
    wanted = door.request.GET.get("again", "")
    found = permissions.exhibits_in_sight(door.sight).filter(public_id=wanted).first()
    if found is None:
        return {"day": door.programme.local(door.now).date()}
    names = (
        "nature",
        "title",
        "day",
        "link",
        "outlet",
        "tier",
        "reprint",
        "value",
        "unit",
        "source",
    )
    return {name: getattr(found, name) for name in names}


def _fetch(door: Door, exhibit_id: str) -> Exhibit:
    found = permissions.exhibits_in_sight(door.sight).filter(public_id=exhibit_id)
    one = found.select_related("file", "by", "withdrawn_by", "programme").first()
    if one is None:
        raise Http404
    return one


def exhibit(request: HttpRequest, slug: str, exhibit_id: str) -> HttpResponse:
    """One exhibit, and withdrawing it with a reason."""
    door = enter(request, slug)
    one = _fetch(door, exhibit_id)
    form = keeping(WithdrawForm(request.POST or None), door)
    refused = None
    if request.method == "POST" and form.is_valid():
        act, reason = door.act(str(form.cleaned_data["key"])), str(form.cleaned_data["reason"])
        _done, refused = attempt(
            lambda: actions.withdraw_exhibit(act, exhibit=one, reason=reason), form
        )
        if refused is None:
            return HttpResponseRedirect(reverse("promises:exhibit", args=[slug, one.public_id]))
    duty = (
        permissions.promises_in_sight(door.sight).filter(kind=one.kind, period=one.period).first()
    )
    context = {
        "door": door,
        "one": one,
        "promise": queries.title_of(door.programme, one.kind).in_(door.lang),
        "duty": duty,
        "by": one.by.called.in_(door.lang),
        "form": form,
        "refused": refused.sentence(door.lang) if refused and not form.errors else "",
        "why_not": why_not(
            door, lambda: permissions.may_show(door.act(), door.programme, one.kind)
        ),
    }
    status = 422 if refused or (form.is_bound and form.errors) else 200
    return render(request, "promises/exhibit.html", context, status=status)


def file(request: HttpRequest, slug: str, exhibit_id: str) -> FileResponse:
    """The file of an exhibit."""
    return handed(_fetch(enter(request, slug), exhibit_id).file)


def handed(kept: StoredFile | None) -> FileResponse:
    """A kept file to download; 404 where there is none."""
    if kept is None:
        raise Http404
    handle = path_of(kept.sha256).open("rb")
    return FileResponse(handle, as_attachment=True, filename=kept.name, content_type=kept.mime)
