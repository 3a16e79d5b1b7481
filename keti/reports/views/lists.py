"""The list of reports, its filters, counts and files."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from keti.charter.queries import compiled
from keti.documents.rules.sheet import Cell, csv_lines, to_xlsx
from keti.duties.models import Obligation
from keti.duties.queries import open_of
from keti.groups.doors import Door, enter
from keti.groups.queries import groups_of, labels_in
from keti.reports import permissions, queries
from keti.reports.enums import ReportState
from keti.reports.models import Report, ReportQuerySet

PAGE = 50
OWED = 8
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
    seen = permissions.visible(door.sight, Report.objects.order_by())
    keys = wish.narrow(seen).in_order().values_list("pk", flat=True)
    page = Paginator(keys, PAGE).get_page(request.GET.get("page"))
    query = wish.query()
    options, states = _options(door, seen)
    owed, owed_more = _owed(door)
    context = {
        "door": door,
        "now": door.now,
        "page": page,
        "rows": list(_rows(door, Report.objects.filter(pk__in=list(page)))),
        "wish": wish,
        "options": options,
        "counts": _counts(states),
        "owed": owed,
        "owed_more": owed_more,
        "query": f"?{query}" if query else "",
    }
    return render(request, "reports/list.html", context)


def _counts(states: Counter[str]) -> list[dict[str, object]]:
    return [
        {"value": value, "label": label, "mark": MARKS[value], "count": states[value]}
        for value, label in ReportState.choices
        if value in states
    ]


def _options(door: Door, seen: ReportQuerySet) -> tuple[dict[str, object], Counter[str]]:
    """What there is to choose from, and how many stand in each state: two queries, with a row for
    each kind, period and state."""
    rows = list(seen.values_list("kind", "period", "state").annotate(n=Count("pk")))
    states: Counter[str] = Counter()
    for _kind, _period, state, count in rows:
        states[state] += count
    kinds = {row[0] for row in rows}
    groups = groups_of(door.programme).filter(pk__in=seen.values("group"))
    options: dict[str, object] = {
        "kinds": [
            (work.key, work.title.in_(door.lang))
            for work in compiled(door.programme).works
            if work.key in kinds
        ],
        "groups": [(group.public_id, group.title.in_(door.lang)) for group in groups],
        "periods": sorted({row[1] for row in rows if row[1]}, reverse=True),
        "states": ReportState.choices,
    }
    return options, states


def _rows(door: Door, reports: ReportQuerySet) -> Iterator[dict[str, object]]:
    for one in queries.listed(reports):
        yield {
            "url": f"/p/{door.programme.slug}/reports/{one.public_id}/",
            "title": one.title.in_(door.lang),
            "group": one.group.in_(door.lang),
            "period": one.period,
            "mark": MARKS[one.state],
            "state": ReportState(one.state).label,
            "version": one.version,
            "due": one.due,
        }


def _owed(door: Door) -> tuple[list[dict[str, object]], int]:
    """Reports this seat has yet to hand in and may already write: the next, and how many more."""
    duties = open_of(door.programme, form="report").filter(permissions.writing_scope(door.seat))
    ready = duties.filter(Q(opens_at=None) | Q(opens_at__lte=door.now))
    next_ones = list(ready[: OWED + 1])
    more = ready.count() - OWED if len(next_ones) > OWED else 0
    return [_duty(door, one) for one in next_ones[:OWED]], more


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
    """The same list as a file, with the same filters: CSV is sent line by line."""
    door = enter(request, slug)
    if form not in FILES:
        raise Http404
    reports = Wish.of(request.GET).narrow(
        permissions.visible(door.sight, Report.objects.order_by())
    )
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
    lines = _lines(door, reports, door.lang)
    response: HttpResponseBase
    if form == "csv":
        response = StreamingHttpResponse(csv_lines(header, lines), content_type=FILES[form])
    else:
        sheet = to_xlsx(_("报告"), header, lines, created=door.now)
        response = HttpResponse(sheet, content_type=FILES[form])
    name = f"reports-{door.programme.slug}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(door: Door, reports: ReportQuerySet, lang: str) -> Iterator[list[Cell]]:
    """Line after line in the language of the request, which is over when the last one is sent."""
    with override(lang):
        for row in _rows(door, reports):
            yield _line(door, row)


def _line(door: Door, row: dict[str, object]) -> list[Cell]:
    version = row["version"]
    head = [str(row[name]) for name in ("title", "group", "period", "state")]
    if not isinstance(version, queries.Latest):
        return [*head, "", "", "", "", "", ""]
    how = [
        str(word)
        for word, true in ((_("代录"), version.on_behalf), (_("补录"), version.recorded_late))
        if true
    ]
    moments = [
        door.programme.local(at).replace(second=0, tzinfo=None)
        for at in (version.at, version.recorded_at)
    ]
    who = labels_in(door.programme, door.lang)(version.seat_label)
    return [*head, str(version.number), who, *moments, " ".join(how), version.sha256]
