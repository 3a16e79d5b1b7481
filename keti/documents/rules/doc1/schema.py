"""What a `doc/1` may hold, its reader and its writer. Nothing else is ever stored or shown.

A document is {"form": "doc/1", "blocks": [...], "comments": {...}}. A block has an `id` and a
`kind`: heading (`level`, `runs`), paragraph (`runs`), item (`level`, `runs` with the mark as
typed), table (`columns`, `head`, `rows` of cells with `rows`, `cols`, `blocks`), figure (`file`,
`mime`, `alt`, `wide` in mm), chart (`form`, `title`, `labels`, `series`), formula (`omml`,
`text`). A table, figure or chart may have a `caption`: it is numbered then. A run is words
({"words", "marks", "link", "ins", "cut", "said"}), {"note": blocks}, {"formula"}, {"left": what
stays in the original only}, {"cite": [{"ref": key of a reference, "at": pages}]} or {"to": the id
of a heading, table, figure or chart}.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Set
from typing import Any, TypeAlias

from keti.kernel.refusals import Refused

from ..nodes import safe_link
from ..typed import shown
from .formulas import is_canonical

Doc: TypeAlias = dict[str, Any]
Block: TypeAlias = dict[str, Any]
Run: TypeAlias = dict[str, Any]

FORM = "doc/1"
LONGEST = 12_000_000
MOST_BLOCKS = 60_000
DEEPEST = 8
WIDEST = 100
"""Columns of a table: Word itself has at most 63."""
MARKS = ("b", "i", "u", "s", "sub", "sup")
LEFT = ("picture", "chart", "object", "formula", "footnote", "drawing")
CHARTS = ("bar", "line", "pie")
MIMES = ("image/png", "image/jpeg", "image/gif")
_SHA = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[a-z][0-9a-z-]{0,19}")
KEY = re.compile(r"[^\W_][\w.:+/-]{0,59}")
"""What a reference is cited by: letters of any script, figures, a few signs; no blank."""
MOST_CITED = 50
CAPTIONED = ("table", "figure", "chart")
TARGETS = ("heading", *CAPTIONED)
"""What another place of the text may refer to."""
_NUMBER = re.compile(r"-?\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,2})?")


def write(doc: Doc) -> str:
    """The document as its one canonical text."""
    return json.dumps(doc, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256_of(doc: Doc) -> str:
    """The hash of the canonical text."""
    return hashlib.sha256(write(doc).encode()).hexdigest()


def read(text: str) -> Doc:
    """The document of a stored or sent text.

    Refuses what is no `doc/1`: other keys or kinds, a table whose rows do not fill its columns,
    an address of no page, more or deeper than anybody writes, another spelling of the same.
    """
    if len(text) > LONGEST:
        raise _refused("too long", "")
    try:
        doc = json.loads(text, parse_constant=_no_number, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise _refused("no JSON", "") from None
    checked(doc)
    if write(doc) != text:
        raise _refused("not canonical", "")
    return dict(doc)


def checked(doc: Any) -> Doc:
    """The same document, every part of it examined. Refuses what `read` refuses."""
    return _Checking().document(doc)


def blank(blocks: list[Block] | None = None) -> Doc:
    """A document of these blocks."""
    return {"form": FORM, "blocks": blocks or [], "comments": {}}


def every_block(blocks: list[Block]) -> Iterator[Block]:
    """All blocks in the order they stand, those in cells and notes after the one they stand in."""
    for block in blocks:
        yield block
        for run in block.get("runs", ()):
            yield from every_block(run.get("note", []))
        for row in block.get("rows", ()):
            for cell in row:
                yield from every_block(cell["blocks"])


def runs_of(blocks: list[Block]) -> Iterator[Run]:
    """All runs, those in cells and notes included."""
    for block in every_block(blocks):
        yield from block.get("runs", ())


def files_of(doc: Doc) -> list[str]:
    """The hashes of the pictures a document shows, each once, in their order."""
    shown_ones = (one["file"] for one in every_block(doc["blocks"]) if one["kind"] == "figure")
    return list(dict.fromkeys(shown_ones))


def cited_in(doc: Doc) -> list[str]:
    """The keys a document cites, each once, in their order."""
    found = (one["ref"] for run in runs_of(doc["blocks"]) for one in run.get("cite", ()))
    return list(dict.fromkeys(found))


def _no_number(_said: str) -> None:
    raise ValueError("no number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a key twice")
    return dict(pairs)


def _refused(what: str, where: str) -> Refused:
    return Refused("documents.doc-not-in-form", what=what, where=where)


class _Checking:
    """One pass over a document; `at` is the block that is looked at."""

    def __init__(self) -> None:
        self.at = ""
        self.ids: set[str] = set()
        self.said: set[str] = set()
        self.comments: set[str] = set()
        self.in_note = False

    def need(self, true: object, what: str) -> None:
        if not true:
            raise _refused(what, self.at)

    def keys(self, value: Any, needed: Set[str], free: Set[str] = frozenset()) -> None:
        self.need(isinstance(value, dict), "no object")
        self.need(needed <= value.keys() <= needed | free, "keys")

    def words(self, value: Any, most: int = 1_000_000) -> None:
        self.need(isinstance(value, str) and len(value) <= most and shown(value) == value, "words")

    def whole(self, value: Any, least: int, most: int) -> None:
        self.need(type(value) is int and least <= value <= most, "number")

    def some(self, value: Any, most: int) -> None:
        self.need(isinstance(value, list) and len(value) <= most, "list")

    def document(self, doc: Any) -> Doc:
        self.keys(doc, {"form", "blocks", "comments"})
        self.need(doc["form"] == FORM, "form")
        self.need(isinstance(doc["comments"], dict), "comments")
        for name, one in doc["comments"].items():
            self.need(_NAME.fullmatch(name), "name")
            self.keys(one, {"by", "at", "words"})
            self.words(one["by"], 200)
            self.words(one["at"], 40)
            self.words(one["words"], 20_000)
        self.comments = set(doc["comments"])
        self.blocks(doc["blocks"], 0)
        self.need(self.said == self.comments, "comments")
        return dict(doc)

    def blocks(self, blocks: Any, deep: int) -> None:
        self.some(blocks, MOST_BLOCKS)
        self.need(deep <= DEEPEST, "too deep")
        for block in blocks:
            self.block(block, deep)

    def block(self, block: Any, deep: int) -> None:
        self.need(isinstance(block, dict), "no object")
        name, kind = block.get("id"), block.get("kind")
        self.need(isinstance(name, str) and _NAME.fullmatch(name), "name")
        self.at = name
        self.need(name not in self.ids, "name twice")
        self.ids.add(name)
        self.need(len(self.ids) <= MOST_BLOCKS, "too many")
        look: Callable[[Block, int], None] | None = {
            "heading": self.line, "paragraph": self.line, "item": self.line, "table": self.table,
            "figure": self.figure, "chart": self.chart, "formula": self.formula_block,
        }.get(kind if isinstance(kind, str) else "")  # fmt: skip
        self.need(look and (kind == "paragraph" or not self.in_note), "kind")
        if look:
            look(block, deep)

    def line(self, block: Block, deep: int) -> None:
        levelled = block["kind"] != "paragraph"
        self.keys(block, {"id", "kind", "runs"} | ({"level"} if levelled else set()))
        if levelled:
            self.whole(block["level"], 1, 9)
        self.some(block["runs"], 100_000)
        for run in block["runs"]:
            self.run(run, deep)

    def run(self, run: Any, deep: int) -> None:
        self.need(isinstance(run, dict), "no object")
        if "note" in run:
            self.keys(run, {"note"})
            self.need(not self.in_note, "note in note")
            self.in_note = True
            self.blocks(run["note"], deep + 1)
            self.in_note = False
        elif "left" in run:
            self.keys(run, {"left"})
            self.need(run["left"] in LEFT, "left")
        elif "formula" in run:
            self.keys(run, {"formula"})
            self.formula(run["formula"])
        elif "cite" in run:
            self.keys(run, {"cite"})
            self.cite(run["cite"])
        elif "to" in run:
            self.keys(run, {"to"})
            self.need(isinstance(run["to"], str) and _NAME.fullmatch(run["to"]), "name")
        else:
            self.said_words(run)

    def cite(self, cited: Any) -> None:
        """What is cited in one place. Whether a key has its reference is said where it is shown."""
        self.some(cited, MOST_CITED)
        self.need(cited, "cite")
        for one in cited:
            self.keys(one, {"ref"}, {"at"})
            self.need(isinstance(one["ref"], str) and KEY.fullmatch(one["ref"]), "key")
            self.words(one.get("at", "1"), 60)
            self.need(one.get("at", "1").strip() and "\n" not in one.get("at", ""), "pages")

    def caption(self, block: Block) -> None:
        """The words under or over a picture or table: one line."""
        self.words(block.get("caption", ""), 1000)
        said = block.get("caption", "x")
        self.need(said.strip() == said and said and "\n" not in said, "caption")

    def said_words(self, run: Run) -> None:
        self.keys(run, {"words"}, {"marks", "link", "ins", "cut", "said"})
        self.words(run["words"])
        marks = run.get("marks", ["b"])
        self.need(isinstance(marks, list) and marks, "marks")
        self.need([one for one in MARKS if one in marks] == marks, "marks")
        link = run.get("link", "/")
        self.need(isinstance(link, str) and len(link) <= 2000 and safe_link(link), "link")
        for change in ("ins", "cut"):
            if change in run:
                self.keys(run[change], {"by", "at"})
                self.words(run[change]["by"], 200)
                self.words(run[change]["at"], 40)
        names = run.get("said", ["x"])
        self.need(isinstance(names, list) and names, "said")
        if "said" in run:
            self.need(all(isinstance(n, str) and n in self.comments for n in names), "said")
            self.said.update(names)

    def table(self, block: Block, deep: int) -> None:
        self.keys(block, {"id", "kind", "columns", "head", "rows"}, {"caption"})
        self.caption(block)
        self.whole(block["columns"], 1, WIDEST)
        self.some(block["rows"], 20_000)
        self.need(block["rows"], "rows")
        self.whole(block["head"], 0, len(block["rows"]))
        taken: dict[int, int] = {}
        for place, row in enumerate(block["rows"]):
            self.some(row, WIDEST)
            self.row(row, block["columns"], len(block["rows"]) - place, taken)
        self.need(self.head_ends(block), "head")
        for row in block["rows"]:
            for cell in row:
                self.blocks(cell["blocks"], deep + 1)

    def head_ends(self, block: Block) -> bool:
        """No cell reaches from the head of a table into its body."""
        top = enumerate(block["rows"][: block["head"]])
        return all(place + cell["rows"] <= block["head"] for place, row in top for cell in row)

    def row(self, row: list[Any], columns: int, under: int, taken: dict[int, int]) -> None:
        """Every row fills its columns exactly, with what reaches down from above."""
        free = [at for at in range(columns) if not taken.get(at)]
        for at in list(taken):
            taken[at] -= taken[at] > 0
        for cell in row:
            self.keys(cell, {"rows", "cols", "blocks"})
            self.whole(cell["rows"], 1, under)
            self.whole(cell["cols"], 1, columns)
            mine, free = free[: cell["cols"]], free[cell["cols"] :]
            self.need(len(mine) == cell["cols"], "row too wide")
            self.need(mine[-1] - mine[0] + 1 == len(mine), "cell in two parts")
            for at in mine:
                taken[at] = cell["rows"] - 1
        self.need(not free, "row too short")

    def figure(self, block: Block, _deep: int) -> None:
        self.keys(block, {"id", "kind", "file", "mime", "alt", "wide"}, {"caption"})
        self.caption(block)
        self.need(isinstance(block["file"], str) and _SHA.fullmatch(block["file"]), "file")
        self.need(block["mime"] in MIMES, "mime")
        self.words(block["alt"], 2000)
        self.whole(block["wide"], 1, 1000)

    def chart(self, block: Block, _deep: int) -> None:
        self.keys(block, {"id", "kind", "form", "title", "labels", "series"}, {"caption"})
        self.caption(block)
        self.need(block["form"] in CHARTS, "form")
        self.words(block["title"], 1000)
        self.some(block["labels"], 2000)
        for label in block["labels"]:
            self.words(label, 1000)
        self.some(block["series"], 60)
        self.need(block["labels"] and block["series"], "empty chart")
        for one in block["series"]:
            self.keys(one, {"name", "values"})
            self.words(one["name"], 1000)
            self.some(one["values"], 2000)
            self.need(len(one["values"]) == len(block["labels"]), "values")
            for value in one["values"]:
                said = isinstance(value, str)
                self.need(said and (not value or _NUMBER.fullmatch(value)), "value")

    def formula_block(self, block: Block, _deep: int) -> None:
        self.keys(block, {"id", "kind", "omml", "text"})
        self.formula({"omml": block["omml"], "text": block["text"]})

    def formula(self, one: Any) -> None:
        self.keys(one, {"omml", "text"})
        self.words(one["text"], 20_000)
        source = one["omml"]
        self.need(isinstance(source, str) and is_canonical(source, one["text"]), "formula")
