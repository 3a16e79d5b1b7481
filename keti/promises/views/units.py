"""What the promises mean for each unit: what it is entitled to, why, what it was given."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from keti.accounts.models import Organisation
from keti.groups.doors import Door, KeyForm, attempt, enter, why_not
from keti.lists.doors import Column, Listing, declared, save, show
from keti.lists.rules import Label, Moment
from keti.promises import actions, permissions, queries
from keti.promises.forms import GiveForm, WithdrawForm
from keti.promises.models import Benefit
from keti.promises.rules import said_of
from keti.promises.views.exhibits import handed

Shown = dict[str, Any]


def _base(door: Door) -> QuerySet[Benefit]:
    found = permissions.benefits_in_sight(door.sight)
    return found.select_related("organisation", "file")


def _rows(door: Door, found: Iterable[Benefit]) -> Iterator[Shown]:
    slug, mine = door.programme.slug, door.seat.unit
    manages = door.seat.can("manage")
    for one in found:
        waits = one.confirmed_at is None and one.withdrawn_at is None
        yield {
            "one": one,
            "unit": one.organisation.called.in_(door.lang),
            "promise": queries.title_of(door.programme, one.kind).in_(door.lang),
            "file": reverse("promises:benefit_file", args=[slug, one.public_id]),
            "confirm": waits and mine is not None and mine.pk == one.organisation_id,
            "withdraw": reverse("promises:withdraw", args=[slug, one.public_id])
            if manages and one.withdrawn_at is None
            else "",
        }


def _what(row: Shown) -> Label:
    one = row["one"]
    url = row["file"] if one.file_id else one.link
    return Label(one.what, url, row["promise"], tags=(_("已撤回"),) if one.withdrawn_at else ())


BENEFITS = declared(
    Listing(
        name="benefits",
        title=gettext_lazy("各单位享有的"),
        columns=(
            Column(
                "unit", gettext_lazy("单位"), lambda row: Label(row["unit"]),
                ("organisation__name_zh",), ("organisation__name_zh", "organisation__name_en"),
            ),
            Column("what", gettext_lazy("给了什么"), _what, ("what",), ("what",)),
            Column("promise", gettext_lazy("承诺"), lambda row: Label(row["promise"]), page=False),
            Column(
                "day", gettext_lazy("日期"), lambda row: Label(row["one"].day.isoformat()), ("day",)
            ),
            Column(
                "confirmed", gettext_lazy("单位确认"), lambda row: Moment(row["one"].confirmed_at),
                ("confirmed_at",),
            ),
            Column(
                "gone", gettext_lazy("撤回"),
                lambda row: Label(row["one"].reason or (_("撤回") if row["withdraw"] else ""),
                                  row["withdraw"]),
            ),
        ),
        base=_base,
        rows=_rows,
        order=("-day", "-pk"),
        page="promises:units",
        file="promises:units_export",
        of_record=True,
        nothing=gettext_lazy("还没有记录给过哪家单位什么"),
    )
)  # fmt: skip


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Entitlements of every unit this seat may see, and what was given."""
    door = enter(request, slug)
    return render(request, "promises/units.html", _shown(request, door))


def _shown(request: HttpRequest, door: Door) -> Shown:
    wide = permissions.sees_every_unit(door.seat)
    given = list(permissions.benefits_in_sight(door.sight).filter(withdrawn_at=None))
    unit = None if wide else door.seat.unit
    found = (
        []
        if not wide and unit is None
        else queries.entitlements(door.programme, given, door.now, unit)
    )
    mine = door.seat.unit
    waiting = [
        {
            "what": one.what,
            "url": reverse("promises:confirm", args=[door.programme.slug, one.public_id]),
        }
        for one in given
        if one.confirmed_at is None and mine is not None and one.organisation_id == mine.pk
    ]
    return {
        "door": door,
        "entitled": _by_unit(found, door.lang),
        "wide": wide,
        "waiting": waiting,
        "confirm_form": KeyForm(),
        "may_give": not why_not(door, lambda: permissions.may_give(door.act(), door.programme)),
        "found": show(request, door, BENEFITS),
    }


