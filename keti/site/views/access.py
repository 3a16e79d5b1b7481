"""The access log of a day, for who keeps the installation: who came in, who failed to, who took
what out. It lies in files and names ids; names are put to them here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keti.accounts.models import Person
from keti.documents.doors import sheet
from keti.kernel import access, clock
from keti.kernel.access import Access, Kind
from keti.lists.doors import paged
from keti.planning.doors import founder

ZONE = ZoneInfo("Asia/Shanghai")
SECOND = "%Y-%m-%d %H:%M:%S"
SHOWN = 50
"""How many lines a page shows."""
LARGE = 2 << 20
"""Bytes from which on a file is read anew each time, so that nothing large is held."""


@dataclass(frozen=True, slots=True)
class AccessRow:
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
    wanted = request.GET.get("q", "").strip()
    lines, broken = _read(day) if day else ((), False)
    found: list[Any] = list(_rows(lines, wanted)) if wanted else list(lines)
    if request.GET.get("order") != "oldest":
        found.reverse()
    page = paged(request, found, SHOWN)
    context = {
        "days": days,
        "day": day,
        "asked": request.GET,
        "rows": list(page) if wanted else list(_rows(list(page), "")),
        "page": page,
        "count": len(found),
        "broken": broken,
        "now": clock.received(request),
        "zone": ZONE.key,
    }
    return render(request, "site/access.html", context)


def _read(day: date) -> tuple[Sequence[Access], bool]:
    """The lines of a day, and whether they follow each other: looked at once for a file that is
    as it was, unless it is large."""
    try:
        stands = access.file_of(day).stat()
    except FileNotFoundError:
        return (), False
    if stands.st_size > LARGE:
        return list(access.read(day)), access.wrong(day) != ""
    return _read_once(day, str(access.file_of(day)), stands.st_size, stands.st_mtime_ns)


@lru_cache(maxsize=2)
def _read_once(day: date, _file: str, _size: int, _changed: int) -> tuple[Sequence[Access], bool]:
    return tuple(access.read(day)), access.wrong(day) != ""


def log_file(request: HttpRequest, form: str) -> HttpResponse:
    """The whole day as a sheet, in the order in which it was written."""
    founder(request)
    day = _asked(request, access.days())
    if day is None:
        raise Http404
    header = [_("时间"), _("事情"), _("谁"), _("从哪个地址"), _("页面")]
    rows = [
        [one.at.astimezone(ZONE).strftime(SECOND), one.what, one.who, one.address, one.path]
        for one in _rows(list(access.read(day)), "")
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


def _rows(lines: Sequence[Access], wanted: str) -> Iterator[AccessRow]:
    who = _names(lines)
    words = _words()
    for one in lines:
        row = AccessRow(
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
