"""Clauses of the founding notice that nothing in the charter implements.

A block implements the clauses its `source:` names; naming a heading names what stands under it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from keti.charter.rules.carried_out import acts_of
from keti.charter.rules.findings import Path, in_chinese, in_words, nearest
from keti.charter.rules.lint.brief import Brief, Clause, clause_rows
from keti.charter.rules.reading import Unreadable, read

HEADING = re.compile(r"（小?标题）\Z")
NOTHING = ("（无）", "(nothing)")
LATER = ("{block}（已写明，尚不办理）", "{block} (declared, not yet carried out)")
SUMMARY = (
    "{every} 条中 {held} 条有办理可落实，{later} 条只是写明、尚不办理，{missing} 条没有写到",
    "{held} of {every} clauses are carried out, {later} declared and not yet carried out, "
    "{missing} not said",
)


@dataclass(frozen=True, slots=True)
class Covered:
    """One clause, the blocks of the charter that say it, and the acts that carry out those blocks
    (one set for each block, empty where no act does)."""

    clause: Clause
    blocks: tuple[str, ...]
    acts: tuple[tuple[str, ...], ...] = ()

    @property
    def is_held(self) -> bool:
        """Does an act carry out at least one of the blocks?"""
        return any(self.acts)


def judge(brief: Brief) -> None:
    """Report clauses nobody names, and names of clauses that do not exist."""
    if not brief.clauses:
        return
    known = [one.id for one in brief.clauses]
    for path, word in sources(brief.data):
        if word not in known:
            near = nearest(word, known)
            brief.report.warning("charter.clause-unknown", path, word=word, nearest=near)
    every = covered(brief.data, brief.clauses)
    missing = [one.clause for one in every if not one.blocks]
    here: Path = ("programme", "source")
    for clause in missing:
        zh, en = clause.words.in_("zh"), clause.words.in_("en")
        facts: dict[str, object] = {"clause": clause.id, "words_zh": zh, "words_en": en}
        brief.report.remark("charter.clause-unnamed", here, facts)
    if missing:
        facts = {"named": len(every) - len(missing), "every": len(every)}
        brief.report.remark("charter.clauses-covered", here, facts)
    for one in every:
        if one.blocks and not one.is_held:
            zh, en = one.clause.words.in_("zh"), one.clause.words.in_("en")
            facts = {"clause": one.clause.id, "words_zh": zh, "words_en": en}
            brief.report.remark("charter.clause-not-yet", here, facts)


def sources(data: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every clause a `source:` names, with its place."""
    inner = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in inner:
        here = (*path, key)
        if key == "source" and "rules" not in path:
            words = value if isinstance(value, list) else [value]
            for number, word in enumerate(words):
                place = (*here, number) if isinstance(value, list) else here
                yield from ((place, one.strip()) for one in str(word).split(";") if one.strip())
        elif isinstance(value, dict | list):
            yield from sources(value, here)


def covered(data: Mapping[str, Any], clauses: tuple[Clause, ...]) -> list[Covered]:
    """Every clause that says something (headings aside) with the blocks that implement it."""
    named: dict[str, list[Path]] = {}
    for path, word in sources(data):
        named.setdefault(word, []).append(path[: path.index("source")])
    ids = {one.id for one in clauses}
    said = [(one, tuple(dict.fromkeys(_blocks(one.id, named)))) for one in clauses]
    return [
        Covered(one, tuple(map(in_words, blocks)), tuple(acts_of(data, path) for path in blocks))
        for one, blocks in said
        if not HEADING.search(one.words.zh)
        and not any(other.startswith(f"{one.id}.") for other in ids)
    ]


def _blocks(clause: str, named: Mapping[str, list[Path]]) -> Iterator[Path]:
    """The blocks that name a clause or a heading above it."""
    steps = clause.split(".")
    for length in range(len(steps), 0, -1):
        yield from named.get(".".join(steps[:length]), ())


def coverage_text(text: str, clauses: str, lang: str, as_json: bool = False) -> str:
    """The list of clauses with what implements each, for reading or as JSON; '' unreadable."""
    try:
        data = read(text).data
    except Unreadable:
        return ""
    every = covered(data, clause_rows(clauses))
    if as_json:
        rows = [
            {
                "clause": one.clause.id,
                "words": one.clause.words.in_(lang),
                "blocks": one.blocks,
                "acts": sorted({act for acts in one.acts for act in acts}),
            }
            for one in every
        ]
        return json.dumps(rows, ensure_ascii=False, indent=2)
    english = not in_chinese(lang)
    lines = [
        f"{one.clause.id}\t{one.clause.words.in_(lang)}\t"
        + (", ".join(_shown(one, english)) or NOTHING[english])
        for one in every
    ]
    missing = sum(not one.blocks for one in every)
    held = sum(one.is_held for one in every)
    facts = {"every": len(every), "held": held, "missing": missing}
    said = SUMMARY[english].format(later=len(every) - held - missing, **facts)
    return "\n".join([*lines, said])


def _shown(one: Covered, english: bool) -> Iterator[str]:
    """The blocks of a clause, those that no act carries out marked."""
    for block, acts in zip(one.blocks, one.acts, strict=True):
        yield block if acts else LATER[english].format(block=block)
