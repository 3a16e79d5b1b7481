"""How an instant is written: absolute, with weekday, in the programme's zone.

A deadline at local midnight is written 24:00 of the day before.
"""

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

WEEKDAYS_ZH = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HOUR = timedelta(hours=1)


def is_chinese(lang: str) -> bool:
    """Chinese is the first language, so an unnamed language reads as Chinese."""
    return not lang.startswith("en")


def zone_of(name: str | tzinfo) -> tzinfo:
    """A zone by its name, or the zone itself."""
    return ZoneInfo(name) if isinstance(name, str) else name


def day_text(day: date, lang: str) -> str:
    """`2022-07-29 周五`, in English `Fri 2022-07-29`."""
    if is_chinese(lang):
        return f"{day.isoformat()} {WEEKDAYS_ZH[day.weekday()]}"
    return f"{WEEKDAYS_EN[day.weekday()]} {day.isoformat()}"


def when_text(instant: datetime, zone: tzinfo, lang: str) -> str:
    """The instant as a wall clock in the zone shows it."""
    local = instant.astimezone(zone)
    return f"{day_text(local.date(), lang)} {local:%H:%M}{_own_offset(instant, zone)}"


@lru_cache(maxsize=4096)
def last_day(instant: datetime, zone: tzinfo) -> date:
    """The last day on which a deadline can still be met: midnight belongs to the day before."""
    return (instant.astimezone(zone) - timedelta(microseconds=1)).date()


@lru_cache(maxsize=4096)
def deadline_text(instant: datetime, zone: tzinfo, lang: str) -> str:
    """The deadline as people say it: local midnight is 24:00 of the day before."""
    local = instant.astimezone(zone)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return f"{day_text(last_day(instant, zone), lang)} 24:00{_own_offset(instant, zone)}"
    return when_text(instant, zone, lang)


def until_text(instant: datetime, now: datetime, zone: tzinfo, lang: str) -> str:
    """How long is left, or how long ago the deadline went by: days, on the last day hours."""
    chinese = is_chinese(lang)
    if now >= instant:
        return _past(now - instant, days_past(instant, now, zone), chinese)
    days = (last_day(instant, zone) - now.astimezone(zone).date()).days
    if days:
        return f"还有 {days} 天" if chinese else f"{days} {_plural('day', days)} left"
    hours = int((instant - now) / HOUR)
    if hours:
        return f"还有 {hours} 小时" if chinese else f"{hours} {_plural('hour', hours)} left"
    return "不到 1 小时" if chinese else "less than 1 hour left"


def days_past(instant: datetime, at: datetime, zone: tzinfo) -> int:
    """How many days of the calendar `at` lies behind the last day of the deadline: what every page
    means by days late."""
    return (at.astimezone(zone).date() - last_day(instant, zone)).days


def _past(gone: timedelta, days: int, chinese: bool) -> str:
    """Days gone by, within the first day whole hours, in the first hour a word."""
    if gone.days:
        return f"已过 {days} 天" if chinese else f"{days} {_plural('day', days)} past"
    hours = int(gone / HOUR)
    if hours:
        return f"已过 {hours} 小时" if chinese else f"{hours} {_plural('hour', hours)} past"
    return "刚过" if chinese else "just past"


def zone_text(zone: tzinfo, at: datetime | None, lang: str) -> str:
    """The sentence that names the zone once per page; where its clock is put forward and back,
    each time names its own offset and the sentence says so."""
    moment = at or datetime(2022, 1, 1, tzinfo=UTC)
    name = "北京时间" if str(zone) == "Asia/Shanghai" else str(zone)
    if _turns(zone, moment.astimezone(zone).year):
        if is_chinese(lang):
            return f"时间均为{name}，各时间后注明当时的时差"
        return f"All times {name}, each with the offset it has then"
    shift = _offset(moment, zone)
    if is_chinese(lang):
        return f"时间均为{name}（{shift}）"
    return f"All times {'Beijing time' if name == '北京时间' else name} ({shift})"


def _own_offset(instant: datetime, zone: tzinfo) -> str:
    """The offset beside a time, where one sentence for the page cannot be true of all of them."""
    turns = _turns(zone, instant.astimezone(zone).year)
    return f" {_offset(instant, zone)}" if turns else ""


@lru_cache(maxsize=512)
def _turns(zone: tzinfo, year: int) -> bool:
    """True where the zone's offset changes within the year, the one before or the one after."""
    months = (datetime(y, m, 15, tzinfo=UTC) for y in _around(year) for m in range(1, 13))
    return len({one.astimezone(zone).utcoffset() for one in months}) > 1


def _around(year: int) -> range:
    return range(max(year - 1, 2), min(year + 1, 9998) + 1)


def _offset(instant: datetime, zone: tzinfo) -> str:
    """The offset of a zone at an instant: `UTC+8`, `UTC+5:30`."""
    found = instant.astimezone(zone).utcoffset() or timedelta()
    minutes = int(found.total_seconds()) // 60
    shift = f"UTC{'+' if minutes >= 0 else '-'}{abs(minutes) // 60}"
    return shift + (f":{abs(minutes) % 60:02d}" if abs(minutes) % 60 else "")


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"
