"""Giving a declared thing another id: everything in the file that refers to it follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from keti.charter.rules.findings import Path
from keti.charter.rules.kinds import ID_PATTERN
from keti.charter.rules.reading import read
from keti.charter.rules.vocabulary import Field, block_at, fields
from keti.charter.rules.writing.edit import NoSuchPlace, rename_key
from keti.charter.rules.writing.tree import found, grown

EXACT: dict[str, frozenset[str]] = {
    "role": frozenset({"role"}),
    "party": frozenset({"party"}),
    "group": frozenset({"group"}),
    "day": frozenset({"anchor", "series"}),
    "gate": frozenset({"gate", "work"}),
    "work": frozenset({"work", "gate"}),
    "round": frozenset({"round"}),
    "check": frozenset({"check"}),
    "rule": frozenset({"rule"}),
}
SPOKEN: dict[Path, str] = {
    ("parties",): "party",
    ("groups",): "group",
    ("roles",): "role",
    ("calendar",): "day",
    ("obligations",): "work",
    ("deliverables",): "work",
    ("gates",): "gate",
    ("rounds",): "round",
    ("admission", "evidence"): "check",
    ("trace", "rules"): "rule",
}
FACTS = {"guard", "fact", "criterion"}


@dataclass(frozen=True, slots=True)
class _Change:
    what: str
    section: str
    old: str
    new: str

    def word(self, text: str, refers: tuple[str, ...]) -> str:
        """A word that stands for something, after the renaming."""
        kinds = set(refers)
        if "path" in kinds:
            text = self._in_path(text)
        if self.what == "day" and kinds & {"date", "series", "anchor"}:
            return self._token(text, r"(?![\w]|\.(?!(?:from|to)\b))")
        if self.what in ("gate", "work") and kinds & FACTS:
            text = self._token(text, r"(?=\.[a-z_]+(?![\w.]))")
        if self.what == "group" and kinds & FACTS:
            pattern = rf"@{re.escape(self.old)}(?![\w])"
            text = re.sub(pattern, f"@{self.new}", text)
        if kinds & EXACT[self.what] and self._is(text):
            return self.new + text[len(self.old) :]
        return text

    def _is(self, text: str) -> bool:
        if text == self.old:
            return True
        return self.what == "group" and text.startswith(f"{self.old}.")

    def _token(self, text: str, after: str) -> str:
        return re.sub(rf"(?<![\w.@]){re.escape(self.old)}{after}", self.new, text)

    def _in_path(self, text: str) -> str:
        head = f"{self.section}.{self.old}"
        if text == head or text.startswith(f"{head}."):
            return f"{self.section}.{self.new}{text[len(head) :]}"
        return text


def rename(text: str, path: Path, new: str) -> str:
    """The text with the entry at this path under another id, and every reference to it.

    Raises NoSuchPlace when the id is taken or not an id.
    """
    if not re.match(ID_PATTERN, new):
        raise NoSuchPlace(path)
    section, old = path[:-1], str(path[-1])
    written = rename_key(text, path, new)
    if len(section) == 3 and section[::2] == ("groups", "instances"):
        kind = str(section[1])
        change = _Change("group", "groups", f"{kind}.{old}", f"{kind}.{new}")
    elif section in SPOKEN:
        change = _Change(SPOKEN[section], str(section[0]), old, new)
    else:
        return written
    return _followed(written, change)


def uses(text: str, path: Path) -> tuple[Path, ...]:
    """Where the file refers to the thing declared at this path."""
    section = path[:-1]
    if section not in SPOKEN:
        return ()
    change = _Change(SPOKEN[section], str(section[0]), str(path[-1]), "\0")
    found_at = [
        at for at, word, refers in _words(read(text).data) if change.word(word, refers) != word
    ]
    return tuple(dict.fromkeys(at[:-1] if isinstance(at[-1], int) else at for at in found_at))


def _followed(text: str, change: _Change) -> str:
    """All words and keys that refer to the thing, replaced from the end of the text backwards."""
    data, root = read(text).data, grown(text)
    cuts: dict[int, tuple[int, str]] = {}
    for path, word, refers in _words(data):
        after = change.word(word, refers)
        if after == word:
            continue
        node = found(root, path)
        above = found(root, path[:-1])
        item = above.item(path[-1]) if above else None
        if node is None or item is None:
            raise NoSuchPlace(path)
        is_key = (item.key == word and node.kind != "value") or path[-1] == word
        start, end = (item.start, item.key_end) if is_key else (node.start, node.end)
        cuts[start] = (end, text[start:end].replace(word, after, 1))
    for start in sorted(cuts, reverse=True):
        end, after = cuts[start]
        text = text[:start] + after + text[end:]
    return text


def _words(data: Mapping[str, Any]) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    """Every word that stands for something: its path, itself, what it may stand for."""
    yield from _in_block("charter", data, ())


def _in_block(name: str, data: Any, path: Path) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    if not isinstance(data, Mapping):
        return
    known = {one.key: one for one in fields(name)}
    for key, value in data.items():
        here = (*path, key)
        if key in known:
            yield from _in_field(known[key], value, here)
        elif inner := block_at(here):
            yield from _in_block(inner.key, value, here)


def _in_field(one: Field, value: Any, path: Path) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    if one.kind == "block":
        yield from _in_block(one.block, value, path)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if one.refers_to:
                yield (*path, key), str(key), one.refers_to
            yield from _in_block(one.block, inner, (*path, key)) if one.block else ()
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _listed(one, inner, (*path, place))
    elif isinstance(value, str):
        yield path, value, one.refers_to


def _listed(one: Field, value: Any, path: Path) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    if one.kind == "many":
        yield from _in_block(one.block, value, path)
    elif isinstance(value, str):
        yield path, value, one.refers_to
