"""What somebody pastes or types as references: BibTeX, RIS, CSL-JSON, or a line each. Pure."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from keti.kernel.refusals import Refused

from ..doc1.schema import KEY
from ..typed import shown
from .gbline import read_line
from .item import (
    AUTHORS,
    EDITORS,
    HAN,
    OTHERS,
    PART_OF_BOOK,
    TRANSLATORS,
    Item,
    Reference,
    checked,
    day_of,
    key_for,
)  # fmt: skip

MOST = 500
LONGEST = 400_000


@dataclass(frozen=True, slots=True)
class Found:
    """One reference as it was read: its own key ("" where it has none), what is known of it, how it
    was typed, and what of that could not be read."""

    key: str
    item: Item
    typed: str
    unread: str = ""


def read_pasted(text: str) -> list[Found]:
    """The references in a pasted text, in their order.

    Refuses more or longer than anybody pastes.
    """
    text = shown(text).strip()
    if len(text) > LONGEST:
        raise Refused("documents.references-too-long", most=LONGEST)
    found = list(_read(text))
    if len(found) > MOST:
        raise Refused("documents.too-many-references", most=MOST)
    return found


def _read(text: str) -> Iterator[Found]:
    if re.search(r"^\s*@\w+\s*[{(]", text):
        return _bibtex(text)
    if re.search(r"^TY\s{1,2}-\s", text, re.MULTILINE):
        return _ris(text)
    if text[:1] in "[{" and (told := _csl(text)):
        return iter(told)
    lines = (line.strip() for line in text.split("\n"))
    return (Found("", *_line(line)) for line in lines if line)


def _line(line: str) -> tuple[Item, str, str]:
    item, left = read_line(line)
    return item, line, left


def _csl(text: str) -> list[Found]:
    """A list of CSL-JSON items; nothing where it is none."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return []
    told = told if isinstance(told, list) else [told]
    items = [one for one in told if isinstance(one, dict) and one.get("title")]
    return [
        Found(_key(str(one.get("id", ""))), checked(one), json.dumps(one, ensure_ascii=False))
        for one in items
    ]


def _key(said: str) -> str:
    said = said.rsplit("/", 1)[-1].strip()
    return said if KEY.fullmatch(said) else ""


def numbered(found: list[Found], taken: set[str]) -> list[Reference]:
    """What was read with a key each: its own, else its author and year; none twice."""
    out, taken = [], set(taken)
    for one in found:
        key = one.key if one.key and one.key not in taken else key_for(one.item, taken)
        taken.add(key)
        out.append(Reference(key, one.item, one.typed, one.unread))
    return out


_ENTRY = re.compile(r"@(\w+)\s*[{(]\s*([^,\s{}]*)\s*,")
_BIB_TYPES = {
    "article": "article-journal", "book": "book", "booklet": "book", "inbook": PART_OF_BOOK,
    "incollection": PART_OF_BOOK, "inproceedings": "paper-conference", "proceedings": "book",
    "conference": "paper-conference", "phdthesis": "thesis", "mastersthesis": "thesis",
    "thesis": "thesis", "techreport": "report", "report": "report", "patent": "patent",
    "standard": "standard", "online": "webpage", "electronic": "webpage", "www": "webpage",
    "newspaper": "article-newspaper", "dataset": "dataset", "software": "software",
    "legislation": "legislation", "manual": "book",
}  # fmt: skip
_BIB_WORDS = {
    "title": "title", "journal": "container-title", "journaltitle": "container-title",
    "booktitle": "container-title", "publisher": "publisher", "school": "publisher",
    "institution": "publisher", "organization": "publisher", "address": "publisher-place",
    "location": "publisher-place", "volume": "volume", "number": "number", "issue": "issue",
    "pages": "page", "edition": "edition", "doi": "DOI", "url": "URL", "isbn": "ISBN",
    "issn": "ISSN", "language": "language", "langid": "language", "version": "version",
}  # fmt: skip
_BIB_NAMES = {"author": AUTHORS, EDITORS: EDITORS, "translator": TRANSLATORS}
_BIB_QUIET = {
    "abstract", "keywords", "file", "timestamp", "owner", "note", "month", "year", "date",
    "urldate", "subtitle", "series", "eprint", "annote", "type", "mark", "key", "entrytype",
    "shorttitle",
}  # fmt: skip


