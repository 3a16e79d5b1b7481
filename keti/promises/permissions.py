"""Who settles a promise, shows something for it, gives and confirms what it brings a unit."""

from django.db.models import QuerySet

from keti.duties.models import Obligation, ObligationQuerySet
from keti.duties.permissions import may_do, visible
from keti.groups.models import Seat
from keti.groups.permissions import Sight, acting_seat, principal
from keti.kernel.acts import Act
from keti.kernel.refusals import YES, Verdict, no
from keti.programmes.models import Programme
from keti.promises.models import Benefit, Exhibit


def promises_in_sight(sight: Sight) -> ObligationQuerySet:
    """The promises that this seat may see: as any duty of the charter."""
    return visible(sight, Obligation.objects.filter(form="promise"))


def may_settle(act: Act, duty: Obligation) -> Verdict:
    """The accountable seat, or the secretariat, says what became of a promise."""
    seat = principal(act, duty.programme)
    if acting_seat(act, duty.programme).can("manage"):
        return YES
    verdict = may_do(act, duty)
    if verdict or duty.seat is None:
        return verdict
    return no("promises.not-yours", who=duty.seat.called, seat=seat.title)


def may_show(act: Act, programme: Programme, kind: str) -> Verdict:
    """Who answers for a promise, or the secretariat, shows something for it and withdraws it."""
    seat = acting_seat(act, programme)
    if seat.can("manage"):
        return YES
    owed = Obligation.objects.filter(programme=programme, kind=kind, form="promise")
    duty = owed.with_names().filter(seat__isnull=False).first()
    if duty is None or duty.seat is None:
        return no("promises.only-manage", seat=seat.title)
    if owed.filter(seat=seat).exists():
        return YES
    return no("promises.not-yours", who=duty.seat.called, seat=seat.title)


def may_give(act: Act, programme: Programme) -> Verdict:
    """The secretariat records what units are given, and takes that back."""
    seat = acting_seat(act, programme)
    return YES if seat.can("manage") else no("promises.only-manage", seat=seat.title)


def may_confirm(act: Act, benefit: Benefit) -> Verdict:
    """Whoever acts for the unit confirms that it has it."""
    seat = acting_seat(act, benefit.programme)
    if seat.unit is not None and seat.unit.pk == benefit.organisation_id:
        return YES
    return no("promises.only-its-unit", unit=benefit.organisation.called)


def exhibits_in_sight(sight: Sight) -> QuerySet[Exhibit]:
    """What shows how promises were kept is seen by everybody inside who sees the promise."""
    kinds = promises_in_sight(sight).values("kind")
    return Exhibit.objects.filter(programme=sight.programme_id, kind__in=kinds)


def sees_every_unit(seat: Seat) -> bool:
    """Secretariat and monitors read what each unit is entitled to and was given."""
    return seat.can("manage") or seat.can("watch")


def benefits_in_sight(sight: Sight) -> QuerySet[Benefit]:
    """What units were given: secretariat and monitors see every unit's, others their own's."""
    found = Benefit.objects.filter(programme=sight.programme_id)
    seat = sight.seat
    if sees_every_unit(seat):
        return found
    return found.filter(organisation=seat.unit) if seat.unit else found.none()
