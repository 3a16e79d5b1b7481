"""The list of reports, and what is yet to be written."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count as DbCount
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext

from keti.charter.queries import compiled
from keti.duties.models import Obligation, ObligationQuerySet
from keti.duties.queries import open_of
from keti.groups.doors import Door, enter
from keti.groups.queries import labels_in
from keti.lists.doors import (
    GROUP_NAMES,
    Choice,
    Column,
    Listing,
    Options,
    Rows,
    by_code,
    declared,
    groups_among,
    once,
    recorded,
    save,
    show,
)
from keti.lists.rules import Count, Due, Label, Marked, Moment, Print
from keti.reports import permissions, queries
from keti.reports.enums import ReportState
from keti.reports.models import Report, ReportQuerySet

OWED = 8
MARKS = {"draft": "none", "submitted": "doing", "returned": "returned", "accepted": "done"}


def _seen(door: Door) -> ReportQuerySet:
    return permissions.visible(door.sight, Report.objects.order_by())


def _base(door: Door) -> Rows:
    return queries.listing(_seen(door))


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One report of the list."""

    one: queries.Listed
    title: str
    group: str
    url: str
    who: str

    @property
    def state(self) -> Marked:
        return Marked(MARKS[self.one.state], str(ReportState(self.one.state).label))

    @property
    def number(self) -> Count:
        return Count(self.one.version.number if self.one.version else None)

    @property
    def sha(self) -> Print:
        return Print(self.one.version.sha256 if self.one.version else "")

    @property
    def at(self) -> Moment:
        """When it was handed in."""
        newest = self.one.version
        return Moment(newest.at, recorded(newest)) if newest else Moment(None)

    @property
    def entered(self) -> Moment:
        """When it was typed in."""
        return Moment(self.one.version.recorded_at if self.one.version else None)

    @property
    def ways(self) -> Label:
        newest = self.one.version
        return Label(" ".join(recorded(newest)) if newest else "")


def _rows(door: Door, found: Iterable[tuple[Any, ...]]) -> Iterator[ReportRow]:
    said = labels_in(door.programme, door.lang)
    for row in found:
        one = queries.Listed.of(row)
        yield ReportRow(
            one,
            one.title.in_(door.lang),
            one.group.in_(door.lang),
            reverse("reports:report", args=[door.programme.slug, one.public_id]),
            said(one.version.seat_label) if one.version else "",
        )


def _facts(door: Door) -> list[tuple[str, str, str, int]]:
    """How many stand in each state, of each kind and period: one read for choices and counts."""

    def counted(door: Door) -> Rows:
        return _seen(door).values_list("kind", "period", "state").annotate(n=DbCount("pk"))

    return once(door, "reports_facts", lambda: door.read(("reports.facts",), counted))


def _kinds(door: Door, _rows: Rows) -> Options:
    kinds = {kind for kind, *_rest in _facts(door)}
    works = compiled(door.programme).works
    return [(work.key, work.title.in_(door.lang)) for work in works if work.key in kinds]


def _groups(door: Door, _rows: Rows) -> Options:
    return groups_among(door, "reports.groups", lambda door: _seen(door).values("group"))


def _periods(door: Door, _rows: Rows) -> Options:
    periods = {period for _kind, period, *_rest in _facts(door) if period}
    return [(one, one) for one in sorted(periods, reverse=True)]


def _tally(door: Door, _rows: Rows) -> list[tuple[str, int]]:
    """How many stand in each state."""
    states: Counter[str] = Counter()
    for _kind, _period, state, count in _facts(door):
        states[state] += count
    return [(str(word), states[key]) for key, word in ReportState.choices if key in states]


