"""Taking an appointment back that was a mistake: apart from ending a seat that was held."""

from django.db import transaction

from keti.accounts.actions import close_links
from keti.groups import notices, permissions
from keti.groups.actions.fitting import hold_roster, part_deputies
from keti.groups.actions.offices import MISTAKE, follow_offices
from keti.groups.models import Seat
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold_row
from keti.ledger import actions as ledger
from keti.ledger.queries import acted_in


@transaction.atomic
def annul_seat(act: Act, *, seat: Seat, reason: str, tell: bool = True) -> Seat:
    """Take an appointment back that was a mistake: the seat counts as never held and stands in no
    roll; that it was given, and taken back, stays in the record. Only the secretariat. With `tell`
    off the act around it writes to whoever was appointed.

    Refuses no reason, a seat that has ended, and one in which something was done: that one ends.

    Taken back by: appoint (the same holder anew).
    """
    hold_roster(seat.programme)
    hold_row(Seat, seat.pk)
    seat = Seat.objects.with_names().get(pk=seat.pk)
    programme = seat.programme
    if ledger.repeated(act, "groups.seat.annulled", programme=programme):
        return seat
    permissions.may_manage(act, programme).or_refuse()
    permissions.by_hand(seat).or_refuse()
    if not reason.strip():
        raise Refused("groups.annulling-needs-a-reason")
    if seat.ends_at is not None:
        raise Refused("groups.seat-has-ended", seat=seat.title)
    if acted_in(programme, seat.public_id):
        raise Refused("groups.seat-was-used", seat=seat.title)
    seat.ends_at = seat.starts_at
    seat.save(update_fields=["ends_at"])
    close_links(seats=[seat.public_id])
    part_deputies([seat], act.recorded_at)
    unread = notices.unsay_appointed(act, seat)
    ledger.record(
        act,
        "groups.seat.annulled",
        programme=programme,
        about=seat.subject(),
        facts={"reason": reason.strip()},
    )
    if tell and not unread:
        notices.annulled(act, seat, reason.strip())
    follow_offices(act, programme, tell=tell, after=MISTAKE)
    return seat
