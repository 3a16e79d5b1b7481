"""How the holidays of a year are typed and read: a line a stretch of days. Pure."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from keti.kernel.refusals import Refused

Days = dict[date, tuple[bool, str]]
"""Day -> whether people work on it, what it is called."""
LONGEST = 31
_DAY = r"(?:(\d{4})[-/.年])?(?:(\d{1,2})[-/.月])?(\d{1,2})日?(?:[（(](?:星期|周).[)）])?"
_LINE = re.compile(rf"{_DAY}\s*(?:(?:至|到|—+|–|~|～|-|\bto\b)\s*{_DAY})?[\s，,：:、]*(.*)")
_WORKED = re.compile(r"上班|补班|调休上|\bwork", re.IGNORECASE)


def read_days(text: str, year: int) -> Days:
    """The days a text names. Refuses a line from which none can be read, a day that does not exist,
    and a stretch of more than a month."""
    found: Days = {}
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line:
            continue
        try:
            first, last, words = _read(line, year)
        except ValueError:
            raise Refused("site.holiday-line", line=number, text=line[:40]).at("days") from None
        works = bool(_WORKED.search(words))
        for step in range((last - first).days + 1):
            found[first + timedelta(days=step)] = (works, words[:60])
    return found


def _read(line: str, year: int) -> tuple[date, date, str]:
    match = _LINE.fullmatch(line)
    if match is None or match[2] is None:
        raise ValueError(line)
    y1, m1, d1, y2, m2, d2, words = match.groups()
    first = date(int(y1 or year), int(m1), int(d1))
    last = date(int(y2 or first.year), int(m2 or m1), int(d2)) if d2 else first
    if not 0 <= (last - first).days < LONGEST:
        raise ValueError(line)
    return first, last, words.strip()


def written_days(days: Mapping[date, tuple[bool, str]]) -> str:
    """The text that says these days again, stretches in one line."""
    lines: list[tuple[date, date, tuple[bool, str]]] = []
    for day, what in sorted(days.items()):
        if lines and lines[-1][2] == what and lines[-1][1] + timedelta(days=1) == day:
            lines[-1] = (lines[-1][0], day, what)
        else:
            lines.append((day, day, what))
    return "\n".join(
        f"{first} {words}".strip() if first == last else f"{first} 至 {last} {words}".strip()
        for first, last, (_works, words) in lines
    )
