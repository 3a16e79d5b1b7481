"""Groups, roles and seats: who holds which place, from when to when, and who acts for a unit."""

from keti.groups.models.frame import Group, Role
from keti.groups.models.seats import (
    HOLDER,
    NAMES,
    UNNUMBERED,
    Colleague,
    Recusal,
    Seat,
    SeatQuerySet,
    named,
    seat_names,
    seated,
)

__all__ = [
    "HOLDER",
    "NAMES",
    "UNNUMBERED",
    "Colleague",
    "Group",
    "Recusal",
    "Role",
    "Seat",
    "SeatQuerySet",
    "named",
    "seat_names",
    "seated",
]
