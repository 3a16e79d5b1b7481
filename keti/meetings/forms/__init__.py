"""Forms of meetings and minutes."""

from keti.meetings.forms.minutes import (
    AttendanceForm,
    MinutesForm,
    WordForm,
    initial_minutes,
)
from keti.meetings.forms.planning import (
    LOCAL,
    BesideForm,
    MoveForm,
    Others,
    PlanForm,
    WhyForm,
    choices_of,
)

__all__ = [
    "LOCAL",
    "AttendanceForm",
    "BesideForm",
    "MinutesForm",
    "MoveForm",
    "Others",
    "PlanForm",
    "WhyForm",
    "WordForm",
    "choices_of",
    "initial_minutes",
]
