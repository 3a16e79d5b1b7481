"""Two people in one draft: each saves what they changed, and keeps what the other did. Pure."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from keti.documents.rules.doc1.plain import plain
from keti.ledger.rules import canonical
from keti.reports.rules.content import Content, plan_rows
from keti.reports.rules.weaving import blocks, fingerprints, sentences, woven_doc, woven_text

PLAN_MARK = "plan"
SHORT = 20
LINES, DOC = "l", "d"
"""The form of a section in a mark: typed lines, a document."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The draft after a save; the sections of which both changed the same sentence or block; those
    that others changed, or both in different places, of which the sender's page shows what was
    before."""

    content: Content
    both: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def marks_of(content: Content, keys: Iterable[str]) -> dict[str, str]:
    """What each of these sections says, as a short hash, its form, and the hashes of its sentences
    or blocks; the plan under a name of its own."""
    found = {f"s.{key}": _mark(content, key) for key in keys}
    return found | {PLAN_MARK: _hash(canonical(plan_rows(content.plan)))}


def _mark(content: Content, key: str) -> str:
    text = content.sections.get(key, "")
    doc = content.docs.get(key)
    if doc is None:
        return f"{_hash(text)}{LINES}{fingerprints(sentences(text))}"
    return f"{_hash(doc)}{DOC}{fingerprints(blocks(doc))}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:SHORT]


def merged(stored: Content, typed: Content, known: Mapping[str, str]) -> Merged:
    """What was typed where its writer changed it, what is stored elsewhere, both where they changed
    different sentences or blocks of a section. `known` says what the writer's page showed before:
    `marks_of` of it."""
    now, mine = marks_of(stored, typed.sections), marks_of(typed, typed.sections)
    twice = {
        one for one in mine if known.get(one) not in (mine[one], now[one]) and mine[one] != now[one]
    }
    kept = {one for one in mine if known.get(one) == mine[one]}
    sections, docs = dict(typed.sections), dict(typed.docs)
    woven = set()
    for key in typed.sections:
        name = f"s.{key}"
        found = None
        if name in kept:
            found = stored.sections.get(key, ""), stored.docs.get(key)
        elif name in twice and (found := _woven(stored, typed, key, known.get(name, ""))):
            woven.add(name)
        if found is not None:
            sections[key], doc = found
            docs.pop(key, None)
            docs |= {key: doc} if doc is not None else {}
    plan = stored.plan if PLAN_MARK in kept else typed.plan
    both = tuple(one for one in mine if one in twice - woven)
    others = tuple(one for one in mine if one in woven or (one in kept and now[one] != mine[one]))
    return Merged(Content(sections, plan, docs), both, others)


def _woven(stored: Content, typed: Content, key: str, mark: str) -> tuple[str, str | None] | None:
    """A section's words and document with both sides' changes, where its form stayed the same;
    None where both changed one sentence or block."""
    form, base = mark[SHORT : SHORT + 1], mark[SHORT + 1 :]
    theirs, mine = stored.docs.get(key), typed.docs.get(key)
    if form == DOC and theirs is not None and mine is not None:
        doc = woven_doc(base, theirs, mine)
        return None if doc is None else (plain(doc), doc)
    if form == LINES and theirs is None and mine is None:
        text = woven_text(base, stored.sections.get(key, ""), typed.sections[key])
        return None if text is None else (text, None)
    return None
