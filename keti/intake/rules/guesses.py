"""Which name of the programme is perhaps meant by a word of a roster. Pure."""

import re
from collections.abc import Sequence
from difflib import get_close_matches

from keti.accounts.rules import like_key

_GROUP = re.compile("(?:分?课题)?(?:小组|组)?$")
"""What people add to the name of a group: 商贸 and 商贸小组 are one."""


def perhaps(word: str, titles: Sequence[str]) -> str:
    """The title that is perhaps meant; of several that fit alike the first. Empty where none is
    near: one that holds the word or is held by it, then the same without what a group is called
    by, then one that is written alike."""
    key = like_key(word)
    keys = {title: like_key(title) for title in reversed(titles)}
    for one in (key, _GROUP.sub("", key)):
        held = [title for title in titles if one and _hold(one, keys[title])]
        if held:
            return held[0]
    return next(iter(get_close_matches(word, titles, 1)), "")


def _hold(one: str, other: str) -> bool:
    return bool(other) and (one in other or other in one)
