"""Charter texts made strange: every id renamed, every date moved, fewer groups.

What comes back is charter text an author could have written; a charter must not notice.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import yaml

from keti.charter.rules.aliases import CHINESE
from keti.charter.rules.models import keys_of, model_at
from keti.charter.rules.reading import read

_DATE = re.compile(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_DECLARING = (
    ("parties",), ("groups",), ("roles",), ("calendar",), ("phases",), ("events",),
    ("obligations",), ("gates",), ("deliverables",), ("honours",), ("outreach",),
    ("programme", "principles"), ("admission", "tracks"), ("admission", "evidence"),
    ("admission", "form", "fields"), ("admission", "form", "declarations"),
    ("amendment", "classes"), ("rounds",),
)  # fmt: skip
_RESERVED = {"late", "source"}
_NAME = re.compile(r"(?<![\w.-])[a-z][\w.]*")
_WORDS_OF_THE_LANGUAGE = {
    "keti", "lang", "tz", "workdays", "zh", "en", "kind", "form", "can", "holder_kind", "round",
    "roll", "rrule", "precision", "seen_by", "series", "languages", "conflicts", "source", "use",
    "record", "action_items", "outcomes", "effect", "number_prefix", "aliases", "disposition",
    "evidence", "touches", "ballot", "states", "log", "leaf", "checkpoint", "events", "timestamp",
    "plus", "skip_if_younger_than", "closes_with", "consent", "severity", "scale", "proof",
}  # fmt: skip


def shifted(text: str, days: int) -> str:
    """Every written date moved by a number of days, clocks left alone."""

    def move(found: re.Match[str]) -> str:
        day = date(int(found[1]), int(found[2]), int(found[3])) + timedelta(days=days)
        return day.isoformat()

    return _DATE.sub(move, text)


def renamed(text: str) -> str:
    """Every id the charter declares replaced by another, wherever it is referred to."""
    data = read(text).data
    names = {old: f"zz{number}_{_mirrored(old)}" for number, old in enumerate(_ids(data))}
    new = _renamed(data, names, ())
    new["programme"]["id"] = "zz-programme"
    return _written(new)


def fewer_groups(text: str, count: int) -> str:
    """Only the first `count` instances of every repeated group."""
    data = read(text).data
    for group in data["groups"].values():
        if "instances" in group:
            group["instances"] = dict(list(group["instances"].items())[:count])
    return _written(data)


def _mirrored(word: str) -> str:
    return word[::-1].replace(".", "q").strip("_")


def _ids(data: dict[str, Any]) -> list[str]:
    """What the charter names itself: every declared key, instances and sections included."""
    found: list[str] = []
    for path in _DECLARING:
        block = data
        for step in path:
            block = block.get(step, {})
        found += [key for key in block if key not in _RESERVED]
    for group in data["groups"].values():
        found += list(group.get("instances", {}))
    for block in ("obligations", "deliverables"):
        for work in data.get(block, {}).values():
            found += list(work.get("sections", {}) if isinstance(work, dict) else [])
    return list(dict.fromkeys(found))


def _renamed(node: Any, names: dict[str, str], path: tuple[str, ...]) -> Any:
    if isinstance(node, dict):
        return {
            _key(key, names, path): _renamed(value, names, (*path, key))
            for key, value in node.items()
        }
    if isinstance(node, list):
        return [_renamed(value, names, path) for value in node]
    if isinstance(node, str) and path[-1] not in _WORDS_OF_THE_LANGUAGE:
        return _NAME.sub(lambda found: _name(found[0], names), node)
    return node


def _key(key: str, names: dict[str, str], path: tuple[str, ...]) -> str:
    declares = path in _DECLARING or path[-1:] in (("instances",), ("sections",), ("capacity",))
    return names.get(key, key) if declares and key not in _RESERVED else key


def _name(word: str, names: dict[str, str]) -> str:
    """A reference, with whatever `.to` or `.approve` follows it."""
    if word in names:
        return names[word]
    stem, dot, last = word.rpartition(".")
    return _name(stem, names) + dot + last if dot and word != "admission.decided" else word


def _written(data: dict[str, Any]) -> str:
    return str(yaml.safe_dump(data, allow_unicode=True, width=4096, sort_keys=False))


def respelled(text: str, language: str) -> str:
    """The same text with every key of the language in English or in Chinese; nothing else moves."""
    lines = text.split("\n")
    places = sorted(read(text).keys.items(), key=lambda one: one[1], reverse=True)
    for path, (line, column) in places:
        key, row = str(path[-1]), lines[line - 1]
        if not is_of_the_language(path):
            continue
        pair = (key, CHINESE.get(key, key))
        old, new = pair if language == "zh" else pair[::-1]
        if row.startswith(old, column - 1):
            end = column - 1 + len(old)
            lines[line - 1] = row[: column - 1] + new + row[end:]
    return "\n".join(lines)


def is_of_the_language(path: tuple[str | int, ...]) -> bool:
    """Whether the last key of a path is a word of the language and not one of the author's."""
    block = model_at(path[:-1])
    return block is not None and path[-1] in keys_of(block)
