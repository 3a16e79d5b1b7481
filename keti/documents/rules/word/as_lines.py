"""A block of a document line by line, as a report's parts are looked for in it. Pure."""

from collections.abc import Iterator

from ..doc1.plain import words
from ..doc1.schema import Block
from ..reading import HEAD, LINE, LOOKS_LIKE_ONE, ROW, ReadLine


def lines_of(block: Block, looks_bold: bool) -> Iterator[ReadLine]:
    """The lines of a block; a heading that only looks like one says so."""
    kind = block["kind"]
    if block.get("caption"):
        yield ReadLine(LINE, block["caption"])
    if kind == "table":
        rows = (row for row in _grid(block) if any(cell.strip() for cell in row))
        yield from (ReadLine(ROW, cells=tuple(row)) for row in rows)
    elif kind in _NAMED_AS:
        yield ReadLine(LINE, _MARK.format(_NAMED_AS[kind]))
    else:
        said = _said(block)
        if said and kind == "heading":
            yield ReadLine(HEAD, said, block["level"] - 1)
        elif said:
            yield ReadLine(HEAD, said, LOOKS_LIKE_ONE) if looks_bold else ReadLine(LINE, said)


_NAMED_AS = {"figure": "picture", "chart": "chart", "formula": "formula"}
_MARK = "\ue000{}\ue001"
"""Stands for what is no text, until somebody says in which language it is named."""


def _said(block: Block) -> str:
    runs = [
        run
        if "words" in run or "cite" in run
        else {"words": _MARK.format("footnote" if "note" in run else run.get("left", "formula"))}
        for one in block["runs"]
        for run in one.get("was", [one])
    ]
    rows = words(runs).replace("\t", " ").split("\n")
    return "\n".join(row.rstrip() for row in rows).strip()


def _grid(block: Block) -> list[list[str]]:
    """A table as rows of words; a cell that reaches further says its words once."""
    rows = [[""] * block["columns"] for _row in block["rows"]]
    taken: dict[int, int] = {}
    for place, row in enumerate(block["rows"]):
        free = [at for at in range(block["columns"]) if not taken.get(at)]
        taken = {at: left - 1 for at, left in taken.items() if left > 0}
        for cell in row:
            at, free = free[0], free[cell["cols"] :]
            said = [line for one in cell["blocks"] for line in lines_of(one, False)]
            rows[place][at] = "\n".join(
                " ".join(c for c in line.cells if c) if line.kind == ROW else line.words
                for line in said
            )
            for col in range(at, at + cell["cols"]):
                taken[col] = cell["rows"] - 1
    return rows
