"""The tags with which the template of a list draws it."""

from collections.abc import Iterable

from django import template
from django.template.context import Context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from keti.lists.doors import Shown
from keti.lists.doors.cells import lines_of

register = template.Library()


@register.simple_tag(takes_context=True)
def lines(context: Context, shown: Shown) -> SafeString:
    """The lines of a list, with boxes to tick where something can be done to several."""
    return shown.body or lines_of(context, shown.numbered, ticks=bool(shown.deeds))


@register.simple_tag
def options(known: Iterable[tuple[str, str]], chosen: object) -> SafeString:
    """What a list can be narrowed to or sorted by, and what is chosen."""
    made = [
        f'<option value="{conditional_escape(value)}"{" selected" if value == chosen else ""}>'
        f"{conditional_escape(label)}</option>"
        for value, label in known
    ]
    return mark_safe("\n".join(made))