def _bibtex(text: str) -> Iterator[Found]:
    starts = list(_ENTRY.finditer(text))
    for place, start in enumerate(starts):
        end = starts[place + 1].start() if place + 1 < len(starts) else len(text)
        if start[1].lower() in ("comment", "string", "preamble"):
            continue
        typed = text[start.start() : end].strip()
        fields = dict(_fields(text[start.end() : end]))
        left = [name for name in fields if name not in {*_BIB_WORDS, *_BIB_NAMES, *_BIB_QUIET}]
        item = _of_bibtex(start[1].lower(), fields)
        unread = "；".join(f"{name} = {fields[name]}" for name in left)
        yield Found(_key(start[2]), checked(item), typed, unread if item.get("title") else typed)


def _of_bibtex(kind: str, fields: dict[str, str]) -> Item:
    usual = "webpage" if fields.get("url") else "document"
    item: Item = {"type": _BIB_TYPES.get(kind, usual)}
    item |= {wanted: fields[name] for name, wanted in _BIB_WORDS.items() if fields.get(name)}
    if fields.get("subtitle"):
        item["title"] = f"{item.get('title', '')}: {fields['subtitle']}"
    if item["type"] in ("article-journal", "article-newspaper") and "number" in item:
        item.setdefault("issue", item.pop("number"))
    for name, wanted in _BIB_NAMES.items():
        if fields.get(name):
            item[wanted] = [_person(one) for one in re.split(r"\s+and\s+", fields[name])]
    return item | _days(fields)


def _days(fields: dict[str, str]) -> Item:
    """When it was published and looked up."""
    month = _month(fields.get("month", ""))
    said = fields.get("date") or "-".join(one for one in (fields.get("year", ""), month) if one)
    days = {"issued": day_of(said), "accessed": day_of(fields.get("urldate", ""))}
    return {name: day for name, day in days.items() if day}


_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def _month(said: str) -> str:
    if said.isdigit():
        return said
    return str(_MONTHS.index(said[:3].lower()) + 1) if said[:3].lower() in _MONTHS else ""


def _fields(body: str) -> Iterator[tuple[str, str]]:
    """name = {words}, name = "words", name = 2020."""
    at = 0
    while found := re.compile(r"\s*,?\s*([A-Za-z][\w-]*)\s*=\s*").match(body, at):
        at, said = _value(body, found.end())
        yield found[1].lower(), _bare(said)


def _value(body: str, at: int) -> tuple[int, str]:
    """Where a value ends, and the value."""
    if body[at : at + 1] in ("{", '"'):
        closing, deep, start = ("}" if body[at] == "{" else '"'), 0, at + 1
        for place in range(start, len(body)):
            sign = body[place]
            if sign == closing and not deep and body[place - 1] != "\\":
                return place + 1, body[start:place]
            deep += (sign == "{") - (sign == "}")
        return len(body), body[start:]
    found = re.compile(r"[^,}\n]*").match(body, at)
    return (found.end(), found[0]) if found else (at, "")


_ACCENT = {"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "c": "\u0327",
           "v": "\u030c", "=": "\u0304", ".": "\u0307", "u": "\u0306", "H": "\u030b"}  # fmt: skip
_TEX = re.compile(r"\\([`'^~\"=.]|[cvuH](?=[\s{]))\s*\{?\\?([A-Za-z])\}?")
_SIGNS = {"\\&": "&", "\\%": "%", "\\_": "_", "\\$": "$", "\\#": "#", "---": "—", "--": "-",
          "\\ss": "ß", "\\o": "ø", "\\ae": "æ", "~": " "}  # fmt: skip


def _bare(said: str) -> str:
    """The words of a value without TeX's signs."""
    if said.strip().startswith("{") and said.strip().endswith("}") and said.count("{") == 1:
        said = f"\0{said.strip()[1:-1]}"
    said = _TEX.sub(lambda one: unicodedata.normalize("NFC", one[2] + _ACCENT[one[1]]), said)
    for sign, plain in _SIGNS.items():
        said = said.replace(sign, plain)
    return " ".join(re.sub(r"[{}]", "", said).split()).strip()