def _by_unit(found: Iterable[queries.Entitled], lang: str) -> list[Shown]:
    """Each unit once: its roles, what it is entitled to, what it was given."""
    units: dict[int, Shown] = {}
    for one in found:
        row = units.setdefault(
            one.unit.pk, {"unit": one.unit.called.in_(lang), "titles": [], "roles": {}, "given": [],
                          "lacking": []}
        )  # fmt: skip
        title = one.title.in_(lang)
        if one.entitled:
            row["titles"].append(title)
        elif one.lacks:
            row["lacking"].append({"title": title, "lacks": said_of(one.lacks)})
        row["roles"].update(dict.fromkeys(role.in_(lang) for role in one.roles))
        row["given"] += [benefit.what for benefit in one.given]
    return list(units.values())


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """What was given, as it was asked for, as a file."""
    return save(request, BENEFITS, slug, form)


def give(request: HttpRequest, slug: str) -> HttpResponse:
    """Record what a unit was given."""
    door = enter(request, slug)
    found = queries.entitlements(door.programme, [], door.now)
    units = {one.unit.public_id: one.unit for one in found}
    kinds = {one.kind: one.title.in_(door.lang) for one in found}
    form = GiveForm(
        request.POST or None,
        request.FILES or None,
        kinds=list(kinds.items()),
        units=[(key, one.called.in_(door.lang)) for key, one in units.items()],
        initial={"day": door.programme.local(door.now).date()},
    )
    form.keeper, form.moment = door.person, door.now
    refused = None
    if request.method == "POST" and form.is_valid():
        _done, refused = attempt(lambda: _give(door, form, units), form)
        if refused is None:
            return HttpResponseRedirect(reverse("promises:units", args=[slug]))
    context = {
        "door": door,
        "form": form,
        "refused": refused.sentence(door.lang) if refused and not form.errors else "",
        "why_not": why_not(door, lambda: permissions.may_give(door.act(), door.programme)),
    }
    status = 422 if refused or (form.is_bound and form.errors) else 200
    return render(request, "promises/give.html", context, status=status)


def _give(door: Door, form: GiveForm, units: dict[str, Organisation]) -> Benefit:
    said = dict(form.cleaned_data)
    act, upload = door.act(str(said["key"])), said["file"]
    permissions.may_give(act, door.programme).or_refuse()
    kept = door.keep(act, upload) if upload else None
    given = actions.Given(
        str(said["kind"]), units[str(said["unit"])], str(said["what"]), said["day"], said["link"]
    )
    return actions.give(act, programme=door.programme, given=given, file=kept)


def _fetch(door: Door, benefit_id: str) -> Benefit:
    found = permissions.benefits_in_sight(door.sight).filter(public_id=benefit_id)
    one = found.select_related("organisation", "file", "programme").first()
    if one is None:
        raise Http404
    return one


@require_POST
def confirm(request: HttpRequest, slug: str, benefit_id: str) -> HttpResponse:
    """The unit has it."""
    door = enter(request, slug)
    one, form = _fetch(door, benefit_id), KeyForm(request.POST)
    refused = None
    if form.is_valid():
        act = door.act(str(form.cleaned_data["key"]))
        _done, refused = attempt(lambda: actions.confirm_benefit(act, benefit=one))
        if refused is None:
            return HttpResponseRedirect(reverse("promises:units", args=[slug]))
    context = _shown(request, door)
    context["refused"] = refused.sentence(door.lang) if refused else ""
    return render(request, "promises/units.html", context, status=422)


def withdraw(request: HttpRequest, slug: str, benefit_id: str) -> HttpResponse:
    """Take back what was recorded as given, with a reason."""
    door = enter(request, slug)
    one = _fetch(door, benefit_id)
    form = WithdrawForm(request.POST or None)
    form.keeper, form.moment = door.person, door.now
    refused = None
    if request.method == "POST" and form.is_valid():
        act, reason = door.act(str(form.cleaned_data["key"])), str(form.cleaned_data["reason"])
        _done, refused = attempt(
            lambda: actions.withdraw_benefit(act, benefit=one, reason=reason), form
        )
        if refused is None:
            return HttpResponseRedirect(reverse("promises:units", args=[slug]))
    context = {
        "door": door,
        "form": form,
        "one": one,
        "unit": one.organisation.called.in_(door.lang),
        "refused": refused.sentence(door.lang) if refused and not form.errors else "",
        "why_not": why_not(door, lambda: permissions.may_give(door.act(), door.programme)),
    }
    status = 422 if refused or (form.is_bound and form.errors) else 200
    return render(request, "promises/withdraw.html", context, status=status)


def file(request: HttpRequest, slug: str, benefit_id: str) -> FileResponse:
    """The file that came with what was given."""
    return handed(_fetch(enter(request, slug), benefit_id).file)
