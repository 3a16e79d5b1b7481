"""What was read of channels: listed, noted, corrected; and all of it beside what was promised."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from keti.groups.doors import Door, page, why_not
from keti.kernel.refusals import Refused
from keti.lists.doors import Choice, Column, Listing, by_code, declared, save, show
from keti.lists.rules import Count, Label, Moment
from keti.media import actions, permissions, queries
from keti.media.doors import enter_reach
from keti.media.enums import REACHES
from keti.media.forms import CorrectForm, ReadForm, ReasonForm
from keti.media.models import ReachValue
from keti.media.views.shared import act_and_file, answered, handed, promised

UNITS = [(one.value, one.label) for one in REACHES]


def _base(door: Door) -> QuerySet[ReachValue]:
    rows = ReachValue.objects.select_related("channel", "file", "corrected")
    return permissions.reach_in_sight(door.sight, rows)


def _rows(door: Door, found: Iterable[ReachValue]) -> Iterator[ReachValue]:
    titles = dict(promised(door))
    for one in found:
        one.programme = one.channel.programme = door.programme
        one.counted_for = titles.get(one.promise, "")
        yield one


def standing_of(row: ReachValue) -> str:
    """What became of a reading; "" while it stands."""
    if row.value is None:
        return _("已撤回")
    later = getattr(row, "corrected", None)
    if later is None:
        return ""
    return _("已更正") if later.value is not None else _("已撤回")


def _channel(row: ReachValue) -> Label:
    said = standing_of(row)
    return Label(row.channel.label, row.path, row.what, tags=(said,) if said else ())


def _number(row: ReachValue) -> Label:
    return Label("" if row.value is None else f"{row.value:,} {row.get_unit_display()}")


def _evidence(row: ReachValue) -> Label:
    return Label(row.file.name if row.file else row.evidence)


READINGS = declared(
    Listing(
        name="readings",
        title=gettext_lazy("传播数据"),
        columns=(
            Column(
                "channel", gettext_lazy("渠道"), _channel, ("channel__name", "channel__column"),
                ("channel__name", "channel__column", "what"),
            ),
            Column("value", gettext_lazy("数值"), _number, ("value",)),
            Column("number", gettext_lazy("数"), lambda row: Count(row.value), page=False),
            Column(
                "unit", gettext_lazy("单位"), lambda row: Label(str(row.get_unit_display())),
                page=False,
            ),
            Column(
                "captured_at", gettext_lazy("读数时间"), lambda row: Moment(row.captured_at),
                ("captured_at",),
            ),
            Column(
                "source", gettext_lazy("来源"), lambda row: Label(row.source), ("source",),
                ("source",),
            ),
            Column("evidence", gettext_lazy("佐证材料"), _evidence),
            Column(
                "promise", gettext_lazy("计入哪项承诺"), lambda row: Label(row.counted_for),
                page=False,
            ),
            Column("reason", gettext_lazy("更正的原因"), lambda row: Label(row.reason), page=False),
        ),
        base=_base,
        rows=_rows,
        order=("-captured_at", "-pk"),
        page="media:readings",
        file="media:readings_export",
        enter=enter_reach,
        choices=(
            by_code("unit", gettext_lazy("单位"), lambda _door: UNITS),
            Choice(
                "stands", gettext_lazy("是否有效"),
                lambda _door, _rows: [("now", _("有效")), ("past", _("已更正或撤回"))],
                lambda _door, value: _stands(value),
            ),
            by_code("promise", gettext_lazy("计入哪项承诺"), promised),
        ),
        nothing=gettext_lazy("还没有传播数据"),
        hint=gettext_lazy("在平台上读到数，连同截图登记；改不了，只能更正。"),
    )
)  # fmt: skip


def _stands(value: str) -> Q:
    now = Q(corrected=None, value__isnull=False)
    return now if value == "now" else ~now


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Every reading."""
    door = enter_reach(request, slug)
    context = {
        "door": door,
        "found": show(request, door, READINGS),
        "keeps": permissions.keeps_reach(door.seat),
    }
    return render(request, "media/readings.html", context)


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The list as it was asked for, as a file."""
    return save(request, READINGS, slug, form)


def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Note what was read of a channel."""
    door = enter_reach(request, slug)
    channels = list(queries.standing_channels(door.programme))
    kinds = promised(door, [unit for unit, _label in UNITS])
    known = {
        "captured_at": door.programme.local(door.now),
        "channel": request.GET.get("channel", ""),
        "promise": kinds[0][0] if kinds else "",
    }
    form = ReadForm(
        request.POST or None, request.FILES or None, door=door, promises=kinds,
        channels=channels, initial=known,
    )  # fmt: skip

    def do() -> ReachValue:
        act, file = act_and_file(door, form)
        chosen = str(form.cleaned_data["channel"])
        channel = next(one for one in channels if one.public_id == chosen)
        return actions.note_reach(act, channel=channel, read=form.read(), file=file)

    context = {
        "door": door,
        "form": form,
        "channels": channels,
        "why_not": why_not(door, lambda: permissions.may_keep_reach(door.act(), door.programme)),
    }
    template = "media/reading_new.html"
    return answered(
        request, form, do, lambda refused: page(request, template, context, form, refused=refused)
    )


