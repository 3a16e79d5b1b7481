"""Clippings: when two are the same, how a sheet of them is read, what is counted. Pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from keti.letters.rules.sheets import Problem, headed, rows_below

COLUMNS: dict[str, tuple[str, ...]] = {
    "outlet": ("媒体", "Outlet", "媒体名称", "报道媒体", "发布媒体", "刊发媒体", "来源", "media"),
    "tier": ("媒体类别", "Tier", "媒体级别", "媒体类型", "级别", "类别"),
    "title": ("标题", "Title", "报道标题", "文章标题", "新闻标题", "稿件标题", "题目", "headline"),
    "day": ("日期", "Date", "刊发日期", "发布日期", "报道日期", "发布时间", "刊发时间", "时间"),
    "link": ("网址", "Web address", "链接", "报道链接", "文章链接", "原文链接", "url", "link"),
    "reprint": ("原发或转载", "Original or reprint", "转载", "是否转载", "性质", "reprint"),
    "place": ("版次或期号", "Page or issue", "版次", "版面", "期号", "page"),
}
"""Key -> its headings; the first two are those of the template."""
TIERS: dict[str, tuple[str, ...]] = {
    "central": (
        "中央媒体",
        "National outlet",
        "national",
        "中央",
        "央媒",
        "中央级",
        "国家级",
        "central",
    ),
    "local": ("地方媒体", "Local outlet", "local", "地方", "省级", "市级", "省级媒体", "市级媒体"),
    "trade": ("行业媒体", "Trade outlet", "trade", "行业", "专业媒体"),
    "foreign": ("境外媒体", "Foreign outlet", "foreign", "境外", "海外", "海外媒体", "国际"),
    "own": ("自有平台", "Own platform", "自有", "官网", "公众号", "own"),
    "other": ("其他", "Other", "其它"),
}
"""Kind of outlet -> the words for it; the first two are those of the house."""
ORIGINAL = ("原发", "original", "", "原创", "首发", "否", "no", "n", "0", "false")
REPRINT = ("转载", "reprint", "转发", "是", "转", "yes", "y", "1", "true")
MOST = {"outlet": 120, "title": 200, "link": 500, "place": 120}
OWN = "own"
KEY = 32
_DAY = re.compile(r"(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?(?:[\sT].*)?")
_SHORT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_LINK = re.compile(r"https?://[^\s<>\"']+\.[^\s<>\"']+", re.IGNORECASE)
_BARE = re.compile(r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[^\s<>\"']*)?", re.IGNORECASE)


def key_of(words: str) -> str:
    """By what two names or titles are one: their signs, without blanks, case and width."""
    plain = "".join(unicodedata.normalize("NFKC", words).casefold().split())
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:KEY]


def link_key(link: str) -> str:
    """By what two addresses are one: without the way there, `www.`, the mark within the page and a
    last stroke; "" for none."""
    plain = re.sub(r"^https?://(?:www\.)?", "", link.strip(), flags=re.IGNORECASE)
    plain = plain.partition("#")[0].rstrip("/")
    host, stroke, rest = plain.partition("/")
    return key_of(host + stroke + rest) if plain else ""


@dataclass(frozen=True, slots=True)
class ClippingLine:
    """One report in the media, as a sheet tells it."""

    row: int
    outlet: str
    title: str
    day: date
    tier: str = "other"
    link: str = ""
    reprint: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as read: its good rows, what is wrong with the others, headings not understood."""

    lines: tuple[ClippingLine, ...]
    problems: tuple[Problem, ...]
    unread: tuple[str, ...] = ()


def read_clippings(table: Sequence[Sequence[str]]) -> Sheet:
    """The reports of a sheet whose headings stand near its top. Every filled row is a report or a
    problem that is said."""
    start, columns = headed(table, COLUMNS)
    if not {"outlet", "title", "day"} <= set(columns):
        return Sheet((), (Problem(1, "", "media.sheet-no-headings"),))
    lines: list[ClippingLine] = []
    problems: list[Problem] = []
    for number, cells in rows_below(table, start, columns):
        found = _line(number, {key: " ".join(cells.get(key, "").split()) for key in COLUMNS})
        if isinstance(found, Problem):
            problems.append(found)
        else:
            lines.append(found)
    known = columns.values()
    unread = [one.strip() for place, one in enumerate(table[start]) if place not in known]
    return Sheet(tuple(lines), tuple(problems), tuple(filter(None, unread)))


