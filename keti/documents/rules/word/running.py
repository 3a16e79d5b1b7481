"""Headers and footers: what they say besides the number of a page and what the text says anyway
stays in the original, and is told. Pure."""

import re
from collections.abc import Iterable

from ..reading import ReadLine
from ..xml_in import Element
from .package import Package

_NUMBER = re.compile(r"[\s\d\-–—·.,/|~()（）第共页頁of]|page|seite|[ivxlc]+(?=\s|$)", re.IGNORECASE)
_DRAWN = ("pic", "imagedata", "chart", "OLEObject")
FEWEST = 2
"""Letters that a header says at least: one is a sign beside the number."""


def running(package: Package, lines: Iterable[ReadLine]) -> int:
    """How many headers and footers say or show something of their own."""
    said = {_bare(one.words) for one in lines}
    parts = [*package.parts_of("header"), *package.parts_of("footer")]
    return sum(_says(package.tree(part), said) for part in dict.fromkeys(parts))


def _says(tree: Element | None, said: set[str]) -> bool:
    if tree is None:
        return False
    if any(tree.every(name) for name in _DRAWN):
        return True
    rows = (_bare("".join(one.text for one in row.every("t"))) for row in tree.every("p"))
    return any(len(_NUMBER.sub("", row)) >= FEWEST and row not in said for row in rows)


def _bare(words: str) -> str:
    return "".join(words.split())
