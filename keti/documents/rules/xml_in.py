"""XML of an examined file as small trees: names without their spaces, nothing declared, nothing
fetched, no deeper and no larger than anybody writes. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, cast
from xml.parsers import expat

DEEPEST = 250
"""Elements within each other: a table in a text box in a table has some sixty. What is deeper was
written by nobody, and costs its reader more with every level."""
MOST_AT_ONCE = 400_000
"""Elements of one piece that lie in memory together: the largest table anybody lays out."""
LONGEST_PIECE = 8_000_000


class TooDeep(ValueError):
    """Elements nested deeper than anybody writes."""


@dataclass(slots=True)
class Element:
    """One element: its name and its attributes' names without their spaces."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    kids: list["Element"] = field(default_factory=list)
    text: str = ""

    def child(self, *names: str) -> "Element | None":
        """The first child of the first name, its first child of the next, and so on."""
        one: Element | None = self
        for name in names:
            one = next((kid for kid in one.kids if kid.tag == name), None) if one else None
        return one

    def said(self, *names: str, key: str = "val") -> str | None:
        """An attribute of the child that `names` lead to; None where either is missing."""
        one = self.child(*names)
        return one.attrs.get(key) if one is not None else None

    def every(self, name: str) -> "list[Element]":
        """All elements of this name within, in their order."""
        found: list[Element] = []
        for kid in self.kids:
            if kid.tag == name:
                found.append(kid)
            found += kid.every(name)
        return found


class Pieces:
    """Reads a part and hands over each element that stands `deep` elements within the root."""

    def __init__(self, deep: int, take: Callable[[Element], None]) -> None:
        self.deep, self.take = deep, take
        self.stack: list[Element] = []
        self.words: list[list[str]] = []
        self.count = self.size = 0
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = _no_doctype
        parser.EntityDeclHandler = _no_doctype
        self.parser = cast(Any, parser)

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        """Read on. Raises ValueError for what is not well-formed, TooDeep for what is nested."""
        try:
            self.parser.Parse(chunk, last)
        except expat.ExpatError as broken:
            raise ValueError("no well-formed part") from broken

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.stack) >= DEEPEST:
            raise TooDeep("nested too deeply")
        attrs = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        one = Element(name.rpartition(" ")[2], attrs)
        self.count += 1
        if self.count > MOST_AT_ONCE:
            raise ValueError("too much in one piece")
        if len(self.stack) > self.deep:
            self.stack[-1].kids.append(one)
        self.stack.append(one)
        self.words.append([])

    def _end(self, _name: str) -> None:
        one = self.stack.pop()
        one.text = "".join(self.words.pop())
        if len(self.stack) == self.deep:
            self.count = self.size = 0
            self.take(one)

    def _text(self, words: str) -> None:
        self.size += len(words)
        if self.size > LONGEST_PIECE:
            raise ValueError("too much in one piece")
        if len(self.stack) > self.deep:
            self.words[-1].append(words)


def _no_doctype(*_said: object) -> None:
    raise ValueError("a declaration")


def parsed(data: bytes | Iterable[bytes]) -> Element:
    """A whole part as one tree. Raises ValueError where it is none, TooDeep where it is nested."""
    found: list[Element] = []
    pieces = Pieces(0, found.append)
    for chunk in (data,) if isinstance(data, bytes) else data:
        pieces.feed(chunk)
    pieces.feed(b"", last=True)
    return found[0]
