"""The facts guards ask about, made from what has been decided and done."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from keti.charter.rules.compiled import Compiled, WorkSpec


def facts(
    compiled: Compiled, decided: Mapping[str, str], done: Collection[str]
) -> dict[str, bool | None]:
    """Every gate and work fact. `decided`: gate key to outcome key; `done`: obligation keys.

    An undecided gate's outcomes are unknown; once decided, one is true and the others false.
    A work is done in a group when everything owed of it there is done; until then it is unknown.
    A round is closed when every consultation on its text is done.
    """
    found: dict[str, bool | None] = {}
    for gate in compiled.gates:
        verdict = decided.get(gate.key)
        for outcome in gate.outcomes:
            name = f"{gate.kind}.{outcome.key}@{gate.group}"
            found[name] = None if verdict is None else verdict == outcome.key
    for one in compiled.obligations:
        if one.gate:
            continue
        name = f"{one.kind}.done@{one.group}"
        found[name] = True if found.get(name, True) and one.key in done else None
    for name, kinds in _named(compiled).items():
        owed = [one.key for one in compiled.obligations if one.kind in kinds]
        if owed:
            found[name] = True if all(key in done for key in owed) else None
    return found


def _named(compiled: Compiled) -> dict[str, set[str]]:
    """Facts with a name of their own, and the works they stand for."""
    named = {"admission.decided": {one.key for one in compiled.works if one.form == "admission"}}
    for key, one in compiled.blocks.get("rounds", {}).items():
        named[f"{key}.closed"] = consultations(compiled.works, one["subject"])
    return named


def consultations(works: Iterable[WorkSpec], subject: str) -> set[str]:
    """The works that gather comments on a text."""
    return {one.key for one in works if one.form == "consultation" and one.subject == subject}
