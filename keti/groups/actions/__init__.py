"""Every act of the room: groups and roles as a whole (`frame`), who sits where (`seats`), an
appointment taken back (`annulling`)."""

from keti.groups.actions.annulling import annul_seat
from keti.groups.actions.frame import declare, end_undeclared, found_groups, stand_up, stop_group
from keti.groups.actions.seats import (
    Place,
    appoint,
    end_seat,
    first_seat,
    fit_for_seat,
    hold_roster,
    recuse,
    restyle,
    swap_delegate,
    vacate,
)

__all__ = [
    "Place",
    "annul_seat",
    "appoint",
    "declare",
    "end_seat",
    "end_undeclared",
    "first_seat",
    "fit_for_seat",
    "found_groups",
    "hold_roster",
    "recuse",
    "restyle",
    "stand_up",
    "stop_group",
    "swap_delegate",
    "vacate",
]
