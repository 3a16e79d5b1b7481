"""Text that is one line. Pure."""

import re

BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
"""Everything that ends a line for somebody, and every control character (C0, DEL, C1)."""


def one_line(text: str) -> str:
    """`text` on one line: each run of breaks and control characters is one space.

    Text without any is returned as it is, its own spaces untouched.
    """
    return BREAKS.sub(" ", text).strip() if BREAKS.search(text) else text


def shortened(text: str, most: int) -> str:
    """What the house composed, at most `most` signs long: what had to go is marked by "…". For
    labels and headings only; what somebody typed is refused where it does not fit, never cut.
    """
    return text if len(text) <= most else f"{text[: most - 1]}…"


_EMPTY_ABOVE = re.compile(r"\A(?:[^\S\n]*\n)+")


def as_typed(text: str) -> str:
    """Text of several lines as it is kept: a line ends in LF, and no empty line stands around it.
    The blanks before its first word stay: they indent it as the paragraphs after it are indented.
    """
    return _EMPTY_ABOVE.sub("", text.replace("\r\n", "\n")).rstrip()


def plain(text: str) -> str:
    """Text of several lines whose only controls are line feed and tab."""
    text = re.sub("\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text)
    return re.sub("[\x00-\x08\x0e-\x1f\x7f-\x9f]", " ", text)
