"""Activities: the list, one of them with its places, announcing, holding, cancelling."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Sum, When
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from keti.activities import actions, permissions, queries
from keti.activities.enums import ActivityKind, ActivityState, SpotState
from keti.activities.forms import AnnounceForm, GuestForm, HeldForm, PlacesForm, ReasonForm
from keti.activities.models import Activity, OutsideGuest, Spot
from keti.charter.queries import compiled
from keti.documents.doors import give_out
from keti.groups.doors import Door, attempt, enter, why_not
from keti.kernel.refusals import Refused
from keti.lists.doors import Column, Listing, by_code, declared, save, show
from keti.lists.rules import Count, Label, Marked
from keti.promises.queries import title_of
from keti.promises.rules import OUTREACH

MARKS = {
    ActivityState.ANNOUNCED: "doing",
    ActivityState.HELD: "done",
    ActivityState.CANCELLED: "waived",
}


def _base(door: Door) -> QuerySet[Activity]:
    people = Case(
        When(spots__state=SpotState.TAKEN, then="spots__people"),
        default=0,
        output_field=IntegerField(),
    )
    return permissions.activities_in_sight(door.sight).annotate(taken=Sum(people, default=0))


def _rows(door: Door, found: Iterable[Activity]) -> Iterator[Any]:
    for one in found:
        one.programme = door.programme
        yield one


ACTIVITIES = declared(
    Listing(
        name="activities",
        title=gettext_lazy("后续活动"),
        columns=(
            Column("title", gettext_lazy("活动"), lambda row: Label(row.title, row.path),
                   ("title",), ("title", "partners")),
            Column("kind", gettext_lazy("类别"),
                   lambda row: Label(str(row.get_kind_display())), ("kind",)),
            Column("day", gettext_lazy("日期"), lambda row: Label(row.day.isoformat()), ("day",)),
            Column("region", gettext_lazy("行政区划"), lambda row: Label(row.region),
                   ("division",)),
            Column("places", gettext_lazy("名额"), lambda row: Count(row.places), ("places",)),
            Column("taken", gettext_lazy("已占"), lambda row: Count(row.taken), ("taken",)),
            Column("state", gettext_lazy("状态"),
                   lambda row: Marked(MARKS[ActivityState(row.state)],
                                      str(row.get_state_display())), ("state",)),
        ),
        base=_base,
        rows=_rows,
        order=("-day", "-pk"),
        page="activities:activities",
        file="activities:export",
        of_record=True,
        choices=(
            by_code("kind", gettext_lazy("类别"), lambda _door: ActivityKind.choices),
            by_code("state", gettext_lazy("状态"), lambda _door: ActivityState.choices),
        ),
        nothing=gettext_lazy("还没有公布活动"),
    )
)  # fmt: skip


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Every activity of the programme."""
    door = enter(request, slug)
    context = {
        "door": door,
        "found": show(request, door, ACTIVITIES),
        "may": not why_not(door, lambda: permissions.may_organise(door.act(), door.programme)),
    }
    return render(request, "activities/list.html", context)


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The list as it was asked for, as a file."""
    return save(request, ACTIVITIES, slug, form)


def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Announce an activity."""
    door = enter(request, slug)
    block = compiled(door.programme).blocks.get("outreach") or {}
    kinds = [f"{OUTREACH}{key}" for key in block]
    promises = [(kind, title_of(door.programme, kind).in_(door.lang)) for kind in kinds]
    form = AnnounceForm(request.POST or None, door=door, promises=promises)
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        said = actions.Announced(**form.facts())
        act = door.act(str(form.cleaned_data["key"]))
        made, refused = attempt(
            lambda: actions.announce(act, programme=door.programme, said=said), form
        )
        if made is not None:
            return HttpResponseRedirect(made.path)
    why = why_not(door, lambda: permissions.may_organise(door.act(), door.programme))
    context = {"door": door, "form": form, "why_not": why}
    return _page(request, "activities/new.html", context, form, refused)


def _page(
    request: HttpRequest, template: str, context: dict[str, Any], form: Any, refused: Refused | None
) -> HttpResponse:
    lang = context["door"].lang
    context["refused"] = refused.sentence(lang) if refused and not form.errors else ""
    bad = refused or (form.is_bound and form.errors)
    return render(request, template, context, status=422 if bad else 200)


def fetch(door: Door, activity_id: str) -> Activity:
    """The activity; 404 where there is none in sight."""
    found = permissions.activities_in_sight(door.sight).filter(public_id=activity_id)
    one = found.select_related("file", "exhibit").first()
    if one is None:
        raise Http404
    one.programme = door.programme
    return one


def activity(request: HttpRequest, slug: str, activity_id: str) -> HttpResponse:
    """One activity: when and where, who goes first until when, the own answer, who comes."""
    door = enter(request, slug)
    one = fetch(door, activity_id)
    form = PlacesForm(request.POST or None, door=door)
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        _done, refused = attempt(lambda: _answer(door, one, form), form)
        if refused is None:
            return HttpResponseRedirect(one.path)
    return _page(request, "activities/activity.html", _shown(door, one, form), form, refused)


def _answer(door: Door, one: Activity, form: PlacesForm) -> Spot:
    act = door.act_from(form)
    if door.request.POST.get("do") == "decline":
        return actions.decline_places(act, activity=one)
    return actions.take_places(act, activity=one, people=form.cleaned_data["people"] or 0)