def _line(row: int, told: Mapping[str, str]) -> ClippingLine | Problem:
    day, tier, reprint = read_day(told["day"]), tier_of(told["tier"]), _reprint(told["reprint"])
    link = address(told["link"])
    for wrong, shown, code in (
        (not told["outlet"], told["title"], "media.row-no-outlet"),
        (not told["title"], told["outlet"], "media.row-no-title"),
        (day is None, told["day"] or told["title"], "media.row-day"),
        (not tier, told["tier"], "media.row-tier"),
        (told["link"] and not link, told["link"], "media.row-link"),
        (reprint is None, told["reprint"], "media.row-reprint"),
        (not (link or told["place"]), told["title"], "media.row-nowhere"),
    ):
        if wrong:
            return Problem(row, shown[:60], code)
    for key, most in MOST.items():
        if len(link if key == "link" else told[key]) > most:
            return Problem(row, told[key][:40], "media.row-too-long", {"most": most})
    assert day is not None
    return ClippingLine(
        row, told["outlet"], told["title"], day, tier, link, bool(reprint), told["place"]
    )


def read_day(said: str) -> date | None:
    """A day as people write it: 2022-11-29, 2022/11/29, 2022年11月29日, 20221129, with or without
    a time; None for what is none."""
    plain = unicodedata.normalize("NFKC", said).strip()
    found = _DAY.fullmatch(plain) or _SHORT.fullmatch(plain)
    try:
        day = date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None
    return day if day and 1990 <= day.year <= 2200 else None


def tier_of(said: str) -> str:
    """The kind of outlet a word names: "other" where nothing is said, "" where nobody knows it."""
    word = said.strip().lower()
    if not word:
        return "other"
    known = ((tier, {one.lower() for one in words}) for tier, words in TIERS.items())
    return next((tier for tier, words in known if word in words), "")


def _reprint(said: str) -> bool | None:
    word = said.strip().lower()
    return True if word in REPRINT else False if word in ORIGINAL else None


def address(said: str) -> str:
    """An address of the web as it is kept: one without `http` gets it; "" for what is none."""
    plain = said.strip()
    if _LINK.fullmatch(plain):
        return plain
    return f"https://{plain}" if _BARE.fullmatch(plain) else ""


@dataclass(frozen=True, slots=True)
class Item:
    """One clipping that stands, as far as it is counted."""

    outlet: str
    tier: str
    reprint: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """Outlets, not items. `outlets`: those that reported themselves; `only_reprinted`: those that
    did nothing but reprint; `own`: platforms of one's own, which are no media. Tier -> outlets that
    reported themselves, outlets that only reprinted, items."""

    outlets: int = 0
    only_reprinted: int = 0
    own: int = 0
    items: int = 0
    reprints: int = 0
    tiers: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)


def count(items: Iterable[Item]) -> Counted:
    """Count them. An outlet that is called of two kinds is counted once, by the kind that was said
    last."""
    every = list(items)
    tier = {one.outlet: one.tier for one in every}
    wrote = {one.outlet for one in every if not one.reprint}
    tiers: dict[str, tuple[int, int, int]] = {}
    for kind in dict.fromkeys(tier.values()):
        mine = {outlet for outlet, said in tier.items() if said == kind}
        printed = sum(1 for one in every if one.outlet in mine)
        tiers[kind] = len(mine & wrote), len(mine - wrote), printed
    media = {outlet for outlet, said in tier.items() if said != OWN}
    return Counted(
        outlets=len(media & wrote),
        only_reprinted=len(media - wrote),
        own=len(set(tier) - media),
        items=len(every),
        reprints=sum(1 for one in every if one.reprint),
        tiers=tiers,
    )


def counts(one: Item) -> bool:
    """Is its outlet held against a target by it: its own report, of a medium that is not ours?"""
    return not one.reprint and one.tier != OWN
