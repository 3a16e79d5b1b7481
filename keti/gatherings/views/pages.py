"""The list of gatherings, one of them, and everything the office does to it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from keti.gatherings import actions, permissions, queries
from keti.gatherings.enums import State
from keti.gatherings.forms import (
    AnnounceForm,
    ArrangeForm,
    CallOffForm,
    ConcludeForm,
    InviteForm,
    MoveForm,
    SignerForm,
    SlotForm,
)
from keti.gatherings.models import Gathering
from keti.groups.doors import Door, attempt, enter, keeping, why_not
from keti.groups.queries import people, standing
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.lists.doors import Column, Listing, by_code, declared, save, show
from keti.lists.rules import Count, Label, Marked, Moment

MARKS = {State.PLANNED: "doing", State.HELD: "done", State.CALLED_OFF: "waived"}


@dataclass(frozen=True, slots=True)
class GatheringRow:
    """One gathering of the list."""

    one: Gathering
    title: str
    url: str


def _base(door: Door) -> QuerySet[Gathering]:
    return Gathering.objects.filter(programme=door.programme)


def _rows(door: Door, found: Iterable[Gathering]) -> Iterator[GatheringRow]:
    for one in found:
        url = reverse("gatherings:gathering", args=[door.programme.slug, one.public_id])
        yield GatheringRow(one, one.title.in_(door.lang), url)


GATHERINGS = declared(
    Listing(
        name="gatherings",
        title=gettext_lazy("大会与仪式"),
        columns=(
            Column(
                "title", gettext_lazy("名称"),
                lambda row: Label(row.title, row.url, str(row.one.get_kind_display())),
                ("title_zh",), ("title_zh", "title_en", "place"),
            ),
            Column("begins", gettext_lazy("开始时间"), lambda row: Moment(row.one.begins_at),
                   ("begins_at",)),
            Column("place", gettext_lazy("地点"), lambda row: Label(row.one.place), ("place",)),
            Column(
                "state", gettext_lazy("情况"),
                lambda row: Marked(MARKS[row.one.state], row.one.get_state_display()), ("state",),
            ),
            Column("present", gettext_lazy("到场人数"), lambda row: Count(row.one.present),
                   ("present",)),
        ),
        base=_base,
        rows=_rows,
        order=("begins_at",),
        page="gatherings:gatherings",
        file="gatherings:export",
        of_record=True,
        choices=(by_code("state", gettext_lazy("情况"), lambda _door: State.choices),),
        nothing=gettext_lazy("还没有大会"),
    )
)  # fmt: skip


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Every gathering of the programme."""
    door = enter(request, slug)
    context = {"door": door, "found": show(request, door, GATHERINGS), "why_not": _why_not(door)}
    return render(request, "gatherings/list.html", context)


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The list as it was asked for, as a file."""
    return save(request, GATHERINGS, slug, form)


def _why_not(door: Door) -> str:
    return why_not(door, lambda: permissions.may_arrange(door.act(), door.programme))


def fetch(door: Door, gathering_id: str) -> Gathering:
    """The gathering of this programme; 404 otherwise."""
    found = queries.gatherings(door.programme).filter(public_id=gathering_id).first()
    if found is None:
        raise Http404
    found.programme = door.programme
    return found


def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin to prepare a gathering."""
    door = enter(request, slug)
    named = [(key, one.in_(door.lang)) for key, one in queries.promises(door.programme).items()]
    form = keeping(ArrangeForm(request.POST or None, promises=named), door)
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        act = door.act(str(said.pop("key")))
        made, refused = attempt(
            lambda: actions.arrange(act, programme=door.programme, what=actions.Arranged(**said)),
            form,
        )
        if made is not None:
            return HttpResponseRedirect(made.path)
    context = {
        "door": door,
        "form": form,
        "why_not": _why_not(door),
        "refused": unsaid(refused, form, door),
    }
    status = 422 if refused or (form.is_bound and form.errors) else 200
    return render(request, "gatherings/new.html", context, status=status)


def unsaid(refused: Refused | None, form: Any, door: Door) -> str:
    """A refusal that no box shows."""
    return refused.sentence(door.lang) if refused and not form.errors else ""


