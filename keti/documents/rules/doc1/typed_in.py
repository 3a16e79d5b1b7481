"""A document that was written on a page: what a browser sent is examined from the beginning, and
what is only lines is lines. Pure."""

import json
from datetime import datetime
from typing import Any

from keti.kernel.refusals import Refused

from ..typed import shown
from .plain import plain
from .schema import LONGEST, Block, Doc, checked, every_block, read, write


def received(text: str) -> Doc:
    """The document that a page sent, in any spelling, its words without what no file may hold.

    Refuses what `schema.read` refuses of its content.
    """
    if len(text) > LONGEST:
        raise Refused("documents.doc-not-in-form", what="too long", where="")
    try:
        found = _tamed(json.loads(text))
    except (ValueError, RecursionError):
        raise Refused("documents.doc-not-in-form", what="no JSON", where="") from None
    return checked(found)


def _tamed(value: Any) -> Any:
    """Every word in it as typed words are stored."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, list):
        return [_tamed(one) for one in value]
    if isinstance(value, dict):
        return {key: _tamed(one) for key, one in value.items()}
    return value


def only_lines(doc: Doc) -> bool:
    """Whether a document is nothing but paragraphs of bare words: typed text says the same."""
    return all(
        block["kind"] == "paragraph" and all(run.keys() == {"words"} for run in block["runs"])
        for block in doc["blocks"]
    )


def as_lines(doc: Doc) -> str:
    """The typed text that such a document is, letter for letter, empty lines included."""
    return "\n".join("".join(run["words"] for run in one["runs"]) for one in doc["blocks"])


def with_lines(text: str, lines: str) -> str:
    """A stored document with typed lines as paragraphs at its end."""
    doc = read(text)
    taken = {block["id"] for block in every_block(doc["blocks"])}
    free = (name for number in range(1, 200_000) if (name := f"q{number}") not in taken)
    added: list[Block] = [
        {"id": name, "kind": "paragraph", "runs": [{"words": line}] if line else []}
        for name, line in zip(free, lines.split("\n"), strict=False)
    ]
    return write(checked(doc | {"blocks": [*doc["blocks"], *added]}))


def settled(words: str, text: str) -> tuple[str, str]:
    """Words and the document beside them as they are stored: a document that is only lines is
    lines, of any other the words say what it says. Refuses a document that is none."""
    if not text:
        return shown(words), ""
    doc = received(text)
    if only_lines(doc):
        return as_lines(doc), ""
    kept = write(doc)
    return plain(kept), kept


def signed(text: str, stored: str, by: str, at: datetime) -> str:
    """A document whose remarks carry who says them: each that is not in the `stored` one as it
    stands is said `by` this person at this moment; one whose words were changed too."""
    doc = read(text)
    if not doc["comments"]:
        return text
    known = read(stored)["comments"] if stored else {}
    said = {}
    for name, one in doc["comments"].items():
        held = known.get(name)
        same = held is not None and held["words"] == one["words"]
        fresh = {"by": by, "at": at.isoformat(timespec="seconds"), "words": one["words"]}
        said[name] = held if same else fresh
    return write(doc | {"comments": said})
