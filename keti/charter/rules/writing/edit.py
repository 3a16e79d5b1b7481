"""Changing one thing in a charter's text; everything else stays byte for byte.

Every change is read back: where the small cut does not give the wanted data, the block around
it is written anew, and around that, up to the whole file.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import Any

from keti.charter.rules.findings import Path
from keti.charter.rules.reading import Unreadable, read
from keti.charter.rules.writing.tree import Item, Node, found, grown
from keti.charter.rules.writing.words import (
    WIDTH,
    Spell,
    entry,
    flow,
    held,
    in_chinese,
    in_english,
    key,
)


class NoSuchPlace(Exception):
    """A path that the text does not have."""


def put(text: str, path: Path, value: object) -> str:
    """The text with this value at the path; what is already so is not touched.

    Maps are compared key by key. Blocks missing on the way are made.
    """
    data = read(text).data
    if not path:
        return _merged(text, data, (), value)
    here = _at(data, path)
    if _same(here, value):
        return text
    if isinstance(here, Mapping) and isinstance(value, Mapping) and here and value:
        return _merged(text, here, path, value)
    if isinstance(here, list) and isinstance(value, list) and len(here) == len(value):
        for place, one in enumerate(value):
            text = put(text, (*path, place), one)
        return text
    wanted = copy.deepcopy(data)
    _set(wanted, path, value)
    return _tried(text, path, wanted, lambda: _written(text, path, value))


def put_all(text: str, values: Mapping[Path, object]) -> str:
    """The text with every value at its path, as `put` writes each of them, in one pass.

    What the one pass cannot do, such as a block that is new, is written one after another.
    """
    data = read(text).data
    fresh = {path: one for path, one in values.items() if not _same(_at(data, path), one)}
    new = _in_one_pass(text, data, fresh) if fresh else text
    if new is None:
        new = text
        for path, value in fresh.items():
            new = put(new, path, value)
    return new


def _in_one_pass(text: str, data: Any, values: Mapping[Path, object]) -> str | None:
    """Plain values cut in from the last to the first; None where that does not read as wanted."""
    wanted, root = copy.deepcopy(data), grown(text)
    spell, cuts = spelling(root), []
    for path, value in values.items():
        above = found(root, path[:-1])
        item = above.item(path[-1]) if above else None
        if above is None or item is None:
            return None
        _set(wanted, path, value)
        cuts.append((item.start, above, item, value))
    for _start, above, item, value in sorted(cuts, key=lambda one: one[0], reverse=True):
        text = _replaced(text, above, item, value, spell)
    try:
        back = read(text).data
    except Unreadable:
        return None
    return text if back == wanted and _order(back) == _order(wanted) else None


def _same(here: object, value: object) -> bool:
    return here == value and type(here) is type(value)


def _merged(text: str, here: Mapping[str, Any], path: Path, value: object) -> str:
    assert isinstance(value, Mapping)
    for word in here:
        if word not in value:
            text = remove(text, (*path, word))
    for word, inner in value.items():
        text = put(text, (*path, word), inner)
    return text


def remove(text: str, path: Path) -> str:
    """The text without what stands at the path; a block left empty is written as such."""
    wanted = read(text).data
    above = _at(wanted, path[:-1])
    if not _holds(above, path[-1]):
        raise NoSuchPlace(path)
    del above[path[-1]]
    return _tried(text, path, wanted, lambda: _removed(text, path))


def remove_all(text: str, paths: Iterable[Path]) -> str:
    """The text without any of these, as `remove` takes each of them; a few passes for all."""
    left = list(paths)
    while left:
        first = {path[:-1]: path for path in reversed(left)}
        new = _cut_all(text, list(first.values()))
        if new is None:
            for path in reversed(left):
                text = remove(text, path)
            return text
        text, left = new, [path for path in left if first[path[:-1]] != path]
    return text


def _cut_all(text: str, paths: list[Path]) -> str | None:
    """One entry out of each of several blocks; None where that does not read as wanted."""
    wanted, root, cuts = read(text).data, grown(text), []
    for path in paths:
        above = found(root, path[:-1])
        item = above.item(path[-1]) if above else None
        if above is None or item is None or len(above.items) == 1:
            return None
        cuts.append(_stretch(text, above, item))
        del _at(wanted, path[:-1])[path[-1]]
    for start, end in sorted(cuts, reverse=True):
        text = text[:start] + text[end:]
    try:
        back = read(text).data
    except Unreadable:
        return None
    return text if back == wanted and _order(back) == _order(wanted) else None


def _stretch(text: str, above: Node, item: Item) -> tuple[int, int]:
    """What goes with an entry that goes; it is not alone in its block."""
    place = above.items.index(item)
    if not above.flow:
        start, end = _region(text, item)
        return start, end + 1
    if place + 1 < len(above.items):
        return item.start, above.items[place + 1].start
    return above.items[place - 1].end, item.end


def rename_key(text: str, path: Path, new: str) -> str:
    """The text with another key at this path; nothing that refers to it changes."""
    wanted = read(text).data
    above = _at(wanted, path[:-1])
    if not isinstance(above, dict) or path[-1] not in above or new in above:
        raise NoSuchPlace(path)
    pairs = [(new if word == path[-1] else word, inner) for word, inner in above.items()]
    above.clear()
    above.update(pairs)

    def cut() -> str:
        item = _item(grown(text), path)
        return text[: item.start] + key(new, in_english) + text[item.key_end :]

    return _tried(text, path, wanted, cut)


def move(text: str, path: Path, by: int) -> str:
    """The text with the entry one place earlier (-1) or later (1) among its neighbours."""
    wanted = read(text).data
    above = _at(wanted, path[:-1])
    if not isinstance(above, dict) or path[-1] not in above:
        raise NoSuchPlace(path)
    words = list(above)
    place = words.index(str(path[-1]))
    other = place + by
    if not 0 <= other < len(words):
        return text
    words[place], words[other] = words[other], words[place]
    pairs = [(word, above[word]) for word in words]
    above.clear()
    above.update(pairs)
    first = min(place, other)
    return _tried(text, path, wanted, lambda: _swapped(text, path[:-1], first))


def spelling(root: Node) -> Spell:
    """New keys are spelled as the file spells its own."""
    chinese = sum(1 for one in root.items if one.key != one.spelled)
    return in_chinese if chinese * 2 > len(root.items) else in_english


def _tried(text: str, path: Path, wanted: Any, cut: Any) -> str:
    """The smallest change that reads back as wanted."""
    tries = [cut]
    tries += [
        lambda at=path[:length]: _written(text, at, _at(wanted, at))
        for length in range(len(path) - 1, 0, -1)
    ]
    tries.append(lambda: _whole(text, wanted))
    for attempt in tries:
        try:
            new: str = attempt()
            back = read(new).data
        except (Unreadable, NoSuchPlace):
            continue
        if back == wanted and _order(back) == _order(wanted):
            return new
    raise NoSuchPlace(path)


def _whole(text: str, wanted: Mapping[str, Any]) -> str:
    spell = spelling(grown(text))
    return "\n".join(entry(word, inner, 0, spell) for word, inner in wanted.items()) + "\n"


def _order(value: Any) -> Any:
    """Keys in their order, which equality of maps does not see."""
    if isinstance(value, Mapping):
        return [(word, _order(inner)) for word, inner in value.items()]
    return [_order(one) for one in value] if isinstance(value, list) else None


def _written(text: str, path: Path, value: object) -> str:
    root = grown(text)
    spell = spelling(root)
    for length in range(len(path), 0, -1):
        above = found(root, path[: length - 1])
        if above is None:
            value = {path[length - 1]: value}
            continue
        item = above.item(path[length - 1])
        if item is not None:
            return _replaced(text, above, item, value, spell)
        if above.kind == "map":
            return _added(text, root, path[:length], value, spell)
        if above.kind == "value" or not isinstance(path[length - 1], str):
            value = {path[length - 1]: value}
    raise NoSuchPlace(path)


def _replaced(text: str, above: Node, item: Item, value: object, spell: Spell) -> str:
    node = item.node
    if above.flow or above.kind == "list":
        new = flow(value, spell)
        if node.start == node.end and above.kind == "map":
            joined = ":" in text[item.key_end : node.start + 1]
            new = (" " if joined else ": ") + new
        return text[: node.start] + new + text[node.end :]
    colon = text.index(":", item.key_end) + 1
    indent = item.start - _line_start(text, item.start)
    new = held(value, indent, spell, colon - _line_start(text, colon))
    between = text[colon : node.start]
    comment = between.split("\n")[0].strip() if "\n" in between else ""
    if comment.startswith("#"):
        lines = new.split("\n", 1)
        new = f"{lines[0]}   {comment}" + (f"\n{lines[1]}" if len(lines) > 1 else "")
    return text[:colon] + new + text[node.end :]


def _added(text: str, root: Node, path: Path, value: object, spell: Spell) -> str:
    above = found(root, path[:-1])
    word = str(path[-1])
    if above is None:
        raise NoSuchPlace(path)
    if not above.items and len(path) > 1:
        holder = found(root, path[:-2])
        item = _item(root, path[:-1])
        return _replaced(text, holder or root, item, {word: value}, spell)
    if above.flow:
        return _added_in_flow(text, above, f"{key(word, spell)}: {flow(value, spell)}")
    first, last = above.items[0], above.items[-1]
    indent = first.start - _line_start(text, first.start)
    place = _line_end(text, last.end)
    return text[:place] + "\n" + entry(word, value, indent, spell) + text[place:]


def _added_in_flow(text: str, above: Node, new: str) -> str:
    place = above.items[-1].end
    used = place - _line_start(text, place)
    if used + len(new) + 3 <= WIDTH:
        return text[:place] + ", " + new + text[place:]
    indent = above.start + 1 - _line_start(text, above.start)
    return text[:place] + ",\n" + " " * indent + new + text[place:]


def _removed(text: str, path: Path) -> str:
    root = grown(text)
    above = found(root, path[:-1])
    if above is None:
        raise NoSuchPlace(path)
    item = _item(root, path)
    if len(above.items) == 1 and path[:-1]:
        empty: object = {} if above.kind == "map" else []
        return _written(text, path[:-1], empty)
    start, end = _stretch(text, above, item)
    return text[:start] + text[end:]


def _swapped(text: str, above_path: Path, place: int) -> str:
    above = found(grown(text), above_path)
    if above is None:
        raise NoSuchPlace(above_path)
    one, two = above.items[place], above.items[place + 1]
    if above.flow:
        a, b = (one.start, one.end), (two.start, two.end)
    else:
        a, b = _region(text, one), _region(text, two)
    between = text[a[1] : b[0]]
    return text[: a[0]] + text[b[0] : b[1]] + between + text[a[0] : a[1]] + text[b[1] :]


def _region(text: str, item: Item) -> tuple[int, int]:
    """The lines of an entry of a block, with the comment lines directly above it."""
    start = _line_start(text, item.start)
    indent = text[start : item.start]
    if indent.strip():
        raise NoSuchPlace((item.key,))
    while start > 0:
        above = _line_start(text, start - 1)
        if above == 0 or not text[above:start].startswith(f"{indent}#"):
            break
        start = above
    return start, _line_end(text, item.end)


def _item(root: Node, path: Path) -> Item:
    above = found(root, path[:-1])
    item = above.item(path[-1]) if above else None
    if item is None:
        raise NoSuchPlace(path)
    return item


def _line_start(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def _holds(above: Any, step: str | int) -> bool:
    if isinstance(above, dict):
        return step in above
    return isinstance(above, list) and isinstance(step, int) and 0 <= step < len(above)


def _at(data: Any, path: Path) -> Any:
    for step in path:
        if not _holds(data, step):
            return None
        data = data[step]
    return data


def _set(data: Any, path: Path, value: object) -> None:
    for step in path[:-1]:
        if not _holds(data, step) or not isinstance(data[step], (dict, list)):
            data[step] = {}
        data = data[step]
    data[path[-1]] = value
