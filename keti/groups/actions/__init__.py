"""Every act of the room: groups and roles as a whole (`frame`), who sits where (`seats`, by way
of `fitting`; what goes with another seat: `offices`), who works
in a unit's seat beside its delegate (`colleagues`) or stands in for a seat (`deputies`), two
records that become one (`merging`), an appointment taken back (`annulling`), a nomination
that is answered (`nominating`), personal ways in (`waysin`), terms of office (`terms`)."""

from keti.groups.actions.annulling import annul_seat
from keti.groups.actions.colleagues import TEAM, end_colleague, member_of, name_colleague
from keti.groups.actions.deputies import end_standing_in, stand_in
from keti.groups.actions.fitting import Place, fit_for_seat, hold_roster, vacate
from keti.groups.actions.frame import declare, end_undeclared, found_groups, stand_up, stop_group
from keti.groups.actions.merging import fit_together, move_seats, move_unit_seats
from keti.groups.actions.nominating import accept_nomination, decline_nomination
from keti.groups.actions.offices import CHARTER, follow_offices, offices_of
from keti.groups.actions.seats import (
    appoint,
    end_seat,
    first_seat,
    recuse,
    restyle,
    restyle_seat,
    swap_delegate,
)
from keti.groups.actions.terms import end_term, follow_terms, renew_seat
from keti.groups.actions.waysin import (
    fit_for_way_in,
    issue_way_in,
    revoke_way_in,
    send_way_in_again,
)

__all__ = [
    "CHARTER",
    "TEAM",
    "Place",
    "accept_nomination",
    "annul_seat",
    "appoint",
    "declare",
    "decline_nomination",
    "end_colleague",
    "end_seat",
    "end_standing_in",
    "end_term",
    "end_undeclared",
    "first_seat",
    "fit_for_seat",
    "fit_for_way_in",
    "fit_together",
    "follow_offices",
    "follow_terms",
    "found_groups",
    "hold_roster",
    "issue_way_in",
    "member_of",
    "move_seats",
    "move_unit_seats",
    "name_colleague",
    "offices_of",
    "recuse",
    "renew_seat",
    "restyle",
    "restyle_seat",
    "revoke_way_in",
    "send_way_in_again",
    "stand_in",
    "stand_up",
    "stop_group",
    "swap_delegate",
    "vacate",
]
