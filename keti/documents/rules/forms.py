"""Rows of the forms that are filed: labels beside what they name, and where it is signed."""

from .words import WORDS
from .written import Box

Row = tuple[Box, ...]
FOUR = (16, 34, 16, 34)
"""Two labels and two values beside each other, as most forms have them."""


def pair(label: str, words: str, other: str, more: str) -> Row:
    """Two labels with their values in one row of four columns."""
    return (Box(label, label=True), Box(words), Box(other, label=True), Box(more))


def wide(label: str, words: str, sign: str = "", *, across: int = 3, room: int = 0) -> Row:
    """One label, and beside it over the whole width what was written, with who signed it; or so
    many lines of room to write."""
    return (Box(label, label=True), Box(words, across=across, sign=sign, room=room))


def heads(*labels: str) -> Row:
    """The row that names the columns beneath it."""
    return tuple(Box(one, label=True) for one in labels)


def sign_line(lang: str, *, sealed: bool = False) -> str:
    """Where somebody signs by hand, with the date; and seals."""
    say = WORDS["en" if lang.startswith("en") else "zh-hans"]
    return f"{say['sign_seal'] if sealed else say['sign_here']}　　　　　　　{say['date_here']}"
