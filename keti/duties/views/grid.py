"""The duty grid: groups down, months across, one glyph a kind; its list and files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from keti.documents.rules.sheet import to_csv, to_xlsx
from keti.duties.doors import Seen, most_pressing, seen
from keti.duties.enums import Standing
from keti.duties.rules import month_text
from keti.groups.doors import Door, enter
from keti.groups.queries import groups_of
from keti.kernel.templatetags.keti_dates import deadline_text

ROW_OF_CELLS = 4
PAGE = 50


@dataclass(frozen=True, slots=True)
class Wish:
    """What the visitor asked to see."""

    kind: str = ""
    group: str = ""
    month: str = ""
    missing: bool = False

    @classmethod
    def of(cls, asked: QueryDict) -> "Wish":
        return cls(
            asked.get("kind", ""),
            asked.get("group", ""),
            asked.get("month", ""),
            asked.get("missing") == "1",
        )

    def query(self, **more: str) -> str:
        """The same wish as an address, with something changed."""
        facts = {
            "kind": self.kind,
            "group": self.group,
            "month": self.month,
            "missing": "1" if self.missing else "",
        } | more
        return urlencode({name: value for name, value in facts.items() if value})


@dataclass(frozen=True, slots=True)
class Cell:
    """One glyph: the duties of one kind, group and month."""

    mark: str
    label: str
    tip: str
    url: str


@dataclass(slots=True)
class GridRow:
    """One group's line of the grid."""

    title: str
    url: str
    months: list[tuple[bool, list[list[Cell]]]] = field(default_factory=list)
    rate: str = ""
    share: str = ""


def grid(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole programme's duties at a glance."""
    door = enter(request, slug)
    wish = Wish.of(request.GET)
    everything = seen(door)
    chosen = [one for one in everything if wanted(one, wish, door)]
    months = months_of(everything)
    rows = _rows(door, chosen, months, wish)
    context = {
        "door": door,
        "months": [_month_head(month, months, door) for month in months],
        "rows": rows,
        "rated": any(row.rate for row in rows),
        "wish": wish,
        "kinds": kinds_of(everything, door.lang),
        "count": len(chosen),
        "toggle": wish.query(missing="" if wish.missing else "1"),
        "query": wish.query(),
    }
    return render(request, "duties/grid.html", context)


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """The same duties as a list, by due instant."""
    door = enter(request, slug)
    wish = Wish.of(request.GET)
    everything = seen(door)
    chosen = [one for one in everything if wanted(one, wish, door)]
    page = Paginator(chosen, PAGE).get_page(request.GET.get("page"))
    context = {
        "door": door,
        "page": page,
        "lines": [(one, one.group_title.in_(door.lang)) for one in page],
        "wish": wish,
        "kinds": kinds_of(everything, door.lang),
        "groups": [
            (group.public_id, group.title.in_(door.lang)) for group in groups_of(door.programme)
        ],
        "months": [(month, month_text(month, door.lang)) for month in months_of(everything)],
        "query": wish.query(),
    }
    return render(request, "duties/list.html", context)


def export(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The chosen duties as a spreadsheet."""
    door = enter(request, slug)
    wish = Wish.of(request.GET)
    rows = [_file_row(one, door) for one in seen(door) if wanted(one, wish, door)]
    header = [
        _("组别"),
        _("事项"),
        _("由谁"),
        _("期限"),
        _("状态"),
        _("办结时间"),
        _("备注"),
        _("依据"),
    ]
    if form == "csv":
        data, mime = to_csv(header, rows), "text/csv; charset=utf-8"
    else:
        data = to_xlsx(_("应办事项"), header, rows)
        mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = HttpResponse(data, content_type=mime)
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug}-duties.{form}"'
    return answer


def wanted(one: Seen, wish: Wish, door: Door) -> bool:
    """True when the duty is among what the visitor asked for."""
    if wish.kind and one.duty.kind != wish.kind:
        return False
    if wish.month and one.month != wish.month:
        return False
    if wish.missing and one.standing not in (Standing.OVERDUE, Standing.MISSING):
        return False
    return not wish.group or wish.group == _group_ids(door).get(one.duty.group_id)


def _group_ids(door: Door) -> dict[int, str]:
    """Primary key -> public id of the programme's groups, read once for a page."""
    known: dict[int, str] | None = getattr(door.request, "group_ids", None)
    if known is None:
        known = dict(groups_of(door.programme).values_list("pk", "public_id"))
        door.request.group_ids = known  # type: ignore[attr-defined]
    return known


def months_of(everything: Iterable[Seen]) -> list[str]:
    """Every month from the first due date to the last."""
    known = sorted({one.month for one in everything})
    if not known:
        return []
    first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (known[0], known[-1]))
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(first, last + 1)]


