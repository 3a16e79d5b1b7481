"""A line of references as people type it, read as far as it can be: [1] 著者. 题名[J]. 刊名, 2020,
35(2): 1-10. What could not be read is said; the line is kept as it was typed. Pure."""

import re
from typing import Any

from .item import (
    AUTHORS,
    EDITORS,
    HAN,
    OTHERS,
    PART_OF_BOOK,
    TRANSLATORS,
    Item,
    checked,
    day_of,
)  # fmt: skip

_NUMBER = re.compile(r"^\s*(?:[\[［(（]\d{1,4}[\]］)）]|\d{1,4}[.、．]\s)\s*")
_MARK = re.compile(r"[\[［【]\s*([A-Z]{1,2})\s*(?:/\s*([A-Z]{2}))?\s*[\]］】]")
_TYPES = {
    "J": "article-journal", "N": "article-newspaper", "M": "book", "C": "paper-conference",
    "D": "thesis", "R": "report", "S": "standard", "P": "patent", "A": "regulation",
    "EB": "webpage", "DS": "dataset", "DB": "dataset", "CP": "software", "CM": "map",
    "PP": "article", "G": "book", "Z": "document",
}  # fmt: skip
_URL = re.compile(r"https?://[^\s\u3000-\u30ff\u4e00-\u9fff，。；]+")
_DOI = re.compile(r"(?:DOI\s*[:：]\s*|https?://(?:dx\.)?doi\.org/)(10\.\d{4,9}/[^\s，。；]+)", re.I)
_LOOKED = re.compile(r"[\[［](\d{4}[-./]\d{1,2}[-./]\d{1,2})[\]］]")
_UPDATED = re.compile(r"[（(](\d{4}-\d{1,2}(?:-\d{1,2})?)[）)]")
_STOP = re.compile(r"\.\s+|[．。]\s*|\.(?=[\u3400-\u9fff])")
_BETWEEN = re.compile(r"\s*[,，;；、]\s*")
_AND_OTHERS = re.compile(r"^(?:等|et\.?\s*al\.?)$", re.IGNORECASE)
_ROLE = re.compile(r"\s*[,，]?\s*(?:主编|编著|编|著|等)$")
_JOURNAL = re.compile(
    r"^(?P<name>.+?)[,，]\s*(?P<year>\d{4})(?:-(?P<day>\d{2}-\d{2}))?"
    r"(?:\s*[,，]\s*(?P<volume>[^,，:：(（]+?))?"
    r"(?:\s*[（(](?P<issue>[^）)]+)[）)])?(?:\s*[:：]\s*(?P<page>[^\[［]+))?$"
)
_PUBLISHED = re.compile(
    r"^(?:(?P<place>[^:：]{1,60})[:：]\s*)?(?P<by>.+?)[,，]\s*c?\[?(?P<year>\d{4}(?:-\d{2}){0,2})\]?"
    r"(?:\s*[:：]\s*(?P<page>[^\[［]+))?$"
)
_YEAR = re.compile(r"^\[?(?P<year>\d{4}(?:-\d{2}){0,2})\]?(?:\s*[:：]\s*(?P<page>[^\[［]+))?$")
_EDITION = re.compile(
    r"^(?:第?\s*(\d{1,2})\s*版|(\d{1,2})(?:st|nd|rd|th)\s+ed|(修订[版本]|新\d*版|影印本|刻本|rev\.?\s+ed))\.?$",
    re.IGNORECASE,
)
_TRANSLATED = re.compile(r"^(.+?)[,，]\s*(?:等\s*[,，]?\s*)?(?:译|trans)\.?$", re.IGNORECASE)
_STANDARD = re.compile(
    r"^((?:[A-Z]{1,6}(?:/[A-Z]{1,4})?)\s*\d[\d.]*(?:[-—–:]\d{2,4})?)[\s\u2003]+(.+)$"
)


def read_line(line: str) -> tuple[Item, str]:
    """What is known of one typed line, and what of it could not be read ("" where all was)."""
    text = _NUMBER.sub("", line.strip(), count=1)
    mark = _MARK.search(text)
    item: dict[str, Any] = {}
    if mark is None:
        rest = _addresses(text, item)
        return checked(item), rest.strip(" .。")
    before, after = text[: mark.start()].strip(), text[mark.end() :].strip()
    item["type"] = _TYPES.get(mark[1], "document")
    if mark[2] and mark[2] != "OL":
        item["medium"] = mark[2]
    rest = _addresses(after, item)
    _named(before, item)
    left = _READ.get(mark[1], _publication)(rest, item)
    if item.get("title"):
        return checked(item), left.strip(" .。,，")
    return checked(item), text


def _addresses(text: str, item: dict[str, Any]) -> str:
    """The text without its address, DOI and the day it was looked up."""
    if found := _DOI.search(text):
        item["DOI"] = found[1].rstrip(".")
    text = re.sub(r"DOI\s*[:：]\s*10\.\S+", "", text, flags=re.IGNORECASE)
    if found := _URL.search(text):
        item["URL"] = found[0].rstrip(".,;)")
        text = text[: found.start()] + text[found.end() :].lstrip(".")
    if found := _LOOKED.search(text):
        item["accessed"] = day_of(found[1].replace("/", "-").replace(".", "-"))
        text = text[: found.start()] + text[found.end() :]
    return re.sub(r"(?:[.。]\s*)+$", "", text.strip().lstrip(".。").strip())


