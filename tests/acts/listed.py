"""The acts that docs/acts.md lists: what each is called, where it stands, which lines it writes."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[2] / "docs" / "acts.md"
ENTRY = re.compile(r"^`(keti/(\w+)/actions[\w/]*)\.py` \*\*(\w+)\*\*")
Function = Callable[..., Any]


@dataclass(frozen=True)
class Listed:
    """One act of the page."""

    name: str
    function: Function
    kinds: frozenset[str]


def listed() -> dict[str, Listed]:
    """Every act of the page, by `room.verb`."""
    found: dict[str, tuple[str, str, set[str]]] = {}
    kind = ""
    for line in PAGE.read_text().splitlines():
        if line.startswith("### `"):
            kind = line.strip("#` ")
        entry = ENTRY.match(line)
        if entry:
            module, room, verb = entry.groups()
            found.setdefault(f"{room}.{verb}", (module, verb, set()))[2].add(kind)
    return {
        name: Listed(name, getattr(import_module(module.replace("/", ".")), verb), frozenset(kinds))
        for name, (module, verb, kinds) in found.items()
    }


@contextmanager
def replaced(instead: dict[str, tuple[Function, Function]]) -> Iterator[None]:
    """Put another function in place of each, wherever a module of the house names it."""
    by_identity = {id(before): after for before, after in instead.values()}
    changed: list[tuple[Any, str, Function]] = []
    for name, module in list(sys.modules.items()):
        if module is None or not name.startswith(("keti.", "tests.")):
            continue
        for word, value in list(vars(module).items()):
            after = by_identity.get(id(value))
            if after is not None and callable(value):
                changed.append((module, word, value))
                setattr(module, word, after)
    try:
        yield
    finally:
        for module, word, value in changed:
            setattr(module, word, value)
