"""What rests on what: fingerprints, merged nodes read as one, and what is suspect. Pure.

A link is suspect when one of its ends no longer reads as it did when somebody last read the two
together. A node is suspect when a link by which it rests on another is, or when what it rests on
is suspect itself.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

CARRYING = frozenset({"rests_on", "answers", "addresses", "part_of"})
"""By these the first end rests on the second: doubt goes up along them. A case that illustrates
and a text that contradicts are suspect themselves, and nothing falls with them."""


@dataclass(frozen=True, slots=True)
class Tie:
    """One link as far as doubt goes; `stale`: an end changed since the two were read together."""

    key: int
    first: int
    second: int
    kind: str
    stale: bool = False


def fingerprint(kind: str, texts: Iterable[str], facts: Mapping[str, str], standing: bool) -> str:
    """The fingerprint of what a node says: blanks and the order of its fields do not count; that
    it was taken back does."""
    words = [" ".join(one.split()) for one in texts]
    said = {key: " ".join(value.split()) for key, value in facts.items()}
    text = json.dumps([kind, words, said, standing], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def roots(into: Mapping[int, int]) -> dict[int, int]:
    """Which node each merged one is read as: the last of its way, where nothing is merged on."""
    found: dict[int, int] = {}
    for start in into:
        way, here = [start], into[start]
        while here in into and here not in found:
            way.append(here)
            here = into[here]
        found.update(dict.fromkeys(way, found.get(here, here)))
    return found


def suspects(ties: Iterable[Tie]) -> frozenset[int]:
    """Every node that is suspect, each link looked at once."""
    resting: dict[int, list[int]] = defaultdict(list)
    doubted: set[int] = set()
    for one in ties:
        if one.kind in CARRYING:
            resting[one.second].append(one.first)
            if one.stale:
                doubted.add(one.first)
    waiting = list(doubted)
    while waiting:
        for above in resting.get(waiting.pop(), ()):
            if above not in doubted:
                doubted.add(above)
                waiting.append(above)
    return frozenset(doubted)
