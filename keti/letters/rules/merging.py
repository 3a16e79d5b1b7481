"""One template becomes the letter to each office: merge fields, the number of a piece. Pure."""

import re
from collections.abc import Iterator, Mapping

FIELDS: dict[str, tuple[str, str]] = {
    "office": ("收件单位", "office"),
    "addressee": ("称谓", "addressee"),
    "division": ("所在地", "division"),
    "number": ("文号", "number"),
    "date": ("日期", "date"),
    "programme": ("课题", "programme"),
    "title": ("标题", "title"),
    "report": ("报告网址", "report"),
    "code": ("编号", "code"),
}
"""What a template may hold in braces: each by its Chinese and its English word."""
_WORDS = {word: key for key, words in FIELDS.items() for word in words}
_PLACE = re.compile(r"\{([^{}\n]*)\}")
_WEIGHTS = (3, 1)


def misfits(text: str) -> Iterator[str]:
    """What stands in braces and is no merge field; a brace that is left over."""
    for found in _PLACE.finditer(text):
        if found[1].strip() not in _WORDS:
            yield found[0]
    rest = _PLACE.sub("", text)
    for brace in "{}":
        if brace in rest:
            yield brace


def fields_in(text: str) -> set[str]:
    """The merge fields of a text, by their keys."""
    return {_WORDS[one[1].strip()] for one in _PLACE.finditer(text) if one[1].strip() in _WORDS}


def merged(text: str, values: Mapping[str, str]) -> str:
    """The text with every field filled. What a value holds is never read as a field again."""
    return _PLACE.sub(lambda found: values[_WORDS[found[1].strip()]], text)


def paragraphs(text: str) -> list[str]:
    """The lines of a text that hold anything: each is a paragraph of the letter."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def code_of(mailing: int, serial: int) -> str:
    """The digits under the barcode of a piece: the letter, the piece, a check digit, so that a slip
    of typing is seen."""
    digits = f"{mailing:04}{serial:06}"
    return digits + _check(digits)


def is_code(text: str) -> bool:
    """Could these digits be the code of a piece?"""
    return len(text) == 11 and text.isascii() and text.isdigit() and _check(text[:-1]) == text[-1]


def _check(digits: str) -> str:
    total = sum(int(one) * _WEIGHTS[place % 2] for place, one in enumerate(reversed(digits)))
    return str(-total % 10)
