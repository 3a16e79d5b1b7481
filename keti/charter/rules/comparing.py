"""Two charter texts compared by meaning: which paths differ, whatever order or spelling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from keti.charter.rules.findings import Report
from keti.charter.rules.reading import Unreadable, read
from keti.charter.rules.shaping import shaped

Steps = tuple[str, ...]


@lru_cache(maxsize=16)
def meaning(text: str) -> Mapping[str, Any]:
    """What a charter says as plain data: every default filled in, every short form written out.

    Raises ValueError when the text has not the shape of a charter.
    """
    try:
        document = read(text)
    except Unreadable as trouble:
        raise ValueError(trouble.code) from None
    charter = shaped(document.data, Report("", document.keys, document.values))
    if charter is None:
        raise ValueError("not the shape of a charter")
    return charter.model_dump(by_alias=True)


def differing(before: str, after: str) -> tuple[Steps, ...]:
    """The paths at which two charter texts mean different things, sorted.

    What exists on one side only is one path: that of the whole block.
    """
    return tuple(sorted(_differing(meaning(before), meaning(after), ())))


def _differing(one: Any, other: Any, path: Steps) -> Iterator[Steps]:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for key in {**one, **other}:
            here = (*path, str(key))
            if key not in one or key not in other:
                yield here
            else:
                yield from _differing(one[key], other[key], here)
    elif one != other:
        yield path


def touches(pattern: str, path: Steps) -> int:
    """How many steps of `path` the pattern names, 0 when it does not lead to it.

    A pattern is a path or its beginning; `*` stands for one step. Keys may contain dots.
    """
    return _matched(pattern, path, 0)


def _matched(rest: str, path: Steps, taken: int) -> int:
    if not rest:
        return taken
    if not path:
        return 0
    found = 0
    for word in ("*", path[0]):
        if rest == word or rest.startswith(f"{word}."):
            found = max(found, _matched(rest[len(word) + 1 :], path[1:], taken + 1))
    return found
