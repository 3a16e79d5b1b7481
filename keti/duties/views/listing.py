"""The duties as a list by due instant, and as files."""

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override

from keti.documents.rules.sheet import Cell, csv_lines, deadline_cell, to_xlsx
from keti.duties.doors import Names, Seen, seen, seen_each
from keti.duties.rules import month_text
from keti.duties.views.wishes import MINE, OTHERS, Span, Wish
from keti.groups.doors import Door, enter
from keti.groups.queries import groups_of

PAGE = 50
CHUNK = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """The duties asked for, a page at a time."""
    door = enter(request, slug)
    wish = Wish.of(request.GET)
    span, groups = Span.of(door, wish), list(groups_of(door.programme))
    page = Paginator(wish.chosen(door), PAGE).get_page(request.GET.get("page"))
    context = {
        "door": door,
        "page": page,
        "lines": [(one, one.group_title.in_(door.lang)) for one in seen(door, page, groups)],
        "wish": wish,
        "kinds": span.kinds,
        "groups": [(group.public_id, group.title.in_(door.lang)) for group in groups],
        "months": [(month, month_text(month, door.lang)) for month in span.months],
        "whose": [(MINE, _("我要办的")), (OTHERS, _("在等别人"))],
        "query": wish.query(),
    }
    return render(request, "duties/list.html", context)


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The chosen duties as a spreadsheet: CSV is sent line by line while it is read."""
    door = enter(request, slug)
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
    answer: HttpResponseBase
    if form == "csv":
        lines = csv_lines(header, _file_rows(door, Wish.of(request.GET), door.lang))
        answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    elif form == "xlsx":
        rows = _file_rows(door, Wish.of(request.GET), door.lang)
        answer = HttpResponse(to_xlsx(_("应办事项"), header, rows), content_type=XLSX)
    else:
        raise Http404
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug}-duties.{form}"'
    return answer


def _file_rows(door: Door, wish: Wish, lang: str) -> Iterator[list[Cell]]:
    """Row after row in the language of the request, which is over when the last one is sent."""
    with override(lang):
        duties = wish.chosen(door).iterator(CHUNK)
        for one in seen_each(door, duties, Names.all(door)):
            yield _file_row(one, door)


def _file_row(one: Seen, door: Door) -> list[Cell]:
    duty, zone = one.duty, door.programme.tz
    notes = []
    if duty.on_behalf:
        notes.append(_("代录"))
    if duty.recorded_late:
        notes.append(_("补录"))
    if duty.claim and one.late:
        notes.append(str(duty.get_claim_display()))
    if duty.extended_to is not None:
        notes.append(_("已延期"))
    met = duty.met_at.astimezone(zone).replace(second=0, tzinfo=None) if duty.met_at else None
    return [
        one.group_title.in_(door.lang),
        one.title,
        one.who,
        deadline_cell(duty.due_instant.astimezone(zone)),
        one.label,
        met,
        " · ".join(notes),
        duty.source,
    ]
