"""Public holidays as spans of days, for the shade on the river. Pure."""

from datetime import date, timedelta

import chinese_calendar

DAY = timedelta(days=1)
SHORT = {
    "New Year's Day": ("元旦", "New Year"),
    "Spring Festival": ("春节", "Spring Festival"),
    "Tomb-sweeping Day": ("清明", "Qingming"),
    "Labour Day": ("五一", "Labour Day"),
    "Dragon Boat Festival": ("端午", "Dragon Boat"),
    "National Day": ("国庆", "National Day"),
    "Mid-autumn Festival": ("中秋", "Mid-autumn"),
}


def spans(calendar: str, first: date, last: date, lang: str) -> list[tuple[str, date, date]]:
    """(name, first day, last day) of every public holiday between two days; none outside `cn`."""
    if calendar != "cn":
        return []
    found: list[tuple[str, date, date]] = []
    day = first
    while day <= last:
        name = _named(day, lang)
        if name and found and found[-1][0] == name and found[-1][2] == day - DAY:
            found[-1] = (name, found[-1][1], day)
        elif name:
            found.append((name, day, day))
        day += DAY
    return found


def _named(day: date, lang: str) -> str:
    try:
        free, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return ""
    if not free or name not in SHORT:
        return ""
    return SHORT[name][1 if lang.startswith("en") else 0]
