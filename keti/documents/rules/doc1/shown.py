"""A `doc/1` as the closed tree (`rules/tree.py`): what pages, PDF and Word files are made from.

Beyond the blocks of typed text it makes ["fig", picture], ["chart", chart], ["formula", formula],
["points", items, level], and of runs ["ins", change, inlines], ["cut", change, inlines],
["remark", comment, inlines], ["formula", formula], ["cite", what is cited, words, its place],
["to", words, its place]. `numbers` says of a name what it is shown as and where it stands: "b3" a
block of the text, ">b3" one that is referred to, "@key" a reference (`rules/placing.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeAlias

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
LOST = "［所指的图表或章节已不在］"
UNLISTED = "［参考文献“{}”未列出］"
"""What stands where nothing is left that is meant: never a number that was right once."""

Numbers: TypeAlias = Mapping[str, tuple[str, str]]


def tree(text: str, numbers: Numbers) -> list[Node]:
    """A stored document as blocks of the closed tree."""
    doc = read(text)
    return blocks(doc["blocks"], doc, numbers)


def blocks(some: list[Block], doc: Doc, numbers: Numbers) -> list[Node]:
    """Blocks of the document in the closed form; items of one level that follow are one list."""
    return _Tree(doc, numbers).blocks(some)


@dataclass(frozen=True, slots=True)
class _Tree:
    """One document with its numbers."""

    doc: Doc
    numbers: Numbers

    def blocks(self, some: list[Block]) -> list[Node]:
        out: list[Node] = []
        for key, several in groupby(some, key=lambda one: (one["kind"], one.get("level"))):
            if key[0] == "item":
                out.append(["points", [self.runs(one["runs"]) for one in several], key[1]])
            else:
                out += [self.block(one) for one in several]
        return out

    def block(self, block: Block) -> Node:
        kind = block["kind"]
        if kind == "heading":
            _label, place = self.numbers.get(block["id"], ("", ""))
            head = ["h", min(block["level"], 6), "", self.runs(block["runs"])]
            return [*head, place] if place else head
        if kind == "paragraph":
            return ["p", self.runs(block["runs"])]
        if kind == "table":
            return ["table", self.table(block) | self.said(block)]
        if kind == "figure":
            held = {key: block[key] for key in ("file", "mime", "alt", "wide")}
            return ["fig", held | self.said(block)]
        if kind == "chart":
            held = {key: block[key] for key in ("form", "title", "labels", "series")}
            return ["chart", held | self.said(block)]
        return ["formula", {"omml": block["omml"], "text": block["text"]}]

    def said(self, block: Block) -> dict[str, str]:
        """The number and the words that stand by a picture or table, where it has any."""
        if block["id"] not in self.numbers:
            return {}
        label, place = self.numbers[block["id"]]
        return {"number": label, "said": block.get("caption", ""), "place": place}

    def table(self, block: Block) -> dict[str, Any]:
        rows = [
            [
                {"rows": cell["rows"], "cols": cell["cols"], "blocks": self.blocks(cell["blocks"])}
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

    def runs(self, runs: list[Run]) -> list[Node]:
        """Runs with their marks; those that one comment stands beside are wrapped together."""
        out: list[Node] = []
        for said, several in groupby(runs, key=lambda run: tuple(run.get("said", ()))):
            inner = [node for run in several for node in self.run(run)]
            for name in reversed(said):
                inner = [["remark", self.doc["comments"][name] | {"name": name}, inner]]
            out += inner
        return out

    def run(self, run: Run) -> list[Node]:
        if "note" in run:
            return [["note", self.blocks(run["note"])]]
        if "left" in run:
            return [["s", LEFT_WORDS[run["left"]]]]
        if "formula" in run:
            return [["formula", run["formula"]]]
        if "cite" in run:
            return [cite(run["cite"], self.numbers)]
        if "to" in run:
            return [["to", *self.numbers.get(f">{run['to']}", (LOST, ""))]]
        return _marked(run)


def cite(cites: list[dict[str, str]], numbers: Numbers) -> Node:
    """One citation by its numbers: [1], [1,3], [1-3], [1]35; what no list holds is named."""
    lost = [UNLISTED.format(one["ref"]) for one in cites if f"@{one['ref']}" not in numbers]
    known = [one for one in cites if f"@{one['ref']}" in numbers]
    found = [(int(numbers[f"@{one['ref']}"][0]), one.get("at", "")) for one in known]
    words = "".join(_counted(found))
    place = f"ref-{found[0][0]}" if found else ""
    return ["cite", cites, words, place, "".join(lost)]


def _counted(found: list[tuple[int, str]]) -> list[str]:
    """Numbers in brackets: rows of them joined, those with pages each for itself."""
    if any(pages for _n, pages in found):
        return [f"[{n}]{pages}" for n, pages in found]
    runs: list[list[int]] = []
    for n in sorted({n for n, _pages in found}):
        if runs and runs[-1][-1] == n - 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    said = [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return [f"[{','.join(said)}]"] if said else []


def _marked(run: Run) -> list[Node]:
    """Words with what they carry."""
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
