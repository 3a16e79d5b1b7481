"""Headings that are none by their style: short lines in bold, larger than the text, or numbered
above something of their own. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .typed import heading_rank

LONGEST = 60
_STOPS = "。；，！？、;,!?…"
LARGER = 3
"""Half points by which a line is larger than the text around it."""


@dataclass(frozen=True, slots=True)
class Faked:
    """What of a block could make it a heading: its words, weight, size, rank of its number."""

    words: str = ""
    bold: bool = False
    size: int = 0
    rank: int = 0
    open: bool = False
    counted: bool = False

    @classmethod
    def of(cls, block: dict[str, Any], paragraph: Any) -> "Faked":
        """Of a block and the paragraph it came from; only paragraphs and numbered items can be
        one."""
        kinds = ("paragraph", "item")
        if paragraph is None or block["kind"] not in kinds or paragraph.style.plain:
            words = "" if paragraph is None else paragraph.words.strip()
            return cls(words, rank=heading_rank(words.rstrip(" :：")))
        words = paragraph.words.strip()
        sizes: Counter[int] = paragraph.sizes
        size = min(sizes) if sizes else paragraph.style.size
        said = heading_rank(words.rstrip(" :："))
        plain = all("words" in run for run in block["runs"])
        short = plain and 0 < len(words) <= LONGEST and "\n" not in words
        fit = short and words[-1] not in _STOPS
        numbered = block["kind"] == "item"
        return cls(words, paragraph.bold and fit, size, said, fit, numbered)


def is_faked(rows: Sequence[Faked]) -> list[str]:
    """Which of the blocks are headings without saying it: by their "look" or "number"."""
    sizes: Counter[int] = Counter()
    for row in rows:
        if row.size:
            sizes[row.size] += len(row.words)
    usual = sizes.most_common(1)[0][0] if sizes else 0
    return [_is_one(rows, place, usual) for place in range(len(rows))]


def _is_one(rows: Sequence[Faked], place: int, usual: int) -> str:
    row = rows[place]
    if not row.open:
        return ""
    if row.bold or (usual and row.size >= usual + LARGER):
        return "look"
    below = next((one for one in rows[place + 1 : place + 2]), None)
    if not row.rank or row.counted or below is None:
        return ""
    return "number" if not below.rank or below.rank > row.rank else ""
