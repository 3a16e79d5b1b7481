"""YAML text to plain data with the place of every key and value. Dates stay text.

Nothing is constructed by the YAML library: its events are read one by one, so that aliases,
tags, depth and repeated keys are refused with their place before they can do harm. The events
come from libyaml, which is fast; what a plain word means is decided here, by YAML 1.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from yaml.cyaml import CBaseLoader
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from keti.charter.rules.aliases import ENGLISH
from keti.charter.rules.findings import Path, Place
from keti.charter.rules.slips import PROBLEMS, slip

MAX_CHARS = 1_000_000
MAX_DEPTH = 24
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
_BREAK = re.compile("\r\n|\r|\n")
_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?\Z")
_WORDS: dict[str, Any] = {
    "": None, "~": None, "null": None, "true": True, "True": True, "false": False, "False": False,
}  # fmt: skip
_SKIPPED = (StreamStartEvent, StreamEndEvent, DocumentEndEvent)


class Unreadable(Exception):
    """The text cannot be read as a charter; carries what a finding needs."""

    def __init__(self, code: str, place: Place, path: Path = (), **facts: object) -> None:
        super().__init__(code)
        self.code, self.place, self.path, self.facts = code, place, path, facts


@dataclass
class Document:
    """Plain data, and where each key and each value stands (line and column from 1)."""

    data: Any = None
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    repeated: list[tuple[Path, Place, str]] = field(default_factory=list)


def read(text: str) -> Document:
    """Read charter text, or raise Unreadable with the place of the trouble."""
    text = text.removeprefix("\ufeff")
    _refuse_unfit(text)
    document = Document()
    try:
        events = _events(text)
        first = next(events, None)
        if first is None:
            raise Unreadable("charter.not-a-map", (1, 1))
        document.data = _node(first, events, (), document)
        extra = next(events, None)
    except MarkedYAMLError as trouble:
        mark = trouble.problem_mark or trouble.context_mark
        place = _inside(text, mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem = " ".join(str(trouble.problem or trouble.context or "").split())
        raise _broken(text, place, problem) from None
    except (YAMLError, ValueError, RecursionError, AttributeError, IndexError) as trouble:
        problem = " ".join(str(trouble).split())[:160]
        raise _broken(text, (1, 1), problem) from None
    if extra is not None:
        raise Unreadable("charter.two-documents", _place(extra))
    if not isinstance(document.data, dict):
        raise Unreadable("charter.not-a-map", document.values.get((), (1, 1)))
    return document


def _inside(text: str, line: int, column: int) -> Place:
    """The place the parser names; the end of the text where it names a line below it."""
    lines = _BREAK.split(text)
    return (line, column) if line <= len(lines) else (len(lines), len(lines[-1]) + 1)


def _broken(text: str, place: Place, problem: str) -> Unreadable:
    """The slip that explains why the parser gave up, or what the parser says of it."""
    seen = slip(text, place[0])
    if seen:
        return Unreadable(seen.code, seen.place, sign=seen.sign, better=seen.better)
    said = PROBLEMS.get(problem, problem)
    return Unreadable("charter.yaml", place, problem_zh=said, problem_en=problem)


def _refuse_unfit(text: str) -> None:
    if len(text) > MAX_CHARS:
        raise Unreadable("charter.too-big", (1, 1), limit=MAX_CHARS)
    found = _UNFIT.search(text)
    if found:
        lines = _BREAK.split(text[: found.start()])
        place = (len(lines), len(lines[-1]) + 1)
        raise Unreadable("charter.binary", place, sign=f"U+{ord(found[0]):04X}")


def _events(text: str) -> Iterator[Any]:
    started = False
    parser = CBaseLoader(text)
    while parser.check_event():
        event = parser.get_event()
        if isinstance(event, DocumentStartEvent):
            if started:
                if _nothing_follows(parser):
                    return
                raise Unreadable("charter.two-documents", _place(event))
            started = True
        elif not isinstance(event, _SKIPPED):
            yield event


def _nothing_follows(parser: Any) -> bool:
    """Whether a second `---` is the last line of the file: a habit, no second charter."""
    node, end, last = (parser.get_event() for _ in range(3))
    empty = isinstance(node, ScalarEvent) and node.value == "" and not node.style
    return empty and isinstance(end, DocumentEndEvent) and isinstance(last, StreamEndEvent)


def _place(event: Any) -> Place:
    return (event.start_mark.line + 1, event.start_mark.column + 1)


def _node(event: Any, events: Iterator[Any], path: Path, document: Document) -> Any:
    place = _place(event)
    document.values[path] = place
    if len(path) > MAX_DEPTH:
        raise Unreadable("charter.deep", place, limit=MAX_DEPTH)
    if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
        raise Unreadable("charter.alias", place, path)
    if isinstance(event, ScalarEvent):
        return _scalar(event)
    if isinstance(event, SequenceStartEvent):
        return _sequence(events, path, document)
    if isinstance(event, MappingStartEvent):
        return _mapping(events, path, document)
    raise _broken("", place, type(event).__name__)


def _sequence(events: Iterator[Any], path: Path, document: Document) -> list[Any]:
    out: list[Any] = []
    for event in events:
        if isinstance(event, SequenceEndEvent):
            break
        out.append(_node(event, events, (*path, len(out)), document))
    return out


def _mapping(events: Iterator[Any], path: Path, document: Document) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for event in events:
        if isinstance(event, MappingEndEvent):
            break
        place = _place(event)
        if not isinstance(event, ScalarEvent) or event.anchor:
            raise Unreadable("charter.odd-key", place, path)
        key = ENGLISH.get(event.value, event.value)
        inner = (*path, key)
        if key in out:
            document.repeated.append((inner, place, event.value))
        else:
            document.keys[inner] = place
        value = _node(next(events), events, inner, document)
        if isinstance(value, dict) and isinstance(out.get(key), dict):
            value = {**out[key], **value}  # a block written twice misses nothing of either half
        out[key] = value
    return out


def _scalar(event: Any) -> Any:
    text: str = event.value
    if event.tag and event.tag != "tag:yaml.org,2002:str" and event.tag != "!":
        raise Unreadable("charter.tag", _place(event), tag=str(event.tag))
    if not event.implicit[0] or event.style:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _NUMBER.match(text) and len(text) < 16:
        return float(text) if "." in text else int(text)
    return text
