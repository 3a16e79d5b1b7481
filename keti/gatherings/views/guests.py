"""The guests of all gatherings, and one of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from keti.gatherings import actions, permissions
from keti.gatherings.enums import Reply
from keti.gatherings.forms import ReplyForm
from keti.gatherings.models import Invitee
from keti.gatherings.views.pages import unsaid
from keti.groups.doors import Door, attempt, enter, enter_office, keeping
from keti.kernel.refusals import Refused
from keti.lists.doors import Column, Listing, by_code, declared, save, show
from keti.lists.rules import Label, Marked

MARKS = {Reply.INVITED: "none", Reply.COMES: "doing", Reply.DECLINED: "waived", Reply.CAME: "done"}


@dataclass(frozen=True, slots=True)
class GuestRow:
    """One guest of the list."""

    one: Invitee
    url: str
    to: str


def _base(door: Door) -> QuerySet[Invitee]:
    return permissions.invitees_in_sight(door.sight).select_related("gathering")


def _rows(door: Door, found: Iterable[Invitee]) -> Iterator[GuestRow]:
    for one in found:
        url = reverse("gatherings:guest", args=[door.programme.slug, one.public_id])
        yield GuestRow(one, url, one.gathering.title.in_(door.lang))


GUESTS = declared(
    Listing(
        name="guests",
        title=gettext_lazy("来宾"),
        columns=(
            Column(
                "name", gettext_lazy("姓名"),
                lambda row: Label(row.one.name, row.url, row.one.office),
                ("name",), ("name", "unit", "office"),
            ),
            Column("unit", gettext_lazy("单位"), lambda row: Label(row.one.unit), ("unit",)),
            Column("to", gettext_lazy("大会与仪式"), lambda row: Label(row.to),
                   ("gathering__title_zh",)),
            Column("seat", gettext_lazy("座位"), lambda row: Label(row.one.place), ("place",)),
            Column(
                "reply", gettext_lazy("回复"),
                lambda row: Marked(MARKS[row.one.reply], row.one.get_reply_display()), ("reply",),
            ),
        ),
        base=_base,
        rows=_rows,
        order=("gathering", "pk"),
        page="gatherings:guests",
        file="gatherings:guests_export",
        enter=enter_office,
        of_record=True,
        choices=(by_code("reply", gettext_lazy("回复"), lambda _door: Reply.choices),),
        nothing=gettext_lazy("还没有来宾"),
    )
)  # fmt: skip


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Every guest, for the office."""
    door = enter_office(request, slug)
    return render(
        request, "gatherings/guests.html", {"door": door, "found": show(request, door, GUESTS)}
    )


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The list as it was asked for, as a file."""
    return save(request, GUESTS, slug, form)


def guest(request: HttpRequest, slug: str, invitee_id: str) -> HttpResponse:
    """One guest, and what became of the invitation."""
    door = enter(request, slug)
    found = permissions.invitees_in_sight(door.sight).filter(public_id=invitee_id)
    one = found.select_related("gathering__programme", "programme").first()
    if one is None:
        raise Http404
    form = keeping(ReplyForm(request.POST or None, initial={"reply": one.reply}), door)
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        act, reply = door.act(str(form.cleaned_data["key"])), str(form.cleaned_data["reply"])
        _done, refused = attempt(lambda: actions.note_reply(act, invitee=one, reply=reply), form)
        if refused is None:
            return HttpResponseRedirect(reverse("gatherings:guests", args=[slug]))
    context = {"door": door, "one": one, "form": form, "refused": unsaid(refused, form, door)}
    status = 422 if refused or (form.is_bound and form.errors) else 200
    return render(request, "gatherings/guest.html", context, status=status)
