"""One reference: what it is cited by, what is known of it as CSL-JSON, and how it was typed."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Item: TypeAlias = dict[str, Any]
"""A CSL-JSON item: https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html"""
WORDS = (
    "title", "container-title", "collection-title", "publisher", "publisher-place", "volume",
    "issue", "page", "edition", "number", "version", "genre", "archive", "archive-place",
    "event-title", "event-place", "DOI", "URL", "ISBN", "ISSN", "language", "note", "medium",
)  # fmt: skip
_NAMES = "author editor translator container-author"
NAMES = _NAMES.split()
AUTHORS, EDITORS, TRANSLATORS, WHOLE_AUTHORS = NAMES
"""Who made a work, in CSL's own words."""
HAN = re.compile(r"[\u3400-\u9fff]")
OTHERS = {"literal": "等"}
"""Stands last where a list of names says that there are more."""
DATES = ("issued", "accessed")
_TYPES = (
    "book chapter article-journal article-magazine article-newspaper paper-conference thesis "
    "report standard patent legislation regulation webpage post-weblog dataset article software "
    "map manuscript document"
)
TYPES = _TYPES.split()
PART_OF_BOOK = TYPES[1]
"""What a reference is, in CSL's own words; `article` is a preprint there."""
LONGEST = 2000
MOST_NAMES = 200
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Reference:
    """`key` is what the text cites it by; `typed` is what was typed or pasted, letter for letter;
    `unread` is what of it could not be read."""

    key: str
    item: Mapping[str, Any] = field(default_factory=dict)
    typed: str = ""
    unread: str = ""


def is_chinese(item: Mapping[str, Any]) -> bool:
    """Whether a reference is set in the Chinese way: by its language, else by its title, else by
    its authors."""
    said = str(item.get("language", "")).lower()
    if said:
        return said.startswith(("zh", "cmn", "chi", "中"))
    said = str(item.get("title", "")) or str(item.get("container-title", ""))
    return bool(_HAN.search(said or "".join(full(one) for one in item.get("author", []))))


def full(name: Mapping[str, str]) -> str:
    """A name as one string, family first."""
    if "literal" in name:
        return name["literal"]
    family, given = name.get("family", ""), name.get("given", "")
    space = "" if _HAN.search(family + given) else " "
    return f"{family}{space}{given}".strip()


def checked(item: Mapping[str, Any]) -> Item:
    """What of a CSL-JSON item is kept: known fields of known shape; everything else is left out."""
    out: Item = {"type": item["type"] if item.get("type") in TYPES else "document"}
    for name in WORDS:
        said = item.get(name)
        said = str(said) if type(said) in (str, int, float) else ""
        if said := _line(said):
            out[name] = said
    for name in NAMES:
        held = item.get(name)
        some = held[:MOST_NAMES] if isinstance(held, list) else []
        names = [one for one in map(_name, some) if one]
        if names:
            out[name] = names
    for name in DATES:
        held = item.get(name)
        if day := _date(held if isinstance(held, Mapping) else {}):
            out[name] = day
    return out


def _line(said: str) -> str:
    return " ".join(said.split())[:LONGEST]


def _name(held: Any) -> dict[str, str] | None:
    if not isinstance(held, Mapping):
        return None
    kept = {
        key: _line(str(held[key]))[:200]
        for key in ("family", "given", "literal", "suffix", "non-dropping-particle")
        if isinstance(held.get(key), str) and held[key].strip()
    }
    return kept if "family" in kept or "literal" in kept else None


def _date(held: Mapping[str, Any]) -> dict[str, Any] | None:
    parts = held.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        numbers = [int(one) for one in parts[0][:3] if str(one).isdigit() and len(str(one)) < 5]
        if numbers:
            return {"date-parts": [numbers]}
    for key in ("raw", "literal"):
        if isinstance(held.get(key), str) and held[key].strip():
            return day_of(held[key])
    return None


_DAY = re.compile(r"(\d{4})(?:\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2}))?)?")


def day_of(said: str) -> dict[str, Any] | None:
    """2023-05-01, 2023/5, 2023年5月1日, 2023 as a date; other words as they are; None for none."""
    said = _line(said)
    found = _DAY.match(said)
    if not found:
        return {"literal": said[:60]} if said else None
    if found.end() < len(said.rstrip("日号. ")):
        return {"literal": said[:60]}
    parts = [int(one) for one in found.groups() if one]
    good = (len(parts) < 2 or 0 < parts[1] < 13) and (len(parts) < 3 or 0 < parts[2] < 32)
    return {"date-parts": [parts]} if good else {"literal": said[:60]}


def printed(date: Mapping[str, Any], *, year: bool = False) -> str:
    """A date as the standards print it: 2023-05-01, as far as it is known; or its year alone."""
    if "literal" in date:
        return str(date["literal"])
    parts = [f"{one:02}" if place else str(one) for place, one in enumerate(date["date-parts"][0])]
    return parts[0] if year else "-".join(parts)


def year_of(item: Mapping[str, Any]) -> str:
    """The year something is from; "" where nobody said."""
    return printed(item["issued"], year=True)[:4] if "issued" in item else ""


def key_for(item: Mapping[str, Any], taken: set[str]) -> str:
    """What a reference is cited by where nobody said: its first author and year, with a letter
    where that is taken."""
    names = item.get(AUTHORS) or item.get(EDITORS) or []
    first = names[0].get("family") or full(names[0]) if names else ""
    said = first or str(item.get("number") or item.get("title", ""))
    said = unicodedata.normalize("NFC", re.sub(r"[\W_]+", "", said))[:12]
    base = (said + year_of(item)) or "文献"
    for more in ("", *"abcdefghijklmnopqrstuvwxyz", *map(str, range(2, 10_000))):
        key = f"{base}{'-' if more.isdigit() else ''}{more}"
        if key not in taken:
            return key
    raise ValueError("too many references of one name and year")


_SAME = re.compile(r"[\W_]+")


def same_as(item: Mapping[str, Any]) -> str:
    """Two references are one where this is equal: their DOI; else kind, number, title, first
    author, year and place within. "" for one of which too little is known to tell."""
    if item.get("DOI"):
        return f"doi {str(item['DOI']).lower().removeprefix('https://doi.org/')}"
    title = _SAME.sub("", unicodedata.normalize("NFKC", str(item.get("title", "")))).lower()
    if not title:
        return ""
    names = item.get(AUTHORS) or item.get(EDITORS) or []
    first = _SAME.sub("", full(names[0])).lower()[:6] if names else ""
    more = [str(item.get(one, "")).lower() for one in ("number", "edition", "volume", "page")]
    site = str(item.get("URL", "")) if not (first or year_of(item)) else ""
    return "|".join((item["type"], title, first, year_of(item), *more, site))


def as_rows(references: Iterable[Reference]) -> list[dict[str, Any]]:
    """References as plain values, in their order."""
    return [
        {"key": one.key, "item": dict(one.item), "typed": one.typed, "unread": one.unread}
        for one in references
    ]


def from_rows(rows: Iterable[Mapping[str, Any]]) -> tuple[Reference, ...]:
    """The references that `as_rows` wrote down."""
    return tuple(Reference(one["key"], one["item"], one["typed"], one["unread"]) for one in rows)
