"""The moves of a finding and its clocks. Pure."""

from keti.monitoring.enums import FindingState

MOVES: dict[str, dict[str, str]] = {
    FindingState.RAISED: {"answer": FindingState.ANSWERED, "close": FindingState.CLOSED},
    FindingState.ANSWERED: {"reopen": FindingState.RAISED, "close": FindingState.CLOSED},
    FindingState.CLOSED: {"reopen": FindingState.RAISED},
}


def moved(state: str, verb: str) -> str | None:
    """The state after `verb`, or None where the verb is not possible."""
    return MOVES[state].get(verb)
