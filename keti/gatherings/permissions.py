"""Who arranges a gathering; who reads its guests."""

from django.db.models import QuerySet

from keti.gatherings.models import Invitee
from keti.groups.permissions import Sight, acting_seat
from keti.kernel.acts import Act
from keti.kernel.refusals import YES, Verdict, no
from keti.programmes.models import Programme


def may_arrange(act: Act, programme: Programme) -> Verdict:
    """The secretariat arranges gatherings: programme, guests, what is signed."""
    seat = acting_seat(act, programme)
    return YES if seat.can("manage") else no("gatherings.only-manage", seat=seat.title)


def invitees_in_sight(sight: Sight) -> QuerySet[Invitee]:
    """Guests are read by the secretariat alone: who is asked is nobody else's business."""
    found = Invitee.objects.filter(programme=sight.programme_id)
    return found if sight.seat.can("manage") else found.none()
