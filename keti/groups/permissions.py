"""In which seat somebody acts, and who may see which group."""

from django.db.models import Q, QuerySet

from keti.accounts.models import Person
from keti.charter.queries import compiled
from keti.groups.models import Group, Seat
from keti.kernel.acts import Act
from keti.kernel.refusals import YES, Refused, Verdict, no
from keti.programmes.models import Programme


def acting_seat(act: Act, programme: Programme) -> Seat:
    """The seat the signed-in person acts in. Refuses no seat, another's seat, an ended seat."""
    seat = act.seat
    if not isinstance(seat, Seat) or seat.programme_id != programme.pk:
        raise Refused("groups.no-seat")
    own = [seat.person_id, seat.delegate_id]
    if getattr(act.by, "pk", None) not in own:
        holder = seat.acting_person.label if seat.acting_person else seat.holder.label
        raise Refused("groups.not-your-seat", who=act.by.label, seat=seat.title, holder=holder)
    if seat.ends_at and seat.ends_at <= act.recorded_at:
        raise Refused("groups.seat-has-ended", seat=seat.title)
    return seat


def principal(act: Act, programme: Programme) -> Seat:
    """The seat for which the act counts: the acting seat, or the one it is recorded for (代录).

    Refuses recording for others where the charter forbids it, a recorder who is neither the
    secretariat nor a delegate of the principal's unit, a moment in the future, and late recording
    (补录) without evidence or against the charter.
    """
    seat = acting_seat(act, programme)
    if act.happened_at > act.recorded_at:
        raise Refused("groups.happened-in-the-future")
    _recorded_late(act, programme)
    if act.on_behalf_of is None:
        return seat
    if not compiled(programme).late.allow_on_behalf:
        raise Refused("groups.on-behalf-not-allowed")
    behalf = act.on_behalf_of
    if not isinstance(behalf, Seat) or behalf.programme_id != programme.pk:
        raise Refused("groups.no-seat")
    may_record_for(seat, behalf).or_refuse()
    return behalf


def _recorded_late(act: Act, programme: Programme) -> None:
    """Late recording is refused in this one place, for every act, where the charter forbids it."""
    if not act.recorded_late:
        return
    if not compiled(programme).late.allow_recorded_late:
        raise Refused("groups.late-recording-not-allowed")
    if act.evidence is None:
        raise Refused("groups.late-recording-needs-evidence")


def may_record_for(seat: Seat, principal_seat: Seat) -> Verdict:
    """The secretariat records for anybody; a unit's seat for the people of that unit."""
    same_unit = seat.organisation_id is not None and seat.organisation_id == (
        principal_seat.unit.pk if principal_seat.unit else None
    )
    if seat.can("manage") or same_unit:
        return YES
    return no("groups.only-the-secretariat-records-for-others", seat=seat.title)


def needs_paper(act: Act) -> Verdict:
    """What may be recorded on behalf only with the signed paper attached."""
    if act.on_behalf_of is not None and act.evidence is None:
        return no("groups.on-behalf-needs-paper")
    return YES


def may_manage(act: Act, programme: Programme) -> Verdict:
    """Only seats with `manage` (the secretariat)."""
    seat = acting_seat(act, programme)
    if seat.can("manage"):
        return YES
    return no("groups.only-the-secretariat", seat=seat.title)


def sees_all(seat: Seat | None) -> bool:
    """Seats that see every group's inner work: secretariat, monitors, coordinators, deciders."""
    return seat is not None and any(
        seat.can(verb) for verb in ("manage", "watch", "resolve", "commission")
    )


def visible_groups(seat: Seat | None, programme: Programme) -> QuerySet[Group]:
    """Groups whose inner work this seat may read: its own and those beneath, or all."""
    groups = Group.objects.filter(programme=programme)
    if seat is None:
        return groups.none()
    if sees_all(seat):
        return groups
    return groups.filter(Q(pk=seat.group_id))


def sees_group(seat: Seat | None, group: Group | None) -> bool:
    """The predicate that agrees with `visible_groups`; None stands for the whole programme."""
    if seat is None:
        return False
    return group is None or sees_all(seat) or seat.group_id == group.pk


def seats_of(person: Person, programme: Programme) -> QuerySet[Seat]:
    """Every seat, past and present, in which this person may act in the programme."""
    return Seat.objects.filter(programme=programme).of(person).with_names()
