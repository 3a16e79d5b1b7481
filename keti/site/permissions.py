"""Who may do what the house itself offers."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from keti.accounts.models import Person
from keti.accounts.queries import has_second_factor
from keti.duties.models import Obligation
from keti.groups.models import Seat
from keti.groups.permissions import acting_seat
from keti.groups.queries import weighty
from keti.kernel.acts import Act
from keti.kernel.refusals import YES, Verdict, no
from keti.notify.models import Message
from keti.programmes.models import Programme

OF_FINDINGS = ("finding", "verification")
"""The forms of the duties to answer a finding and to verify the correction."""


def may_remind(act: Act, obligation: Obligation) -> Verdict:
    """The secretariat reminds anybody; a lead the own group; who resolves, of a finding's next
    step."""
    seat = acting_seat(act, obligation.programme)
    if seat.can("manage") or (seat.can("lead") and seat.group_id == obligation.group_id):
        return YES
    if seat.can("resolve") and obligation.form in OF_FINDINGS:
        return YES
    return no("site.only-leads-remind", seat=seat.title)


def may_be_reminded(obligation: Obligation, last: datetime | None, at: datetime) -> Verdict:
    """Whether anybody is reminded by hand of this at `at` (UTC), `last` being the newest reminder:
    not of what is finished or vacant, and once a day of the programme at most."""
    if not obligation.is_open:
        return no("site.nothing-to-remind", title=obligation.title)
    if obligation.seat_id is None and not obligation.pool:
        return no("site.nobody-to-remind", title=obligation.title)
    local = obligation.programme.local
    if last is not None and local(last).date() == local(at).date():
        return no("site.reminded-today", title=obligation.title)
    return YES


def may_resend(act: Act, message: Message) -> Verdict:
    """The secretariat sends again: it knows who was told by other means."""
    seat = acting_seat(act, message.programme)
    return YES if seat.can("manage") else no("site.only-the-secretariat-resends", seat=seat.title)


def may_recall(act: Act, message: Message) -> Verdict:
    """Who wrote it with their own hand, and the secretariat."""
    seat = acting_seat(act, message.programme)
    if seat.can("manage") or message.by_id == act.by.public_id:
        return YES
    return no("site.only-the-writer-recalls", seat=seat.title)


def may_write(act: Act, programme: Programme, seats: Iterable[Seat] = ()) -> Verdict:
    """The secretariat writes to anybody in the programme; a lead to the seats of the own group."""
    seat = acting_seat(act, programme)
    if any(one.programme_id != programme.pk for one in seats):
        return no("groups.no-seat")
    if seat.can("manage"):
        return YES
    if seat.can("lead") and all(one.group_id == seat.group_id for one in seats):
        return YES
    return no("site.only-leads-write", seat=seat.title)


def lacks_factor(person: Person, seats: Iterable[Seat]) -> bool:
    """Whether somebody who manages, decides or judges signs in by one step alone.

    Never in a demo or play folder, where nobody signs in from outside.
    """
    if settings.KETI_MODE != "normal" or not any(weighty(seat) for seat in seats):
        return False
    return not has_second_factor(person)


def barred(person: Person | None, slug: str, at: datetime) -> bool:
    """Whether the programme is closed to this person until a second factor is set up."""
    if settings.KETI_SECOND_FACTOR != "required" or person is None:
        return False
    mine = Seat.objects.filter(programme__slug=slug).of(person).standing(at).with_names()
    return lacks_factor(person, mine)
