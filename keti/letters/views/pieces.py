"""The pieces of letters: listed, followed one by one, many at once by scanning or by a sheet."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from keti.documents.doors import give_out
from keti.groups.doors import Door, go, page, tried, why_not
from keti.kernel.refusals import Refused, sentence
from keti.letters import actions, permissions, queries
from keti.letters.doors import enter_letters, tracking
from keti.letters.enums import Channel, PassageKind
from keti.letters.forms import PassageForm, ReasonForm, ScanForm
from keti.letters.models import Mailing, MailPiece, Passage
from keti.letters.rules import divisions
from keti.letters.rules.passage import MOVES, WAITING
from keti.letters.views.shared import mailing_of, piece_of
from keti.lists.doors import Choice, Column, Listing, by_code, declared, save, show
from keti.lists.rules import Count, Label, Marked, Moment

MARKS = {
    WAITING: "none", "printed": "doing", "sent": "soon", "resent": "soon", "delivered": "done",
    "acknowledged": "done", "returned": "returned",
}  # fmt: skip


def word_of(state: str) -> str:
    """A state in words."""
    return str(queries.WAITING_WORD if state == WAITING else PassageKind(state).label)


def _base(door: Door) -> QuerySet[MailPiece]:
    found = permissions.visible(door.sight, MailPiece.objects.standing())
    return found.select_related("mailing")


def _rows(door: Door, found: Iterable[MailPiece]) -> Iterator[MailPiece]:
    for one in found:
        one.mailing.programme = door.programme
        yield one


def _letters(door: Door, _rows: Any) -> list[tuple[str, str]]:
    found = permissions.visible(door.sight, Mailing.objects.filter(state="issued"))
    return list(found.order_by("-pk").values_list("public_id", "title"))


def _states(_door: Door) -> list[tuple[str, Any]]:
    kinds = [one for one in PassageKind.choices if one[0] != PassageKind.CORRECTED]
    return [(WAITING, queries.WAITING_WORD), *kinds]


def _provinces(door: Door, _rows: Any) -> list[tuple[str, str]]:
    return [(code, divisions.short(code, door.lang)) for code in divisions.PROVINCES]


PIECES = declared(
    Listing(
        name="pieces",
        title=gettext_lazy("寄件"),
        columns=(
            Column(
                "name", gettext_lazy("收件单位"), lambda row: Label(row.name, row.path), ("name",),
                ("name",),
            ),
            Column(
                "number", gettext_lazy("文号"), lambda row: Label(row.number), ("serial",),
                ("number",),
            ),
            Column(
                "code", gettext_lazy("条码号"), lambda row: Label(row.code), ("code",), ("code",)
            ),
            Column(
                "where", gettext_lazy("行政区划"),
                lambda row: Label(divisions.name_of(row.division)), ("division",),
            ),
            Column(
                "channel", gettext_lazy("寄送方式"),
                lambda row: Label(str(row.get_channel_display())), ("channel",),
            ),
            Column(
                "state", gettext_lazy("状态"),
                lambda row: Marked(MARKS[row.state], word_of(row.state)), ("state",),
            ),
            Column("at", gettext_lazy("时间"), lambda row: Moment(row.state_at), ("state_at",)),
            Column("serial", gettext_lazy("序号"), lambda row: Count(row.serial), page=False),
            Column(
                "letter", gettext_lazy("函件"), lambda row: Label(row.mailing.title), page=False
            ),
        ),
        base=_base,
        rows=_rows,
        order=("-mailing", "serial"),
        page="letters:pieces",
        file="letters:pieces_export",
        enter=enter_letters,
        choices=(
            Choice(
                "letter", gettext_lazy("函件"), _letters,
                lambda _door, value: Q(mailing__public_id=value),
            ),
            by_code("state", gettext_lazy("状态"), _states),
            by_code("channel", gettext_lazy("寄送方式"), lambda _door: Channel.choices),
            Choice(
                "province", gettext_lazy("省级区划"), _provinces,
                lambda _door, value: Q(division__startswith=value[:2]),
            ),
        ),
        nothing=gettext_lazy("还没有寄件"),
        hint=gettext_lazy("函件签发后，名单上每个单位有一件，各有文号和编号。"),
    )
)  # fmt: skip


def index(request: HttpRequest, slug: str) -> HttpResponse:
    """All pieces, or those of a letter, in a state, of a province."""
    door = enter_letters(request, slug)
    return render(
        request, "letters/pieces.html", {"door": door, "pieces": show(request, door, PIECES)}
    )


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The pieces as they were asked for, as a file."""
    return save(request, PIECES, slug, form)