def kinds_of(everything: Iterable[Seen], lang: str) -> list[tuple[str, str]]:
    """The kinds that occur, each once, in the order of their first due date."""
    found: dict[str, str] = {}
    for one in everything:
        found.setdefault(one.duty.kind, one.duty.title.in_(lang))
    return list(found.items())


def _month_head(month: str, months: Sequence[str], door: Door) -> tuple[str, bool]:
    words = month_text(month, door.lang)
    words = words[:3] if door.lang.startswith("en") else words
    if month == months[0] or month.endswith("-01"):
        words = f"{words} {month[:4]}" if door.lang.startswith("en") else f"{month[:4]} 年 {words}"
    return words, month == f"{door.programme.local(door.now):%Y-%m}"


def _rows(door: Door, chosen: list[Seen], months: list[str], wish: Wish) -> list[GridRow]:
    this_month = f"{door.programme.local(door.now):%Y-%m}"
    place: dict[tuple[int, str], list[Seen]] = {}
    for one in chosen:
        place.setdefault((one.duty.group_id, one.month), []).append(one)
    rows = []
    for group in groups_of(door.programme):
        row = GridRow(group.title.in_(door.lang), group.path)
        for month in months:
            there = place.get((group.pk, month), [])
            cells = _cells(there, door, wish.query(group=group.public_id, month=month))
            lines = [cells[at : at + ROW_OF_CELLS] for at in range(0, len(cells), ROW_OF_CELLS)]
            row.months.append((month == this_month, lines))
        of_group = [one for one in chosen if one.duty.group_id == group.pk]
        row.rate, row.share = _rate(of_group, door.now)
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
    due = deadline_text(duty.due_instant, door.programme.tz, door.lang)
    late = worst.standing == Standing.DONE and any(one.late for one in same)
    mark, label = ("late", _("迟交")) if late else (worst.mark, worst.label)
    words = [worst.title, worst.who or _("尚无人担任"), due, worst.label]
    words += [label] if late else []
    colon = ": " if door.lang.startswith("en") else "："
    spoken = f"{worst.title}{colon}{label}"
    base = f"/p/{door.programme.slug}/duties/"
    if len(same) == 1:
        return Cell(mark, spoken, " · ".join(words), f"{base}{duty.public_id}/")
    words.append(_("共 {count} 项").format(count=len(same)))
    address = f"{base}list/?{query}&kind={duty.kind}"
    return Cell(mark, spoken, " · ".join(words), address)


def _rate(of_group: list[Seen], now: datetime) -> tuple[str, str]:
    """The share met on time of what has fallen due, where lateness may be shown: as a percentage,
    and as so many of so many."""
    ripe = [
        one
        for one in of_group
        if one.rated
        and one.standing != Standing.WAIVED
        and (one.duty.due_instant <= now or one.duty.met_at)
    ]
    if not ripe:
        return "", ""
    on_time = sum(not one.late for one in ripe)
    return f"{100 * on_time // len(ripe)}%", f"{on_time}/{len(ripe)}"


def _file_row(one: Seen, door: Door) -> list[str]:
    duty, zone = one.duty, door.programme.tz
    notes = [
        words
        for words, holds in (
            (_("代录"), duty.on_behalf),
            (_("补录"), duty.recorded_late),
            (_("迟交"), one.late and one.standing == Standing.DONE),
            (_("已延期"), duty.extended_to is not None),
        )
        if holds
    ]
    met = duty.met_at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if duty.met_at else ""
    return [
        one.group_title.in_(door.lang),
        one.title,
        one.who,
        deadline_text(duty.due_instant, zone, door.lang),
        one.label,
        met,
        " · ".join(notes),
        duty.source,
    ]
