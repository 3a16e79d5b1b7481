"""The access log of a day, for who keeps the installation: who came in, who failed to, who took
what out. It lies in files and names ids; names are put to them here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keti.accounts.models import Person
from keti.documents.doors import sheet
from keti.kernel import access, clock
from keti.kernel.access import Access, Kind
from keti.planning.doors import founder

ZONE = ZoneInfo("Asia/Shanghai")
SECOND = "%Y-%m-%d %H:%M:%S"
SHOWN = 500
"""How many lines the page shows; the file has all of the day."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line as it is read."""

    at: datetime
    what: str
    who: str
    address: str
    path: str

    def has(self, text: str) -> bool:
        """Whether one of its words holds what is looked for."""
        words = (self.what, self.who, self.address, self.path)
        return any(text.casefold() in one.casefold() for one in words)


def log(request: HttpRequest) -> HttpResponse:
    """The lines of a day, the newest first; `day`, `q` and `order` as the address asks."""
    founder(request)
    days = access.days()
    day = _asked(request, days)
    rows = list(_rows(day, request.GET.get("q", "").strip())) if day else []
    if request.GET.get("order") != "oldest":
        rows.reverse()
    context = {
        "days": days,
        "day": day,
        "asked": request.GET,
        "rows": rows[:SHOWN],
        "count": len(rows),
        "shown": SHOWN,
        "broken": day is not None and access.wrong(day) != "",
        "now": clock.received(request),
        "zone": ZONE.key,
    }
    return render(request, "site/access.html", context)


def log_file(request: HttpRequest, form: str) -> HttpResponse:
    """The whole day as a sheet, in the order in which it was written."""
    founder(request)
    day = _asked(request, access.days())
    if day is None:
        raise Http404
    header = [_("时间"), _("事情"), _("谁"), _("从哪个地址"), _("页面")]
    rows = [
        [one.at.astimezone(ZONE).strftime(SECOND), one.what, one.who, one.address, one.path]
        for one in _rows(day, "")
    ]
    return sheet(_("访问日志"), header, rows, form, name=f"{_('访问日志')} {day.isoformat()}")


def _asked(request: HttpRequest, days: list[date]) -> date | None:
    """The day asked for, else the newest; none where nothing was noted yet."""
    try:
        wanted = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        wanted = None
    if wanted in days:
        return wanted
    return days[0] if days else None


def _rows(day: date, wanted: str) -> Iterator[Row]:
    lines = list(access.read(day))
    who = _names(lines)
    words = _words()
    for one in lines:
        row = Row(
            datetime.fromisoformat(one.at),
            words.get(one.kind, ""),
            who.get(one.person, _("没有登录的人")) if one.kind != Kind.FULL else "",
            one.address,
            one.path,
        )
        if row.has(wanted):
            yield row


def _names(lines: Iterable[Access]) -> dict[str, str]:
    """Public id -> name, of everybody in these lines; somebody erased is told so."""
    ids = {one.person for one in lines if one.person}
    lang = get_language() or "zh-hans"
    known = Person.objects.filter(public_id__in=ids)
    return dict.fromkeys(ids, _("已不在名录")) | {
        one.public_id: one.called.in_(lang) for one in known
    }


def _words() -> dict[str, str]:
    return {
        Kind.SIGNED_IN: _("已登录"),
        Kind.NOT_SIGNED_IN: _("登录未成功"),
        Kind.SIGNED_OUT: _("退出登录"),
        Kind.TAKEN: _("取走文件"),
        Kind.CONTACTS: _("查看联系方式"),
        Kind.FULL: _("当天登录未成功过多，其余不再记"),
    }
