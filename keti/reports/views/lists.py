"""The list of reports, its filters, counts and files."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from keti.charter.queries import compiled
from keti.documents.rules.sheet import to_csv, to_xlsx
from keti.duties.models import Obligation
from keti.duties.queries import open_of
from keti.groups.doors import Door, enter
from keti.reports import permissions, queries
from keti.reports.enums import ReportState
from keti.reports.models import Report, ReportQuerySet, Version

PAGE = 50
MARKS = {"draft": "none", "submitted": "doing", "returned": "returned", "accepted": "done"}
FILES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the visitor asked to see."""

    kind: str = ""
    group: str = ""
    period: str = ""
    state: str = ""

    @classmethod
    def of(cls, asked: QueryDict) -> "Wish":
        return cls(*(asked.get(one.name, "") for one in fields(cls)))

    def query(self) -> str:
        """The same wish as an address."""
        facts = {one.name: getattr(self, one.name) for one in fields(self)}
        return urlencode({name: value for name, value in facts.items() if value})

    def narrow(self, reports: ReportQuerySet) -> ReportQuerySet:
        wanted = {
            "kind": self.kind,
            "group__public_id": self.group,
            "period": self.period,
            "state": self.state,
        }
        return reports.filter(**{name: value for name, value in wanted.items() if value})


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Every report this seat may see, and what it has yet to write."""
    door = enter(request, slug)
    wish = Wish.of(request.GET)
    seen = permissions.visible(door.seat, Report.objects.with_names())
    page = Paginator(wish.narrow(seen), PAGE).get_page(request.GET.get("page"))
    everything = list(
        permissions.visible(door.seat, Report.objects.order_by()).values_list(
            "kind",
            "group__public_id",
            "group__order",
            "group__title_zh",
            "group__title_en",
            "period",
            "state",
        )
    )
    query = wish.query()
    context = {
        "door": door,
        "now": door.now,
        "page": page,
        "rows": _rows(door, list(page.object_list)),
        "wish": wish,
        "options": _options(door, everything),
        "counts": _counts(everything),
        "owed": _owed(door),
        "query": f"?{query}" if query else "",
    }
    return render(request, "reports/list.html", context)


def _counts(everything: Sequence[tuple[object, ...]]) -> list[dict[str, object]]:
    states = [str(one[6]) for one in everything]
    return [
        {"value": value, "label": label, "mark": MARKS[value], "count": states.count(value)}
        for value, label in ReportState.choices
        if value in states
    ]


def _options(door: Door, everything: Sequence[tuple[object, ...]]) -> dict[str, object]:
    kinds = {one[0] for one in everything}
    groups = {(one[2], one[1], one[4 if door.lang == "en" else 3] or one[3]) for one in everything}
    return {
        "kinds": [
            (work.key, work.title.in_(door.lang))
            for work in compiled(door.programme).works
            if work.key in kinds
        ],
        "groups": [(public_id, title) for _order, public_id, title in sorted(groups, key=str)],
        "periods": sorted({str(one[5]) for one in everything if one[5]}, reverse=True),
        "states": ReportState.choices,
    }


def _rows(door: Door, reports: list[Report]) -> list[dict[str, object]]:
    versions = queries.newest(door.programme, [one.obligation_id for one in reports])
    return [_row(door, one, versions.get(one.obligation_id)) for one in reports]


def _row(door: Door, report: Report, version: Version | None) -> dict[str, object]:
    return {
        "url": report.path,
        "title": report.obligation.title.in_(door.lang),
        "group": report.group.title.in_(door.lang),
        "period": report.period,
        "mark": MARKS[report.state],
        "state": ReportState(report.state).label,
        "version": version,
        "due": report.obligation.due_instant,
    }


def _owed(door: Door) -> list[dict[str, object]]:
    """Reports this seat has yet to hand in and may already write."""
    duties = open_of(door.programme, form="report")
    own = duties.filter(group=door.seat.group_id) | duties.filter(seat=door.seat)
    ready = [
        duty
        for duty in own
        if (duty.opens_at is None or duty.opens_at <= door.now)
        and permissions.writes(door.seat, duty)
    ]
    return [_duty(door, one) for one in ready[:8]]


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


def export(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The same list as a file, with the same filters."""
    door = enter(request, slug)
    if form not in FILES:
        raise Http404
    wish = Wish.of(request.GET)
    reports = list(wish.narrow(permissions.visible(door.seat, Report.objects.with_names())))
    header = [
        _("报告"),
        _("组别"),
        _("期间"),
        _("状态"),
        _("版本"),
        _("提交人"),
        _("提交时间"),
        _("录入时间"),
        _("办理方式"),
        _("校验码"),
    ]
    lines = [_line(door, row) for row in _rows(door, reports)]
    title = _("报告")
    data = (
        to_xlsx(title, header, lines, created=door.now) if form == "xlsx" else to_csv(header, lines)
    )
    response = HttpResponse(data, content_type=FILES[form])
    response["Content-Disposition"] = f'attachment; filename="reports-{door.programme.slug}.{form}"'
    return response


def _line(door: Door, row: dict[str, object]) -> list[str]:
    version = row["version"]
    head = [str(row[name]) for name in ("title", "group", "period", "state")]
    if not isinstance(version, Version):
        return [*head, "", "", "", "", "", ""]
    how = [
        str(word)
        for word, true in ((_("代录"), version.on_behalf), (_("补录"), version.recorded_late))
        if true
    ]
    moments = [
        door.programme.local(at).strftime("%Y-%m-%d %H:%M")
        for at in (version.at, version.recorded_at)
    ]
    return [*head, str(version.number), version.seat_label, *moments, " ".join(how), version.sha256]
