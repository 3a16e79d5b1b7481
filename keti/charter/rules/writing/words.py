"""Plain data as charter text: values on one line where they fit, blocks where they do not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from keti.charter.rules.aliases import CHINESE

WIDTH = 100
_PLAIN = re.compile(r"[A-Za-z0-9_\u3400-\u9fff\uff08][^\n\t:#,\[\]{}&*!|>'\"%@`\\]*\Z")
_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?\Z")
_TAKEN = {"null", "true", "True", "false", "False", "yes", "no", "on", "off", "y", "n"}
Spell = Callable[[str], str]


def in_english(key: str) -> str:
    """A key as it is."""
    return key


def in_chinese(key: str) -> str:
    """A key of the language in its Chinese spelling; an id stays as it is."""
    return CHINESE.get(key, key)


def scalar(value: object) -> str:
    """A value on one line; quoted only where it would be read as something else."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    text = str(value)
    plain = _PLAIN.match(text) and text == text.rstrip() and not _NUMBER.match(text)
    if plain and text.lower() not in _TAKEN:
        return text
    return _clocklike(text) or json.dumps(text, ensure_ascii=False)


def _clocklike(text: str) -> str:
    """A moment such as 2022-05-25T24:00 needs no quotes in spite of its colon."""
    return text if re.match(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}\Z", text) else ""


def flow(value: object, spell: Spell) -> str:
    """Any value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key(k, spell)}: {flow(v, spell)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(one, spell) for one in value) + "]"
    return scalar(value)


def key(word: str, spell: Spell) -> str:
    """A key as it is written."""
    return scalar(spell(word))


def _simple(value: object) -> bool:
    return not isinstance(value, (Mapping, list)) and "\n" not in str(value)


def _flat(value: Any) -> bool:
    """Whether a value is a list or map of plain one-line values, or of such."""
    inner = value.values() if isinstance(value, Mapping) else value
    return all(_simple(one) or (not _simple(one) and _scalars(one)) for one in inner)


def _scalars(value: object) -> bool:
    if isinstance(value, Mapping):
        return all(_simple(one) for one in value.values())
    return isinstance(value, list) and all(_simple(one) for one in value)


def entry(word: str, value: object, indent: int, spell: Spell) -> str:
    """`key: value` in a block at this indentation, over as many lines as it needs."""
    head = " " * indent + key(word, spell) + ":"
    return head + held(value, indent, spell, len(head))


def held(value: object, indent: int, spell: Spell, used: int = 0) -> str:
    """What stands behind the colon of a key at this indentation, with the space or break."""
    if isinstance(value, str) and "\n" in value:
        return " " + _literal(value, indent + 2)
    if _simple(value):
        return " " + scalar(value)
    if not value or _flat(value):
        line = " " + flow(value, spell)
        if used + len(line) <= WIDTH or not value:
            return line
    if isinstance(value, Mapping):
        return "\n" + "\n".join(entry(k, v, indent + 2, spell) for k, v in value.items())
    return "\n" + "\n".join(" " * (indent + 2) + "- " + flow(one, spell) for one in _items(value))


def _items(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _literal(text: str, indent: int) -> str:
    """A text of several lines as a literal block where that says exactly the same."""
    lines = text.split("\n")
    broken = any(line != line.rstrip() or "\t" in line or "\r" in line for line in lines)
    if broken or lines[0][:1] in (" ", "") or text.endswith("\n\n"):
        return json.dumps(text, ensure_ascii=False)
    mark = "|" if text.endswith("\n") else "|-"
    body = lines[:-1] if text.endswith("\n") else lines
    return mark + "".join("\n" + (" " * indent + line if line else "") for line in body)
