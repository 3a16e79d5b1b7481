"""The list of the comment rounds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count as DbCount
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET

from keti.consultation import actions, permissions
from keti.consultation.enums import Disposition, RoundState
from keti.consultation.models import Round
from keti.duties.models import ObligationQuerySet
from keti.duties.queries import of_programme
from keti.groups.doors import Door, enter
from keti.lists.doors import Column, Listing, Rows, by_code, declared, save, show
from keti.lists.rules import Count, Due, Label, Marked, Moment

SUBJECT = "version__report__"
TITLES = ("obligation__title_zh", "obligation__title_en")
TEXTS = (f"{SUBJECT}obligation__title_zh", f"{SUBJECT}obligation__title_en")


def enter_round(request: HttpRequest, slug: str) -> Door:
    """Let in who takes part in rounds; for every other seat these pages do not exist."""
    door = enter(request, slug)
    if not permissions.takes_part(door.seat):
        raise Http404
    return door


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One round of the list, with how many comments came and how many wait for an answer."""

    round: Round
    title: str
    subject: str
    said: int
    waiting: int

    @property
    def state(self) -> Marked:
        mark = "doing" if self.round.state == RoundState.OPEN else "done"
        return Marked(mark, str(RoundState(self.round.state).label))


def _base(door: Door) -> Rows:
    waiting = Q(comments__disposition=Disposition.WAITING)
    found = permissions.visible(door.sight, Round.objects.all())
    counted = found.annotate(said=DbCount("comments"), waiting=DbCount("comments", filter=waiting))
    joined = counted.select_related("obligation", f"{SUBJECT}obligation", f"{SUBJECT}group")
    return joined.only(
        "public_id", "state", "opened_at", "closed_at", *TITLES, "obligation__due_at",
        "obligation__extended_to", f"{SUBJECT}period", f"{SUBJECT}group__title_zh",
        f"{SUBJECT}group__title_en", *TEXTS,
    )  # fmt: skip


def _rows(door: Door, rounds: Iterable[Round]) -> Iterator[RoundRow]:
    for one in rounds:
        one.programme = door.programme
        counted = vars(one)
        yield RoundRow(
            one,
            one.title.in_(door.lang),
            one.version.report.title.in_(door.lang),
            counted["said"],
            counted["waiting"],
        )


ROUNDS = declared(
    Listing(
        name="rounds",
        title=gettext_lazy("征求意见"),
        columns=(
            Column(
                "title", gettext_lazy("征求意见"), lambda row: Label(row.title, row.round.path),
                ("obligation__title_zh",), TITLES,
            ),
            Column(
                "subject", gettext_lazy("征求意见稿"), lambda row: Label(row.subject),
                (f"{SUBJECT}obligation__title_zh",), TEXTS,
            ),
            Column("state", gettext_lazy("状态"), lambda row: row.state, ("state",)),
            Column(
                "due", pgettext_lazy("consultation", "截止"),
                lambda row: Due(row.round.obligation.due_instant), ("obligation__due",),
            ),
            Column(
                "said", pgettext_lazy("consultation", "意见"), lambda row: Count(row.said),
                ("said",),
            ),
            Column(
                "waiting", gettext_lazy("待处理"), lambda row: Count(row.waiting), ("waiting",)
            ),
            Column(
                "opened", gettext_lazy("发起时间"), lambda row: Moment(row.round.opened_at),
                ("opened_at",), page=False,
            ),
            Column(
                "closed", gettext_lazy("结束时间"), lambda row: Moment(row.round.closed_at),
                ("closed_at",), page=False,
            ),
        ),
        base=_base,
        rows=_rows,
        order=("-opened_at",),
        page="consultation:list",
        file="consultation:export",
        choices=(by_code("state", gettext_lazy("状态"), lambda _door: RoundState.choices),),
        nothing=gettext_lazy("还没有征求意见"),
        hint=gettext_lazy("开始征求意见后，会列在这里。"),
        enter=enter_round,
    )
)  # fmt: skip


def _ahead(door: Door) -> ObligationQuerySet:
    begun = permissions.visible(door.sight, Round.objects.all()).values("obligation")
    return of_programme(door.programme).filter(form=actions.FORM).exclude(pk__in=begun)


@require_GET
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """All rounds of the programme, and those still to be opened."""
    door = enter_round(request, slug)
    context = {
        "door": door,
        "now": door.now,
        "rounds": show(request, door, ROUNDS),
        "ahead": [
            {
                "due_at": one.due_instant,
                "title": one.title.in_(door.lang),
                "note": one.seat.called.in_(door.lang) if one.seat else "",
                "url": reverse("consultation:for", args=[slug, one.public_id]),
                "state": "none",
            }
            for one in door.read(("consultation.ahead",), _ahead)
        ],
    }
    return render(request, "consultation/list.html", context)


@require_GET
def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The rounds as they were asked for, as a file."""
    return save(request, ROUNDS, slug, form)
