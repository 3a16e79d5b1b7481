"""Channels: listed, entered, put right, withdrawn; what is claimed of their grade."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from keti.groups.doors import Door, page, why_not
from keti.kernel.refusals import Refused
from keti.lists.doors import Column, Listing, by_code, declared, save, show
from keti.lists.rules import Label
from keti.media import actions, permissions, queries
from keti.media.doors import enter_reach
from keti.media.enums import ChannelKind
from keti.media.forms import ChannelForm, ReasonForm
from keti.media.models import MediaChannel
from keti.media.views.shared import act_and_file, answered, handed


def _base(door: Door) -> QuerySet[MediaChannel]:
    return permissions.reach_in_sight(door.sight, MediaChannel.objects.all())


def _rows(door: Door, found: Iterable[MediaChannel]) -> Iterator[MediaChannel]:
    for one in found:
        one.programme = door.programme
        yield one


def _grade(row: MediaChannel) -> Label:
    if not row.grade:
        return Label("")
    tags = () if row.proven else (_("所称，无证明"),)
    said = _("{who}所称").format(who=row.grade_by)
    return Label(row.grade, note=said, tags=tags)


def _name(row: MediaChannel) -> Label:
    tags = [_("境外")] if row.abroad else []
    tags += [_("已撤回")] if row.withdrawn_at else []
    return Label(row.name, row.path, tags=tuple(tags))


CHANNELS = declared(
    Listing(
        name="channels",
        title=gettext_lazy("播放渠道"),
        columns=(
            Column("name", gettext_lazy("渠道名称"), _name, ("name", "column"), ("name",)),
            Column(
                "column", gettext_lazy("栏目"), lambda row: Label(row.column), ("column",),
                ("column",),
            ),
            Column(
                "kind", gettext_lazy("种类"), lambda row: Label(str(row.get_kind_display())),
                ("kind",),
            ),
            Column("grade", gettext_lazy("所称的等级"), _grade, ("grade",), ("grade",)),
            Column(
                "claimed", gettext_lazy("由谁所称"), lambda row: Label(row.grade_by), page=False
            ),
            Column("link", gettext_lazy("网址"), lambda row: Label(row.link), page=False),
            Column("gone", gettext_lazy("撤回"), lambda row: Label(row.reason), page=False),
        ),
        base=_base,
        rows=_rows,
        order=("name", "column", "pk"),
        page="media:channels",
        file="media:channels_export",
        enter=enter_reach,
        choices=(by_code("kind", gettext_lazy("种类"), lambda _door: ChannelKind.choices),),
        nothing=gettext_lazy("还没有渠道"),
        hint=gettext_lazy("先登记渠道，再登记在它那里读到的数。"),
    )
)  # fmt: skip


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Every channel."""
    door = enter_reach(request, slug)
    context = {
        "door": door,
        "found": show(request, door, CHANNELS),
        "keeps": permissions.keeps_reach(door.seat),
    }
    return render(request, "media/channels.html", context)


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The list as it was asked for, as a file."""
    return save(request, CHANNELS, slug, form)


def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter a channel."""
    door = enter_reach(request, slug)
    form = ChannelForm(request.POST or None, request.FILES or None, door=door)

    def do() -> MediaChannel:
        act, proof = act_and_file(door, form)
        return actions.enter_channel(act, programme=door.programme, facts=form.facts(), proof=proof)

    context = {
        "door": door,
        "form": form,
        "why_not": why_not(door, lambda: permissions.may_keep_reach(door.act(), door.programme)),
    }
    template = "media/channel_new.html"
    return answered(
        request, form, do, lambda refused: page(request, template, context, form, refused=refused)
    )


def _fetch(door: Door, channel_id: str) -> MediaChannel:
    rows = permissions.reach_in_sight(door.sight, MediaChannel.objects.all())
    found = rows.select_related("grade_file", "by").filter(public_id=channel_id).first()
    if found is None:
        raise Http404
    found.programme = door.programme
    return found


def channel(request: HttpRequest, slug: str, channel_id: str) -> HttpResponse:
    """One channel: what is claimed of it, what was read of it last; putting it right."""
    door = enter_reach(request, slug)
    one = _fetch(door, channel_id)
    form = _mending(door, one, request)

    def do() -> MediaChannel:
        act, proof = act_and_file(door, form)
        return actions.mend_channel(act, channel=one, facts=form.facts(), proof=proof)

    shown = partial(_shown, request, door, one, {"form": form})
    return answered(request, form, do, shown)


def _mending(door: Door, one: MediaChannel, request: HttpRequest | None = None) -> ChannelForm:
    names = (name for name in ChannelForm.base_fields if name not in ("key", "file"))
    known = {name: getattr(one, name) for name in names}
    data, files = (request.POST or None, request.FILES or None) if request else (None, None)
    return ChannelForm(data, files, door=door, initial=known)


def _shown(
    request: HttpRequest, door: Door, one: MediaChannel, forms: Mapping[str, Any],
    refused: Refused | None,
) -> HttpResponse:  # fmt: skip
    context = {
        "door": door,
        "one": one,
        "by": one.by.called.in_(door.lang),
        "readings": [row for row in queries.latest(door.programme) if row.channel_id == one.pk],
        "form": None if one.withdrawn_at else _mending(door, one),
        "withdraw": ReasonForm(door=door),
        "why_not": why_not(door, lambda: permissions.may_keep_reach(door.act(), door.programme)),
        **forms,
    }
    bound = [form for form in forms.values() if form.is_bound]
    return page(request, "media/channel.html", context, *bound, refused=refused)


@require_POST
def withdraw(request: HttpRequest, slug: str, channel_id: str) -> HttpResponse:
    """It is offered no more."""
    door = enter_reach(request, slug)
    one = _fetch(door, channel_id)
    form = ReasonForm(request.POST, door=door)

    def do() -> MediaChannel:
        act, reason = door.own_act(form), str(form.cleaned_data["reason"])
        return actions.withdraw_channel(act, channel=one, reason=reason)

    shown = partial(_shown, request, door, one, {"withdraw": form})
    return answered(request, form, do, shown)


def file(request: HttpRequest, slug: str, channel_id: str) -> HttpResponseBase:
    """What proves the grade."""
    return handed(_fetch(enter_reach(request, slug), channel_id).grade_file)
