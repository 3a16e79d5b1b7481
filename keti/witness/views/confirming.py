"""The page on which partner units confirm checkpoints of the record."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keti.groups.doors import Door, attempt, enter, keeping, why_not
from keti.kernel.refusals import Refused
from keti.ledger.queries import checkpoints
from keti.lists.doors import Column, Listing, declared, save, show
from keti.lists.rules import Count, Label, Moment, Print
from keti.witness import actions, permissions, queries
from keti.witness.forms import ConfirmForm, WithdrawForm
from keti.witness.models import Confirmation
from keti.witness.rules import FEWEST

MINUTE = "%Y-%m-%d %H:%M"


def _base(door: Door) -> QuerySet[Confirmation]:
    return queries.confirmations(door.programme)


def _rows(door: Door, found: Iterable[Confirmation]) -> Iterator[dict[str, Any]]:
    mine = door.seat.unit
    for one in found:
        away = reverse("witness:withdraw", args=[door.programme.slug, one.public_id])
        own = one.withdrawn_at is None and mine is not None and mine.pk == one.unit_id
        yield {
            "one": one,
            "unit": one.unit.called.in_(door.lang),
            "who": one.by.called.in_(door.lang),
            "url": away if own else "",
        }


def _state(row: dict[str, Any]) -> Label:
    """That it was taken back and why; else the way to do so, for the unit that confirmed."""
    if row["one"].withdrawn_at:
        return Label(row["one"].reason, tags=(_("已撤回"),))
    return Label(_("撤回") if row["url"] else "", row["url"])


def _how(row: dict[str, Any]) -> Label:
    """By the house's word, or by the unit's own signature."""
    lodged = row["one"].lodged
    return Label(lodged.key.short(), note=_("单位签名")) if lodged else Label(_("平台见证"))


CONFIRMATIONS = declared(
    Listing(
        name="confirmations",
        title=gettext_lazy("各单位的确认"),
        columns=(
            Column(
                "unit", gettext_lazy("单位"), lambda row: Label(row["unit"]),
                ("unit__name_zh",), ("unit__name_zh", "unit__name_en"),
            ),
            Column("who", gettext_lazy("谁"), lambda row: Label(row["who"])),
            Column("at", gettext_lazy("确认时间"), lambda row: Moment(row["one"].at), ("at",)),
            Column(
                "size", gettext_lazy("行数"), lambda row: Count(row["one"].checkpoint.size),
                ("checkpoint__size",),
            ),
            Column("root", gettext_lazy("根值"), lambda row: Print(row["one"].checkpoint.root)),
            Column("how", gettext_lazy("凭什么"), _how),
            Column("gone", gettext_lazy("撤回"), _state),
        ),
        base=_base,
        rows=_rows,
        order=("-at",),
        page="witness:page",
        file="witness:export",
        of_record=True,
        nothing=gettext_lazy("还没有单位确认过"),
    )
)  # fmt: skip


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The confirmations as they were asked for, as a file."""
    return save(request, CONFIRMATIONS, slug, form)


def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest kept checkpoint, the form to confirm one, and who confirmed what."""
    door = enter(request, slug)
    form = keeping(ConfirmForm(request.POST or None), door)
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        done, refused = _confirmed(door, form)
        if done is not None:
            where = reverse("witness:page", args=[slug])
            return HttpResponseRedirect(f"{where}?confirmed={done.checkpoint.size}")
    newest = checkpoints(door.programme).first()
    context = {
        "door": door,
        "form": form,
        "newest": newest,
        "at": door.programme.local(newest.signed_at).strftime(MINUTE) if newest else "",
        "rest": newest.root[FEWEST:] if newest else "",
        "blank": "□" * FEWEST,
        "why_not": why_not(door, lambda: permissions.may_confirm(door.act(), door.programme)),
        "done": _size(request.GET.get("confirmed", "")),
        "lodged": queries.key_of(door.programme, door.seat.unit),
        "confirmations": show(request, door, CONFIRMATIONS),
    }
    status = 422 if refused or (form.is_bound and form.errors) else 200
    return render(request, "witness/page.html", context, status=status)


def _size(told: str) -> str:
    return told if told.isascii() and told.isdigit() else ""


def _confirmed(door: Door, form: ConfirmForm) -> tuple[Confirmation | None, Refused | None]:
    """Confirm; a root this record never had is told to the secretariat, in an act of its own."""
    typed, act = form.cleaned_data["typed"], door.act(str(form.cleaned_data["key"]))
    programme = door.programme
    done, refused = attempt(lambda: actions.confirm(act, programme=programme, typed=typed), form)
    if refused is not None and refused.code == actions.DIFFERS:
        attempt(lambda: actions.dispute(act, programme=programme, typed=typed))
    return done, refused


def withdraw(request: HttpRequest, slug: str, confirmation_id: str) -> HttpResponse:
    """Take a confirmation of the own unit back, with a reason."""
    door = enter(request, slug)
    found = queries.confirmations(door.programme).filter(public_id=confirmation_id).first()
    if found is None:
        raise Http404
    form = keeping(WithdrawForm(request.POST or None), door)
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        act, reason = door.act(str(form.cleaned_data["key"])), form.cleaned_data["reason"]
        _done, refused = attempt(
            lambda: actions.withdraw(act, confirmation=found, reason=reason), form
        )
        if refused is None:
            return HttpResponseRedirect(reverse("witness:page", args=[slug]))
    context = {
        "door": door,
        "form": form,
        "one": found,
        "unit": found.unit.called.in_(door.lang),
        "why_not": why_not(door, lambda: permissions.may_withdraw(door.act(), found)),
        "refusal": refused.sentence(door.lang) if refused and not form.errors else "",
    }
    status = 422 if refused or (form.is_bound and form.errors) else 200
    return render(request, "witness/withdraw.html", context, status=status)
