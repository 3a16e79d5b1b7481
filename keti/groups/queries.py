"""Reading groups and seats."""

from datetime import datetime

from django.db.models import QuerySet

from keti.accounts.models import Person
from keti.groups.models import Group, Role, Seat
from keti.programmes.models import Programme


def group_by_key(programme: Programme, key: str) -> Group:
    return Group.objects.select_related("programme").get(programme=programme, key=key)


def groups_of(programme: Programme) -> QuerySet[Group]:
    """Groups in the charter's order."""
    return Group.objects.select_related("programme", "parent").filter(programme=programme)


def role_by_key(programme: Programme, key: str) -> Role:
    return Role.objects.get(programme=programme, key=key)


def standing(programme: Programme, at: datetime) -> QuerySet[Seat]:
    """All seats held at `at`, named, in protocol order."""
    return Seat.objects.filter(programme=programme).standing(at).with_names()


def holders(programme: Programme, role_key: str, group: Group | None, at: datetime) -> list[Seat]:
    """Who holds the role (in the group, where one is given) at `at`, in protocol order."""
    seats = standing(programme, at).filter(role__key=role_key)
    return list(seats.filter(group=group) if group else seats)


def able(programme: Programme, verb: str, at: datetime, group: Group | None = None) -> list[Seat]:
    """Seats whose role can `verb` at `at`, in protocol order; of one group where it is given."""
    seats = standing(programme, at)
    if group is not None:
        seats = seats.filter(group=group)
    return [seat for seat in seats if seat.can(verb)]


def people(seats: list[Seat]) -> list[Person]:
    """The persons who act in these seats, each once, in the seats' order."""
    found: dict[int, Person] = {}
    for seat in seats:
        person = seat.acting_person
        if person:
            found.setdefault(person.pk, person)
    return list(found.values())


def seat_by_id(programme: Programme, public_id: str) -> Seat | None:
    return Seat.objects.with_names().filter(programme=programme, public_id=public_id).first()
