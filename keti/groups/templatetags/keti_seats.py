"""Recorded labels of seats on a page."""

from django import template

from keti.groups.doors import Door
from keti.groups.queries import labels_in

register = template.Library()


@register.filter
def label_in(label: object, door: Door) -> str:
    """The recorded label of a seat in the language of the page."""
    return labels_in(door.programme, door.lang)(str(label or ""))
