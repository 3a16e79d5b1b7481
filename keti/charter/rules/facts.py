"""The facts guards ask about, made from what has been decided and done."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from keti.charter.rules.compiled import Compiled


def facts(
    compiled: Compiled, decided: Mapping[str, str], done: Collection[str]
) -> dict[str, bool | None]:
    """Every gate and work fact. `decided`: gate key to outcome key; `done`: obligation keys.

    An undecided gate's outcomes are unknown; once decided, one is true and the others false.
    A work is done in a group when everything owed of it there is done; until then it is unknown.
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
    return found