def _person(said: str) -> dict[str, str]:
    """Last, First; First Last; a Chinese name; a body in braces of its own."""
    said = said.strip()
    if said.lower() in ("others", "等"):
        return dict(OTHERS)
    if said.startswith("\0"):
        return {"literal": said[1:]}
    family, comma, given = (part.strip() for part in said.partition(","))
    if comma and HAN.search(said):
        return {"literal": family + given}
    if comma:
        return {"family": family, "given": given}
    if HAN.search(said) or " " not in said:
        return {"literal": said}
    given, _space, family = said.rpartition(" ")
    return {"family": family, "given": given}


_RIS_TYPES = {
    "JOUR": "article-journal", "JFULL": "article-journal", "MGZN": "article-magazine",
    "NEWS": "article-newspaper", "BOOK": "book", "CHAP": PART_OF_BOOK, "CONF": "paper-conference",
    "CPAPER": "paper-conference", "THES": "thesis", "RPRT": "report", "STAND": "standard",
    "PAT": "patent", "ELEC": "webpage", "WEB": "webpage", "DATA": "dataset", "COMP": "software",
    "LEGAL": "legislation", "STAT": "legislation", "BILL": "legislation", "UNPB": "article",
}  # fmt: skip
_RIS_WORDS = {
    "TI": "title", "T1": "title", "JO": "container-title", "JF": "container-title",
    "T2": "container-title", "BT": "container-title", "PB": "publisher", "CY": "publisher-place",
    "PP": "publisher-place", "VL": "volume", "IS": "issue", "ET": "edition", "DO": "DOI",
    "UR": "URL", "SN": "ISSN", "LA": "language", "M1": "number", "VO": "volume",
}  # fmt: skip
_RIS_NAMES = {"AU": AUTHORS, "A1": AUTHORS, "A2": EDITORS, "ED": EDITORS, "A4": TRANSLATORS}
_RIS_QUIET = {"TY", "ER", "AB", "KW", "N1", "N2", "SP", "EP", "PY", "Y1", "Y2", "DA", "ID", "DB",
              "L1", "L2", "AD", "SO", "DP", "J2", "JA", "UT", "C1", "RP"}  # fmt: skip
_TAG = re.compile(r"^([A-Z][A-Z0-9])\s{1,2}-\s?(.*)$")


def _ris(text: str) -> Iterator[Found]:
    for part in re.split(r"(?m)^ER\s{1,2}-.*$", text):
        rows = [found.groups() for line in part.split("\n") if (found := _TAG.match(line.strip()))]
        if rows:
            yield _of_ris([(tag, said.strip()) for tag, said in rows], part.strip())


def _ris_person(said: str) -> dict[str, str]:
    """RIS has a comma in every name of a person: a name without one is a body's."""
    said = said.replace("*", "").strip()
    return _person(said) if "," in said else {"literal": said}


def _of_ris(rows: list[tuple[str, str]], typed: str) -> Found:
    told = {tag: said for tag, said in reversed(rows) if said}
    item: dict[str, Any] = {"type": _RIS_TYPES.get(told.get("TY", ""), "document")}
    for tag, wanted in _RIS_WORDS.items():
        if tag in told:
            item.setdefault(wanted, told[tag])
    for tag, said in rows:
        if tag in _RIS_NAMES and said:
            item.setdefault(_RIS_NAMES[tag], []).append(_ris_person(said))
    pages = "-".join(one for one in (told.get("SP", ""), told.get("EP", "")) if one)
    if pages:
        item["page"] = pages
    for name, tags in (("issued", ("DA", "PY", "Y1")), ("accessed", ("Y2",))):
        said = next((told[tag].strip("/ ").replace("/", "-") for tag in tags if tag in told), "")
        if found := day_of(said):
            item[name] = found
    left = [
        f"{tag} - {said}"
        for tag, said in rows
        if said and tag not in {*_RIS_WORDS, *_RIS_NAMES, *_RIS_QUIET}
    ]
    unread = "；".join(left) if item.get("title") else typed
    return Found(_key(told.get("ID", "")), checked(item), typed, unread)
