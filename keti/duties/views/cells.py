"""The cells of the grid, drawn in Python: there are hundreds of them on a page."""

from collections.abc import Sequence
from html import escape

from keti.duties.rules import Cell
from keti.kernel.templatetags.keti_ui import glyph


def month_of(lines: Sequence[Sequence[Cell]], *, now_here: bool) -> str:
    """The lines of cells of one group and month; `now_here`: it is the month we are in."""
    head = '<td class="now">' if now_here else "<td>"
    return f"{head}{''.join(map(_line, lines))}</td>"


def _line(cells: Sequence[Cell]) -> str:
    return f'<div class="cells">{"".join(map(_cell, cells))}</div>'


def _cell(cell: Cell) -> str:
    shape = glyph(cell.mark, cell.label)
    tip = f'<span class="tip" aria-hidden="true">{escape(str(cell.tip))}</span>'
    return f'<a class="cell" href="{escape(str(cell.url))}">{shape}{tip}</a>'
