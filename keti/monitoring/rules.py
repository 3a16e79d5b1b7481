"""The moves of a finding and its clocks. Pure."""

from datetime import datetime, time, timedelta, tzinfo

from keti.monitoring.enums import FindingState

MOVES: dict[str, dict[str, str]] = {
    FindingState.RAISED: {"answer": FindingState.ANSWERED, "close": FindingState.CLOSED},
    FindingState.ANSWERED: {"reopen": FindingState.RAISED, "close": FindingState.CLOSED},
    FindingState.CLOSED: {"reopen": FindingState.RAISED},
}


def moved(state: str, verb: str) -> str | None:
    """The state after `verb`, or None where the verb is not possible."""
    return MOVES[state].get(verb)


def due(since: datetime, within: timedelta, zone: tzinfo) -> datetime:
    """24:00 of the local day on which `within` runs out, stored as the next day's 00:00."""
    last = (since + within).astimezone(zone).date()
    return datetime.combine(last + timedelta(days=1), time(), zone)
