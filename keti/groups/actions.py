"""Declaring groups and roles, appointing, ending seats, swapping delegates, founding groups."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from keti.accounts.models import Organisation, Person
from keti.charter.rules.compiled import GroupSpec, RoleSpec
from keti.groups import notices, permissions, queries
from keti.groups.models import Group, Recusal, Role, Seat
from keti.kernel.acts import ROUTINE, Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import hold, put
from keti.ledger import actions as ledger
from keti.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Place:
    """A seat to be filled: where, as what, by whom, and how it is styled in rolls and letters."""

    group: Group
    role: Role
    organisation: Organisation | None = None
    person: Person | None = None
    delegate: Person | None = None
    honorific: str = ""
    order: int = 0
    starts_at: datetime | None = None


def hold_roster(programme: Programme) -> None:
    """Hold who sits where in the programme, until the transaction ends.

    Every way into a seat and out of it takes this first: roles that exclude each other, the most
    that hold a role, and what is decided by a number of seats are rules over several rows. They
    are read after it.
    """
    hold(Programme.objects.all()).get(pk=programme.pk)


@transaction.atomic
def declare(programme: Programme, groups: Iterable[GroupSpec], roles: Iterable[RoleSpec]) -> None:
    """Bring groups and roles of the programme in step with its charter.

    Called by the act that applies a charter, which records it. Never removes what has seats.
    """
    for order, spec in enumerate(groups):
        parent = Group.objects.filter(programme=programme, key=spec.parent).first()
        put(
            Group.objects.all(),
            programme=programme,
            key=spec.key,
            wanted={
                "kind": spec.kind,
                "title_zh": spec.title.zh,
                "title_en": spec.title.en,
                "parent": parent,
                "order": order,
                "ended_at": None,
            },
        )
    for order, role in enumerate(roles):
        put(
            Role.objects.all(),
            programme=programme,
            key=role.key,
            wanted={
                "title_zh": role.title.zh,
                "title_en": role.title.en,
                "group_kind": role.group_kind,
                "can": sorted(role.can),
                "excludes": list(role.excludes),
                "minimum": role.min,
                "maximum": role.max,
                "appointed_by": role.appointed_by,
                "external": role.external,
                "order": order,
                "ended_at": None,
            },
        )


@transaction.atomic
def end_undeclared(
    programme: Programme, groups: Iterable[GroupSpec], roles: Iterable[RoleSpec], at: datetime
) -> None:
    """End, as of `at`, the groups and roles the charter no longer declares, with their seats.

    Called by the act that applies an amendment, which records it.
    """
    gone = Group.objects.filter(programme=programme, ended_at=None).exclude(
        key__in=[one.key for one in groups]
    )
    lost = Role.objects.filter(programme=programme, ended_at=None).exclude(
        key__in=[one.key for one in roles]
    )
    seats = Seat.objects.filter(programme=programme, ends_at=None)
    seats.filter(Q(group__in=gone) | Q(role__in=lost)).update(ends_at=at)
    gone.update(ended_at=at)
    lost.update(ended_at=at)


@transaction.atomic
def first_seat(act: Act, *, place: Place) -> Seat:
    """A seat whose holder the charter names: given by applying the charter itself."""
    return _create(act, place)


@transaction.atomic
def vacate(seats: Iterable[Seat], at: datetime) -> None:
    """End seats as of `at`. Called by the act that gives them to others, which records it."""
    Seat.objects.filter(pk__in=[one.pk for one in seats], ends_at=None).update(ends_at=at)


@transaction.atomic
def stand_up(groups: Iterable[Group], at: datetime) -> None:
    """Groups declared in mid-run stand as of `at`. Called by the act that declares them."""
    Group.objects.filter(pk__in=[one.pk for one in groups], founded_at=None).update(founded_at=at)


@transaction.atomic
def appoint(act: Act, *, place: Place) -> Seat:
    """Fill a seat. The secretariat appoints, on behalf of the appointing role where one is named;
    of a role the charter lets be elected it records who elected.

    Refuses a full role, roles that exclude each other, and a role of another kind of group.
    """
    programme = place.group.programme
    hold_roster(programme)
    group = Group.objects.get(pk=place.group.pk)
    if entry := ledger.repeated(act, "groups.seat.appointed", programme=programme):
        return Seat.objects.get(public_id=entry.subject_id)
    permissions.may_manage(act, programme).or_refuse()
    _check(act, group, place)
    seat = _create(act, place)
    ledger.record(
        act,
        "groups.seat.appointed",
        programme=programme,
        about=seat.subject(),
        facts={
            "group": group.label,
            "role": place.role.title_zh,
            "order": place.order,
            "elected_by": queries.electors(programme, place.role),
        },
    )
    notices.appointed(act, seat)
    return seat


def _check(act: Act, group: Group, place: Place) -> None:
    role = place.role
    if (place.organisation is None) == (place.person is None):
        raise Refused("groups.seat-needs-a-holder")
    if place.delegate and not place.organisation:
        raise Refused("groups.only-units-have-delegates")
    if group.ended_at or role.ended_at:
        raise Refused("groups.has-ended", role=role.title, group=group.title)
    if role.group_kind != group.kind:
        raise Refused("groups.role-belongs-elsewhere", role=role.title, group=group.title)
    standing = Seat.objects.filter(group=group, role=role, ends_at=None)
    holder = place.person or place.organisation
    if standing.filter(person=place.person, organisation=place.organisation).exists():
        raise Refused("groups.already-holds-it", holder=holder, group=group.title, role=role.title)
    if role.maximum is not None and standing.count() >= role.maximum:
        raise Refused(
            "groups.role-is-full", role=role.title, count=standing.count(), most=role.maximum
        )
    _check_exclusions(group.programme, role, place)


def _check_exclusions(programme: Programme, role: Role, place: Place) -> None:
    person = place.person or place.delegate
    if person is None:
        return
    for seat in Seat.objects.filter(programme=programme, ends_at=None).of(person).with_names():
        if role.key in seat.role.excludes or seat.role.key in role.excludes:
            raise Refused(
                "groups.roles-exclude-each-other",
                holder=person.label,
                held=seat.title,
                role=role.title,
            )


def _create(act: Act, place: Place) -> Seat:
    return Seat.objects.create(
        programme=place.group.programme,
        group=place.group,
        role=place.role,
        organisation=place.organisation,
        person=place.person,
        delegate=place.delegate,
        honorific=place.honorific,
        order=place.order,
        starts_at=place.starts_at or act.happened_at,
        sole=place.role.maximum == 1,
    )


@transaction.atomic
def end_seat(act: Act, *, seat: Seat, reason: str) -> Seat:
    """End a seat from now on; history keeps it. Only the secretariat."""
    hold_roster(seat.programme)
    seat = hold(Seat.objects.all()).get(pk=seat.pk)
    if ledger.repeated(act, "groups.seat.ended", programme=seat.programme):
        return seat
    permissions.may_manage(act, seat.programme).or_refuse()
    if seat.ends_at is None:
        seat.ends_at = act.happened_at
        seat.save(update_fields=["ends_at"])
        ledger.record(
            act,
            "groups.seat.ended",
            programme=seat.programme,
            about=seat.subject(),
            facts={"reason": reason},
        )
    return seat


@transaction.atomic
def swap_delegate(act: Act, *, seat: Seat, delegate: Person) -> Seat:
    """Name another person to act for a unit: a routine adjustment, immediate and logged."""
    hold_roster(seat.programme)
    seat = hold(Seat.objects.all()).get(pk=seat.pk)
    if ledger.repeated(act, "groups.delegate.swapped", programme=seat.programme):
        return seat
    permissions.may_manage(act, seat.programme).or_refuse()
    if seat.organisation_id is None:
        raise Refused("groups.only-units-have-delegates")
    before = seat.delegate.label if seat.delegate else ""
    seat.delegate = delegate
    seat.save(update_fields=["delegate"])
    ledger.record(
        act,
        "groups.delegate.swapped",
        programme=seat.programme,
        about=seat.subject(),
        facts=ROUTINE | {"before": before, "after": delegate.label},
    )
    notices.appointed(act, seat)
    return seat


@transaction.atomic
def recuse(seats: Iterable[Seat], subjects: Iterable[str], at: datetime) -> None:
    """Whoever acts in these seats, and the units behind them, stand aside from these things (by
    public id) from now on. Called by the act that hears of a conflict, or finds one, and records
    it. What is known already stays.
    """
    ids = sorted({one for one in subjects if one})
    Recusal.objects.bulk_create(
        [
            Recusal(programme=seat.programme, subject_id=one, since=at, **side)
            for seat in seats
            for one in ids
            for side in _sides(seat)
        ],
        ignore_conflicts=True,
    )


def _sides(seat: Seat) -> list[dict[str, Person | Organisation]]:
    found: list[dict[str, Person | Organisation]] = []
    if seat.acting_person:
        found.append({"person": seat.acting_person})
    if seat.unit:
        found.append({"organisation": seat.unit})
    return found


@transaction.atomic
def found_groups(
    act: Act, *, programme: Programme, only: Sequence[Group] | None = None
) -> list[Group]:
    """Found every group (or of `only` each) not founded yet (clause 四.3.1). The secretariat."""
    hold_roster(programme)
    waiting = hold(Group.objects.all()).filter(programme=programme, founded_at=None).order_by("pk")
    if only is not None:
        waiting = waiting.filter(pk__in=[group.pk for group in only])
    groups = list(waiting)
    if ledger.repeated(act, "groups.groups.founded", programme=programme):
        return list(Group.objects.filter(programme=programme))
    permissions.may_manage(act, programme).or_refuse()
    for group in groups:
        group.founded_at = act.happened_at
        group.save(update_fields=["founded_at"])
    ledger.record(
        act,
        "groups.groups.founded",
        programme=programme,
        about=programme.subject(),
        facts={"groups": [group.label for group in groups]},
    )
    return groups
