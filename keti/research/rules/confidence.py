"""How sure a finding is: two human judgements give one calibrated word. Pure."""

from __future__ import annotations

from collections.abc import Mapping

EVIDENCE = ("limited", "medium", "robust")
AGREEMENT = ("low", "medium", "high")
WORDS = ("very_low", "low", "medium", "high", "high")
"""By how far both judgements together lie above the least."""
NEEDS_BOTH, NEEDS_REASON = "needs-both", "needs-reason"


def reckoned(evidence: str, agreement: str) -> str:
    """The word that follows from both judgements; "" while one is missing."""
    if evidence not in EVIDENCE or agreement not in AGREEMENT:
        return ""
    return WORDS[EVIDENCE.index(evidence) + AGREEMENT.index(agreement)]


def confidence(facts: Mapping[str, str]) -> str:
    """The word that counts: the one somebody gave with a reason, else the one that follows."""
    follows = reckoned(facts.get("evidence", ""), facts.get("agreement", ""))
    return facts.get("override", "") or follows


def wrong(facts: Mapping[str, str]) -> str:
    """What is missing where somebody says another word than the one that follows; "" where none
    is."""
    given = facts.get("override", "")
    if not given:
        return ""
    follows = reckoned(facts.get("evidence", ""), facts.get("agreement", ""))
    if not follows:
        return NEEDS_BOTH
    return "" if given == follows or facts.get("why", "").strip() else NEEDS_REASON
