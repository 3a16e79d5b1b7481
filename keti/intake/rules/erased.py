"""Somebody's name, address and number in a text, and what stands there once they are erased."""

import re
from collections.abc import Iterable

from keti.kernel.acts import Text

ERASED = Text("已删除的人员", "somebody erased")
"""What a person is called whose data were erased."""
SHORT = 2
"""A name of two signs may be part of another name: it is looked for apart from other words."""


class Mask:
    """Takes these words out of texts. In what is about the person, wherever they stand; elsewhere
    a short name only where it stands apart."""

    def __init__(self, words: Iterable[str]) -> None:
        known = sorted({one for one in words if one.strip()}, key=len, reverse=True)
        apart = (_anywhere(one) if len(one) > SHORT else _apart(one) for one in known)
        self.about = re.compile("|".join(map(_anywhere, known)) or NOTHING)
        self.elsewhere = re.compile("|".join(apart) or NOTHING)

    def __call__(self, text: str, about: bool) -> str:
        """The text without them; `about`: it is about the person."""
        return (self.about if about else self.elsewhere).sub(ERASED.zh, text)


def _anywhere(word: str) -> str:
    return re.escape(word)


def _apart(word: str) -> str:
    return rf"(?<!\w){re.escape(word)}(?!\w)"


NOTHING = r"(?!)"
