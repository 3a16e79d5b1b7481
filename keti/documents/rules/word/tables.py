"""Tables of a Word file as rows of cells that fill their columns exactly. Pure."""

from dataclasses import dataclass, field
from typing import Any

from ..doc1.schema import WIDEST, Block
from ..xml_in import Element

MOST_ROWS = 20_000
_ROW_HOLDERS = ("sdt", "sdtContent", "customXml", "ins", "del", "moveTo", "moveFrom")


@dataclass
class _Cell:
    """One cell while its table is read: where it begins, how far it reaches."""

    at: int
    cols: int
    rows: int = 1
    blocks: list[Block] = field(default_factory=list)


def table(one: Element, owner: Any) -> Block | None:
    """A table as a block without its name; None for one without a cell."""
    rows = [_row(row, owner) for row in _held(one, "tr")[:MOST_ROWS]]
    heads = [_is_head(row) for row in _held(one, "tr")[:MOST_ROWS]]
    laid = _laid([row for row, _goes_on in rows], [goes_on for _row, goes_on in rows])
    columns = max((cell.at + cell.cols for row in laid for cell in row), default=0)
    if not columns:
        return None
    _fill(laid, columns)
    return {
        "kind": "table",
        "columns": columns,
        "head": _heads(laid, heads),
        "rows": [
            [{"rows": cell.rows, "cols": cell.cols, "blocks": cell.blocks} for cell in row]
            for row in laid
        ],
    }


def _held(one: Element, name: str) -> list[Element]:
    """The rows of a table or the cells of a row, also those within controls."""
    found: list[Element] = []
    for kid in one.kids:
        if kid.tag == name:
            found.append(kid)
        elif kid.tag in _ROW_HOLDERS:
            found += _held(kid, name)
    return found


def _is_head(row: Element) -> bool:
    said = row.child("trPr", "tblHeader")
    return said is not None and said.attrs.get("val", "1") not in ("0", "false", "off")


def _number(said: str | None, default: int = 1) -> int:
    if not said or not said.isascii() or not said.isdigit() or len(said) > 3:
        return default
    return int(said)


def _row(row: Element, owner: Any) -> tuple[list[_Cell], list[bool]]:
    """The cells of one row, and of each whether it goes on from the row above."""
    at = _number(row.said("trPr", "gridBefore"), 0)
    cells: list[_Cell] = []
    goes_on: list[bool] = []
    for one in _held(row, "tc"):
        props = one.child("tcPr") or Element("tcPr")
        cols = min(max(_number(props.said("gridSpan")), 1), WIDEST)
        across = props.child("hMerge")
        if across is not None and across.attrs.get("val", "continue") == "continue" and cells:
            cells[-1].cols += cols
            cells[-1].blocks += owner.inner(one)
            at += cols
            continue
        if at + cols > WIDEST:
            owner.left["columns"] += 1
            break
        down = props.child("vMerge")
        on = down is not None and down.attrs.get("val", "continue") == "continue"
        cells.append(_Cell(at, cols, blocks=owner.inner(one)))
        goes_on.append(on)
        at += cols
    return cells, goes_on


def _laid(rows: list[list[_Cell]], goes_on: list[list[bool]]) -> list[list[_Cell]]:
    """Cells that go on from above are part of the cell there; what they hold goes with them."""
    above: dict[int, _Cell] = {}
    out: list[list[_Cell]] = []
    for row, on in zip(rows, goes_on, strict=True):
        now: dict[int, _Cell] = {}
        kept: list[_Cell] = []
        for cell, goes in zip(row, on, strict=True):
            over = above.get(cell.at)
            if goes and over is not None and over.cols == cell.cols:
                over.rows += 1
                over.blocks += cell.blocks
                now[cell.at] = over
            else:
                kept.append(cell)
                now[cell.at] = cell
        above = now
        out.append(kept)
    return out


def _fill(rows: list[list[_Cell]], columns: int) -> None:
    """Empty cells where a row does not fill its columns."""
    taken: dict[int, int] = {}
    for row in rows:
        busy = {at for at, left in taken.items() if left}
        taken = {at: left - 1 for at, left in taken.items() if left > 1}
        for cell in row:
            busy |= set(range(cell.at, cell.at + cell.cols))
            for at in range(cell.at, cell.at + cell.cols):
                taken[at] = cell.rows - 1
        row += [_Cell(at, 1) for at in range(columns) if at not in busy]
        row.sort(key=lambda cell: cell.at)


def _heads(rows: list[list[_Cell]], heads: list[bool]) -> int:
    """How many rows the head has: those that stand again on every page, whole."""
    count = next((place for place, is_head in enumerate(heads) if not is_head), len(heads))
    while count and any(
        place + cell.rows > count for place in range(count) for cell in rows[place]
    ):
        count -= 1
    return count
