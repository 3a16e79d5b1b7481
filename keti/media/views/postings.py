"""What stands on channels: listed, entered, put right, taken down."""

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

from keti.duties.models import Obligation
from keti.duties.permissions import visible as duties_in_sight
from keti.groups.doors import Door, go, page, why_not
from keti.kernel.refusals import Refused
from keti.lists.doors import Choice, Column, Listing, declared, save, show
from keti.lists.rules import Label, Marked
from keti.media import actions, permissions, queries
from keti.media.doors import enter_reach
from keti.media.enums import RecordingState
from keti.media.forms import DownForm, PostingForm, ReasonForm
from keti.media.models import Posting, Recording
from keti.media.views.shared import answered
from keti.media.views.showing import bare

MARKS = {"stands": "done", "must": "overdue", "down": "none", "gone": "none"}


def words_of(state: str) -> str:
    """The word of a state."""
    said = {
        "stands": _("在播"),
        "must": _("须撤下"),
        "down": _("已撤下"),
        "gone": _("已撤回"),
    }
    return said[state]


def _base(door: Door) -> QuerySet[Posting]:
    rows = Posting.objects.select_related("channel", "recording")
    return queries.with_state(permissions.postings_in_sight(door.sight, rows, door.person))


def _rows(door: Door, found: Iterable[Posting]) -> Iterator[Posting]:
    for one in found:
        one.programme = one.channel.programme = door.programme
        yield one


POSTINGS = declared(
    Listing(
        name="postings",
        title=gettext_lazy("发布记录"),
        columns=(
            Column(
                "title", gettext_lazy("标题"), lambda row: Label(row.title, row.path),
                ("title",), ("title",),
            ),
            Column(
                "channel", gettext_lazy("渠道"),
                lambda row: Label(
                    row.channel.label, tags=(_("境外"),) if row.channel.abroad else ()
                ),
                ("channel__name", "channel__column"), ("channel__name", "channel__column"),
            ),
            Column(
                "day", gettext_lazy("上线日期"), lambda row: Label(row.day.isoformat()), ("day",)
            ),
            Column(
                "state", gettext_lazy("状态"),
                lambda row: Marked(MARKS[row.state], words_of(row.state)), ("state",),
            ),
            Column("terms", gettext_lazy("授权条件"), lambda row: Label(row.terms), page=False),
            Column("link", gettext_lazy("网址"), lambda row: Label(row.link), page=False),
            Column(
                "down", gettext_lazy("撤下日期"),
                lambda row: Label(row.down_day.isoformat() if row.down_day else ""), page=False,
            ),
            Column("why", gettext_lazy("撤下的原因"), lambda row: Label(row.reason), page=False),
        ),
        base=_base,
        rows=_rows,
        order=("-day", "-pk"),
        page="media:postings",
        file="media:postings_export",
        enter=enter_reach,
        choices=(
            Choice(
                "state", gettext_lazy("状态"),
                lambda _door, _rows: [(one, words_of(one)) for one in MARKS],
                lambda _door, value: queries.in_state(value),
            ),
        ),
        nothing=gettext_lazy("还没有发布记录"),
        hint=gettext_lazy("录音录像审定、出镜人同意以后，才能登记在渠道上发布。"),
    )
)  # fmt: skip


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that stands on channels."""
    door = enter_reach(request, slug)
    context = {
        "door": door,
        "found": show(request, door, POSTINGS),
        "keeps": permissions.keeps_media(door.seat),
    }
    return render(request, "media/postings.html", context)


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The list as it was asked for, as a file."""
    return save(request, POSTINGS, slug, form)


