"""The groups of one kind named at once, one on a line: renamed, added, left out. Pure."""

from collections.abc import Sequence

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
