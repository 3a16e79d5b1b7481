"""How much a report holds, and so how it is bound: as a book, or as a few leaves. Pure.

Counted by the width of its words, before anything is set: the same for PDF, Word and page.
"""

import math
from typing import Literal

from .nodes import text_width
from .paper import Paper
from .written import Body, Head, plain

Bulk = Literal["short", "middle", "long"]
WIDE, HIGH = 36, 30
"""A page of a report holds so many lines of so many Chinese characters."""
FEW_PAGES = 2
"""Up to so many pages of text a report is short."""
ROOMY = 0.6
"""From so much of a page for each part on, each part begins a page of its own."""


def bulk(paper: Paper) -> Bulk:
    """short: no cover, no contents, nothing begins a page; middle: cover and contents, the parts
    follow each other; long: each part begins a page. What is published as a book, with the roll
    or the checkpoint of the record, is never short."""
    pages = _lines(paper) / HIGH
    if pages <= FEW_PAGES and not paper.roll and not paper.checkpoint.strip():
        return "short"
    parts = len(paper.chapters) or sum(isinstance(one, Head) for one in paper.body) or 1
    return "long" if paper.roll or pages / parts >= ROOMY else "middle"


def _lines(paper: Paper) -> int:
    """So many lines the text takes; a heading takes two."""
    heads = 2 * len(paper.chapters)
    return heads + sum(map(_height, (paper.body, *(one.body for one in paper.chapters))))


def _height(body: Body) -> int:
    rows = plain(body).split("\n") if body else []
    heads = sum(isinstance(one, Head) for one in body)
    return heads + sum(max(1, math.ceil(text_width(row) / WIDE)) for row in rows)