def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Note that something stands on a channel."""
    door = enter_reach(request, slug)
    channels = list(queries.standing_channels(door.programme))
    films = list(
        permissions.visible(door.sight, Recording.objects.all(), door.person)
        .filter(state=RecordingState.APPROVED)
        .order_by("-day", "-pk")
    )
    form = PostingForm(
        request.POST or None, door=door, channels=channels, films=films,
        initial={"day": door.programme.local(door.now).date()},
    )  # fmt: skip

    def do() -> Posting:
        said = form.cleaned_data
        channel = next(one for one in channels if one.public_id == said["channel"])
        film = next((one for one in films if one.public_id == said["recording"]), None)
        return actions.post_on(
            door.own_act(form), channel=channel, posted=form.posted(), recording=film
        )

    context = {
        "door": door,
        "form": form,
        "channels": channels,
        "why_not": why_not(door, lambda: permissions.may_keep(door.act(), door.programme)),
    }
    template = "media/posting_new.html"
    return answered(
        request, form, do, lambda refused: page(request, template, context, form, refused=refused)
    )


def _fetch(door: Door, posting_id: str) -> Any:
    rows = Posting.objects.select_related("channel", "recording", "by", "down_by")
    mine = permissions.postings_in_sight(door.sight, rows, door.person)
    found = queries.with_state(mine).filter(public_id=posting_id).first()
    if found is None:
        raise Http404
    found.programme = found.channel.programme = door.programme
    if found.recording is not None:
        found.recording.programme = door.programme
    return found


def posting(request: HttpRequest, slug: str, posting_id: str) -> HttpResponse:
    """One posting; putting it right."""
    door = enter_reach(request, slug)
    one = _fetch(door, posting_id)
    form = _mending(door, one, request)

    def do() -> Posting:
        return actions.mend_posting(door.own_act(form), posting=one, posted=form.posted())

    shown = partial(_shown, request, door, one, {"form": form})
    return answered(request, form, do, shown)


def _mending(door: Door, one: Posting, request: HttpRequest | None = None) -> PostingForm:
    known = {name: getattr(one, name) for name in ("title", "link", "day", "terms")}
    data = request.POST or None if request else None
    form = PostingForm(data, door=door, channels=(), films=(), initial=known)
    for name in ("channel", "recording"):
        del form.fields[name]
    return form


def _shown(
    request: HttpRequest, door: Door, one: Any, forms: Mapping[str, Any], refused: Refused | None
) -> HttpResponse:
    today = door.programme.local(door.now).date()
    owed = Obligation.objects.filter(programme=door.programme, subject_id=one.public_id)
    context = {
        "door": door,
        "one": one,
        "mark": MARKS[one.state],
        "word": words_of(one.state),
        "by": one.by.called.in_(door.lang),
        "duty": duties_in_sight(door.sight, owed).open().first(),
        "form": _mending(door, one) if one.stands else None,
        "down": DownForm(door=door, initial={"day": today}),
        "leave": bare(door),
        "withdraw": ReasonForm(door=door),
        "why_not": why_not(door, lambda: permissions.may_keep(door.act(), door.programme)),
        **forms,
    }
    bound = [form for form in forms.values() if form.is_bound]
    return page(request, "media/posting.html", context, *bound, refused=refused)


@require_POST
def take_down(request: HttpRequest, slug: str, posting_id: str) -> HttpResponse:
    """It is gone from the channel."""
    door = enter_reach(request, slug)
    one = _fetch(door, posting_id)
    form = DownForm(request.POST, door=door)

    def do() -> Posting:
        said = form.said()
        return actions.take_down(
            door.own_act(form), posting=one, day=said["day"], reason=said["reason"]
        )

    shown = partial(_shown, request, door, one, {"down": form})
    return answered(request, form, do, shown)


@require_POST
def leave_up(request: HttpRequest, slug: str, posting_id: str) -> HttpResponse:
    """It may stay after all."""
    door = enter_reach(request, slug)
    one = _fetch(door, posting_id)
    form = bare(door, request.POST)
    shown = partial(_shown, request, door, one, {"leave": form})
    return answered(request, form, lambda: actions.leave_up(door.own_act(form), posting=one), shown)


@require_POST
def withdraw(request: HttpRequest, slug: str, posting_id: str) -> HttpResponse:
    """It was entered by mistake."""
    door = enter_reach(request, slug)
    one = _fetch(door, posting_id)
    form = ReasonForm(request.POST, door=door)

    def do() -> Posting:
        reason = str(form.cleaned_data["reason"])
        return actions.withdraw_posting(door.own_act(form), posting=one, reason=reason)

    shown = partial(_shown, request, door, one, {"withdraw": form})
    return answered(request, form, do, shown)


def for_duty(request: HttpRequest, slug: str, duty_id: str) -> HttpResponse:
    """The posting that is to be taken down."""
    door = enter_reach(request, slug)
    duty = duties_in_sight(door.sight, Obligation.objects.filter(public_id=duty_id)).first()
    if duty is None:
        raise Http404
    return go(_fetch(door, duty.subject_id).path)
