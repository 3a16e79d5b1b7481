"""How words somebody looks for may stand written, and the condition that they stand somewhere.

A text is kept as it was typed. What is looked for is therefore tried in each writing it may have:
full width or not, in simplified characters or traditional ones, a number in any brackets.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from django.db.models import Q

MOST = 12
_OPENING, _CLOSING = "〔【［｛[{（(", "〕】］｝]}）)"
_BRACKETS = re.compile(f"[{re.escape(_OPENING + _CLOSING)}]")
_PAIRS = ("〔〕", "（）", "()", "[]")
_WIDE = {one: one + 0xFEE0 for one in range(0x21, 0x7F)}
Key = tuple[str, Callable[[str], str]]
"""A column of keys, and what makes the key of a word."""


@cache
def _scripts() -> tuple[dict[int, int], dict[int, int]]:
    """Traditional to simplified, and the usual way back."""
    rows = Path(__file__).with_name("characters.txt").read_text(encoding="utf-8").splitlines()
    old, new, simple, usual = (one for one in rows if not one.startswith("#"))
    return str.maketrans(old, new), str.maketrans(simple, usual)


def writings(word: str) -> tuple[str, ...]:
    """The word as typed, then in every other writing in which it may stand in a text."""
    found: dict[str, None] = {word: None}
    plain = unicodedata.normalize("NFKC", word)
    simplified, traditional = _scripts()
    for one in (word, plain, plain.translate(_WIDE)):
        for said in (one, one.translate(simplified), one.translate(traditional)):
            found |= dict.fromkeys(_bracketed(said))
    return tuple(found)[:MOST]


def _bracketed(word: str) -> Iterator[str]:
    yield word
    if _BRACKETS.search(word):
        for pair in _PAIRS:
            opened = word.translate(dict.fromkeys(map(ord, _OPENING), pair[0]))
            yield opened.translate(dict.fromkeys(map(ord, _CLOSING), pair[1]))


def holds(word: str, *paths: str | Key) -> Q:
    """That this one word, in any writing, stands in one of these columns: of texts by what was
    typed, of keys by the key of the word."""
    found = Q(pk__in=[])
    for one in writings(word):
        for path in paths:
            if isinstance(path, str):
                found |= Q(**{f"{path}__icontains": one})
            elif key := path[1](one):
                found |= Q(**{f"{path[0]}__contains": key})
    return found


def each(words: str, condition: Callable[[str], Q]) -> Q:
    """That this holds of each of the words, which blanks part."""
    found = Q()
    for word in words.split():
        found &= condition(word)
    return found


def place_of(text: str, words: str) -> int:
    """Where in a text the first of the words stands, in whatever writing; -1 where none does."""
    low = text.lower()
    places = [low.find(one.lower()) for word in words.split() for one in writings(word)]
    return min((at for at in places if at >= 0), default=-1)
