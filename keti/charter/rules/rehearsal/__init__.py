"""Rehearsal: a programme lived many times under assumptions everybody can see and change.

What comes out are ranges, never forecasts.
"""

from keti.charter.rules.rehearsal.assumptions import (
    TITLES,
    Assumptions,
    BadAssumption,
    as_numbers,
    changed,
    limits,
)
from keti.charter.rules.rehearsal.outlook import Held, Outlook, Range, Shift, changes, rehearse
from keti.charter.rules.rehearsal.past import LAST, elapsed

__all__ = [
    "LAST",
    "TITLES",
    "Assumptions",
    "BadAssumption",
    "Held",
    "Outlook",
    "Range",
    "Shift",
    "as_numbers",
    "changed",
    "changes",
    "elapsed",
    "limits",
    "rehearse",
]
