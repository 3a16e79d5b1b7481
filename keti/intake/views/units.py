"""Every unit of the programme: the list, and what is on record of one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from keti.accounts.models import Organisation, Person
from keti.accounts.rules import is_credit_code, like_key
from keti.groups.doors import Door, attempt, enter_office, page, tried
from keti.groups.models import Seat, SeatQuerySet
from keti.groups.queries import standing
from keti.intake import actions, queries
from keti.intake.forms.office import MergeForm, UnitForm
from keti.kernel.refusals import Refused
from keti.lists import doors as lists
from keti.lists.doors import Choice, Column, Listing, declared, in_turn
from keti.lists.rules import Label


@dataclass(frozen=True, slots=True)
class Known:
    """A unit of the programme: its own seats now, and how many of its people sit here."""

    unit: Organisation
    url: str
    seats: tuple[str, ...]
    people: tuple[str, ...]


def _base(door: Door) -> QuerySet[Organisation]:
    return queries.units(door.programme)


def _rows(door: Door, units: Iterable[Organisation]) -> Iterator[Known]:
    for some in in_turn(units):
        held, people = _of(door, [one.pk for one in some])
        for unit in some:
            yield Known(
                unit,
                reverse("intake:unit", args=[door.programme.slug, unit.public_id]),
                tuple(held.get(unit.pk, ())),
                tuple(people.get(unit.pk, {}).values()),
            )


def _of(door: Door, units: list[int]) -> tuple[dict[int, list[str]], dict[int, dict[int, str]]]:
    """Unit -> its own seats, and unit -> its people who act here, by key."""
    keys = tuple(units)

    def own(door: Door) -> SeatQuerySet:
        return standing(door.programme, door.now).filter(organisation__in=keys)

    def theirs(door: Door) -> SeatQuerySet:
        of_these = Q(person__unit__in=keys) | Q(delegate__unit__in=keys)
        found = standing(door.programme, door.now).filter(of_these)
        return found.select_related("delegate__unit")

    held: dict[int, list[str]] = {}
    for seat in door.read(("intake.of-units", keys), own):
        held.setdefault(seat.organisation_id or 0, []).append(seat.title.in_(door.lang))
    people: dict[int, dict[int, str]] = {}
    for seat in door.read(("intake.in-units", keys), theirs):
        who = seat.acting_person
        if who is not None and who.unit_id:
            people.setdefault(who.unit_id, {})[who.pk] = who.called.in_(door.lang)
    return held, people


UNITS = declared(
    Listing(
        name="units",
        title=pgettext_lazy("tab", "单位"),
        columns=(
            Column(
                "who", gettext_lazy("单位"), lambda row: Label(row.unit.name_zh, row.url),
                ("name_key",), (("name_key", like_key), "name_en"),
            ),
            Column("seats", gettext_lazy("任职"), lambda row: Label("；".join(row.seats))),
            Column("people", gettext_lazy("人员"), lambda row: Label("、".join(row.people))),
            Column(
                "code", gettext_lazy("统一社会信用代码"), lambda row: Label(row.unit.credit_code),
                ("credit_code",), ("credit_code",),
            ),
            Column(
                "name_en", gettext_lazy("英文名称"), lambda row: Label(row.unit.name_en),
                ("name_en",), page=False,
            ),
        ),
        base=_base,
        of_record=True,
        rows=_rows,
        order=("name_key",),
        page="intake:units",
        file="intake:units_file",
        choices=(
            Choice(
                "has", gettext_lazy("资料"),
                lambda _door, _rows: [("code", _("缺信用代码")), ("english", _("缺英文名称"))],
                lambda _door, value: {"code": Q(credit_code=""), "english": Q(name_en="")}.get(
                    value, Q(pk__in=[])
                ),
            ),
        ),
        nothing=gettext_lazy("还没有单位"),
        hint=gettext_lazy("导入名单、任命或收到申报后，这里列出每一个单位。"),
        enter=enter_office,
    )
)  # fmt: skip


def units(request: HttpRequest, slug: str) -> HttpResponse:
    """Every unit of the programme, to be found under any writing."""
    door = enter_office(request, slug)
    context = {"door": door, "units": lists.show(request, door, UNITS)}
    return render(request, "intake/units.html", context)


def units_file(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The list of units as it was asked for, as a sheet."""
    return lists.save(request, UNITS, slug, form)


def _unit(door: Door, public_id: str) -> Organisation:
    """A unit of this programme; for every other id there is no such page."""
    found = queries.units(door.programme).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def unit(request: HttpRequest, slug: str, unit_id: str) -> HttpResponse:
    """What is on record of one unit, who of it takes part, and putting it right."""
    door = enter_office(request, slug)
    thing = _unit(door, unit_id)
    form = UnitForm(request.POST) if request.method == "POST" else UnitForm.of(thing)
    refused = None
    if request.method == "POST" and form.is_valid():
        _done, refused = attempt(lambda: _corrected(door, thing, form))
        if refused is None:
            messages.success(request, _("已更正。"))
            code = form.cleaned_data["credit_code"]
            if code and not is_credit_code(code):
                messages.warning(request, _("信用代码的校验位不对，请再核对一遍；已按填写的保存。"))
            return HttpResponseRedirect(request.path)
    return _shown(door, thing, form, MergeForm(others=_others(door, thing)), refused)


def _corrected(door: Door, thing: Organisation, form: UnitForm) -> Organisation:
    given = form.cleaned_data
    return actions.correct_unit(
        door.act(given["key"]),
        programme=door.programme,
        unit=thing,
        changes=form.changes(),
        renamed=given["renamed"],
    )


def _shown(
    door: Door, thing: Organisation, form: UnitForm, merging: MergeForm, refused: Refused | None
) -> HttpResponse:
    seats = Seat.objects.filter(programme=door.programme, organisation=thing).with_names()
    context = {
        "door": door,
        "unit": thing,
        "seats": [(one, one.title.in_(door.lang)) for one in seats],
        "people": _people(door, thing),
        "former": list(thing.former_names.all()),
        "form": form,
        "merging": merging,
        "elsewhere": queries.unit_elsewhere(door.programme, thing),
        "odd_code": bool(thing.credit_code) and not is_credit_code(thing.credit_code),
    }
    return page(door.request, "intake/unit.html", context, refused=refused)


def _people(door: Door, thing: Organisation) -> list[Person]:
    return list(queries.known_people(door.programme).filter(unit=thing).order_by("name_key"))


def _others(door: Door, thing: Organisation) -> list[tuple[str, str]]:
    rest = queries.units(door.programme).exclude(pk=thing.pk).order_by("name_key")
    return [(one.public_id, one.label) for one in rest]


@require_POST
def merge(request: HttpRequest, slug: str, unit_id: str) -> HttpResponse:
    """Another record is this unit too: both become this one."""
    door = enter_office(request, slug)
    thing = _unit(door, unit_id)
    form = MergeForm(request.POST, others=_others(door, thing))
    done, refused = tried(
        request,
        form,
        lambda: actions.merge_units(
            door.own_act(form),
            programme=door.programme,
            gone=_unit(door, form.cleaned_data["other"]),
            kept=thing,
        ),
    )
    if done:
        messages.success(request, _("两条登记已合并。"))
        return HttpResponseRedirect(reverse("intake:unit", args=[slug, unit_id]))
    answer = _shown(door, thing, UnitForm.of(thing), form, refused)
    answer.status_code = 422
    return answer
