"""What one block or run of the closed tree is, says, and may link to."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

Node: TypeAlias = list[Any]

_SAFE_LINK = re.compile(r"(?:https?://[^\s/?#]+|mailto:[^\s@]+@)[^\s\x00-\x20\"<>\\^`{|}]*", re.I)
_SITE_LINK = re.compile(r"/(?![/\\])[^\s\x00-\x20\"<>\\^`{|}]*")
_INNER_LINK = re.compile(r"#[\w.:-]{1,200}")
_ID = re.compile(r"[^\w.-]+")


def safe_link(url: str) -> bool:
    """Only the web, mail, pages of this site and places in this text may be linked."""
    patterns = (_SAFE_LINK, _SITE_LINK, _INNER_LINK)
    return any(pattern.fullmatch(url) for pattern in patterns)


def safe_id(raw: str) -> str:
    return _ID.sub("-", raw)[:80].strip("-")


def words(nodes: Sequence[Any]) -> str:
    """The bare words of inlines or blocks, notes left out."""
    out: list[str] = []
    for node in nodes:
        if isinstance(node, list) and node and node[0] in ("note", "cut", "cite"):
            continue
        if isinstance(node, list) and node and node[0] == "formula":
            out.append(str(node[1]["text"]))
            continue
        if isinstance(node, list) and node and node[0] == "to":
            out.append(str(node[1]))
            continue
        if isinstance(node, list) and len(node) == 2 and node[0] in ("s", "code"):
            out.append(str(node[1]))
        elif isinstance(node, list):
            out.append(words([part for part in node if isinstance(part, list)]))
    return "".join(out)


def text_width(text: str) -> float:
    """How many Chinese characters wide a line of text is, about."""
    return sum(1.0 if ord(char) > 0x2E7F else 0.55 for char in text)


def captioned(held: Mapping[str, Any]) -> str:
    """表1　题名: the line by a table or picture; "" where it has none."""
    said = (str(held.get("number", "")), str(held.get("said", "")))
    return "　".join(one for one in said if one)
