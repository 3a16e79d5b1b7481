"""Contributions: declared, listed, verified, taken back."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet, Sum
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from keti.documents.doors import give_out
from keti.groups.doors import Door, attempt, enter, keeping, why_not
from keti.groups.models import seat_names
from keti.honours import actions, permissions
from keti.honours.enums import InputKind, InputState
from keti.honours.forms import DeclareForm, ReasonForm, RemarkForm
from keti.honours.models import Contribution
from keti.kernel.refusals import Refused
from keti.lists.doors import Column, Listing, Rows, by_code, declared, save, show
from keti.lists.rules import Count, Label, Marked

MARKS = {
    InputState.DECLARED: "doing",
    InputState.VERIFIED: "done",
    InputState.DECLINED: "returned",
    InputState.WITHDRAWN: "waived",
}


def _base(door: Door) -> QuerySet[Contribution]:
    found = permissions.visible_inputs(door.sight, Contribution.objects.all())
    return found.select_related("programme", *seat_names("seat"))


def _rows(door: Door, found: Iterable[Contribution]) -> Iterator[dict[str, Any]]:
    for one in found:
        yield {"one": one, "who": one.seat.called.in_(door.lang)}


def _tally(_door: Door, rows: Rows) -> list[tuple[str, int]]:
    """What was verified, summed for each measure."""
    verified = rows.filter(state=InputState.VERIFIED).order_by()
    sums = verified.values("kind", "measure").annotate(all=Sum("amount"))
    words = dict(InputKind.choices)
    return [
        (f"{words[one['kind']]}（{one['measure']}）", one["all"])
        for one in sums.order_by("kind", "measure")
    ]


CONTRIBUTIONS = declared(
    Listing(
        name="contributions",
        title=gettext_lazy("投入"),
        columns=(
            Column("what", gettext_lazy("投入内容"),
                   lambda row: Label(row["one"].what, row["one"].path), ("what",), ("what",)),
            Column("kind", gettext_lazy("类别"),
                   lambda row: Label(str(row["one"].get_kind_display())), ("kind",)),
            Column("amount", gettext_lazy("数量"), lambda row: Count(row["one"].amount),
                   ("amount",)),
            Column("measure", gettext_lazy("计量单位"), lambda row: Label(row["one"].measure),
                   ("measure",)),
            Column("who", gettext_lazy("申报者"), lambda row: Label(row["who"]), ("seat__order",)),
            Column("since", gettext_lazy("从"), lambda row: Label(str(row["one"].since)),
                   ("since",), page=False),
            Column("until", gettext_lazy("到"), lambda row: Label(str(row["one"].until)),
                   ("until",)),
            Column("state", gettext_lazy("状态"),
                   lambda row: Marked(MARKS[InputState(row["one"].state)],
                                      str(row["one"].get_state_display())), ("state",)),
        ),
        base=_base,
        rows=_rows,
        order=("-until",),
        page="honours:contributions",
        file="honours:contributions_export",
        of_record=True,
        choices=(
            by_code("state", gettext_lazy("状态"), lambda _door: InputState.choices),
            by_code("kind", gettext_lazy("类别"), lambda _door: InputKind.choices),
        ),
        nothing=gettext_lazy("还没有申报投入"),
        tally=_tally,
    )
)  # fmt: skip


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """What was put in: one's own; everybody's for who verifies."""
    door = enter(request, slug)
    context = {"door": door, "contributions": show(request, door, CONTRIBUTIONS)}
    return render(request, "honours/contributions.html", context)


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The list as it was asked for, as a file."""
    return save(request, CONTRIBUTIONS, slug, form)


def declare(request: HttpRequest, slug: str) -> HttpResponse:
    """Declare what was put in."""
    door = enter(request, slug)
    form = DeclareForm(request.POST or None, request.FILES or None, door=door)
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        made, refused = attempt(lambda: _declared(door, form), form)
        if made is not None:
            return HttpResponseRedirect(made.path)
    shown = {
        "door": door,
        "form": form,
        "refused": refused.sentence(door.lang) if refused and not form.errors else "",
        "why_not": why_not(door, lambda: permissions.may_declare(door.act(), door.programme)),
    }
    bad = refused or (form.is_bound and form.errors)
    return render(request, "honours/declare.html", shown, status=422 if bad else 200)


def _declared(door: Door, form: DeclareForm) -> Contribution:
    said = form.cleaned_data
    act = door.act_from(form)
    names = ("kind", "what", "amount", "measure", "since", "until")
    told = actions.Input(**{name: said[name] for name in names})
    proof = door.keep(act, said["file"])
    return actions.declare_input(act, programme=door.programme, said=told, evidence=proof)


def _fetch(door: Door, input_id: str) -> Contribution:
    found = _base(door).select_related("evidence").filter(public_id=input_id).first()
    if found is None:
        raise Http404
    return found


def contribution(request: HttpRequest, slug: str, input_id: str) -> HttpResponse:
    """One contribution: what was declared, and the answer."""
    door = enter(request, slug)
    one = _fetch(door, input_id)
    verb, refused = request.POST.get("do", ""), None
    made = RemarkForm if verb == "verify" else ReasonForm
    form = keeping(made(request.POST or None), door)
    if request.method == "POST" and form.is_valid():
        _done, refused = attempt(lambda: _answered(door, one, verb, form), form)
        if refused is None:
            return HttpResponseRedirect(request.path)
    shown = {
        "door": door,
        "one": one,
        "who": one.seat.called.in_(door.lang),
        "mark": MARKS[InputState(one.state)],
        "form": form,
        "verifies": not why_not(door, lambda: permissions.may_verify(door.act(), one)),
        "own": not why_not(door, lambda: permissions.may_take_back(door.act(), one)),
        "over": one.state == InputState.WITHDRAWN,
        "refused": refused.sentence(door.lang) if refused and not form.errors else "",
    }
    bad = refused or (form.is_bound and form.errors)
    return render(request, "honours/contribution.html", shown, status=422 if bad else 200)


def _answered(door: Door, one: Contribution, verb: str, form: Any) -> Contribution:
    act, reason = door.act(str(form.cleaned_data["key"])), form.cleaned_data["reason"]
    if verb == "verify":
        return actions.verify_input(act, contribution=one, reason=reason)
    if verb == "decline":
        return actions.decline_input(act, contribution=one, reason=reason)
    return actions.withdraw_input(act, contribution=one, reason=reason)


def evidence(request: HttpRequest, slug: str, input_id: str) -> FileResponse:
    """What proves it."""
    door = enter(request, slug)
    return give_out(_fetch(door, input_id).evidence)