def _fetch(door: Door, reading_id: str) -> ReachValue:
    rows = ReachValue.objects.select_related("channel", "file", "by", "corrects", "corrected")
    found = permissions.reach_in_sight(door.sight, rows).filter(public_id=reading_id).first()
    if found is None:
        raise Http404
    found.programme = found.channel.programme = door.programme
    return found


def reading(request: HttpRequest, slug: str, reading_id: str) -> HttpResponse:
    """One reading; another in its place."""
    door = enter_reach(request, slug)
    one = _fetch(door, reading_id)
    form = _correcting(door, one, request)

    def do() -> ReachValue:
        act, file = act_and_file(door, form)
        reason = str(form.cleaned_data["reason"])
        return actions.correct_reach(act, reading=one, reason=reason, read=form.read(), file=file)

    shown = partial(_shown, request, door, one, {"form": form})
    return answered(request, form, do, shown)


def _correcting(door: Door, one: ReachValue, request: HttpRequest | None = None) -> CorrectForm:
    names = ("what", "unit", "value", "source", "evidence", "promise")
    known = {name: getattr(one, name) for name in names}
    known["captured_at"] = door.programme.local(one.captured_at)
    data, files = (request.POST or None, request.FILES or None) if request else (None, None)
    kinds = promised(door)
    if one.promise and one.promise not in dict(kinds):
        kinds.append((one.promise, one.promise))
    return CorrectForm(data, files, door=door, promises=kinds, initial=known)


def _shown(
    request: HttpRequest, door: Door, one: ReachValue, forms: Mapping[str, Any],
    refused: Refused | None,
) -> HttpResponse:  # fmt: skip
    later = getattr(one, "corrected", None)
    for other in (later, one.corrects):
        if other is not None:
            other.programme, other.channel = door.programme, one.channel
    context = {
        "door": door,
        "one": one,
        "later": later,
        "stands": standing_of(one),
        "by": one.by.called.in_(door.lang),
        "promise": dict(promised(door)).get(one.promise, one.promise),
        "form": None if standing_of(one) else _correcting(door, one),
        "withdraw": ReasonForm(door=door),
        "why_not": why_not(door, lambda: permissions.may_keep_reach(door.act(), door.programme)),
        **forms,
    }
    bound = [form for form in forms.values() if form.is_bound]
    return page(request, "media/reading.html", context, *bound, refused=refused)


@require_POST
def withdraw(request: HttpRequest, slug: str, reading_id: str) -> HttpResponse:
    """Nothing stands in its place."""
    door = enter_reach(request, slug)
    one = _fetch(door, reading_id)
    form = ReasonForm(request.POST, door=door)

    def do() -> ReachValue:
        act, reason = door.own_act(form), str(form.cleaned_data["reason"])
        actions.correct_reach(act, reading=one, reason=reason)
        return one

    shown = partial(_shown, request, door, one, {"withdraw": form})
    return answered(request, form, do, shown)


def file(request: HttpRequest, slug: str, reading_id: str) -> HttpResponseBase:
    """What shows a reading."""
    return handed(_fetch(enter_reach(request, slug), reading_id).file)
