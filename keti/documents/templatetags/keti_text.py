"""What people typed into a box, on a page."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from keti.documents.rules.html import to_html
from keti.documents.rules.written import as_body

register = template.Library()


@register.filter
def typed(text: object, level: int = 5) -> SafeString:
    """Typed words as they read everywhere (`plain/1`): lines, lists, links. Headings low, as beside
    other things; from `level` on where the words are the page."""
    return mark_safe(to_html(as_body(str(text or "")), base_level=level))
