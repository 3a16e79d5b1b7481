"""Two people in one draft: each saves what they changed, and keeps what the other did. Pure."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from keti.ledger.rules import canonical
from keti.reports.rules.content import Content, plan_rows

PLAN_MARK = "plan"


@dataclass(frozen=True, slots=True)
class Merged:
    """The draft after a save; the sections that both changed; those that others changed, of which
    the sender's page shows what was before."""

    content: Content
    both: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def marks_of(content: Content, keys: Iterable[str]) -> dict[str, str]:
    """What each of these sections says, as a short hash; the plan under a name of its own."""
    found = {f"s.{key}": _hash(_said(content, key)) for key in keys}
    return found | {PLAN_MARK: _hash(canonical(plan_rows(content.plan)))}


def _said(content: Content, key: str) -> str:
    return content.docs.get(key, f"\n{content.sections.get(key, '')}")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def merged(stored: Content, typed: Content, known: Mapping[str, str]) -> Merged:
    """What was typed where its writer changed it, what is stored elsewhere. `known` says what the
    writer's page showed before: `marks_of` of it."""
    now, mine = marks_of(stored, typed.sections), marks_of(typed, typed.sections)
    both = tuple(
        one for one in mine if known.get(one) not in (mine[one], now[one]) and mine[one] != now[one]
    )
    kept = {one for one in mine if known.get(one) == mine[one]}
    others = tuple(one for one in kept if now[one] != mine[one])
    sections, docs = dict(typed.sections), dict(typed.docs)
    for key in typed.sections:
        if f"s.{key}" in kept:
            sections[key] = stored.sections.get(key, "")
            docs.pop(key, None)
            docs |= {key: stored.docs[key]} if key in stored.docs else {}
    plan = stored.plan if PLAN_MARK in kept else typed.plan
    return Merged(Content(sections, plan, docs), both, others)
