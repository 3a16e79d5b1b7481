"""The list of promises, and one promise: what shows it, what became of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from keti.duties.doors import LatenessView, who_of
from keti.duties.models import Obligation
from keti.groups.doors import Door, attempt, enter, why_not
from keti.lists.doors import Column, Listing, by_code, declared, holder, save, show
from keti.lists.rules import Due, Label, Marked
from keti.promises import actions, permissions, queries
from keti.promises.enums import Outcome
from keti.promises.forms import SettleForm
from keti.release.queries import published

MARKS = {
    Outcome.KEPT: "done",
    Outcome.PARTLY: "soon",
    Outcome.NOT_KEPT: "overdue",
    Outcome.NOT_APPLICABLE: "waived",
}
HOLDER = holder("seat")


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One promise of the list, one time it is looked at."""

    duty: Obligation
    title: str
    who: str
    mark: str
    word: str


def _base(door: Door) -> QuerySet[Obligation]:
    return queries.with_outcome(permissions.promises_in_sight(door.sight).with_names())


def _rows(door: Door, found: Iterable[Obligation]) -> Iterator[PromiseRow]:
    seen = LatenessView.of(door)
    for duty in found:
        mark, word = standing_of(duty) or seen.said(duty, door.lang)
        title = " ".join(filter(None, (duty.title.in_(door.lang), duty.period)))
        yield PromiseRow(duty, title, who_of(duty, door.lang), mark, word)


def standing_of(duty: Any) -> tuple[str, str] | None:
    """The mark and the word of what was said of a promise last; None while nothing was."""
    if not duty.outcome:
        return None
    found = Outcome(duty.outcome)
    return MARKS[found], str(found.label)


def _address(row: PromiseRow) -> str:
    return reverse("promises:promise", args=[row.duty.programme.slug, row.duty.public_id])


PROMISES = declared(
    Listing(
        name="promises",
        title=gettext_lazy("承诺"),
        columns=(
            Column(
                "title", gettext_lazy("承诺"), lambda row: Label(row.title, _address(row)),
                ("title_zh", "period"), ("title_zh", "title_en"),
            ),
            Column("who", gettext_lazy("由谁负责"), lambda row: Label(row.who), HOLDER, HOLDER),
            Column("due", gettext_lazy("期限"), lambda row: Due(row.duty.due), ("due",)),
            Column(
                "outcome", gettext_lazy("兑现情况"), lambda row: Marked(row.mark, row.word),
                ("outcome",),
            ),
            Column(
                "reason", gettext_lazy("理由"),
                lambda row: Label(row.duty.outcome_reason or ""), page=False,
            ),
        ),
        base=_base,
        rows=_rows,
        order=("due",),
        page="promises:promises",
        file="promises:export",
        of_record=True,
        choices=(
            by_code("outcome", gettext_lazy("兑现情况"), lambda _door: Outcome.choices),
        ),
        nothing=gettext_lazy("没有到期要说明的承诺"),
        hint=gettext_lazy("实施方案“传播”部分写了期限的承诺，会出现在这里。"),
    )
)  # fmt: skip


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Every promise this seat may see."""
    door = enter(request, slug)
    context = {
        "door": door,
        "found": show(request, door, PROMISES),
        "out": published(door.programme),
    }
    return render(request, "promises/list.html", context)


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The list as it was asked for, as a file."""
    return save(request, PROMISES, slug, form)


def fetch(door: Door, duty_id: str) -> Obligation:
    """The promise, if this seat may see it; 404 otherwise."""
    mine = permissions.promises_in_sight(door.sight)
    found = queries.with_outcome(mine.with_names()).filter(public_id=duty_id).first()
    if found is None:
        raise Http404
    return found


def for_duty(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """The page of the promise that this duty is."""
    duty = fetch(enter(request, slug), duty_id)
    return HttpResponseRedirect(reverse("promises:promise", args=[slug, duty.public_id]))


def promise(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """One promise: its target beside what was measured, what shows it, what became of it."""
    door = enter(request, slug)
    duty = fetch(door, duty_id)
    form = SettleForm(request.POST or None)
    form.keeper, form.moment = door.person, door.now
    refused = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        _done, refused = attempt(
            lambda: actions.settle(
                door.act(str(said["key"])),
                obligation=duty,
                outcome=str(said["outcome"]),
                reason=str(said["reason"]),
            ),
            form,
        )
        if refused is None:
            return HttpResponseRedirect(reverse("promises:promise", args=[slug, duty.public_id]))
    context = _shown(door, duty) | {"form": form}
    context["refused"] = refused.sentence(door.lang) if refused and not form.errors else ""
    status = 422 if refused or (form.is_bound and form.errors) else 200
    return render(request, "promises/promise.html", context, status=status)


def _shown(door: Door, duty: Obligation) -> dict[str, Any]:
    mark, word = standing_of(duty) or LatenessView.of(door).said(duty, door.lang)
    seen = permissions.exhibits_in_sight(door.sight)
    exhibits = seen.filter(kind=duty.kind, period=duty.period)
    return {
        "door": door,
        "duty": duty,
        "title": " ".join(filter(None, (duty.title.in_(door.lang), duty.period))),
        "who": who_of(duty, door.lang),
        "mark": mark,
        "word": word,
        "reaches": [queries.drawn(one) for one in queries.measured(duty)],
        "exhibits": list(exhibits.select_related("file").order_by("-day", "-pk")[:200]),
        "settled": queries.settlements(duty),
        "why_not": why_not(door, lambda: permissions.may_settle(door.act(), duty)),
        "why_no_more": why_not(
            door, lambda: permissions.may_show(door.act(), door.programme, duty.kind)
        ),
    }
