"""The cells of a list, drawn in Python: there are hundreds, and a template asks each what it is."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.template import Engine
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from keti.kernel.templatetags.keti_ui import deadline, fingerprint, mark, when
from keti.lists.doors.saying import NOTHING
from keti.lists.rules import Count, Drawn, Due, Label, Marked, Moment, Print, Ready, Value

Line = Sequence[tuple[str, Value]]


def lines_of(context: Any, numbered: Iterable[tuple[str, Line]], *, ticks: bool) -> SafeString:
    """The lines of a list, each with the key by which it is ticked where lines can be. `context`
    says the `zone`; a cell with a template of its own is given all of it."""
    tick = escape(_("勾选"))
    made = [f"<tr>{_tick(tick, key, line) if ticks else ''}{_line(context, line)}</tr>"
            for key, line in numbered]  # fmt: skip
    return mark_safe("\n".join(made))


def _tick(word: str, key: str, line: Line) -> str:
    """The box before a line, called by the line's first words."""
    first = conditional_escape(getattr(line[0][1], "text", "")) if line else ""
    box = f'<input type="checkbox" name="row" value="{escape(key)}" form="several"'
    return f'<td class="tick" data-label="{word}">{box} aria-label="{word} {first}"></td>'


def _line(context: Any, line: Line) -> str:
    """The cells of one line, each under the title of its column; the first names the line."""
    (_title, first), *rest = line
    head = f'<th scope="row">{_cell(context, first)}</th>'
    return head + "".join(
        f'<td data-label="{conditional_escape(title)}">{_cell(context, value)}</td>'
        for title, value in rest
    )


def _cell(context: Any, value: Value) -> str:
    said = _drawn(context, value)
    for tag in getattr(value, "tags", ()):
        said += f' <span class="tag">{conditional_escape(tag)}</span>'
    return said


def _drawn(context: Any, value: Value) -> str:
    return _HOW[value.kind](context, value)


def _print(value: Print) -> str:
    said = fingerprint(value.sha) if value.sha else NOTHING
    if value.url:
        said += f' <a class="no-print" href="{escape(value.url)}">{escape(value.word)}</a>'
    return said


def _words(value: Label) -> str:
    said: str = conditional_escape(value.text)
    if value.url:
        said = f'<a href="{escape(value.url)}">{said}</a>'
    elif value.strong:
        said = f'<strong class="seal-ink">{said}</strong>'
    note = (
        f' <span class="quiet small">{conditional_escape(value.note)}</span>' if value.note else ""
    )
    return f"{said or NOTHING}{note}"


def _by_template(context: Any, value: Drawn) -> SafeString:
    drawing = Engine.get_default().get_template(value.template)
    with context.push(row=value.row):
        return drawing.render(context)


_HOW: dict[str, Callable[[Any, Any], str]] = {
    Label.kind: lambda _context, value: _words(value),
    Marked.kind: lambda _context, value: mark(value.mark, value.text),
    Moment.kind: lambda context, value: when(context, value.at) or NOTHING,
    Due.kind: lambda context, value: deadline(context, value.at) or NOTHING,
    Count.kind: lambda _context, value: NOTHING if value.n is None else str(value.n),
    Print.kind: lambda _context, value: _print(value),
    Ready.kind: lambda _context, value: value.html,
    Drawn.kind: _by_template,
}
