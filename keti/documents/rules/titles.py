"""Titles compared: whether a heading says the name of a part, or nearly. Pure."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

_NUMBER = re.compile(
    r"\s*(?:第?[一二三四五六七八九十百零〇\d]{1,4}\s*(?:章|节|部分|编|篇)|"
    r"[(]?[一二三四五六七八九十百零〇]{1,4}(?:[)、.,:]|\s)|"
    r"[(]?\d{1,3}(?:\.\d{1,3})*(?:[)、.,:]|\s)|\d{1,3}(?:\.\d{1,3})+|[ivx]{1,5}[.)、]|[•▪●■◆*-])+\s*"
)
_CIRCLED = " \t\u3000" + "".join(map(chr, range(0x2460, 0x2474)))
_BLANK = re.compile(r"[\s\u200b-\u200f\ufeff]+")
_EDGES = " \t:,.;、。，；·…()[]【】《》<>\"'“”‘’*_-—"
_FILLERS = re.compile("工作|情况|本月|本期|主要|[的之]")
_WHEN = re.compile("[上本下](?:个)?[月期季年]")
CLOSE = 0.8


def normal(title: str) -> str:
    """A title as it is compared: without number, blanks, width, case and the stops at its ends."""
    text = unicodedata.normalize("NFKC", title.lstrip(_CIRCLED)).casefold().strip()
    bare = _NUMBER.match(text)
    if bare and text[bare.end() :].strip(_EDGES):
        text = text[bare.end() :]
    return _BLANK.sub("", text).strip(_EDGES)


def _core(title: str) -> str:
    """A compared title without the words that writers put in and leave out."""
    return _FILLERS.sub("", title) or title


def _is_near(one: str, other: str) -> bool:
    """Whether two compared titles differ a little: one holds most of the other, or nearly all of
    their signs are the same. What names another month never is."""
    when, then = set(_WHEN.findall(one)), set(_WHEN.findall(other))
    if when and then and when != then:
        return False
    short, long = sorted((_core(one), _core(other)), key=len)
    if len(short) < 2:
        return False
    if short in long:
        return 2 * len(short) >= len(long)
    return difflib.SequenceMatcher(a=short, b=long, autojunk=False).ratio() >= CLOSE


def near(title: str, names: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """The keys behind the one known title that this one is near; none where it is near several."""
    told = normal(title)
    fits = [keys for name, keys in names.items() if told and _is_near(told, name)]
    return fits[0] if fits and all(keys == fits[0] for keys in fits) else ()


def names_of(titles: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Compared title -> the keys of the parts of that title, in their order."""
    names: dict[str, list[str]] = {}
    for key, several in titles.items():
        for title in several:
            one = normal(title)
            if one and key not in names.setdefault(one, []):
                names[one].append(key)
    return names


def says(title: str, key: str, names: Mapping[str, Sequence[str]]) -> bool:
    """Whether a title says no more than the name of this part: but for the words that writers put
    in and leave out."""
    told = _core(normal(title))
    return any(key in keys and told == _core(name) for name, keys in names.items())
