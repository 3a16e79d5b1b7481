"""Dates written in sentences: moved with the others, or pointed out where they cannot be. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from keti.charter.rules.recurring import MONTHS

_MONTH = "|".join(MONTHS)
_CHINESE = re.compile(
    r"(?:(?P<y>\d{4})(?P<s1>\s*)年(?P<s2>\s*))?(?P<m>\d{1,2})(?P<s3>\s*)月(?P<s4>\s*)"
    r"(?P<d>\d{1,2})(?P<s5>\s*)日(?:(?P<to>\s*(?:至|到|—|–|-|~|、)\s*)(?P<d2>\d{1,2})\s*日)?"
)
_ENGLISH = re.compile(
    rf"(?:(?P<d1>\d{{1,2}})(?P<to>\s*(?:to|and|–|-)\s*))?(?P<d>\d{{1,2}}) (?P<m>{_MONTH})"
    r"(?: (?P<y>\d{4}))?(?!\w)"
)
_VAGUE = re.compile(
    rf"(?<!每)(?:\d{{4}}\s*年\s*)?\d{{1,2}}\s*月(?:底|初|中旬|上旬|下旬|末|份)?(?!\s*\d{{1,2}}\s*日)|"
    rf"(?:early |mid-|late |end of )?(?<!\d )(?:{_MONTH})(?: \d{{4}})?(?!\w)"
)
_YEAR = re.compile(r"(?<![\d〔［\[])(?:19|20)\d\d\s?年(?:度|代)?(?!\s?\d)")
_YEAR_IN_WORDS = re.compile(
    r"(?<=[A-Za-z,] )(?:19|20)\d\d(?![\w/-])|(?<![\w/-])(?:19|20)\d\d(?= [A-Za-z])"
)
_CJK_MONTH = re.compile(r"[一二三四五六七八九十]{1,3}月(?:底|初|中旬|上旬|下旬|末)")


@dataclass(frozen=True, slots=True)
class Span:
    """The days within which a date without a year is meant."""

    first: date
    last: date

    def year_of(self, month: int, day: int) -> int:
        """The year in which this day lies inside the span; the first year where it never does."""
        for year in range(self.first.year, self.last.year + 1):
            try:
                if self.first <= date(year, month, day) <= self.last:
                    return year
            except ValueError:
                continue
        return self.first.year


Move = Callable[[date], date]


@dataclass
class _Years:
    """The last year a sentence wrote out, before and after it was moved."""

    before: int = 0
    after: int = 0


def moved_prose(text: str, move: Move, span: Span) -> str:
    """The sentence with every full date in it moved.

    A date without a year means the year written before it; where moving parts them, its own is
    written out.
    """
    years = _Years()
    text = _CHINESE.sub(lambda found: _chinese(found, move, span, years), text)
    return _ENGLISH.sub(lambda found: _english(found, move, span), text)


def _moved(year: int, month: int, day: int, move: Move) -> date | None:
    try:
        return move(date(year, month, day))
    except (ValueError, OverflowError):
        return None


def _chinese(found: re.Match[str], move: Move, span: Span, years: _Years) -> str:
    month, day = int(found["m"]), int(found["d"])
    year = int(found["y"]) if found["y"] else span.year_of(month, day)
    first = _moved(year, month, day, move)
    if first is None:
        return found[0]
    lead = f"{first.year}{found['s1']}年{found['s2']}" if found["y"] else ""
    if not lead and year == years.before and first.year != years.after:
        lead = f"{first.year}{found['s3']}年{found['s4']}"
    if lead:
        years.before, years.after = year, first.year
    out = f"{lead}{first.month}{found['s3']}月{found['s4']}{first.day}{found['s5']}日"
    if not found["d2"]:
        return out
    last = _moved(year, month, int(found["d2"]), move)
    if last is None:
        return found[0]
    inner = f"{last.month}{found['s3']}月{found['s4']}" if last.month != first.month else ""
    if inner and last.year != first.year:
        inner = f"{last.year}{found['s3']}年{found['s4']}{inner}"
    return f"{out}{found['to']}{inner}{last.day}{found['s5']}日"


def _english(found: re.Match[str], move: Move, span: Span) -> str:
    month, day = MONTHS.index(found["m"]) + 1, int(found["d"])
    year = int(found["y"]) if found["y"] else span.year_of(month, day)
    last = _moved(year, month, day, move)
    if last is None:
        return found[0]
    out = f"{last.day} {MONTHS[last.month - 1]}" + (f" {last.year}" if found["y"] else "")
    if not found["d1"]:
        return out
    first = _moved(year, month, int(found["d1"]), move)
    if first is None:
        return found[0]
    inner = f" {MONTHS[first.month - 1]}" if first.month != last.month else ""
    if inner and first.year != last.year and found["y"]:
        inner += f" {first.year}"
    return f"{first.day}{inner}{found['to']}{out}"


def dated(text: str) -> Iterator[str]:
    """The full dates written in words."""
    for pattern in (_CHINESE, _ENGLISH):
        for found in pattern.finditer(text):
            yield found[0]


def vague(text: str) -> Iterator[str]:
    """Words that name a month without a day, or a year alone (2023年度课题): nobody but the author
    can move them."""
    bare = _ENGLISH.sub("", _CHINESE.sub("", text))
    for pattern in (_VAGUE, _CJK_MONTH):
        for found in pattern.finditer(bare):
            word = found[0].strip()
            if len(word) > 2 and word != "May":
                yield word
    for pattern in (_YEAR, _YEAR_IN_WORDS):
        for found in pattern.finditer(_VAGUE.sub("", _CJK_MONTH.sub("", bare))):
            yield found[0]