def _shown(door: Door, one: Activity, form: PlacesForm) -> dict[str, Any]:
    spots = permissions.spots_in_sight(door.sight).filter(activity=one)
    unit = door.seat.unit
    manages = not why_not(door, lambda: permissions.may_organise(door.act(), door.programme))
    roles = [compiled(door.programme).role(key).title.in_(door.lang) for key in one.entitles]
    guests = permissions.guests_in_sight(door.sight).filter(activity=one)
    first = one.window.in_priority(door.now)
    mine = queries.goes_first(one, unit, door.now) if unit and first else False
    return {
        "door": door,
        "one": one,
        "mark": MARKS[ActivityState(one.state)],
        "promise": title_of(door.programme, one.promise).in_(door.lang) if one.promise else "",
        "roles": roles,
        "left": queries.places_left(one),
        "first": first,
        "mine": mine,
        "open": one.state == ActivityState.ANNOUNCED and door.now < one.closes_at,
        "announced": one.state == ActivityState.ANNOUNCED,
        "spots": list(spots.select_related("organisation").order_by("at", "pk")),
        "guests": list(guests.order_by("pk")),
        "form": form,
        "why_not": why_not(door, lambda: permissions.may_answer(door.act(), one)),
        "manages": manages,
        "sheets": list(permissions.sheets_in_sight(door.sight).filter(activity=one)),
    }


def _act_page(
    request: HttpRequest,
    door: Door,
    one: Activity,
    form: Any,
    do: Callable[[Any], object],
    words: tuple[Any, Any],
) -> HttpResponse:
    """A page of one form for the secretariat; done, it leads back to the activity."""
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        act = door.act(str(form.cleaned_data["key"]))
        _done, refused = attempt(lambda: do(act), form)
        if refused is None:
            return HttpResponseRedirect(one.path)
    why = why_not(door, lambda: permissions.may_organise(door.act(), door.programme))
    heading, button = words
    context = {
        "door": door, "one": one, "form": form, "why_not": why, "heading": heading,
        "button": button,
    }  # fmt: skip
    return _page(request, "activities/form.html", context, form, refused)


def hold(request: HttpRequest, slug: str, activity_id: str) -> HttpResponse:
    """Record that it took place."""
    door = enter(request, slug)
    one = fetch(door, activity_id)
    spots = permissions.spots_in_sight(door.sight).filter(activity=one, state=SpotState.TAKEN)
    rows = [
        (spot.public_id, spot.organisation.called.in_(door.lang), spot.people)
        for spot in spots.select_related("organisation").order_by("pk")
    ]
    found = permissions.guests_in_sight(door.sight).filter(activity=one, withdrawn_at=None)
    guests = [(guest.public_id, guest.name or str(guest)) for guest in found.order_by("pk")]
    form = HeldForm(
        request.POST or None, request.FILES or None, door=door, spots=rows, guests=guests
    )

    def do(act: Any) -> object:
        permissions.may_organise(act, door.programme).or_refuse()
        said = form.cleaned_data
        came = actions.Came(form.came(), frozenset(said.get("guests", ())), said["account"])
        kept = door.keep(act, said["file"])
        return actions.hold_activity(act, activity=one, came=came, file=kept)

    words = (gettext_lazy("记录已举办"), gettext_lazy("记为已举办"))
    return _act_page(request, door, one, form, do, words)


def cancel(request: HttpRequest, slug: str, activity_id: str) -> HttpResponse:
    """Cancel it, or take back that it was held, with a reason."""
    door = enter(request, slug)
    one = fetch(door, activity_id)
    form = ReasonForm(request.POST or None, door=door)
    held = one.state == ActivityState.HELD

    def do(act: Any) -> object:
        verb = actions.unhold_activity if held else actions.cancel_activity
        return verb(act, activity=one, reason=form.cleaned_data["reason"])

    word = gettext_lazy("撤回举办记录") if held else gettext_lazy("取消活动")
    return _act_page(request, door, one, form, do, (word, word))


def guest(request: HttpRequest, slug: str, activity_id: str) -> HttpResponse:
    """Note a guest from outside."""
    door = enter(request, slug)
    one = fetch(door, activity_id)
    form = GuestForm(request.POST or None, request.FILES or None, door=door)

    def do(act: Any) -> object:
        permissions.may_organise(act, door.programme).or_refuse()
        said = form.cleaned_data
        kept = door.keep(act, said["consent"], "consent") if said["consent"] else None
        return actions.invite_guest(
            act, activity=one, body=said["body"], post=said["post"], name=said["name"], consent=kept
        )

    words = (gettext_lazy("登记外请嘉宾"),) * 2
    return _act_page(request, door, one, form, do, words)


@require_POST
def unguest(request: HttpRequest, slug: str, activity_id: str, guest_id: str) -> HttpResponse:
    """A guest does not come."""
    door = enter(request, slug)
    one = fetch(door, activity_id)
    found = permissions.guests_in_sight(door.sight).filter(activity=one, public_id=guest_id)
    row: OutsideGuest | None = found.select_related("activity").first()
    if row is None:
        raise Http404
    form = PlacesForm(request.POST, door=door)
    refused: Refused | None = None
    if form.is_valid():
        act = door.act(str(form.cleaned_data["key"]))
        _done, refused = attempt(lambda: actions.withdraw_guest(act, guest=row))
        if refused is None:
            return HttpResponseRedirect(one.path)
    fresh = PlacesForm(door=door)
    return _page(request, "activities/activity.html", _shown(door, one, fresh), fresh, refused)


def file(request: HttpRequest, slug: str, activity_id: str) -> FileResponse:
    """What shows that it took place."""
    door = enter(request, slug)
    one = fetch(door, activity_id)
    if one.file is None or not permissions.sees_all(door.seat):
        raise Http404
    return give_out(one.file)
