"""Decisions on request: asked for by somebody, granted or refused, on no day of their own."""

from __future__ import annotations

from keti.charter.rules.findings import Path
from keti.charter.rules.gates import EFFECTS
from keti.charter.rules.lint.brief import Brief
from keti.charter.rules.shape import Gate

DAYS = ("by", "at", "first_by", "round", "max_rounds", "revise_within")
ASKING = ("asked_by", "within")
GRANTS = ("approve", "stop")


def judge(brief: Brief) -> None:
    """Report what a decision on request cannot have, and what others have of it."""
    for key, gate in brief.charter.gates.items():
        path: Path = ("gates", key)
        if gate.rule and gate.rule.consensus_first and gate.rule.unanimous:
            here = (*path, "rule", "consensus_first")
            brief.report.warning("charter.two-steps-in-one", here, word=key)
        if gate.on_request:
            _asked(brief, key, gate, path)
            continue
        for word in ASKING:
            if brief.report.has((*path, word)):
                brief.report.warning("charter.asked-by-nobody", (*path, word), word=key, key=word)
        if "refuse" in _effects(gate):
            here = (*path, "outcomes")
            brief.report.error("charter.refuse-without-request", here, word=key)


def _asked(brief: Brief, key: str, gate: Gate, path: Path) -> None:
    """It has no day, no second round, one outcome that grants and one that refuses; and somebody
    may ask for it."""
    for word in DAYS:
        if brief.report.has((*path, word)):
            brief.report.error("charter.request-with-a-day", (*path, word), word=key, key=word)
    does = _effects(gate)
    grants = [effect for effect in does if effect in GRANTS]
    if len(set(grants)) != 1 or "refuse" not in does or "revise" in does:
        brief.report.error("charter.request-outcomes", (*path, "outcomes"), word=key)
    if not gate.asked_by and not _somebody(brief, gate):
        brief.report.error("charter.nobody-may-ask", path, at_key=True, word=key)


def _effects(gate: Gate) -> list[str]:
    return [one.effect or EFFECTS.get(name, "") for name, one in gate.outcomes.items()]


def _somebody(brief: Brief, gate: Gate) -> bool:
    """Where the gate names nobody, who leads in its group may ask, or whoever manages."""
    return any(
        "manage" in one.can or ("lead" in one.can and one.group == (gate.per or brief.scene.top))
        for one in brief.charter.roles.values()
    )
