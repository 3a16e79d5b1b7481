"""The cells of the grid, drawn in Python: there are hundreds of them on a page."""

from collections.abc import Iterable, Sequence

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from keti.duties.rules import Cell
from keti.kernel.templatetags.keti_ui import glyph

register = template.Library()


@register.simple_tag
def months(row: Iterable[tuple[bool, Sequence[Sequence[Cell]]]]) -> SafeString:
    """The months of one group: of each whether it is the one we are in, and its lines of cells."""
    return mark_safe("".join(_month(here, lines) for here, lines in row))


def _month(now_here: bool, lines: Sequence[Sequence[Cell]]) -> str:
    head = '<td class="now">' if now_here else "<td>"
    return f"{head}{''.join(map(_line, lines))}</td>"


def _line(cells: Sequence[Cell]) -> str:
    return f'<div class="cells">{"".join(map(_cell, cells))}</div>'


def _cell(cell: Cell) -> str:
    shape = glyph(cell.mark, cell.label)
    tip = f'<span class="tip" aria-hidden="true">{escape(cell.tip)}</span>'
    return f'<a class="cell" href="{escape(cell.url)}">{shape}{tip}</a>'
