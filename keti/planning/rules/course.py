"""The river a charter makes before anything has happened. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from keti.charter.rules import Compiled
from keti.charter.rules.compiled import ObligationSpec
from keti.planning.rules import holidays
from keti.planning.rules.river import Band, Diamond, Dot, Holiday, Pin, River

EDGE = timedelta(days=3)
INSTANT = timedelta(microseconds=1)


def course(charter: Compiled, lang: str, now: datetime, url: str = "") -> River:
    """Phases, gates, events and recurring reports of a charter; every mark leads to its form."""
    zone = ZoneInfo(charter.tz)
    bands = tuple(
        Band(
            one.title.in_(lang), one.start.astimezone(zone).date(), _last(one.end, zone), "none",
            f"{url}part/phases/{one.key}/" if url else "", one.title.in_(lang),
        )
        for one in charter.phases
    )  # fmt: skip
    diamonds = tuple(_gates(charter, lang, zone, url))
    pins = tuple(
        Pin(one.title.in_(lang), one.at, f"{url}part/events/{one.key}/" if url else "")
        for one in charter.events
    )
    dots = tuple(_dots(charter, lang, zone, url))
    first, last = _ends(
        [
            *_days(bands),
            *(one.date for one in diamonds),
            *(one.date for one in pins),
            *(one.date for one in dots),
        ],
        now,
    )
    today = now.astimezone(zone).date()
    return River(
        start=first,
        end=last,
        today=today if first <= today <= last else None,
        bands=bands,
        diamonds=diamonds,
        pins=pins,
        dots=dots,
        holidays=tuple(
            Holiday(*shade) for shade in holidays.spans(charter.workdays, first, last, lang)
        ),
        lang=lang,
    )


def _ends(days: list[date], now: datetime) -> tuple[date, date]:
    days = days or [now.date(), now.date() + timedelta(days=30)]
    return min(days) - EDGE, max(days) + EDGE


def _days(bands: Iterable[Band]) -> Iterator[date]:
    for one in bands:
        yield from (one.start, one.end)


def _last(end: datetime, zone: ZoneInfo) -> date:
    """The last day before a half-open end."""
    return (end - INSTANT).astimezone(zone).date()


def _gates(charter: Compiled, lang: str, zone: ZoneInfo, url: str) -> Iterator[Diamond]:
    """One diamond for the gates of one kind on one day."""
    seen: set[tuple[str, date]] = set()
    for one in charter.obligations:
        if not one.gate:
            continue
        kind = one.kind.removeprefix("gate.")
        day = _last(one.due_at, zone)
        if (kind, day) not in seen:
            seen.add((kind, day))
            link = f"{url}part/gates/{kind}/" if url else ""
            yield Diamond(one.title.in_(lang), day, "none", link)


def _dots(charter: Compiled, lang: str, zone: ZoneInfo, url: str) -> Iterator[Dot]:
    """One dot for each recurring report and period."""
    recurring = {work.key for work in charter.works if work.recurring and work.form == "report"}
    together: dict[tuple[str, str], list[ObligationSpec]] = {}
    for one in charter.obligations:
        if one.kind in recurring:
            together.setdefault((one.kind, one.period), []).append(one)
    for (kind, _period), same in together.items():
        day = _last(max(one.due_at for one in same), zone)
        link = f"{url}part/obligations/{kind}/" if url else ""
        yield Dot(same[0].title.in_(lang), day, "none", link)
