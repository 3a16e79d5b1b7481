"""The duties as a list by due instant, and as files."""

from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keti.duties import queries
from keti.duties.doors import FIELDS, Seen, announced, page_of, seen
from keti.duties.models import Obligation, ObligationQuerySet
from keti.duties.rules import month_text
from keti.duties.views.several import DEEDS
from keti.duties.views.wishes import MINE, OTHERS, Span, Wish
from keti.groups.doors import Door, enter
from keti.groups.models import Group
from keti.lists.doors import (
    Choice,
    Column,
    Listing,
    Options,
    Rows,
    declared,
    holder,
    in_turn,
    offers,
    once,
    recorded,
    save,
    show,
)
from keti.lists.rules import Due, Label, Marked, Moment

WHO = (*holder("seat"), "seat__delegate__name", "seat__delegate__name_en")


def _known_groups(door: Door) -> list[Group]:
    read = Group.objects.filter(programme=door.programme)
    return once(door, "duties_groups", lambda: list(read))


def _span(door: Door) -> Span:
    return once(door, "duties_span", lambda: Span.of(door, Wish()))


def _rows(door: Door, duties: Iterable[Obligation]) -> Iterator[tuple[Seen, Door]]:
    for some in in_turn(duties):
        for one in seen(door, some, _known_groups(door)):
            yield one, door


def _groups(door: Door, _rows: Rows) -> Options:
    return [(one.public_id, one.title.in_(door.lang)) for one in _known_groups(door)]


def _months(door: Door, _rows: Rows) -> Options:
    return [(month, month_text(month, door.lang)) for month in _span(door).months]


def _whose(door: Door, value: str) -> ObligationQuerySet | None:
    """The rows of mine or of others, which the desk counts; None for those of the list."""
    found = {MINE: queries.owed_of, OTHERS: queries.owed_by_others}.get(value)
    return found(door.sight).only(*FIELDS) if found else None


def _state(row: tuple[Seen, Door]) -> Marked:
    return Marked(row[0].mark, row[0].label)


def _notes(row: tuple[Seen, Door]) -> Label:
    one, duty = row[0], row[0].duty
    notes = list(recorded(duty))
    if duty.claim and one.late:
        notes.append(str(duty.get_claim_display()))
    if duty.extended_to is not None:
        notes.append(_("已延期"))
    return Label(" · ".join(notes))


DUTIES = declared(
    Listing(
        name="duties",
        title=gettext_lazy("应办事项"),
        columns=(
            Column(
                "title", gettext_lazy("事项"),
                lambda row: Label(row[0].title, page_of(row[0].duty)),
                ("title_zh", "period"), ("title_zh", "title_en"),
            ),
            Column(
                "group", gettext_lazy("组别"),
                lambda row: Label(row[0].group_title.in_(row[1].lang)),
                ("group__order",), ("group__title_zh", "group__title_en"),
            ),
            Column(
                "who", gettext_lazy("由谁"), lambda row: Label(row[0].who or _("尚无人担任")),
                WHO, WHO,
            ),
            Column(
                "due", gettext_lazy("期限"), lambda row: Due(row[0].duty.due_instant), ("due",)
            ),
            Column("state", gettext_lazy("状态"), _state, ("state",)),
            Column(
                "met", gettext_lazy("办结时间"), lambda row: Moment(row[0].duty.met_at),
                ("met_at",), page=False,
            ),
            Column("notes", gettext_lazy("备注"), _notes, page=False),
            Column(
                "source", gettext_lazy("依据"), lambda row: Label(row[0].duty.source), page=False
            ),
        ),
        base=announced,
        of_record=True,
        rows=_rows,
        order=("due",),
        page="duties:list",
        file="duties:export",
        choices=(
            Choice(
                "kind", gettext_lazy("哪类事项"), lambda door, _rows: _span(door).kinds,
                lambda _door, value: Q(kind=value),
            ),
            Choice(
                "group", gettext_lazy("组别"), _groups,
                lambda _door, value: Q(group__public_id=value),
            ),
            Choice(
                "month", gettext_lazy("月份"), _months,
                lambda door, value: queries.in_month(value, door.programme.tz),
            ),
            Choice(
                "missing", gettext_lazy("收到与否"), lambda _door, _rows: [("1", _("只看未交"))],
                lambda door, value: queries.not_received(door.now) if value == "1" else Q(),
            ),
            Choice(
                "whose", gettext_lazy("谁来办"),
                lambda _door, _rows: [(MINE, _("我要办的")), (OTHERS, _("在等别人"))],
                lambda _door, _value: Q(), among=_whose,
            ),
        ),
        nothing=gettext_lazy("没有应办事项"),
        key=lambda row: str(row[0].duty.public_id),
    )
)  # fmt: skip

offers("duties", *DEEDS)


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """The duties asked for, a page at a time."""
    door = enter(request, slug)
    context = {
        "door": door,
        "duties": show(request, door, DUTIES),
        "manages": door.seat.can("manage"),
    }
    return render(request, "duties/list.html", context)


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The chosen duties as a file."""
    return save(request, DUTIES, slug, form)
