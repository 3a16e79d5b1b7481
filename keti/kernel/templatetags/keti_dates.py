"""How an instant is written: absolute, with weekday, in the programme's zone.

A deadline at local midnight is written 24:00 of the day before.
"""

from datetime import UTC, date, datetime, timedelta, tzinfo
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
    return f"{day_text(local.date(), lang)} {local:%H:%M}"


def last_day(instant: datetime, zone: tzinfo) -> date:
    """The last day on which a deadline can still be met: midnight belongs to the day before."""
    return (instant.astimezone(zone) - timedelta(microseconds=1)).date()


def deadline_text(instant: datetime, zone: tzinfo, lang: str) -> str:
    """The deadline as people say it: local midnight is 24:00 of the day before."""
    local = instant.astimezone(zone)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return f"{day_text(last_day(instant, zone), lang)} 24:00"
    return when_text(instant, zone, lang)


def until_text(instant: datetime, now: datetime, zone: tzinfo, lang: str) -> str:
    """How long is left, or how long ago the deadline went by: days, on the last day hours."""
    chinese = is_chinese(lang)
    if now >= instant:
        return _past(now - instant, chinese)
    days = (last_day(instant, zone) - now.astimezone(zone).date()).days
    if days:
        return f"还有 {days} 天" if chinese else f"{days} {_plural('day', days)} left"
    hours = int((instant - now) / HOUR)
    if hours:
        return f"还有 {hours} 小时" if chinese else f"{hours} {_plural('hour', hours)} left"
    return "不到 1 小时" if chinese else "less than 1 hour left"


def _past(gone: timedelta, chinese: bool) -> str:
    """Whole days gone by, on the first day whole hours, in the first hour a word."""
    if gone.days:
        return (
            f"已过 {gone.days} 天" if chinese else f"{gone.days} {_plural('day', gone.days)} past"
        )
    hours = int(gone / HOUR)
    if hours:
        return f"已过 {hours} 小时" if chinese else f"{hours} {_plural('hour', hours)} past"
    return "刚过" if chinese else "just past"


def zone_text(zone: tzinfo, at: datetime | None, lang: str) -> str:
    """The sentence that names the zone once per page."""
    offset = zone.utcoffset((at or datetime(2022, 1, 1, tzinfo=UTC)).replace(tzinfo=None))
    minutes = int((offset or timedelta()).total_seconds()) // 60
    shift = f"UTC{'+' if minutes >= 0 else '-'}{abs(minutes) // 60}"
    if abs(minutes) % 60:
        shift += f":{abs(minutes) % 60:02d}"
    name = "北京时间" if str(zone) == "Asia/Shanghai" else str(zone)
    if is_chinese(lang):
        return f"时间均为{name}（{shift}）"
    return f"All times {'Beijing time' if name == '北京时间' else name} ({shift})"


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"