REPORTS = declared(
    Listing(
        name="reports",
        title=gettext_lazy("报告"),
        columns=(
            Column(
                "title", gettext_lazy("报告"), lambda row: Label(row.title, row.url),
                ("obligation__title_zh",), ("obligation__title_zh", "obligation__title_en"),
            ),
            Column(
                "group", gettext_lazy("组别"), lambda row: Label(row.group),
                ("group__order",), GROUP_NAMES,
            ),
            Column(
                "period", gettext_lazy("期间"), lambda row: Label(row.one.period),
                ("period",), ("period",),
            ),
            Column("state", gettext_lazy("状态"), lambda row: row.state, ("state",)),
            Column("version", gettext_lazy("版本"), lambda row: row.number, ("latest",)),
            Column(
                "who", gettext_lazy("提交人"), lambda row: Label(row.who),
                ("newest__seat_label",), page=False,
            ),
            Column("at", gettext_lazy("提交时间"), lambda row: row.at, ("newest__at",)),
            Column("entered", gettext_lazy("录入时间"), lambda row: row.entered, page=False),
            Column("ways", gettext_lazy("办理方式"), lambda row: row.ways, page=False),
            Column("sha", gettext_lazy("校验码"), lambda row: row.sha),
            Column(
                "due", gettext_lazy("期限"), lambda row: Due(row.one.due), ("obligation__due",)
            ),
        ),
        base=_base,
        lean=_seen,
        of_record=True,
        rows=_rows,
        order=("-obligation__due_at", "group__order"),
        page="reports:list",
        file="reports:export",
        choices=(
            Choice(
                "kind", gettext_lazy("种类"), _kinds, lambda _door, value: Q(kind=value)
            ),
            Choice(
                "group", gettext_lazy("组别"), _groups,
                lambda _door, value: Q(group__public_id=value),
            ),
            Choice(
                "period", gettext_lazy("期间"), _periods, lambda _door, value: Q(period=value)
            ),
            by_code("state", gettext_lazy("状态"), lambda _door: ReportState.choices),
        ),
        nothing=gettext_lazy("还没有您可以看的报告"),
        hint=gettext_lazy("报告提交后会出现在这里。"),
        tally=_tally,
    )
)  # fmt: skip


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Every report this seat may see, and what it has yet to write."""
    door = enter(request, slug)
    owed, owed_more = _owed(door)
    context = {
        "door": door,
        "now": door.now,
        "reports": show(request, door, REPORTS),
        "owed": owed,
        "owed_more": owed_more,
    }
    return render(request, "reports/list.html", context)


def _owed(door: Door) -> tuple[list[dict[str, object]], int]:
    """Reports this seat has yet to hand in and may already write: the next, and how many more."""

    def ready(door: Door) -> ObligationQuerySet:
        duties = open_of(door.programme, form="report")
        mine = duties.filter(permissions.writing_scope(door.seat))
        return mine.filter(Q(opens_at=None) | Q(opens_at__lte=door.now))

    def read() -> tuple[list[dict[str, object]], int]:
        next_ones = door.read(("reports.owed",), lambda door: ready(door)[: OWED + 1])
        more = door.count(("reports.owed",), ready) - OWED if len(next_ones) > OWED else 0
        return [_duty(door, one) for one in next_ones[:OWED]], more

    return door.unchanged(("reports.owed",), read)


def _duty(door: Door, duty: Obligation) -> dict[str, object]:
    url = f"/p/{door.programme.slug}/reports/for/{duty.public_id}/"
    returned = duty.state == "returned"
    return {
        "due_at": duty.due_instant,
        "title": duty.title.in_(door.lang),
        "note": f"{duty.group.title.in_(door.lang)} {duty.period}".strip(),
        "url": url,
        "state": "returned" if returned else ("doing" if duty.begun_at else "none"),
        "actions": [
            {
                "label": pgettext("report", "修改")
                if returned
                else pgettext("report", "继续")
                if duty.begun_at
                else pgettext("report", "起草"),
                "url": url,
                "primary": duty.seat_id == door.seat.pk,
            }
        ],
    }


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The same list as a file."""
    return save(request, REPORTS, slug, form)
