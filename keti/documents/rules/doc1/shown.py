"""A `doc/1` as the closed tree (`rules/tree.py`): what pages, PDF and Word files are made from.

Beyond the blocks of typed text it makes ["fig", picture], ["chart", chart], ["formula", formula],
["points", items, level], and of runs ["ins", change, inlines], ["cut", change, inlines],
["remark", comment, inlines], ["formula", formula].
"""

from itertools import groupby
from typing import Any

from ..nodes import Node
from .schema import Block, Doc, Run, read

LEFT_WORDS = {
    "picture": "［图片，见原件］",
    "chart": "［图表，见原件］",
    "object": "［对象，见原件］",
    "formula": "［公式，见原件］",
    "footnote": "［注，见原件］",
    "drawing": "［图形，见原件］",
}
"""What stands where something stayed in the original: words of the document, as its text is."""
_WRAPS = {"b": "b", "i": "em", "u": "u", "s": "del", "sub": "sub", "sup": "sup"}


def tree(text: str) -> list[Node]:
    """A stored document as blocks of the closed tree."""
    doc = read(text)
    return blocks(doc["blocks"], doc)


def blocks(some: list[Block], doc: Doc) -> list[Node]:
    """Blocks of the document in the closed form; items of one level that follow are one list."""
    out: list[Node] = []
    for key, several in groupby(some, key=lambda one: (one["kind"], one.get("level"))):
        if key[0] == "item":
            out.append(["points", [_runs(one["runs"], doc) for one in several], key[1]])
        else:
            out += [_block(one, doc) for one in several]
    return out


def _block(block: Block, doc: Doc) -> Node:
    kind = block["kind"]
    if kind == "heading":
        return ["h", min(block["level"], 6), "", _runs(block["runs"], doc)]
    if kind == "paragraph":
        return ["p", _runs(block["runs"], doc)]
    if kind == "table":
        return ["table", _table(block, doc)]
    if kind == "figure":
        return ["fig", {key: block[key] for key in ("file", "mime", "alt", "wide")}]
    if kind == "chart":
        return ["chart", {key: block[key] for key in ("form", "title", "labels", "series")}]
    return ["formula", {"omml": block["omml"], "text": block["text"]}]


def _table(block: Block, doc: Doc) -> dict[str, Any]:
    rows = [
        [
            {"rows": cell["rows"], "cols": cell["cols"], "blocks": blocks(cell["blocks"], doc)}
            for cell in row
        ]
        for row in block["rows"]
    ]
    return {
        "own": True,
        "caption": [],
        "aligns": [""] * block["columns"],
        "head": rows[: block["head"]],
        "body": rows[block["head"] :],
    }


def _runs(runs: list[Run], doc: Doc) -> list[Node]:
    """Runs with their marks; those that one comment stands beside are wrapped together."""
    out: list[Node] = []
    for said, several in groupby(runs, key=lambda run: tuple(run.get("said", ()))):
        inner = [node for run in several for node in _run(run, doc)]
        for name in reversed(said):
            inner = [["remark", doc["comments"][name] | {"name": name}, inner]]
        out += inner
    return out


def _run(run: Run, doc: Doc) -> list[Node]:
    if "note" in run:
        return [["note", blocks(run["note"], doc)]]
    if "left" in run:
        return [["s", LEFT_WORDS[run["left"]]]]
    if "formula" in run:
        return [["formula", run["formula"]]]
    nodes = _words(run["words"])
    for mark in reversed(run.get("marks", [])):
        nodes = [[_WRAPS[mark], nodes]]
    if "link" in run:
        nodes = [["a", run["link"], nodes]]
    for change in ("ins", "cut"):
        if change in run:
            nodes = [[change, run[change], nodes]]
    return nodes


def _words(words: str) -> list[Node]:
    """Words with their line breaks."""
    out: list[Node] = []
    for place, line in enumerate(words.split("\n")):
        out += [["br"]] if place else []
        out += [["s", line]] if line else []
    return out
