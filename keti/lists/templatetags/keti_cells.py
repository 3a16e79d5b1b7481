"""The cells of a list, drawn in Python: there are hundreds, and a template asks each what it is."""

from collections.abc import Sequence

from django import template
from django.template import Engine
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from keti.kernel.templatetags.keti_ui import deadline, fingerprint, mark, when
from keti.lists.doors.saying import NOTHING
from keti.lists.rules import Count, Drawn, Due, Marked, Moment, Value, Words

register = template.Library()


@register.simple_tag(takes_context=True)
def cells(context: Context, line: Sequence[tuple[str, Value]]) -> SafeString:
    """The cells of one line, each under the title of its column; the first names the line."""
    made = [
        format_html('<td data-label="{}">{}</td>', title, _cell(context, value))
        if number
        else format_html('<th scope="row">{}</th>', _cell(context, value))
        for number, (title, value) in enumerate(line)
    ]
    return mark_safe("".join(made))


@register.simple_tag
def ticked(line: Sequence[tuple[str, Value]]) -> str:
    """What the box before a line is called: the line's first words."""
    first = line[0][1] if line else None
    return f"{_('勾选')} {getattr(first, 'text', '')}"


def _cell(context: Context, value: Value) -> SafeString:
    said = _drawn(context, value)
    tags = getattr(value, "tags", ())
    more = [format_html(' <span class="tag">{}</span>', tag) for tag in tags]
    return mark_safe("".join([said, *more])) if more else said


def _drawn(context: Context, value: Value) -> SafeString:
    if isinstance(value, Words):
        return _words(value)
    if isinstance(value, Marked):
        return mark(value.mark, value.text)
    if isinstance(value, Moment):
        return format_html("{}", when(context, value.at) or NOTHING)
    if isinstance(value, Due):
        return format_html("{}", deadline(context, value.at) or NOTHING)
    if isinstance(value, Count):
        return format_html("{}", NOTHING if value.n is None else value.n)
    if isinstance(value, Drawn):
        return _by_template(context, value)
    return fingerprint(value.sha) if value.sha else format_html("{}", NOTHING)


def _words(value: Words) -> SafeString:
    if value.url:
        said = format_html('<a href="{}">{}</a>', value.url, value.text)
    elif value.strong:
        said = format_html('<strong class="seal-ink">{}</strong>', value.text)
    else:
        said = format_html("{}", value.text or NOTHING)
    if not value.note:
        return said
    return format_html('{} <span class="quiet small">{}</span>', said, value.note)


def _by_template(context: Context, value: Drawn) -> SafeString:
    drawing = Engine.get_default().get_template(value.template)
    with context.push(row=value.row):
        return drawing.render(context)
