"""A charter's text without the remarks of whoever wrote it (`# ...`)."""

from __future__ import annotations

import re

from keti.charter.rules.reading import read
from keti.charter.rules.writing.tree import Node, grown

_MARK = re.compile(r"(?:^|(?<=\s))#")


def without_remarks(text: str) -> str:
    """The text with no comment in it, else byte for byte; `text` is one that can be read."""
    spans = sorted(_values(grown(text)))
    out, place, at = [], 0, 0
    for line in text.split("\n"):
        kept = line
        for found in _MARK.finditer(line):
            sign = at + found.start()
            while place < len(spans) and spans[place][1] <= sign:
                place += 1
            if place == len(spans) or sign < spans[place][0]:
                kept = line[: found.start()].rstrip()
                break
        if kept or not line:
            out.append(kept)
        at += len(line) + 1
    new = "\n".join(out).lstrip("\n")
    return new if read(new).data == read(text).data else text


def _values(node: Node) -> list[tuple[int, int]]:
    """Where plain values stand: a sign in one of them begins no remark."""
    if node.kind == "value":
        return [(node.start, node.end)]
    return [span for item in node.items for span in _values(item.node)]