def piece(request: HttpRequest, slug: str, piece_id: str) -> HttpResponse:
    """One piece: where it goes, what happened to it, what comes next."""
    door = enter_letters(request, slug)
    one = piece_of(door, piece_id)
    kinds = MOVES[one.state]
    form = PassageForm(request.POST or None, request.FILES or None, door=door, kinds=kinds)

    def do() -> Passage:
        said, upload = form.facts(), form.cleaned_data.get("file")
        act = door.act(str(form.cleaned_data["key"]))
        kept = door.keep(act, upload) if upload else None
        at = form.moment_of(said.pop("day"))
        what = actions.Happening(**said, at=at, file=kept)
        return actions.note_passage(act, piece=one, what=what)

    done, refused = tried(request, form, do)
    if done is not None:
        return go(one.path)
    return page(request, "letters/piece.html", _shown(door, one, form), form, refused=refused)


def _shown(door: Door, one: MailPiece, form: PassageForm) -> dict[str, Any]:
    passages = list(one.passages.select_related("file", "correction").order_by("pk"))
    return {
        "door": door,
        "one": one,
        "passages": passages,
        "mark": MARKS[one.state],
        "word": word_of(one.state),
        "form": form,
        "undo": ReasonForm(door=door),
        "over": not MOVES[one.state],
        "where": divisions.name_of(one.division),
        "why_not": why_not(door, lambda: permissions.may_keep(door.act(), door.programme)),
    }


@require_POST
def correct(request: HttpRequest, slug: str, piece_id: str) -> HttpResponse:
    """What was noted last was not so."""
    door = enter_letters(request, slug)
    one = piece_of(door, piece_id)
    form = ReasonForm(request.POST, door=door)

    def do() -> Passage:
        act, reason = door.act(str(form.cleaned_data["key"])), form.cleaned_data["reason"]
        return actions.correct_passage(act, piece=one, reason=reason)

    done, refused = tried(request, form, do)
    if done is not None:
        return go(one.path)
    context = _shown(door, one, PassageForm(door=door, kinds=MOVES[one.state]))
    return page(request, "letters/piece.html", context | {"undo": form}, form, refused=refused)


def file(request: HttpRequest, slug: str, piece_id: str, number: int) -> HttpResponseBase:
    """The file behind one passage of a piece."""
    door = enter_letters(request, slug)
    found = piece_of(door, piece_id).passages.filter(pk=number).exclude(file=None)
    passage = found.select_related("file").first()
    if passage is None or passage.file is None:
        raise Http404
    return give_out(passage.file)


def track(request: HttpRequest, slug: str, mailing_id: str) -> HttpResponse:
    """Many pieces of a letter at once: scanned codes, or a sheet of tracking numbers."""
    door = enter_letters(request, slug)
    one = mailing_of(door, mailing_id)
    form = ScanForm(request.POST or None, request.FILES or None, door=door)
    problems: list[dict[str, object]] = []
    done, refused = tried(request, form, lambda: _noted(door, one, form, problems))
    fresh = ScanForm(door=door, initial=_again(form)) if done is not None else form
    context = {
        "door": door,
        "one": one,
        "form": fresh,
        "done": done,
        "problems": problems,
        "why_not": why_not(door, lambda: permissions.may_keep(door.act(), door.programme)),
    }
    return page(request, "letters/track.html", context, form, refused=refused)


def _again(form: ScanForm) -> dict[str, Any]:
    said = form.cleaned_data
    return {name: said[name] for name in ("kind", "day", "carrier")}


def _noted(door: Door, one: Mailing, form: ScanForm, problems: list[dict[str, object]]) -> int:
    """Note what can be noted; what cannot is told row by row."""
    said = form.cleaned_data
    rows, wrong = tracking.rows_of(said.get("sheet"), said["codes"])
    at: datetime | None = form.moment_of(said["day"])
    usual = actions.Happening(said["kind"], at, said["carrier"], reason=said["reason"])
    found = tracking.sorted_out(one, rows, usual)
    problems[:] = [
        {"row": row, "value": value, "what": sentence(code, facts, door.lang)}
        for row, value, code, facts in [*wrong, *found.wrong]
    ]
    if not found.what:
        raise Refused("letters.nothing-to-note").at("codes")
    return actions.note_passages(door.act(str(said["key"])), mailing=one, what=found.what)
