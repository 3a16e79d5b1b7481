"""The list of recordings, and one of them: where it is, who is in it, its subtitles."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from keti.groups.doors import Door, enter, go, page, tried, why_not
from keti.lists.doors import Column, Listing, by_code, declared, save, show
from keti.lists.rules import Count, Label, Marked
from keti.media import actions, permissions, queries
from keti.media.doors import given_out
from keti.media.enums import RecordingState
from keti.media.forms import ReasonForm, RecordingForm
from keti.media.models import Recording
from keti.media.views.shared import kept_by, recording_of
from keti.media.views.showing import MARKS, answered, bare, length, shown


def _base(door: Door) -> QuerySet[Recording]:
    return queries.counted(permissions.visible(door.sight, Recording.objects.all()))


def _rows(door: Door, found: Iterable[Recording]) -> Iterator[Recording]:
    for one in found:
        one.programme = door.programme
        yield one


def _consents(row: Any) -> Label:
    if not row.voices:
        return Label(_("没有出镜人"))
    said = _("{agreed}/{voices} 人同意").format(agreed=row.agreed, voices=row.voices)
    return Label(said, tags=(_("他人看不到"),) if row.agreed < row.voices else ())


RECORDINGS = declared(
    Listing(
        name="recordings",
        title=gettext_lazy("录音录像"),
        columns=(
            Column(
                "title", gettext_lazy("标题"), lambda row: Label(row.title, row.path, row.event),
                ("title",), ("title", "event", "outlet", "transcript"),
            ),
            Column(
                "day", gettext_lazy("录制日期"), lambda row: Label(row.day.isoformat()), ("day",)
            ),
            Column(
                "length", gettext_lazy("时长"), lambda row: Label(length(row.seconds)),
                ("seconds",),
            ),
            Column("outlet", gettext_lazy("平台"), lambda row: Label(row.outlet), ("outlet",)),
            Column("consent", gettext_lazy("出镜人同意"), _consents),
            Column(
                "state", gettext_lazy("状态"),
                lambda row: Marked(MARKS[row.state], str(row.get_state_display())), ("state",),
            ),
            Column(
                "seconds", gettext_lazy("秒数"), lambda row: Count(row.seconds), page=False
            ),
            Column("link", gettext_lazy("网址"), lambda row: Label(row.link), page=False),
        ),
        base=_base,
        rows=_rows,
        order=("-day", "-pk"),
        page="media:recordings",
        file="media:export",
        choices=(
            by_code("state", gettext_lazy("状态"), lambda _door: RecordingState.choices),
        ),
        nothing=gettext_lazy("还没有录音录像"),
        hint=gettext_lazy("审定过、出镜人都同意的录音录像才在这里给课题各方看。"),
    )
)  # fmt: skip


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Every recording this seat may see."""
    door = enter(request, slug)
    context = {
        "door": door,
        "found": show(request, door, RECORDINGS),
        "keeps": permissions.keeps_media(door.seat),
        "spreads": permissions.sees_reach(door.seat),
    }
    return render(request, "media/recordings.html", context)


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The list as it was asked for, as a file."""
    return save(request, RECORDINGS, slug, form)


def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter a recording."""
    door = enter(request, slug)
    today = {"day": door.programme.local(door.now).date()}
    form = RecordingForm(request.POST or None, request.FILES or None, door=door, initial=today)

    def do() -> Recording:
        act, file = _act(door, form)
        return actions.enter_recording(
            act, programme=door.programme, footage=form.footage(), file=file
        )

    made, refused = tried(request, form, do)
    if made is not None:
        return go(made.path)
    return page(request, "media/new.html", _entering(door, form), form, refused=refused)


def _act(door: Door, form: RecordingForm) -> tuple[Any, Any]:
    """The act of the form, and its file, kept; who has no right keeps none."""
    act = door.act(str(form.cleaned_data["key"]))
    permissions.may_keep(act, door.programme).or_refuse()
    upload = form.cleaned_data["file"]
    return act, door.keep(act, upload) if upload else None


def _entering(door: Door, form: RecordingForm) -> dict[str, Any]:
    return {
        "door": door,
        "form": form,
        "why_not": why_not(door, lambda: permissions.may_keep(door.act(), door.programme)),
    }


def mend(request: HttpRequest, slug: str, recording_id: str) -> HttpResponse:
    """Put right what is known of a recording."""
    door = enter(request, slug)
    one = kept_by(door, recording_id)
    known = {name: getattr(one, name) for name in ("title", "event", "day", "link", "outlet")}
    known |= {"transcript": one.transcript}
    known["minutes"] = None if one.seconds is None else round(one.seconds / 60, 2)
    form = RecordingForm(request.POST or None, request.FILES or None, door=door, initial=known)

    def do() -> Recording:
        act, file = _act(door, form)
        return actions.mend_recording(act, recording=one, footage=form.footage(), file=file)

    made, refused = tried(request, form, do)
    if made is not None:
        return go(made.path)
    context = _entering(door, form) | {"one": one}
    return page(request, "media/new.html", context, form, refused=refused)


def recording(request: HttpRequest, slug: str, recording_id: str) -> HttpResponse:
    """One recording."""
    door = enter(request, slug)
    return render(request, "media/recording.html", shown(door, recording_of(door, recording_id)))


@require_POST
def approve(request: HttpRequest, slug: str, recording_id: str) -> HttpResponse:
    """It may be shown inside."""
    door = enter(request, slug)
    one = kept_by(door, recording_id)
    form = bare(door, request.POST)
    done, refused = tried(
        request, form,
        lambda: actions.approve_recording(door.act(str(form.cleaned_data["key"])), recording=one),
    )  # fmt: skip
    return answered(request, door, one, done, refused)


@require_POST
def withdraw(request: HttpRequest, slug: str, recording_id: str) -> HttpResponse:
    """It is shown no more."""
    door = enter(request, slug)
    one = kept_by(door, recording_id)
    form = ReasonForm(request.POST, door=door)

    def do() -> Recording:
        act, reason = door.act(str(form.cleaned_data["key"])), form.cleaned_data["reason"]
        return actions.withdraw_recording(act, recording=one, reason=reason)

    done, refused = tried(request, form, do)
    return answered(request, door, one, done, refused, ("withdraw", form))


def film(request: HttpRequest, slug: str, recording_id: str) -> HttpResponseBase:
    """The stored film or sound, as much of it as the player asks for."""
    one = recording_of(enter(request, slug), recording_id)
    if one.file is None:
        raise Http404
    return given_out(request, one.file)
