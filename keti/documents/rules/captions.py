"""Lines that number a table or picture as their writer typed them (表1　样本分布). Pure.

Where one stands over its table or under its picture it is ["p", inlines, "caption"], its words as
they are: page, Word file and PDF set it like a caption that the house numbers.
"""

import re
from collections.abc import Sequence

from .nodes import Node, words

_NUMBERED = re.compile(
    r"\s*(?:(附?表|tables?)|附?图|figures?|fig\.)\s*(?:[A-Z]?[0-9０-９]+|[一二三四五六七八九十]+)"
    r"(?:[-–—.．－][0-9０-９]+)*(?:$|[\s:：、.．])",
    re.IGNORECASE,
)
_SENTENCE = ("。", "；", ";", "，", ",", ".")
MOST = 80
"""A caption is no longer than this, and ends like no sentence."""


def known(blocks: Sequence[Node]) -> list[Node]:
    """The blocks with such lines marked."""
    out = list(blocks)
    for place, block in enumerate(blocks):
        if block[0] == "table":
            _mark(out, place - 1, of_table=True)
        elif block[0] in ("fig", "chart"):
            _mark(out, place + 1, of_table=False)
    return out


def _mark(blocks: list[Node], at: int, *, of_table: bool) -> None:
    block = blocks[at] if 0 <= at < len(blocks) else ["none"]
    said = _NUMBERED.match(_short(block)) if block[0] in ("p", "line") else None
    if said is not None and bool(said[1]) is of_table:
        blocks[at] = ["p", block[1], "caption"]


def _short(block: Node) -> str:
    """Its words where they are one short line that is no sentence, else ""."""
    said = words(block[1]).strip()
    broken = any(one[0] == "br" for one in block[1])
    return "" if broken or len(said) > MOST or said.endswith(_SENTENCE) else said
