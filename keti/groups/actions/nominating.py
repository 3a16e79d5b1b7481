"""Who was nominated for a unit's seat by the unit is asked before they sit."""

from django.db import transaction

from keti.accounts.actions import close_links
from keti.groups import notices, permissions
from keti.groups.actions.fitting import hold_roster, part_deputies
from keti.groups.actions.offices import follow_offices
from keti.groups.models import Seat
from keti.kernel.acts import Act
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger


@transaction.atomic
def accept_nomination(act: Act, *, seat: Seat) -> Seat:
    """Accept to act for the unit that nominated one: the seat is theirs from now on, until then it
    was proposed. The secretariat is told.

    Only who was nominated, or the secretariat with their signed paper. Refuses a seat that has
    ended or waits for no answer.

    Taken back by: swap_delegate (the unit names another), end_seat.
    """
    hold_roster(seat.programme)
    seat = hold_row(Seat, seat.pk)
    if ledger.repeated(act, "groups.nomination.accepted", programme=seat.programme):
        return seat
    permissions.may_answer_nomination(act, seat).or_refuse()
    seat.proposed_at = None
    seat.save(update_fields=["proposed_at"])
    ledger.record(
        act,
        "groups.nomination.accepted",
        programme=seat.programme,
        about=seat.subject(),
        facts={"delegate": seat.delegate.label if seat.delegate else ""},
    )
    notices.nomination_answered(act, seat, seat.delegate, "accepted")
    follow_offices(act, seat.programme)
    return seat


@transaction.atomic
def decline_nomination(act: Act, *, seat: Seat) -> Seat:
    """Decline to act for the unit that nominated one: the unit keeps the seat, nobody acts in it
    until the secretariat records whom the unit names instead. The secretariat is told.

    Only who was nominated, or the secretariat with their signed paper. Refuses a seat that has
    ended or waits for no answer.

    Taken back by: swap_delegate (named anew).
    """
    hold_roster(seat.programme)
    seat = hold_row(Seat, seat.pk)
    if ledger.repeated(act, "groups.nomination.declined", programme=seat.programme):
        return seat
    permissions.may_answer_nomination(act, seat).or_refuse()
    asked = seat.delegate
    close_links(seats=[seat.public_id])
    part_deputies([seat], act.recorded_at)
    seat.proposed_at = seat.delegate = None
    seat.save(update_fields=["proposed_at", "delegate"])
    ledger.record(
        act,
        "groups.nomination.declined",
        programme=seat.programme,
        about=seat.subject(),
        facts={"delegate": asked.label if asked else ""},
    )
    notices.nomination_answered(act, seat, asked, "declined")
    return seat
