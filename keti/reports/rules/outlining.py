"""An accepted outline as the skeleton of what is written by it. Pure.

Its headings are those of the section that has most of them, as headings of a document or as
numbered lines. A heading that names a group, and all below it, is of that group's chapter; the
others are of the whole. Below a heading that is the title of a section they go into that section.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from keti.charter.rules.compiled import Section
from keti.documents.rules.doc1.plain import words
from keti.documents.rules.doc1.schema import read
from keti.documents.rules.headings import bare_title, numbered
from keti.documents.rules.titles import names_of, near, normal
from keti.documents.rules.typed import heading_rank
from keti.documents.rules.written import DOC, form_of
from keti.kernel.acts import Text
from keti.reports.rules.rows import bare


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading, from level 1, without its number."""

    level: int
    words: str


@dataclass(frozen=True, slots=True)
class Planned:
    """What the outline says of one chapter: its title, and what stands below it from level 1."""

    title: str = ""
    headings: tuple[Heading, ...] = ()


def headings_in(row: Mapping[str, Any]) -> tuple[Heading, ...]:
    """The headings of a text: of a document its own, else its numbered lines."""
    found = _of_document(row["text"]) if form_of(row) == DOC else []
    found = found or [(heading_rank(one), one) for one in bare(row).splitlines()]
    told = [(rank, bare_title(one)) for rank, one in found if rank and one.strip()]
    ranks = sorted({rank for rank, _words in told})
    return tuple(Heading(ranks.index(rank) + 1, one) for rank, one in told)


def _of_document(text: str) -> list[tuple[int, str]]:
    blocks = read(text)["blocks"]
    return [(one["level"], words(one["runs"])) for one in blocks if one["kind"] == "heading"]


def outlined(rows: Iterable[Mapping[str, Any]]) -> tuple[Heading, ...]:
    """The headings of an outline."""
    return max(map(headings_in, rows), key=len, default=())


def assigned(headings: Iterable[Heading], groups: Mapping[str, Text]) -> dict[str, Planned]:
    """Group key -> its chapter; "" for what is of the whole."""
    found: dict[str, Planned] = {"": Planned()}
    owner, top = "", 0
    for one in headings:
        if not owner or one.level <= top:
            owner, top = _named(one.words, groups), one.level
            if owner:
                found.setdefault(owner, Planned(one.words))
                continue
        below = one.level - top if owner else one.level
        kept = found[owner]
        found[owner] = replace(kept, headings=(*kept.headings, Heading(below, one.words)))
    return found


def _named(title: str, groups: Mapping[str, Text]) -> str:
    """The one group that a title names; of two whose names are one in the other the longer."""
    told = normal(title)
    named = [(normal(one), key) for key, text in groups.items() for one in (text.zh, text.en)]
    held = [(name, key) for name, key in named if name and name in told]
    longest = max((name for name, _key in held), key=len, default="")
    keys = {key for name, key in held if name not in longest or name == longest}
    return keys.pop() if len(keys) == 1 else ""


def skeleton(headings: Sequence[Heading], sections: Sequence[Section], lang: str) -> dict[str, str]:
    """Section key -> its headings as typed lines: below the heading that is its title, else in the
    section before, the first at the beginning. Nothing for a section that has none."""
    placed = _placed(headings, sections)
    return {key: _typed(found, lang) for key, found in placed.items() if found}


def _placed(headings: Sequence[Heading], sections: Sequence[Section]) -> dict[str, list[Heading]]:
    names = names_of({one.key: (one.title.zh, one.title.en) for one in sections})
    placed: dict[str, list[Heading]] = {one.key: [] for one in sections}
    now, under = sections[0].key if sections else "", 0
    for one in headings if sections else ():
        keys = names.get(normal(one.words)) or near(one.words, names)
        if keys:
            now, under = keys[0], one.level
            continue
        if one.level <= under:
            under = one.level - 1
        placed[now].append(replace(one, level=one.level - under))
    return placed


def _typed(headings: Iterable[Heading], lang: str) -> str:
    """Headings as a writer types them, each with room below."""
    lines, top, low = [], 0, 0
    for one in headings:
        if one.level == 1 or not top:
            top, low = top + 1, 0
            lines.append(numbered(one.words, top, 2, lang, 1))
        else:
            low += 1
            lines.append(f"{top}.{low} {one.words}")
    return "\n\n".join(lines)


def without_skeleton(texts: Mapping[str, str], laid: Mapping[str, str]) -> dict[str, str]:
    """The texts; of a section that only repeats the skeleton nothing is said."""
    return {
        key: "" if set(_lines(text)) <= set(_lines(laid.get(key, ""))) else text
        for key, text in texts.items()
    }


def _lines(text: str) -> list[str]:
    return [one.strip() for one in text.splitlines() if one.strip()]


def to_write(wanted: Sequence[Heading], written: Sequence[Heading]) -> list[tuple[Heading, bool]]:
    """The headings of a text, and those of its outline that it has not, each with whether it
    stands."""
    have = {normal(one.words) for one in written}
    missing = [one for one in wanted if normal(one.words) not in have]
    return [*((one, True) for one in written), *((one, False) for one in missing)]
