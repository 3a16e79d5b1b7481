"""Every act of the room: the life of a finding (`findings`), getting it answered (`steering`)."""

from keti.monitoring.actions.findings import (
    answer_finding,
    close_finding,
    follow_the_seats,
    hold_what_follows,
    raise_finding,
    reopen_finding,
)
from keti.monitoring.actions.steering import assign_finding, join_finding, leave_finding

__all__ = [
    "answer_finding",
    "assign_finding",
    "close_finding",
    "follow_the_seats",
    "hold_what_follows",
    "join_finding",
    "leave_finding",
    "raise_finding",
    "reopen_finding",
]
