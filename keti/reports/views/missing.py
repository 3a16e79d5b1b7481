"""Who has not handed in: the reports that are owed and have not come, by kind, group and month."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keti.charter.queries import compiled
from keti.duties.doors import Seen, announced, page_of, seen
from keti.duties.models import Obligation, ObligationQuerySet
from keti.duties.queries import in_month, not_received
from keti.duties.rules import month_text
from keti.groups.doors import Door, enter
from keti.kernel.templatetags.keti_dates import last_day
from keti.lists.doors import (
    Choice,
    Column,
    Listing,
    Options,
    Rows,
    declared,
    groups_among,
    in_turn,
    once,
    save,
    show,
)
from keti.lists.rules import Due, Label, Marked


def _owed(door: Door) -> ObligationQuerySet:
    return announced(door).filter(form="report").open()


def _rows(door: Door, duties: Iterable[Obligation]) -> Iterator[tuple[Seen, Door]]:
    for some in in_turn(duties):
        for one in seen(door, some):
            yield one, door


def _facts(door: Door) -> list[tuple[str, datetime]]:
    """Which kinds are owed for which instants: one read for both choices."""
    return once(door, "reports_missing", lambda: door.read(("reports.missing-facts",), _dates))


def _dates(door: Door) -> QuerySet[Obligation, tuple[str, datetime]]:
    return _owed(door).order_by().values_list("kind", "due").distinct()


def _kinds(door: Door, _rows: Rows) -> Options:
    kinds = {kind for kind, _due in _facts(door)}
    works = compiled(door.programme).works
    return [(work.key, work.title.in_(door.lang)) for work in works if work.key in kinds]


def _groups(door: Door, _rows: Rows) -> Options:
    owing = "reports.missing-groups"
    return groups_among(door, owing, lambda door: _owed(door).order_by().values("group_id"))


def _months(door: Door, _rows: Rows) -> Options:
    zone = door.programme.tz
    months = sorted({f"{last_day(due, zone):%Y-%m}" for _kind, due in _facts(door)})
    return [(month, month_text(month, door.lang)) for month in months]


MISSING = declared(
    Listing(
        name="reports_missing",
        title=gettext_lazy("还没交的报告"),
        columns=(
            Column(
                "title", gettext_lazy("报告"),
                lambda row: Label(row[0].title, page_of(row[0].duty)),
                ("title_zh", "period"), ("title_zh", "title_en"),
            ),
            Column(
                "group", gettext_lazy("组别"),
                lambda row: Label(row[0].group_title.in_(row[1].lang)),
                ("group__order",), ("group__title_zh", "group__title_en"),
            ),
            Column(
                "who", gettext_lazy("由谁"),
                lambda row: Label(row[0].who or _("尚无人担任")),
            ),
            Column(
                "due", gettext_lazy("期限"), lambda row: Due(row[0].duty.due_instant), ("due",)
            ),
            Column(
                "state", gettext_lazy("状态"), lambda row: Marked(row[0].mark, row[0].label),
                ("state",),
            ),
        ),
        base=_owed,
        of_record=True,
        rows=_rows,
        order=("due",),
        page="reports:missing",
        file="reports:missing_file",
        choices=(
            Choice("kind", gettext_lazy("种类"), _kinds, lambda _door, value: Q(kind=value)),
            Choice(
                "group", gettext_lazy("组别"), _groups,
                lambda _door, value: Q(group__public_id=value),
            ),
            Choice(
                "month", gettext_lazy("月份"), _months,
                lambda door, value: in_month(value, door.programme.tz),
            ),
            Choice(
                "past", gettext_lazy("期限"),
                lambda _door, _rows: [("1", _("只看到期未交")), ("all", _("连同未到期"))],
                lambda door, value: not_received(door.now) if value == "1" else Q(), first="1",
            ),
        ),
        nothing=gettext_lazy("没有未交的报告"),
        key=lambda row: str(row[0].duty.public_id),
    )
)  # fmt: skip


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Who has not handed in."""
    door = enter(request, slug)
    context = {"door": door, "missing": show(request, door, MISSING)}
    return render(request, "reports/missing.html", context)


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The same list as a file."""
    return save(request, MISSING, slug, form)
