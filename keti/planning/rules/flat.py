"""A map of maps as short lines, `name / inner name = value`, and back. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

STEP, SIGN = " / ", " = "
COMMAS = re.compile("[、,，]")
WORDS = {"是": True, "否": False, "yes": True, "no": False}
Path = tuple[str, ...]


def lines(held: Mapping[str, Any], lang: str) -> str | None:
    """The map as lines; None where lines cannot say everything it says."""
    try:
        return "\n".join(f"{STEP.join(path)}{SIGN}{text}" for path, text in _leaves(held, (), lang))
    except ValueError:
        return None


def _leaves(held: Mapping[str, Any], path: Path, lang: str) -> Iterator[tuple[Path, str]]:
    for key, value in held.items():
        here = (*path, _plain(str(key), "/|="))
        if isinstance(value, Mapping) and value:
            yield from _leaves(value, here, lang)
        elif isinstance(value, list) and value:
            mark = ", " if lang.startswith("en") else "、"
            yield here, mark.join(_plain(_leaf(one, lang), COMMAS.pattern) for one in value)
        else:
            yield here, _leaf(value, lang)


def _leaf(value: Any, lang: str) -> str:
    if isinstance(value, bool):
        yes, no = ("yes", "no") if lang.startswith("en") else ("是", "否")
        return yes if value else no
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str) or _read(value) != value:
        raise ValueError(value)
    return _plain(value, "\n")


def _plain(text: str, marks: str) -> str:
    """The text, if it can stand in a line and comes back from it as it was."""
    if not text or text != text.strip() or re.search(marks, text):
        raise ValueError(text)
    return text


def parsed(found: Mapping[str, str], before: Mapping[str, Any]) -> dict[str, Any]:
    """Lines as a map again; what was a list before stays one, its items apart by commas."""
    made: dict[str, Any] = {}
    for name, text in found.items():
        *above, key = (one.strip() for one in name.split(STEP.strip()))
        inner, was = made, before
        for step in above:
            held = inner.setdefault(step, {})
            inner, was = (held if isinstance(held, dict) else {}), _below(was, step)
        inner[key] = _value(text, was.get(key))
    return made


def _below(held: Mapping[str, Any], step: str) -> Mapping[str, Any]:
    found = held.get(step)
    return found if isinstance(found, Mapping) else {}


def _value(text: str, before: Any) -> Any:
    if isinstance(before, list):
        return [_read(one.strip()) for one in COMMAS.split(text) if one.strip()]
    return _read(text)


def _read(text: str) -> Any:
    if text in WORDS:
        return WORDS[text]
    return int(text) if text.isdigit() and len(text) < 15 and str(int(text)) == text else text
