"""What became of the recommendations: the list, one more said, found true, withdrawn."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from keti.groups.doors import Door, KeepingForm, enter, go, keeping, page, tried, why_not
from keti.lists.doors import Column, Listing, by_code, declared, save, show
from keti.lists.rules import Label, Marked
from keti.research import actions, permissions, queries
from keti.research.actions import Became
from keti.research.enums import UptakeState
from keti.research.forms import ReasonForm, UptakeForm
from keti.research.models import Uptake
from keti.research.views.became import UptakeRow, entry_of, said_here
from keti.research.views.nodes import fetch, url_of


def _rows(door: Door, found: Iterable[Uptake]) -> Iterator[UptakeRow]:
    return (entry_of(door, one) for one in found)


UPTAKES = declared(
    Listing(
        name="uptakes",
        title=gettext_lazy("建议落实情况"),
        columns=(
            Column(
                "title", gettext_lazy("政策建议"), lambda row: Label(row.title, row.url, row.tag),
                ("recommendation__number",),
                ("recommendation__title_zh", "recommendation__title_en"),
            ),
            Column(
                "addressee", gettext_lazy("建议对象"), lambda row: Label(row.addressee),
                ("addressee__title_zh",), ("addressee__title_zh", "addressee__title_en"),
            ),
            Column("state", gettext_lazy("落实情况"), lambda row: Label(row.state), ("state",)),
            Column(
                "day", gettext_lazy("截至"), lambda row: Label(row.one.day.isoformat()), ("day",)
            ),
            Column(
                "evidence", gettext_lazy("依据"),
                lambda row: Label(row.one.evidence or row.one.link), (), ("evidence",),
            ),
            Column(
                "link", gettext_lazy("网址"), lambda row: Label(row.one.link), page=False
            ),
            Column("who", gettext_lazy("登记人"), lambda row: Label(row.who), page=False),
            Column(
                "standing", gettext_lazy("核实"), lambda row: Marked(row.mark, row.standing),
                ("verified_at",),
            ),
        ),
        base=said_here,
        rows=_rows,
        order=("-day", "-pk"),
        page="research:uptakes",
        file="research:uptakes_export",
        of_record=True,
        choices=(
            by_code("state", gettext_lazy("落实情况"), lambda _door: UptakeState.choices),
        ),
        nothing=gettext_lazy("还没有登记建议的落实情况"),
        hint=gettext_lazy("在一条已定稿的政策建议页上登记：报送了没有、对方怎样答复。"),
    )
)  # fmt: skip


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that is said to have become of the recommendations this seat reads."""
    door = enter(request, slug)
    context = {"door": door, "found": show(request, door, UPTAKES)}
    return render(request, "research/uptakes.html", context)


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The list as it was asked for, as a file."""
    return save(request, UPTAKES, slug, form)


def say(request: HttpRequest, slug: str, node_id: str) -> HttpResponse:
    """Say what an addressee did with a recommendation."""
    door = enter(request, slug)
    one = fetch(door, node_id)
    seen = {node.public_id: node for node in queries.addressees(one)
            if permissions.sees(door.sight, node)}  # fmt: skip
    form = keeping(
        UptakeForm(
            request.POST or None, initial={"day": door.programme.local(door.now).date()},
            addressees=[(key, node.title.in_(door.lang)) for key, node in seen.items()],
        ),
        door,
    )  # fmt: skip
    made, refused = tried(
        request, form,
        lambda: actions.say_uptake(
            door.own_act(form), recommendation=one, addressee=seen[form.cleaned_data["addressee"]],
            became=_became(form.cleaned_data),
        ),
    )  # fmt: skip
    if made:
        return go(url_of(one))
    more = {
        "one": one,
        "title": one.title.in_(door.lang),
        "nobody": not seen,
        "why_not": why_not(door, lambda: permissions.may_say_uptake(door.act(), one)),
    }
    context = {"door": door, "form": form, **more}
    return page(request, "research/uptake_say.html", context, form, refused=refused)


def _became(data: dict[str, Any]) -> Became:
    return Became(data["state"], data["day"], data["evidence"], data["link"], data["share"])


def verify(request: HttpRequest, slug: str, uptake_id: str) -> HttpResponse:
    """Find true what another person said."""
    door = enter(request, slug)
    one = _fetch(door, uptake_id)
    form = keeping(KeepingForm(request.POST or None), door)
    made, refused = tried(
        request, form, lambda: actions.verify_uptake(door.own_act(form), uptake=one)
    )
    if made:
        return go(url_of(one.recommendation))
    why = why_not(door, lambda: permissions.may_verify_uptake(door.act(), one))
    more = {"row": entry_of(door, one), "why_not": why}
    context = {"door": door, "form": form, **more}
    return page(request, "research/uptake_verify.html", context, form, refused=refused)


def withdraw(request: HttpRequest, slug: str, uptake_id: str) -> HttpResponse:
    """Withdraw what was said, with the reason."""
    door = enter(request, slug)
    one = _fetch(door, uptake_id)
    form = keeping(ReasonForm(request.POST or None), door)
    made, refused = tried(
        request, form,
        lambda: actions.withdraw_uptake(
            door.own_act(form), uptake=one, reason=form.cleaned_data["reason"]
        ),
    )  # fmt: skip
    if made:
        return go(url_of(one.recommendation))
    why = why_not(door, lambda: permissions.may_withdraw_uptake(door.act(), one))
    more = {"row": entry_of(door, one), "why_not": why}
    context = {"door": door, "form": form, **more}
    return page(request, "research/uptake_withdraw.html", context, form, refused=refused)


def _fetch(door: Door, uptake_id: str) -> Uptake:
    found = said_here(door).filter(public_id=uptake_id).first()
    if found is None:
        raise Http404
    return found