def _people(door: Door) -> list[tuple[str, str]]:
    found = people(list(standing(door.programme, door.now)))
    return [(one.public_id, one.called.in_(door.lang)) for one in found]


def _forms(door: Door, one: Gathering, data: Any = None, deed: str = "") -> dict[str, Any]:
    """The forms of the page, the one that was sent with what was sent."""

    def of(key: str, kind: Any, **more: Any) -> Any:
        sent = (data.POST, data.FILES) if data is not None and key == deed else ()
        return keeping(kind(*sent, **more), door)

    begins = {"begins_at": door.programme.local(one.begins_at)}
    return {
        "slot": of("slot", SlotForm, people=_people(door), initial=begins),
        "guest": of("guest", InviteForm),
        "signer": of("signer", SignerForm),
        "announce": of("announce", AnnounceForm),
        "move": of("move", MoveForm, initial=begins | {"place": one.place}),
        "call_off": of("call_off", CallOffForm),
        "conclude": of("conclude", ConcludeForm),
    }


def gathering(request: HttpRequest, slug: str, gathering_id: str) -> HttpResponse:
    """One gathering: its programme, who signs, how many come."""
    door = enter(request, slug)
    one = fetch(door, gathering_id)
    return _page(door, one, _forms(door, one))


def _page(
    door: Door, one: Gathering, forms: Mapping[str, Any], refused: str = "", status: int = 200
) -> HttpResponse:
    why = _why_not(door)
    planned = one.state == State.PLANNED
    guests = permissions.invitees_in_sight(door.sight).filter(gathering=one)
    context = {
        "door": door,
        "one": one,
        "title": one.title.in_(door.lang),
        "mark": MARKS[State(one.state)],
        "parts": queries.parts(one, door.lang, public=bool(why)),
        "signers": queries.signers(one),
        "guests": guests.count() if not why else None,
        "forms": forms,
        "office": not why,
        "changes": not why and planned,
        "promise": promised.in_(door.lang)
        if (promised := queries.promises(door.programme).get(one.promise)) else "",
        "refused": refused,
    }  # fmt: skip
    return render(door.request, "gatherings/gathering.html", context, status=status)


@require_POST
def do(request: HttpRequest, slug: str, gathering_id: str, deed: str) -> HttpResponse:
    """One thing the office does to it."""
    door = enter(request, slug)
    one = fetch(door, gathering_id)
    deed = deed.replace("-", "_")
    if deed not in DEEDS:
        raise Http404
    forms = _forms(door, one, request, deed)
    form = forms[deed]
    refused: Refused | None = None
    if form.is_valid():
        said = dict(form.cleaned_data)
        act = door.act(str(said.pop("key")))
        _done, refused = attempt(lambda: DEEDS[deed](door, act, one, said), form)
        if refused is None:
            return HttpResponseRedirect(one.path)
    return _page(door, one, forms, unsaid(refused, form, door), 422)


Said = dict[str, Any]


def _slot(door: Door, act: Act, one: Gathering, said: Said) -> object:
    wanted = said.pop("speaker")
    found = people(list(standing(door.programme, door.now)))
    speaker = next((person for person in found if person.public_id == wanted), None)
    return actions.add_slot(act, gathering=one, what=actions.Part(speaker=speaker, **said))


def _conclude(door: Door, act: Act, one: Gathering, said: Said) -> object:
    permissions.may_arrange(act, door.programme).or_refuse()
    upload = said.pop("file")
    kept = door.keep(act, upload) if upload else None
    return actions.conclude(act, gathering=one, file=kept, **said)


DEEDS: dict[str, Callable[[Door, Act, Gathering, Said], object]] = {
    "slot": _slot,
    "guest": lambda door, act, one, said: actions.invite(act, gathering=one, **said),
    "signer": lambda door, act, one, said: actions.list_signer(act, gathering=one, **said),
    "announce": lambda door, act, one, said: actions.announce(act, gathering=one),
    "move": lambda door, act, one, said: actions.move(act, gathering=one, **said),
    "call_off": lambda door, act, one, said: actions.call_off(act, gathering=one, **said),
    "conclude": _conclude,
}
