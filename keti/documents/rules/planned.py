"""The items of a plan as people write them: what, who, by when. Pure.

A line or a row says who and when only where nothing else can be meant: one known name and one day,
each in a place of its own, at the beginning or the end. Whatever is not understood stays with what
is to be done, in the writer's own words.
"""

import calendar
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

Said = TypeVar("Said")
MOST_ITEMS = 30
LONGEST = 200
_MARK = re.compile(
    r"^\s*(?:[-*•·▪●○■◆①-⑳]\s*|[（(]?(?!\d{1,2}[.．]\d)[\d一二三四五六七八九十]{1,3}(?:[）)、.．]|\s)\s*)"
)
_COUNTED = re.compile(
    r"(?:^\s*|(?<=[；;。，,、])\s*|(?<=\s))(?:(?P<open>[（(])?(?P<n>\d{1,2}|[一二三四五六七八九十])"
    r"(?P<close>[）)]|[、.．](?!\d))|(?P<ring>[\u2460-\u2473]))"
)
"""The number of an item among others on its line."""
_CHINESE = "一二三四五六七八九十"
_COLUMNS = {
    "who": re.compile(
        "(?:承担|负责|责任|执笔|牵头|主办)(?:人|人员|者)?|人员|由谁|who|owner|assignee|responsible",
        re.I,
    ),
    "due": re.compile(
        "(?:计划|预计|要求)?(?:完成|截止|结束|提交)?(?:时间|日期|期限|时限|节点)|完成|截止|何时|"
        "when|due(?: date)?|date|deadline",
        re.I,
    ),
    "what": re.compile(
        "(?:下月|主要|重点|具体|计划|工作|研究)*(?:事项|任务|内容|计划|工作|项目)(?:名称|内容)?|"
        "what|items?|tasks?|plan",
        re.I,
    ),
}
"""What the cells of a heading say."""
_COUNT = re.compile(r"序号|编号|no\.?|#|\d{1,3}[.、．]?", re.I)
_NAME = "\ue000"
"""Stands for each sign of a known name while a line is taken apart: a name may hold brackets."""
_BREAK = re.compile(r"[，,；;。（()）|｜\t]|——|--")
_LEAD = re.compile(rf"\s*{_NAME}+\s*[:：]")
_DAYS = (
    re.compile(
        r"(?:(?P<y>\d{4})\s*[年/.-]\s*)?(?<!\d)(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号]?(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<y>\d{4})\s*[-/.]\s*(?P<m>\d{1,2})\s*[-/.]\s*(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?:(?P<y>\d{4})\s*年\s*)?(?<!\d)(?P<m>\d{1,2})\s*月底"),
)
_FILLER = re.compile(
    "完成时间|完成日期|时间|期限|截止|截至|责任人|负责人|承担人|执笔人|牵头人|之前|以前|负责|承担|"
    "牵头|执笔|主办|完成|提交|交稿|定稿|[由于在前：: ]|\\bby\\b|\\bdue\\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Planned:
    """One item: what, the key of who, the day; "" and None where nobody can be sure."""

    what: str
    who: str = ""
    due: date | None = None


def planned(words: str, people: Mapping[str, str], near: date) -> list[Planned]:
    """The items of a plan; none where the lines are no items.

    `people`: name -> key, "" for a name of several. A day without its year is the one nearest to
    `near`.
    """
    lines = [line for line in words.split("\n") if line.strip()]
    rows = [[" ".join(cell.split()) for cell in line.split("\t")] for line in lines]
    if rows and (_columns(rows[0]) or all(len(row) > 1 for row in rows)):
        items = _of_table(rows, people, near)
    else:
        items = [_of_line(one, people, near) for line in lines for one in _split(line)]
    fits = len(items) <= MOST_ITEMS and all(len(one.what) <= LONGEST for one in items)
    return items if fits else []


def is_empty(words: str) -> bool:
    """Whether a plan is no more than the heading of a table that nobody filled in."""
    lines = [line for line in words.split("\n") if line.strip()]
    return all(_columns([cell.strip() for cell in line.split("\t")]) for line in lines)


def _split(line: str) -> list[str]:
    """The items of a line that counts several, each from its number on: 1．甲；2．乙。"""
    found = list(_COUNTED.finditer(line))
    if not found or line[: found[0].start()].strip():
        return [line]
    heads = [found[0]]
    for one in found[1:]:
        alike = (one["open"], one["close"]) == (heads[0]["open"], heads[0]["close"])
        if alike and _count(one) == _count(heads[-1]) + 1:
            heads.append(one)
    ends = [one.start() for one in heads[1:]] + [len(line)]
    return [
        line[one.start() : end].strip(" \t\u3000，,、")
        for one, end in zip(heads, ends, strict=True)
    ]


def _count(found: re.Match[str]) -> int:
    said = found["n"] or str(ord(found["ring"]) - 0x245F)
    return int(said) if said.isdigit() else _CHINESE.index(said) + 1


def _days(words: str) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    for pattern in _DAYS:
        for one in pattern.finditer(words):
            if not any(one.start() < other.end() and other.start() < one.end() for other in found):
                found.append(one)
    return found


def _day(found: re.Match[str], near: date) -> date | None:
    said = {name: int(text) for name, text in found.groupdict().items() if text}
    if not 1 <= said["m"] <= 12:
        return None
    years = [said["y"]] if "y" in said else [near.year - 1, near.year, near.year + 1]
    days = []
    for year in years:
        last = calendar.monthrange(year, said["m"])[1] if 1 <= year <= 9998 else 0
        if 1 <= said.get("d", last) <= last:
            days.append(date(year, said["m"], said.get("d", last)))
    return min(days, key=lambda one: abs(one - near), default=None)


def _of_table(
    rows: Sequence[Sequence[str]], people: Mapping[str, str], near: date
) -> list[Planned]:
    """Rows under headings, or rows whose cells say by themselves what they are."""
    columns = _columns(rows[0])
    items = []
    for row in rows[1:] if columns else rows:
        filled = {place: cell for place, cell in enumerate(row) if cell}
        who = _cell(filled, columns.get("who"), lambda cell: people.get(cell, ""))
        due = _cell(filled, columns.get("due"), lambda cell: _whole_day(cell, near))
        said = {place for place, _value in (who, due) if place is not None}
        rest = [
            cell
            for place, cell in filled.items()
            if place not in said and not (place == 0 and _COUNT.fullmatch(cell))
        ]
        if rest:
            items.append(Planned("；".join(rest), who[1] or "", due[1] or None))
    return items


def _columns(header: Sequence[str]) -> dict[str, int]:
    """Column -> its place, where the row is a heading: it says what, and who or when."""
    found: dict[str, int] = {}
    for place, cell in enumerate(header):
        for name, pattern in _COLUMNS.items():
            if pattern.fullmatch(cell):
                found.setdefault(name, place)
                break
    return found if "what" in found and len(found) > 1 else {}


def _cell(
    filled: Mapping[int, str], place: int | None, read: Callable[[str], Said]
) -> tuple[int | None, Said | None]:
    """What the cell of this column says, or the only cell that says it; where, and what."""
    places = filled if place is None else [one for one in filled if one == place]
    said = [(one, value) for one in places if (value := read(filled[one]))]
    return said[0] if len(said) == 1 else (None, None)


def _whole_day(cell: str, near: date) -> date | None:
    """The day of a cell that holds nothing else."""
    days = _days(cell)
    alone = len(days) == 1 and not _FILLER.sub("", cell.replace(days[0][0], "", 1)).strip()
    return _day(days[0], near) if alone else None


def _of_line(line: str, people: Mapping[str, str], near: date) -> Planned:
    """One line: its pieces at the end, and a name before a colon, may say who and when."""
    bare = " ".join((_MARK.sub("", line) or line).replace("\t", "；").split())
    masked = _masked(bare, people)
    start, end = _edges(masked)
    facts = [bare[:start], bare[end:]]
    names = [
        bare[one.start() : one.end()]
        for one in re.finditer(f"{_NAME}+", masked)
        if one.end() <= start or one.start() >= end
    ]
    days = [day for one in facts for day in _days(one)]
    due = _day(days[0], near) if len(days) == 1 else None
    who = people.get(names[0], "") if len(names) == 1 else ""
    what = _closed(bare[start:end].strip(" ，,；;。：:—-|｜"))
    sure = what and len(names) <= 1 and len(days) <= 1 and bool(who) == bool(names)
    if not sure or bool(due) != bool(days):
        return Planned(bare)
    return Planned(what, who, due)


def _closed(words: str) -> str:
    """The words with the bracket closed that closed after who and when."""
    opened = [one for one in words if one in "（("]
    return words + ("）" if len(opened) > len([one for one in words if one in "）)"]) else "")


def _masked(line: str, people: Mapping[str, str]) -> str:
    """The line with the signs of every known name behind one mark."""
    known = sorted(filter(None, people), key=len, reverse=True)
    if not known:
        return line
    names = re.compile("|".join(map(re.escape, known)))
    return names.sub(lambda one: _NAME * len(one[0]), line)


def _edges(masked: str) -> tuple[int, int]:
    """Where what is to be done begins and ends: before it a name and a colon, after it pieces
    that say no more than who and when."""
    lead = _LEAD.match(masked)
    start = lead.end() if lead else 0
    end = len(masked)
    breaks = [one for one in _BREAK.finditer(masked) if one.start() >= start]
    for place in reversed(range(len(breaks))):
        here = breaks[place]
        upto = breaks[place + 1].start() if place + 1 < len(breaks) else len(masked)
        piece = masked[here.end() : upto]
        if piece.strip() and not _is_fact(piece):
            break
        end = here.start()
    return start, end


def _is_fact(piece: str) -> bool:
    """Whether a piece says who or when and nothing else."""
    rest = re.sub(f"{_NAME}+", "", piece)
    for day in _days(rest):
        rest = rest.replace(day[0], "", 1)
    return len(rest) < len(piece) and not _FILLER.sub("", rest).strip()
