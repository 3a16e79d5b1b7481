"""References as GB/T 7714 prints them, 2015 and 2025, in the numbered form, Chinese and Western
records each in their own way (等, et al). Pure.

The standards differ in: surnames in capitals (2015 only), wide signs (2025), where the number of a
standard stands, preprints [PP], and the day something was looked up (2025: of what is only online).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .item import (
    AUTHORS,
    EDITORS,
    OTHERS,
    PART_OF_BOOK,
    TRANSLATORS,
    WHOLE_AUTHORS,
    Reference,
    is_chinese,
    printed,
)  # fmt: skip

Y2015, Y2025 = "2015", "2025"
STYLES = (Y2015, Y2025)
_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTERS = {
    "article-journal": "J", "article-magazine": "J", "article-newspaper": "N", "book": "M",
    PART_OF_BOOK: "M", "paper-conference": "C", "thesis": "D", "report": "R", "standard": "S",
    "patent": "P", "legislation": "A", "regulation": "A", "manuscript": "A", "webpage": "EB",
    "post-weblog": "EB", "dataset": "DS", "software": "CP", "map": "CM",
}  # fmt: skip
_PERIODICAL = ("article-journal", "article-magazine")
_LAW = ("legislation", "regulation")
_BOOKS = ("book", PART_OF_BOOK, "paper-conference", "thesis")
_ONLINE = ("webpage", "post-weblog", *_LAW, "dataset", "article")
_COLON = re.compile(r"(?<=[\u3400-\u9fff》）”])\s*[:：]\s*|\s*[:：]\s*(?=[\u3400-\u9fff《（“])")
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class _Signs:
    """The signs between the parts of a record."""

    comma: str
    colon: str
    open: str
    close: str


_SIGNS = {Y2015: _Signs(", ", ": ", "(", ")"), Y2025: _Signs("，", "：", "（", "）")}


def entry(reference: Reference, style: str = Y2015) -> str:
    """One record of the list, without its number. What could not be read stands as it was typed."""
    if not reference.item.get("title"):
        return " ".join(reference.typed.split())
    return _Record(reference.item, style).printed()


def entries(references: Iterable[Reference], style: str) -> tuple[str, ...]:
    """The list, in its order."""
    return tuple(entry(one, style if style in STYLES else Y2015) for one in references)


class _Record:
    """One record while it is put together."""

    def __init__(self, item: Mapping[str, Any], style: str) -> None:
        self.item, self.style = item, style
        self.new = style == Y2025
        self.sign = _SIGNS[style]
        self.zh = is_chinese(item)
        self.type = str(item["type"])
        self.online = bool(item.get("URL") or item.get("DOI"))

    def said(self, name: str) -> str:
        return str(self.item.get(name, ""))

    def printed(self) -> str:
        """The record, its parts ended by points."""
        parts = [self.authors(), *self.body(), self.access()]
        kept = [one.rstrip(".") if place < len(parts) - 1 else one
                for place, one in enumerate(parts) if one]  # fmt: skip
        return f"{'. '.join(kept).rstrip('.')}."

    def body(self) -> list[str]:
        """Everything between the authors and the address."""
        if self.type in (*_PERIODICAL, "article-newspaper"):
            return [self.title(), self.within()]
        if self.type == "patent":
            return [self.title(), self.date("issued") + self.looked_up()]
        if self.has_whole():
            return [self.title() + self.whole(), self.edition(), self.published()]
        return [self.title(), self.others(), self.edition(), self.published()]

    def has_whole(self) -> bool:
        """Whether it stands within a book or the papers of a conference."""
        named = self.said("container-title") or (not self.new and self.said("event-title"))
        return self.type in (PART_OF_BOOK, "paper-conference") and bool(named)

    def authors(self) -> str:
        if self.new and self.type == "standard":
            return ""
        names = self.item.get(AUTHORS) or []
        if not names and not self.has_whole():
            names = self.item.get(EDITORS) or []
        return self.names(names)

    def names(self, names: list[dict[str, str]]) -> str:
        """At most three names, then 等 or et al."""
        known = [one for one in names if one != OTHERS]
        said = [self.name(one) for one in known[:MOST_NAMED]]
        if len(known) > MOST_NAMED or len(known) < len(names):
            said.append("等" if self.zh else "et al")
        return self.sign.comma.join(said)

    def name(self, name: Mapping[str, str]) -> str:
        if "literal" in name:
            return name["literal"]
        family, given = name.get("family", ""), name.get("given", "")
        if _HAN.search(given) or (_HAN.search(family) and not given):
            return family + given
        part = name.get("non-dropping-particle", "")
        family = f"{part} {family}".strip()
        family = family if self.new or _HAN.search(family) else family.upper()
        return " ".join(
            one for one in (family, self.initials(given), name.get("suffix", "")) if one
        )

    def initials(self, given: str) -> str:
        """Jean-Luc -> J L (2015), J-L (2025); PZ -> P Z; a single sign stays."""
        out = []
        for word in re.split(r"[\s.]+", given):
            if len(word) > 1 and word.isupper() and word.isalpha() and len(word) < 4:
                out += list(word)
                continue
            out.append("-".join(one[:1].upper() for one in word.split("-") if one))
        said = " ".join(one for one in out if one)
        return said if self.new else said.replace("-", " ")

    def title(self) -> str:
        """题名: 编号[M/OL]"""
        said, number = self.said("title"), self.said("number")
        if self.type == "standard" and self.new:
            said, number = (f"{number}\u2003{said}" if number else said), ""
        if self.type in (*_PERIODICAL, "article"):
            number = ""
        said = self.colons(said)
        apart = self.has_whole() or self.type in (*_PERIODICAL, "article-newspaper")
        more = [] if apart else [self.volume()]
        more.append(number)
        said = self.sign.colon.join(one for one in (said, *more) if one)
        return f"{said}[{self.mark()}]"

    def colons(self, title: str) -> str:
        """题名: 副题名: the sign of the standard between Chinese words."""
        return _COLON.sub(self.sign.colon, title) if self.zh else title

    def volume(self) -> str:
        volume = self.said("volume")
        if not volume.isdigit():
            return volume
        return f"卷{volume}" if self.zh else f"v.{volume}" if self.new else f"Vol. {volume}"

    def mark(self) -> str:
        """What it is and on what it lies: J, M/OL."""
        usual = "EB" if self.online else "M" if self.said("publisher") else "Z"
        letter = _LETTERS.get(self.type, usual)
        if self.type == "article":
            letter = "PP" if self.new else "A"
        medium = self.said("medium") or ("OL" if self.online else "")
        return f"{letter}/{medium}" if medium else letter

    def whole(self) -> str:
        """//编者. 书名: 卷: what a part stands in."""
        made = [self.item.get(EDITORS) or self.item.get(WHOLE_AUTHORS) or []]
        book = self.colons(self.said("container-title") or self.said("event-title"))
        named = self.sign.colon.join(one for one in (book, self.volume()) if one)
        by = f". {self.others()}" if self.others() else ""
        return f"{by}//" + ". ".join(one for one in (self.names(made[0]), named) if one)

    def within(self) -> str:
        """刊名, 年, 卷(期): 页; a newspaper by its day and page."""
        name = self.said("container-title")
        name = name.replace(".", "") if self.new else name
        if self.zh:  # 学报(自然科学版): the brackets of the standard
            name = re.sub(r"[(（](.*?)[)）]", rf"{self.sign.open}\1{self.sign.close}", name)
        paper = self.type == "article-newspaper"
        volume = "" if paper else self.said("volume")
        bare = not (volume or self.said("issue"))
        full = paper or (self.new and bare)
        said = self.sign.comma.join(
            one for one in (name, self.date("issued", year=not full), volume) if one
        )
        issue = self.pages() if paper else self.said("issue")
        said += f"{self.sign.open}{issue}{self.sign.close}" if issue else ""
        pages = "" if paper else self.pages() or self.said("number")
        return self.sign.colon.join(one for one in (said, pages) if one) + self.looked_up()

    def pages(self) -> str:
        return re.sub(r"\s*[\u2010-\u2015~～]+\s*|--+", "-", self.said("page"))

    def others(self) -> str:
        """Who translated it."""
        names = self.item.get(TRANSLATORS) or []
        if not names:
            return ""
        return f"{self.names(names)}{self.sign.comma}{'译' if self.zh else 'trans'}"

    def edition(self) -> str:
        """2版, 4th ed; the first is not said."""
        said = self.said("edition").removeprefix("第").removesuffix("版").strip()
        if said.isdigit():
            return "" if said == "1" else f"{said}版" if self.zh else f"{_ordinal(int(said))} ed"
        version = self.said("version")
        named = f"V{version}" if version[:1].isdigit() else version
        return self.said("edition") or named

    def published(self) -> str:
        """出版地: 出版者, 年: 页[引用日期]; what is only online by its day in brackets."""
        printed_too = self.type in _BOOKS or any(
            map(self.said, ("publisher", "publisher-place", "archive", "archive-place", "page"))
        )
        if self.new and self.type in _ONLINE and self.online:
            day = self.date("issued")
            day = f"{self.sign.open}{day}{self.sign.close}" if day else ""
            keeper = self.said("publisher") if self.type in ("dataset", "article") else ""
            return keeper + day + self.looked_up()
        if not self.new and self.online and not printed_too:
            day = self.date("issued")
            return (f"({day})" if len(day) == 10 else day) + self.looked_up()
        return self.imprint() + self.looked_up()

    def imprint(self) -> str:
        """Where, by whom, when it was published, and the pages that are meant."""
        place = self.said("publisher-place") or self.said("archive-place")
        by = self.said("publisher") or self.said("archive")
        if self.type == "paper-conference" and self.new and not self.has_whole():
            place, by = self.said("event-place"), self.said("event-title") or by
        full = self.new and (self.type == "report" or bool(self.said("archive")))
        where = self.sign.colon.join(one for one in (place, by) if one)
        dated = self.sign.comma.join(
            one for one in (where, self.date("issued", year=not full)) if one
        )
        return self.sign.colon.join(one for one in (dated, self.pages()) if one)

    def date(self, name: str, *, year: bool = False) -> str:
        held = self.item.get(name)
        return printed(held, year=year) if held else ""

    def looked_up(self) -> str:
        """[引用日期]: 2015 of everything with an address, 2025 of what is only online."""
        only = self.type in _ONLINE or _LETTERS.get(self.type) is None
        wanted = self.online and (only or not self.new)
        day = self.date("accessed") if wanted else ""
        return f"[{day}]" if day else ""

    def access(self) -> str:
        doi = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", self.said("DOI"), flags=re.I)
        return ". ".join(one for one in (self.said("URL"), doi and f"DOI:{doi}") if one)


def _ordinal(n: int) -> str:
    tail = "th" if 10 < n % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{tail}"
