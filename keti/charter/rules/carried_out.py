"""Which act carries out what a charter says, and what no act reads yet. Pure.

`ACTS` names for each form of work and each other part of the file the acts by which it comes true;
`NOT_YET` lists what is read, checked and shown, and done by nobody: later work shortens it to
nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

from keti.charter.rules.findings import Path
from keti.charter.rules.maps import are_edges
from keti.charter.rules.promised import BLOCK, PROMISE, is_owed
from keti.kernel.forms_of_work import FORMS

ACTS: Mapping[str, tuple[str, ...]] = {
    **{one.key: one.acts for one in FORMS},
    "programme": ("planning.found_programme",),
    "parties": ("planning.found_programme",),
    "groups": ("groups.found_groups",),
    "roles": ("groups.appoint",),
    "calendar": ("planning.found_programme",),
    "phases": ("planning.found_programme",),
    "events": ("planning.found_programme",),
    "findings": ("monitoring.raise_finding", "monitoring.close_finding"),
    "rounds": ("consultation.open_round", "consultation.close_round"),
    "honours": (
        "honours.draw_record",
        "honours.nominate",
        "honours.check",
        "honours.vote",
        "honours.give_notice",
        "honours.award",
        "honours.certify_all",
    ),
    "trace": ("research.enter", "research.link", "research.settle", "research.read_again"),
    "record": ("planning.found_programme",),
    "privacy": ("planning.found_programme",),
    "amendment": (
        "planning.propose_amendment",
        "planning.apply_amendment",
        "planning.cast_vote",
    ),
    "courtesy": ("review.declare_conflict",),
}
ASKING = ("review.ask_decision",)
MAPPED = ("research.assess", "research.settle")
NOT_YET = (
    "trace.confidence", "record.witnesses", "record.timestamp",
    "privacy.retain", "privacy.publish", "admission.appeal", "roles.*.duty", "findings.closes_with",
    "gates.*.signed_by", "rounds.*.passes", "rounds.*.anonymous", "rounds.*.ballot",
    "rounds.*.agree", "rounds.*.quorum", "rounds.*.strata", "rounds.*.minority",
    "obligations.*.draft_from", "obligations.*.contains", "obligations.*.look_back",
    "deliverables.*.draft_from", "deliverables.*.contains", "deliverables.*.look_back",
)  # fmt: skip
WORKS = ("obligations", "deliverables")


def is_not_yet(path: Path) -> bool:
    """Does no act read what stands here, or anything above it?"""
    words = [str(step) for step in path]
    tops = ("|".join(words[:length]) for length in range(1, len(words) + 1))
    every = [one.replace(".", "|") for one in NOT_YET]
    return any(top.count("|") == one.count("|") and fnmatchcase(top, one)
               for top in tops for one in every)  # fmt: skip


def acts_of(data: Mapping[str, Any], path: Path) -> tuple[str, ...]:
    """The acts that carry out the block at a path; none where nobody ever owes it, or not yet.

    A principle says why, and is carried out by what it is bound to, which names clauses itself.
    """
    if not path or is_not_yet(path) or path[:2] == ("programme", "principles"):
        return ()
    top = str(path[0])
    if top == "gates":
        return ACTS["decision"] + (ASKING if _asked_for(data, path) else ())
    if top == BLOCK:
        one = data[top].get(path[1]) if len(path) > 1 else None
        return ACTS[PROMISE] if isinstance(one, dict) and is_owed(one) else ()
    if top not in WORKS:
        return ACTS.get(top, ())
    if len(path) < 2:
        return ()
    work = data[top].get(path[1])
    if not isinstance(work, dict) or path[1] == "late":
        return ACTS["findings"] if path[1] == "late" else ()
    mapped = MAPPED if are_edges(_listed(work.get("dims"))) and work.get("cells") else ()
    return mapped + (ACTS[_form(top, work)] if _is_owed(data, str(path[1]), work) else ())


def _asked_for(data: Mapping[str, Any], path: Path) -> bool:
    gate = data["gates"].get(path[1]) if len(path) > 1 else None
    return isinstance(gate, dict) and bool(gate.get("on_request"))


def _form(block: str, work: Mapping[str, Any]) -> str:
    usual = "file" if block == "deliverables" else "report"
    return str(work.get("form") or ("meeting" if work.get("record") == "minutes" else usual))


def _is_owed(data: Mapping[str, Any], key: str, work: Mapping[str, Any]) -> bool:
    """Has it a due date of its own, or does a gate ask for it?"""
    if any(work.get(name) for name in ("due", "rrule", "months", "at_least")):
        return True
    gates = data.get("gates") or {}
    dated = [gate for gate in gates.values() if not gate.get("on_request")]
    named = [word for gate in dated for word in _listed(gate.get("inputs"))]
    return key in [word.split(" per ")[0].strip() for word in named]


def _listed(value: Any) -> list[str]:
    return [str(one) for one in (value if isinstance(value, list) else [value] if value else [])]
