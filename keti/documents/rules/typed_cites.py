"""Citations typed into plain text, [@key] or [@key, 35; @key]: only keys of known references are
ones, everything else stays the words it is. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from .doc1.schema import KEY
from .doc1.shown import cite
from .nodes import Node

_CITE = re.compile(r"[\[［]@([^\[\]［］\n]{1,400})[\]］]")
_NEXT = re.compile(r"[;；]")
_PAGES = re.compile(r"[,，]")
Cites = list[dict[str, str]]


def cites_in(text: str) -> list[tuple[str, Cites]]:
    """Every citation of a text: as it stands, and what it cites."""
    found = ((one[0], _parsed(one[1])) for one in _CITE.finditer(text))
    return [(typed, cites) for typed, cites in found if cites]


def _parsed(inner: str) -> Cites:
    """What stands in the brackets; nothing where any of it is no key."""
    out: Cites = []
    for part in _NEXT.split(inner):
        key, *pages = _PAGES.split(part.strip().lstrip("@"), maxsplit=1)
        if not KEY.fullmatch(key.strip()):
            return []
        said = pages[0].strip() if pages else ""
        out.append({"ref": key.strip()} | ({"at": said[:60]} if said else {}))
    return out


def cited(nodes: Any, known: Mapping[str, Any]) -> Any:
    """The same nodes with the citations of known references in place of their words."""
    if not isinstance(nodes, list):
        return (
            nodes | {key: cited(one, known) for key, one in nodes.items()}
            if isinstance(nodes, dict)
            else nodes
        )
    out: list[Any] = []
    for node in nodes:
        if isinstance(node, list) and len(node) == 2 and node[0] == "s":
            out += _split(node[1], known)
        else:
            out.append(cited(node, known))
    return out


def _split(text: str, known: Mapping[str, Any]) -> list[Node]:
    out: list[Node] = []
    start = 0
    for found in _CITE.finditer(text):
        cites = _parsed(found[1])
        if not cites or any(f"@{one['ref']}" not in known for one in cites):
            continue
        out += [["s", text[start : found.start()]]] if found.start() > start else []
        out.append(cite(cites, known))
        start = found.end()
    return [*out, ["s", text[start:]]] if start < len(text) or not out else out
