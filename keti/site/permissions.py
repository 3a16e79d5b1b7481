"""Who may do what the house itself offers."""

from keti.duties.models import Obligation
from keti.groups.permissions import acting_seat
from keti.kernel.acts import Act
from keti.kernel.refusals import YES, Verdict, no
from keti.notify.models import Message


def may_remind(act: Act, obligation: Obligation) -> Verdict:
    """The secretariat reminds anybody; a lead reminds the own group."""
    seat = acting_seat(act, obligation.programme)
    if seat.can("manage") or (seat.can("lead") and seat.group_id == obligation.group_id):
        return YES
    return no("site.only-leads-remind", seat=seat.title)


def may_resend(act: Act, message: Message) -> Verdict:
    """The secretariat sends again: it knows who was told by other means."""
    seat = acting_seat(act, message.programme)
    return YES if seat.can("manage") else no("site.only-the-secretariat-resends", seat=seat.title)
