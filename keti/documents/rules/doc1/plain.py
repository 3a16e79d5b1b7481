"""The bare words of a `doc/1`: for search, comparing versions, mail, and a box to type in.

Words cut out by a tracked change are not said, words put in are; notes stand in brackets behind
their place; a table is rows of cells with tabs between them. A citation is said as it is typed,
[@key]; a cross reference by the words of what it leads to.
"""

from collections.abc import Mapping

from .schema import TARGETS, Block, Run, every_block, read
from .shown import LEFT_WORDS, LOST

_NOBODY: Mapping[str, str] = {}


def plain(text: str) -> str:
    """The words of a stored document, a line for each paragraph and each row of a table."""
    blocks = read(text)["blocks"]
    named = names_of(blocks) if '"to":' in text else _NOBODY
    return "\n".join(line for block in blocks for line in lines(block, named))


def names_of(blocks: list[Block]) -> dict[str, str]:
    """What each block that can be referred to is called: a heading by its words, the others by
    their caption."""
    every = (one for one in every_block(blocks) if one["kind"] in TARGETS)
    return {one["id"]: _called(one) for one in every}


def _called(block: Block) -> str:
    said = words(block["runs"]).strip() if "runs" in block else str(block.get("caption", ""))
    return f"“{said}”" if said else {"table": "［表］"}.get(block["kind"], "［图］")


def lines(block: Block, named: Mapping[str, str] = _NOBODY) -> list[str]:
    """The lines of one block; `named` is what the targets of its cross references are called."""
    kind = block["kind"]
    caption = [block["caption"]] if block.get("caption") else []
    if kind == "table":
        return [*caption, *_rows(block, named)]
    if kind == "figure":
        return [f"［{block['alt']}］" if block["alt"] else LEFT_WORDS["picture"], *caption]
    if kind == "chart":
        return [*([block["title"]] if block["title"] else []), *_values(block), *caption]
    if kind == "formula":
        return [block["text"]]
    said = words(block["runs"], named).strip()
    return [said] if said else []


def words(runs: list[Run], named: Mapping[str, str] = _NOBODY) -> str:
    """The words of runs."""
    return "".join(_run(run, named) for run in runs)


def typed_cite(cites: list[dict[str, str]]) -> str:
    """A citation as it is typed: [@key, 35; @key]."""
    said = (f"@{one['ref']}" + (f", {one['at']}" if "at" in one else "") for one in cites)
    return f"[{'; '.join(said)}]"


def _run(run: Run, named: Mapping[str, str]) -> str:
    if "cite" in run:
        return typed_cite(run["cite"])
    if "to" in run:
        return named.get(run["to"], LOST)
    if "note" in run:
        said = " ".join(line for block in run["note"] for line in lines(block, named))
        return f"［{said}］"
    if "left" in run:
        return LEFT_WORDS[run["left"]]
    if "formula" in run:
        return str(run["formula"]["text"])
    return "" if "cut" in run else str(run["words"])


def _rows(block: Block, named: Mapping[str, str]) -> list[str]:
    return [
        "\t".join(
            " ".join(" ".join(line.split()) for one in cell["blocks"] for line in lines(one, named))
            for cell in row
        )
        for row in block["rows"]
    ]


def _values(block: Block) -> list[str]:
    """A chart as the rows of the table that stands beside it."""
    return ["\t".join(row) for row in table_of(block)]


def table_of(chart: Block) -> list[list[str]]:
    """The values of a chart as a table: a row for each label, a column for each series."""
    head = ["", *(one["name"] for one in chart["series"])]
    rows = [
        [label, *(one["values"][place] for one in chart["series"])]
        for place, label in enumerate(chart["labels"])
    ]
    return [head, *rows]
