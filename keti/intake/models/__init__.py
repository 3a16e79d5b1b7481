"""Tables of intake: the call and its corrections, applications and their checks, rosters."""

from keti.intake.models.applications import (
    SUBMITTED,
    Application,
    ApplicationQuerySet,
    Check,
    Reversal,
    RosterImport,
)
from keti.intake.models.calls import Call, Erratum

__all__ = [
    "SUBMITTED",
    "Application",
    "ApplicationQuerySet",
    "Call",
    "Check",
    "Erratum",
    "Reversal",
    "RosterImport",
]
