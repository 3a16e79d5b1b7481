"""The duty grid: groups down, months across, one glyph a kind; a page of groups at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from keti.duties import queries
from keti.duties.doors import LatenessView, Seen, most_pressing, page_of, seen
from keti.duties.enums import DutyStatus
from keti.duties.models import Obligation
from keti.duties.rules import Cell, month_text
from keti.duties.views.cells import month_of
from keti.duties.views.wishes import Span, Wish, stretch_of, stretches
from keti.groups.doors import Door, enter
from keti.groups.models import Group
from keti.groups.queries import groups_of
from keti.kernel.templatetags.keti_dates import deadline_text
from keti.lists.doors import paged

ROW_OF_CELLS = 4
GROUPS = 10


@dataclass(slots=True)
class GridRow:
    """One group's line of the grid."""

    title: str
    url: str
    months: SafeString = field(default=mark_safe(""))
    rate: str = ""
    share: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Months that stand side by side: what they are called, their address, whether they are
    shown."""

    title: str
    query: str
    shown: bool


def grid(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme's duties at a glance, as many groups as one sheet of paper holds."""
    door = enter(request, slug)
    wish = Wish.of(request.GET)
    groups = groups_of(door.programme)
    if wish.group:
        groups = groups.filter(public_id=wish.group)
    page = paged(request, groups, GROUPS)
    span = Span.of(door, wish)
    this_month = f"{door.programme.local(door.now):%Y-%m}"
    months = stretch_of(span.months, request.GET.get("since", ""), this_month)
    rows = door.unchanged(
        ("duties.grid", wish, page.number, *months[:1]),
        lambda: _rows(door, list(page), months, wish),
        names=True,
    )
    context = {
        "door": door,
        "page": page,
        "months": [_month_head(month, months, door) for month in months],
        "stretches": _others(span.months, months, wish),
        "rows": rows,
        "rated": any(row.rate for row in rows),
        "wish": wish,
        "kinds": span.kinds,
        "count": span.count,
        "toggle": wish.query(missing="" if wish.missing else "1"),
        "query": wish.query(),
    }
    return render(request, "duties/grid.html", context)


def _month_head(month: str, months: Sequence[str], door: Door) -> tuple[str, bool]:
    words = month_text(month, door.lang)
    words = words[:3] if door.lang.startswith("en") else words
    if month == months[0] or month.endswith("-01"):
        words = f"{words} {month[:4]}" if door.lang.startswith("en") else f"{month[:4]} 年 {words}"
    return words, month == f"{door.programme.local(door.now):%Y-%m}"


def _others(months: Sequence[str], shown: Sequence[str], wish: Wish) -> list[Stretch]:
    """Every stretch of months to choose from; none where there is only one."""
    found = stretches(months)
    if len(found) < 2:
        return []
    return [
        Stretch(f"{one[0]} – {one[-1]}", wish.query(since=one[0]), one[0] == shown[0])
        for one in found
    ]


def _rows(door: Door, groups: list[Group], months: Sequence[str], wish: Wish) -> list[GridRow]:
    this_month = f"{door.programme.local(door.now):%Y-%m}"
    pks = tuple(group.pk for group in groups)
    of_these = door.read(
        ("duties.grid", wish, pks), lambda door: wish.chosen(door).filter(group__in=pks)
    )
    place: dict[tuple[int, str], list[Seen]] = {}
    for one in seen(door, of_these, groups):
        place.setdefault((one.duty.group_id, one.month), []).append(one)
    rates = _rates(door, groups, wish)
    rows = []
    for group in groups:
        row, drawn = GridRow(group.title.in_(door.lang), group.path), []
        for month in months:
            there = place.get((group.pk, month), [])
            cells = _cells(there, door, wish.query(group=group.public_id, month=month))
            lines = [cells[at : at + ROW_OF_CELLS] for at in range(0, len(cells), ROW_OF_CELLS)]
            drawn.append(month_of(lines, now_here=month == this_month))
        row.months = mark_safe("".join(drawn))
        row.rate, row.share = rates.get(group.pk, ("", ""))
        rows.append(row)
    return rows


def _cells(there: list[Seen], door: Door, query: str) -> list[Cell]:
    ordered = sorted(there, key=lambda one: one.duty.kind)
    by_kind = [list(same) for _kind, same in groupby(ordered, key=lambda one: one.duty.kind)]
    by_kind.sort(key=lambda same: (same[0].duty.due_instant, same[0].duty.pk))
    return [_cell(same, door, query) for same in by_kind]


def _cell(same: list[Seen], door: Door, query: str) -> Cell:
    worst = most_pressing(same)
    duty = worst.duty
    lang = door.lang
    due = deadline_text(duty.due_instant, door.programme.tz, lang)
    came_late = [one for one in same if one.mark == "late"]
    said = came_late[0] if came_late and worst.standing == DutyStatus.DONE else worst
    mark, label = said.mark, said.label
    words = [worst.title, worst.who or _("尚无人担任"), due, label]
    words += [str(duty.get_claim_display())] if duty.claim and worst.late else []
    colon = ": " if lang.startswith("en") else "："
    spoken = f"{worst.title}{colon}{label}"
    if len(same) == 1:
        return Cell(mark, spoken, " · ".join(words), page_of(duty))
    words.append(_("共 {count} 项").format(count=len(same)))
    address = f"{reverse('duties:list', args=[door.programme.slug])}?{query}&kind={duty.kind}"
    return Cell(mark, spoken, " · ".join(words), address)


def _rates(door: Door, groups: Iterable[Group], wish: Wish) -> dict[int, tuple[str, str]]:
    """Group row -> the share met on time of what has fallen due, where lateness may be shown: as a
    percentage, and as so many of so many."""
    pks = tuple(group.pk for group in groups)

    def rated(door: Door) -> QuerySet[Obligation, dict[str, Any]]:
        shown = LatenessView.of(door).scope() & queries.ripe_at(door.now)
        on_time = shown & ~queries.late_at(door.now)
        found = wish.chosen(door).filter(group__in=pks).order_by().values("group_id")
        return found.annotate(ripe=Count("pk", filter=shown), met=Count("pk", filter=on_time))

    rows = door.read(("duties.rates", wish, pks), rated)
    return {
        row["group_id"]: (f"{100 * row['met'] // row['ripe']}%", f"{row['met']}/{row['ripe']}")
        for row in rows
        if row["ripe"]
    }
