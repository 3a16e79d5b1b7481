"""Recurrence rules (RFC 5545) as sentences, in both languages of the house."""

from __future__ import annotations

import re

DAYS = {
    "MO": ("周一", "Monday"),
    "TU": ("周二", "Tuesday"),
    "WE": ("周三", "Wednesday"),
    "TH": ("周四", "Thursday"),
    "FR": ("周五", "Friday"),
    "SA": ("周六", "Saturday"),
    "SU": ("周日", "Sunday"),
}
WEEK = tuple(DAYS)
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
SPANS = {
    "DAILY": ("天", "day"),
    "WEEKLY": ("周", "week"),
    "MONTHLY": ("月", "month"),
    "YEARLY": ("年", "year"),
}
NUMBERS = ("", "一", "二", "三", "四", "五")
ORDINALS = ("", "first", "second", "third", "fourth", "fifth")
_BYDAY = re.compile(r"([+-]?\d+)?(MO|TU|WE|TH|FR|SA|SU)\Z")
FEBRUARY = 28


def recurring(rule: str, lang: str) -> str:
    """`FREQ=MONTHLY;BYDAY=3TH` as "the third Thursday of every month"; any rule gets a sentence."""
    parts = dict(piece.split("=", 1) for piece in rule.split(";") if "=" in piece)
    english = lang.startswith("en")
    words = _english(parts) if english else _chinese(parts)
    if words:
        return words
    often = _every(parts, english)
    if english:
        return f"{often or 'again and again'}, on the days the rule “{rule}” gives"
    return f"{often or '多次'}，日期按规则“{rule}”排定"


def _every(parts: dict[str, str], english: bool) -> str:
    span = SPANS.get(parts.get("FREQ", ""))
    count = parts.get("INTERVAL", "1")
    if span is None or not count.isdigit():
        return ""
    if english:
        return f"every {span[1]}" if count == "1" else f"every {count} {span[1]}s"
    if count == "1":
        return f"每{span[0]}"
    return f"每 {count} {'个月' if span[0] == '月' else span[0]}"


def _chinese(parts: dict[str, str]) -> str:
    often, days = _every(parts, False), _days(parts, False)
    if not often or days is None:
        return ""
    return f"{often}{_of_months(parts, False)}{days}"


def _english(parts: dict[str, str]) -> str:
    often, days = _every(parts, True), _days(parts, True)
    if not often or days is None:
        return ""
    if not days:
        return often
    if parts["FREQ"] == "WEEKLY":
        return f"{often} on {days}"
    return f"{days} of {_of_months(parts, True) or often.removeprefix('of ')}"


def _of_months(parts: dict[str, str], english: bool) -> str:
    months = parts.get("BYMONTH", "")
    if not months:
        return ""
    numbers = [int(one) for one in months.split(",")]
    if english:
        return f"{_and([MONTHS[one - 1] for one in numbers])} {_every(parts, True)}"
    return f" {'、'.join(str(one) for one in numbers)} 月"


def _days(parts: dict[str, str], english: bool) -> str | None:
    """The days within the span; "" where the span alone says it, None where there are no words."""
    known = {"FREQ", "INTERVAL", "WKST", "BYMONTH", "BYDAY", "BYMONTHDAY", "BYSETPOS"}
    if not parts.keys() <= known or ("BYMONTH" in parts and parts.get("FREQ") != "YEARLY"):
        return None
    if "BYMONTHDAY" in parts:
        return None if "BYDAY" in parts else _month_days(parts, english)
    if "BYDAY" in parts:
        return _week_days(parts, english)
    plain = "BYSETPOS" not in parts and "BYMONTH" not in parts
    return "" if plain and parts.get("FREQ") in ("DAILY", "WEEKLY") else None


def _month_days(parts: dict[str, str], english: bool) -> str | None:
    days = [int(one) for one in parts["BYMONTHDAY"].split(",")]
    if "BYSETPOS" not in parts:
        said = [_month_day(one, english) for one in days]
        return _and(said) if english else "、".join(said).replace("、 ", "、")
    tail = list(range(days[0], days[-1] + 1))
    if parts["BYSETPOS"] != "-1" or days != tail or not 1 <= days[0] <= FEBRUARY <= days[-1]:
        return None
    if days[-1] == 31:
        return _month_day(-1, english)
    if days[-1] == FEBRUARY:
        return _month_day(FEBRUARY, english)
    if english:
        return f"the {_nth(days[-1])}, or the last day where there is none,"
    return f" {days[-1]} 日（当月无此日则取月末）"


def _month_day(day: int, english: bool) -> str:
    if day == -1:
        return "the last day" if english else "最后一天"
    if day < 0:
        return f"the {_nth(-day)} day from the end" if english else f"倒数第 {-day} 天"
    return f"the {_nth(day)}" if english else f" {day} 日"


def _week_days(parts: dict[str, str], english: bool) -> str | None:
    found = [_BYDAY.match(one) for one in parts["BYDAY"].split(",")]
    matches = [one for one in found if one]
    if len(matches) != len(found):
        return None
    positions = parts.get("BYSETPOS")
    if positions is not None:
        plain = not any(one[1] for one in matches) and "," not in positions
        return _placed(int(positions), [one[2] for one in matches], english) if plain else None
    if all(one[1] for one in matches):
        said = [_placed(int(one[1]), [one[2]], english) for one in matches]
        return _and(said) if english else "、".join(said)
    if any(one[1] for one in matches) or parts.get("FREQ") != "WEEKLY":
        return None
    names = [DAYS[one[2]][int(english)] for one in matches]
    if english:
        return _and(names)
    return ("的" if parts.get("INTERVAL", "1") != "1" else "") + "、".join(
        name if parts.get("INTERVAL", "1") != "1" else name.removeprefix("周") for name in names
    )


def _placed(place: int, days: list[str], english: bool) -> str:
    """The second Thursday; the last working weekday."""
    every_weekday = tuple(days) == WEEK[:5]
    if english:
        name = "weekday" if every_weekday else " or ".join(DAYS[day][1] for day in days)
        return f"the {_place_en(place)} {name}"
    name = "周一至周五的日子" if every_weekday else "或".join(DAYS[day][0] for day in days)
    if place == -1:
        return f"最后一个{name}"
    if place < 0:
        return f"倒数第{_zh(-place)}个{name}"
    return f"第{_zh(place)}个{name}"


def _place_en(place: int) -> str:
    if place == -1:
        return "last"
    if place < 0:
        return f"{_nth(-place)} to last"
    return ORDINALS[place] if place < len(ORDINALS) else _nth(place)


def _zh(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else f" {count} "


def _nth(number: int) -> str:
    tail = (
        "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{number}{tail}"


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