def _named(before: str, item: dict[str, Any]) -> None:
    """著者. 题名: 编号"""
    stop = _STOP.search(before)
    authors, title = (before[: stop.start()], before[stop.end() :]) if stop else ("", before)
    if not title.strip():
        authors, title = "", authors
    if item["type"] == "standard" and (own := _STANDARD.match(before)):
        authors, title, item["number"] = "", own[2], own[1]
    if names := _names(authors):
        item[AUTHORS] = names
    numbered = re.match(r"(.+?)\s*[:：]\s*([^:：]+)$", title.strip())
    kinds = ("patent", "standard", "report", "regulation")
    if numbered and item["type"] in kinds and _is_number(numbered[2]):
        title, item["number"] = numbered[1], numbered[2]
    item["title"] = title.strip().rstrip(".。")


def _is_number(said: str) -> bool:
    """国发〔2020〕5号, CN101106276A, GB/T 25100—2010: what ends a title and is no part of it."""
    return bool(re.search(r"\d", said)) and not HAN.search(said.rstrip("号")[-1:])


def _names(said: str) -> list[dict[str, str]]:
    said = re.sub(r"\s*,\s*(?=(?:Jr|Sr|I{1,3})\b)", " ", said.strip())
    names = [_ROLE.sub("", one) for one in _BETWEEN.split(said)]
    more = bool(re.search(r"(?:等|et\.?\s*al\.?)\s*$", said, re.IGNORECASE))
    known = [_name(one) for one in names if one and not _AND_OTHERS.match(one)]
    return known + [OTHERS] * (more and bool(known))


def _name(said: str) -> dict[str, str]:
    """WANG X M, Smith J-L: a surname and initials; every other name as it stands."""
    found = re.match(r"^(.+?)\s+((?:[A-Z](?:-[A-Z])?\.?\s?){1,4})(?:\s(Jr|Sr|I{1,3}))?$", said)
    if not found:
        return {"literal": said}
    family = found[1].title() if found[1].isupper() else found[1]
    more = {"suffix": found[3]} if found[3] else {}
    return {"family": family, "given": found[2].strip().replace(".", "")} | more


def _journal(rest: str, item: dict[str, Any]) -> str:
    found = _JOURNAL.match(rest)
    if not found:
        return rest
    item["container-title"] = found["name"]
    paper = item["type"] == "article-newspaper"
    item["issued"] = day_of(found["year"] + (f"-{found['day']}" if found["day"] else ""))
    issue = {"page" if paper else "issue": found["issue"], "volume": found["volume"]}
    item |= {key: said.strip() for key, said in issue.items() if said}
    if found["page"]:
        item["page"] = found["page"].strip()
    return ""


def _publication(rest: str, item: dict[str, Any]) -> str:
    """[//编者. 书名.] [译者, 译.] [版本.] 出版地: 出版者, 年: 页"""
    if rest.startswith("//"):
        rest = _whole(rest[2:], item)
    parts = [one.strip() for one in _STOP.split(rest) if one.strip()]
    left: list[str] = []
    for place, part in enumerate(parts):
        if not _segment(part, item, last=place == len(parts) - 1):
            left.append(part)
    return ". ".join(left)


def _segment(part: str, item: dict[str, Any], *, last: bool) -> bool:
    """One part between points; whether it was read."""
    if found := _TRANSLATED.match(part):
        item[TRANSLATORS] = _names(found[1])
        return True
    if found := _EDITION.match(part):
        item["edition"] = found[1] or found[2] or found[3]
        return True
    if found := _UPDATED.search(part):
        item["issued"] = day_of(found[1])
        keeper = (part[: found.start()] + part[found.end() :]).strip()
        item |= {"publisher": keeper} if keeper else {}
        return True
    found = (_YEAR.match(part) or _PUBLISHED.match(part)) if last else None
    if not found:
        return False
    held = found.groupdict()
    item["issued"] = day_of(held["year"])
    said = {"publisher-place": held.get("place"), "publisher": held.get("by"), "page": held["page"]}
    item |= {key: one.strip() for key, one in said.items() if one}
    return True


def _whole(rest: str, item: dict[str, Any]) -> str:
    """What a part stands in; returns what follows it."""
    if item["type"] == "book":
        item["type"] = PART_OF_BOOK
    parts = [one.strip() for one in _STOP.split(rest) if one.strip()]
    if len(parts) > 2 and not _EDITION.match(parts[1]):
        item[EDITORS] = _names(parts.pop(0))
    item["container-title"] = parts.pop(0) if len(parts) > 1 else ""
    return ". ".join(parts)


def _patent(rest: str, item: dict[str, Any]) -> str:
    found = re.match(r"^(\d{4}-\d{1,2}-\d{1,2})$", rest)
    if found:
        item["issued"] = day_of(found[1])
    return "" if found else rest


_READ = {"J": _journal, "N": _journal, "P": _patent}
