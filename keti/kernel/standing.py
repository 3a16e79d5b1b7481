"""Parts of a page that are drawn once: what depends on the language alone, or on one value."""

from django import template
from django.core.files.storage import storages
from django.template.base import FilterExpression
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language


def _lang() -> str:
    return get_language() or "zh-hans"


class Still(template.Node):
    """What a language says once for all: drawn the first time, kept by the process."""

    def __init__(self, inside: template.NodeList) -> None:
        self.inside = inside
        self.drawn: dict[tuple[str, object], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """The same text for everybody in this language."""
        key = _lang(), storages["staticfiles"]
        if key not in self.drawn:
            self.drawn[key] = self.inside.render(context)
        return self.drawn[key]


class Kept(template.Node):
    """What a value says all about: drawn the first time this value comes in a language."""

    MOST = 64

    def __init__(self, inside: template.NodeList, key: FilterExpression) -> None:
        self.inside, self.key = inside, key
        self.drawn: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        """The same text wherever the same value comes again."""
        value = self.key.resolve(context, ignore_failures=True)
        if value is None:  # nothing says what it depends on: it is drawn each time
            return self.inside.render(context)
        key = _lang(), storages["staticfiles"], value
        found = self.drawn.get(key)
        if found is None:
            found = self.inside.render(context)
            if len(self.drawn) >= self.MOST:
                self.drawn.clear()
            self.drawn[key] = found
        return found
