"""The bare words of a `doc/1`: for search, comparing versions, mail, and a box to type in.

Words cut out by a tracked change are not said, words put in are; notes stand in brackets behind
their place; a table is rows of cells with tabs between them.
"""

from .schema import Block, Run, read
from .shown import LEFT_WORDS


def plain(text: str) -> str:
    """The words of a stored document, a line for each paragraph and each row of a table."""
    return "\n".join(line for block in read(text)["blocks"] for line in lines(block))


def lines(block: Block) -> list[str]:
    """The lines of one block."""
    kind = block["kind"]
    if kind == "table":
        return _rows(block)
    if kind == "figure":
        return [f"［{block['alt']}］" if block["alt"] else LEFT_WORDS["picture"]]
    if kind == "chart":
        return [*([block["title"]] if block["title"] else []), *_values(block)]
    if kind == "formula":
        return [block["text"]]
    said = words(block["runs"]).strip()
    return [said] if said else []


def words(runs: list[Run]) -> str:
    """The words of runs."""
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    if "note" in run:
        said = " ".join(line for block in run["note"] for line in lines(block))
        return f"［{said}］"
    if "left" in run:
        return LEFT_WORDS[run["left"]]
    if "formula" in run:
        return str(run["formula"]["text"])
    return "" if "cut" in run else str(run["words"])


def _rows(block: Block) -> list[str]:
    return [
        "\t".join(
            " ".join(" ".join(line.split()) for one in cell["blocks"] for line in lines(one))
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
