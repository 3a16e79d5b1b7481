"""Charter text as a tree whose every node knows the stretch of text it is written in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from yaml.cyaml import CBaseLoader
from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from keti.charter.rules.aliases import ENGLISH
from keti.charter.rules.findings import Path

_FRAME = (StreamStartEvent, StreamEndEvent, DocumentStartEvent, DocumentEndEvent)


@dataclass(slots=True)
class Node:
    """A map, a list or a plain value; `start` and `end` are places in the text."""

    kind: Literal["map", "list", "value"]
    start: int
    end: int
    flow: bool = False
    items: list[Item] = field(default_factory=list)

    def item(self, key: str | int) -> Item | None:
        """The item of this key, or of this place in a list."""
        if isinstance(key, int):
            return self.items[key] if 0 <= key < len(self.items) else None
        return next((one for one in self.items if one.key == key), None)


@dataclass(slots=True)
class Item:
    """One entry of a map or a list: its key in English ('' in a list), and what it holds."""

    key: str
    spelled: str
    start: int
    key_end: int
    node: Node

    @property
    def end(self) -> int:
        return max(self.key_end, self.node.end)


def grown(text: str) -> Node:
    """The tree of a text that `reading.read` has accepted."""
    events = (one for one in _events(text) if not isinstance(one, _FRAME))
    return _node(next(events), events, text)


def _events(text: str) -> Iterator[Any]:
    parser = CBaseLoader(text)
    while parser.check_event():
        yield parser.get_event()


def _node(event: Any, events: Iterator[Any], text: str) -> Node:
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, SequenceStartEvent):
        return _list(event, events, text)
    if isinstance(event, MappingStartEvent):
        return _map(event, events, text)
    return Node("value", start, start + len(text[start:end].rstrip()))


def _list(event: Any, events: Iterator[Any], text: str) -> Node:
    node = Node("list", event.start_mark.index, 0, bool(event.flow_style))
    for inner in events:
        if isinstance(inner, SequenceEndEvent):
            break
        value = _node(inner, events, text)
        node.items.append(Item("", "", value.start, value.start, value))
    return _closed(node, inner)


def _map(event: Any, events: Iterator[Any], text: str) -> Node:
    node = Node("map", event.start_mark.index, 0, bool(event.flow_style))
    for inner in events:
        if isinstance(inner, MappingEndEvent):
            break
        key, place, after = inner.value, inner.start_mark.index, inner.end_mark.index
        value = _node(next(events), events, text)
        node.items.append(Item(ENGLISH.get(key, key), key, place, after, value))
    return _closed(node, inner)


def _closed(node: Node, last: Any) -> Node:
    """A block ends where its last item does; its closing event stands at the next word."""
    node.end = last.end_mark.index if node.flow else node.items[-1].end
    return node


def found(root: Node, path: Path) -> Node | None:
    """The node at a path, or None."""
    node: Node | None = root
    for step in path:
        item = node.item(step) if node else None
        node = item.node if item else None
    return node
