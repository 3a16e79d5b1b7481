"""Names: the groups of one kind named at once, one on a line; new names where the call says them.
Pure.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from keti.charter.rules.findings import Path
from keti.charter.rules.reading import read
from keti.charter.rules.writing import move, put, remove
from keti.planning.rules import shelf


def lines_of(words: str) -> list[str]:
    """What stands on the lines, each once, in their order; empty lines say nothing."""
    return list(dict.fromkeys(one.strip() for one in words.splitlines() if one.strip()))


def regrouped(text: str, path: Path, names: Sequence[str], tongue: str) -> str:
    """The charter with these groups at the path, named in this language (`zh`, `en`).

    A name that stands already keeps its group; the others in turn rename the groups that nobody
    named, and what is left over is added or removed. The name in the other language goes with the
    old one: it would say something else.
    """
    old = {one.key: one.title.in_(tongue) for one in shelf.entries(read(text).data, path)}
    free = [key for key, title in old.items() if title not in names]
    fresh = [name for name in names if name not in old.values()]
    for key, name in zip(free, fresh, strict=False):
        text = put(text, (*path, key), {tongue: name})
        other = (*path, key, "en" if tongue == "zh" else "zh")
        if shelf.at(read(text).data, other) is not None:
            text = remove(text, other)
    for key in free[len(fresh) :]:
        text = remove(text, (*path, key))
    for name in fresh[len(free) :]:
        data = read(text).data
        key = shelf.new_key(data, path, name if tongue == "en" else "", shelf.hint_of(path))
        text = put(text, (*path, key), {tongue: name})
    return _in_order(text, path, names, tongue)


def _in_order(text: str, path: Path, names: Sequence[str], tongue: str) -> str:
    """The groups as the lines stand."""
    found = shelf.entries(read(text).data, path)
    stands = [one.title.in_(tongue) for one in found]
    keys = {one.title.in_(tongue): one.key for one in found}
    for place, name in enumerate(names):
        for _step in range(stands.index(name) - place):
            text = move(text, (*path, keys[name]), -1)
        stands.remove(name)
        stands.insert(place, name)
    return text


FOLLOW = ("title", "signatory")
"""What of the call names the programme and the bodies that call."""


def renamed(before: Any, after: Any) -> list[tuple[str, str]]:
    """Old name -> new, of the programme and of its units, in each language; the longest first."""
    places: list[Path] = [("programme", "title")]
    places += [one.path for one in shelf.entries(before, ("parties",))]
    pairs = {
        (str(old), str(new))
        for path in places
        for tongue in ("zh", "en")
        if (old := _name(before, path, tongue)) and (new := _name(after, path, tongue)) != old
        and new
    }  # fmt: skip
    return sorted(pairs, key=lambda one: (-len(one[0]), one))


def _name(data: Any, path: Path, tongue: str) -> str:
    return str(shelf.at(data, (*path, tongue)) or "")


def in_names(words: str, pairs: Iterable[tuple[str, str]]) -> str:
    """The words with every old name in them as it is now."""
    for old, new in pairs:
        words = words.replace(old, new)
    return words


def followed(data: Any, pairs: Iterable[tuple[str, str]]) -> dict[Path, object]:
    """What the call says of itself under the names as they are now, where it differs."""
    found: dict[Path, object] = {}
    for part in FOLLOW:
        for tongue in ("zh", "en"):
            path: Path = ("call", part, tongue)
            said = _name(data, path[:-1], tongue)
            if said and in_names(said, pairs) != said:
                found[path] = in_names(said, pairs)
    return found
