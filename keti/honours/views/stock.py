"""Badges and banners: what is in stock, what was handed to whom."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from keti.groups.doors import Door, attempt, enter_office, keeping
from keti.groups.models import seat_names
from keti.honours import actions
from keti.honours.enums import PieceKind, PieceState, Stage
from keti.honours.forms import HandForm, NoteForm, ReceiveForm
from keti.honours.models import Nomination, Piece
from keti.honours.permissions import stock_of
from keti.kernel.refusals import Refused
from keti.lists.doors import Column, Listing, by_code, declared, save, show
from keti.lists.rules import Label, Marked, Moment

MARKS = {PieceState.STOCK: "none", PieceState.HANDED: "done", PieceState.GONE: "waived"}


def _base(door: Door) -> QuerySet[Piece]:
    found = stock_of(door.sight, Piece.objects.all())
    return found.select_related("programme", "handed_to", *seat_names("handed_to__seat"))


def _rows(door: Door, found: Iterable[Piece]) -> Iterator[dict[str, Any]]:
    for one in found:
        to = one.handed_to.seat.called.in_(door.lang) if one.handed_to else ""
        args = [door.programme.slug, one.public_id]
        yield {"one": one, "to": to, "url": reverse("honours:piece", args=args)}


STOCK = declared(
    Listing(
        name="stock",
        title=gettext_lazy("实物"),
        columns=(
            Column("serial", gettext_lazy("编号"),
                   lambda row: Label(row["one"].serial, row["url"]), ("serial",), ("serial",)),
            Column("kind", gettext_lazy("种类"),
                   lambda row: Label(str(row["one"].get_kind_display())), ("kind",)),
            Column("state", gettext_lazy("状态"),
                   lambda row: Marked(MARKS[PieceState(row["one"].state)],
                                      str(row["one"].get_state_display())), ("state",)),
            Column("to", gettext_lazy("移交给"), lambda row: Label(row["to"])),
            Column("by", gettext_lazy("签收人"), lambda row: Label(row["one"].taken_by),
                   ("taken_by",), ("taken_by",)),
            Column("at", gettext_lazy("移交时间"), lambda row: Moment(row["one"].handed_at),
                   ("handed_at",)),
        ),
        base=_base,
        rows=_rows,
        order=("kind", "serial"),
        page="honours:stock",
        file="honours:stock_export",
        of_record=True,
        choices=(
            by_code("state", gettext_lazy("状态"), lambda _door: PieceState.choices),
            by_code("kind", gettext_lazy("种类"), lambda _door: PieceKind.choices),
        ),
        nothing=gettext_lazy("还没有入库的实物"),
    )
)  # fmt: skip


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """The stock, and the form by which it grows."""
    door = enter_office(request, slug)
    form = keeping(ReceiveForm(request.POST or None), door)
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        _done, refused = attempt(
            lambda: actions.receive_pieces(
                door.act(str(said["key"])), programme=door.programme, kind=said["kind"],
                serials=said["serials"].splitlines(),
            ),
            form,
        )  # fmt: skip
        if refused is None:
            return HttpResponseRedirect(request.path)
    context = {"door": door, "stock": show(request, door, STOCK), "form": form}
    bad = refused or (form.is_bound and form.errors)
    return render(request, "honours/stock.html", context, status=422 if bad else 200)


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The list as it was asked for, as a file."""
    enter_office(request, slug)
    return save(request, STOCK, slug, form)


def piece(request: HttpRequest, slug: str, piece_id: str) -> HttpResponse:
    """One piece: hand it over, take it back, write it off."""
    door = enter_office(request, slug)
    one = _base(door).filter(public_id=piece_id).first()
    if one is None:
        raise Http404
    verb, refused = request.POST.get("do", ""), None
    data = request.POST or None
    hand = keeping(HandForm(data if verb == "hand" else None, awarded=_awarded(door)), door)
    note = keeping(NoteForm(data if verb in ("return", "gone") else None), door)
    form: Any = hand if verb == "hand" else note
    if request.method == "POST" and form.is_valid():
        _done, refused = attempt(lambda: _done_with(door, one, verb, form), form)
        if refused is None:
            return HttpResponseRedirect(reverse("honours:stock", args=[slug]))
    shown = {
        "door": door,
        "one": one,
        "mark": MARKS[PieceState(one.state)],
        "to": one.handed_to.seat.called.in_(door.lang) if one.handed_to else "",
        "hand": hand,
        "note": note,
        "refused": refused.sentence(door.lang) if refused and not form.errors else "",
    }
    bad = refused or (form.is_bound and form.errors)
    return render(request, "honours/piece.html", shown, status=422 if bad else 200)


def _awarded(door: Door) -> list[tuple[str, str]]:
    rows = Nomination.objects.filter(programme=door.programme, stage=Stage.AWARDED).with_names()
    return [(one.public_id, f"{one.number} {one.seat.called.in_(door.lang)}") for one in rows]


def _done_with(door: Door, one: Piece, verb: str, form: Any) -> Piece:
    said = form.cleaned_data
    act = door.act(str(said["key"]))
    if verb == "hand":
        to = Nomination.objects.get(programme=door.programme, public_id=said["nomination"])
        return actions.hand_piece(act, piece=one, nomination=to, taken_by=said["taken_by"])
    if verb == "return":
        return actions.return_piece(act, piece=one, note=said["note"])
    return actions.write_off(act, piece=one, note=said["note"])
