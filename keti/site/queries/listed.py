"""Lists in words, with the marks of the page's language."""

from django.utils.translation import get_language

PUNCTUATION = {"、": ", ", "；": "; ", "：": ": ", "（": " (", "）": ")"}


def listed(words: str) -> str:
    """A list put together with Chinese marks, with those of the page's language."""
    if (get_language() or "").startswith("en"):
        for chinese, english in PUNCTUATION.items():
            words = words.replace(chinese, english)
    return words
