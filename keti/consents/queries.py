"""Who agrees, who has withdrawn, who has not answered."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from django.db.models import BigIntegerField, Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce

from keti.accounts.models import Person
from keti.accounts.rules import name_key
from keti.consents.enums import Answer, Purpose
from keti.consents.models import Consent
from keti.groups.models import Seat
from keti.kernel.acts import Text
from keti.kernel.prepared import prepared
from keti.kernel.refusals import both
from keti.programmes.models import Programme

Names = Callable[[Programme, Person], Iterable[str]]
_names: list[Names] = []
Asks = Callable[[Programme, Person], bool]
_asking: list[Asks] = []


def also_called(names: Names) -> None:
    """A room where people write their own names says here which, before anybody entered them."""
    if names not in _names:
        _names.append(names)


def asked_too(asks: Asks) -> None:
    """A room that shows people who hold no seat says here whom it asks."""
    if asks not in _asking:
        _asking.append(asks)


def standing(programme: Programme, purpose: Purpose = Purpose.ROLL) -> QuerySet[Consent]:
    """The consents to `purpose` that stand now. The one place that says who may be printed."""
    return Consent.objects.filter(programme=programme, purpose=purpose, withdrawn_at=None)


def consenting(programme: Programme, purpose: Purpose = Purpose.ROLL) -> frozenset[str]:
    """The persons who agree, now, by public id."""
    of_whom = ("person__public_id", "person__same_as__public_id")
    pairs = standing(programme, purpose).values_list(*of_whom)
    return frozenset(one for pair in pairs for one in pair if one)


def alike(programme: Programme, person: Person, purpose: Purpose = Purpose.ROLL) -> list[Consent]:
    """The standing consents of others who hold or held a seat under the same name, however written.

    One human may stand in the list twice, once with an account and once as an office entered them:
    who withdraws on one record is printed from the other until somebody who knows says so.
    """
    names = {person.name} | {name for names in _names for name in names(programme, person)}
    seats = Seat.objects.filter(programme=programme)
    seated = seats.filter(Q(person=OuterRef("person")) | Q(delegate=OuterRef("person")))
    others = standing(programme, purpose).exclude(_of(person))
    found = others.filter(Exists(seated))
    keys = {name_key(name) for name in names} - {""}
    called = found.filter(person__name_key__in=keys).select_related("person__unit")
    return list(called.order_by("pk"))


def agreeing(purpose: Purpose) -> QuerySet[Consent]:
    """The standing consents to this of the person of an outer row that has `person` and
    `programme`, on whatever record of theirs it was given."""
    human = Q(person=OuterRef("person")) | Q(person__same_as=OuterRef("person"))
    human |= Q(person=OuterRef("person__same_as"))
    found = Consent.objects.filter(human, programme=OuterRef("programme"))
    return found.filter(purpose=purpose, withdrawn_at=None)


def withdrawals(programme: Programme, purpose: Purpose = Purpose.ROLL) -> int:
    """How many consents were withdrawn so far: a page made at a lower count may name too many."""
    gone = Consent.objects.filter(programme=programme, purpose=purpose)
    return gone.exclude(withdrawn_at=None).count()


def withdrawals_of(programme: OuterRef, purpose: Purpose = Purpose.ROLL) -> Coalesce:
    """The same count for each row of another read, which names the row's programme."""
    gone = Consent.objects.filter(programme=programme, purpose=purpose)
    told = gone.exclude(withdrawn_at=None).order_by().values("programme")
    return Coalesce(Subquery(told.annotate(times=Count("pk")).values("times")), 0)


def _of(person: Person) -> Q:
    """What was given on any record that is this person."""
    return Q(person=person) | Q(person__same_as=person)


def of_person(person: Person) -> QuerySet[Consent]:
    """Everything the person agreed to, the newest first, withdrawn ones included."""
    found = Consent.objects.filter(_of(person))
    found = found.select_related("programme", "given_by")
    return found.order_by("-pk")


def newest_of(
    programme: Programme, people: Iterable[Person], purpose: Purpose = Purpose.ROLL
) -> list[Consent]:
    """The newest consent of each of these people who ever gave one here."""
    found: list[Consent] = []
    for person in people:
        own = Consent.objects.filter(programme=programme, purpose=purpose)
        newest = own.filter(_of(person)).order_by("-pk").first()
        found += [newest] if newest else []
    return found


def wording(programme: Programme, purpose: Purpose = Purpose.ROLL) -> Text:
    """The text in force of what is agreed to, in both languages."""
    facts = {"programme": programme.title, "recipient": recipient(programme)}
    code = f"consents.to-{purpose.value}"
    return both(code, **facts)


def recipient(programme: Programme) -> Text:
    """Who publishes what is agreed to."""
    return both("consents.recipient", programme=programme.title)


@dataclass(frozen=True, slots=True)
class AskedPerson:
    """One person who is asked, with the seats that would print them and the newest consent."""

    person: Person
    seats: tuple[Seat, ...]
    consent: Consent | None

    @property
    def answer(self) -> Answer:
        if self.consent is None:
            return Answer.NONE
        return Answer.WITHDRAWN if self.consent.withdrawn_at else Answer.AGREED


STANDS = {
    Answer.NONE: Q(given=None),
    Answer.AGREED: Q(given__isnull=False, gone=None),
    Answer.WITHDRAWN: Q(gone__isnull=False),
}
"""How who is asked answered, as a condition on `asked_people`."""


def asked_people(programme: Programme, purpose: Purpose = Purpose.ROLL) -> QuerySet[Person]:
    """Everybody who would be printed, in protocol order; `given` and `gone` tell when the newest
    consent was given and withdrawn."""
    seats = Seat.objects.filter(programme=programme).held()
    theirs = seats.filter(Q(person=OuterRef("pk")) | Q(delegate=OuterRef("pk")))
    human = Q(person=OuterRef("pk")) | Q(person__same_as=OuterRef("pk"))
    newest = Consent.objects.filter(human, programme=programme, purpose=purpose).order_by("-pk")
    found = Person.objects.filter(
        Q(pk__in=seats.filter(person__isnull=False).values("person"))
        | Q(pk__in=seats.filter(delegate__isnull=False).values("delegate"))
    )
    return found.annotate(
        given=Subquery(newest.values("given_at")[:1]),
        gone=Subquery(newest.values("withdrawn_at")[:1]),
        place=Subquery(theirs.annotate(place=_PLACE).order_by("place").values("place")[:1]),
    ).order_by("place", "pk")


def on_record(programme: Programme) -> QuerySet[Person]:
    """Everybody who would be printed, and whoever agreed to anything: a guest who speaks has no
    seat, and takes it back like everybody."""
    gave = Consent.objects.filter(programme=programme)
    known = Q(pk__in=asked_people(programme).order_by().values("pk"))
    known |= Q(pk__in=gave.values("person")) | Q(pk__in=gave.values("person__same_as"))
    return Person.objects.filter(known, same_as=None)


def _wide(path: str) -> Cast:
    return Cast(path, BigIntegerField())


_PLACE = _wide("group__order") * 10**10 + _wide("role__order") * 10**5 + _wide("order")
"""The place of a seat in protocol order as one number: each of its parts is below 100,000."""


def lines(
    programme: Programme, people: Iterable[Person], purpose: Purpose = Purpose.ROLL
) -> list[AskedPerson]:
    """These people of `asked_people` with their seats and how they answered, in two reads."""
    found = list(people)
    keys = tuple(one.pk for one in found)
    seats: dict[int, list[Seat]] = {}
    for seat in prepared(("consents.seats", keys), partial(_seats, keys), programme.pk):
        if holder := seat.person_id or seat.delegate_id:
            seats.setdefault(holder, []).append(seat)
    given = prepared(("consents.of", keys, purpose), partial(_given, keys, purpose), programme.pk)
    newest = {one.person.same_as_id or one.person_id: one for one in given}
    return [AskedPerson(one, tuple(seats.get(one.pk, ())), newest.get(one.pk)) for one in found]


def _seats(people: tuple[int, ...], programme: int) -> QuerySet[Seat]:
    mine = Q(person__in=people) | Q(delegate__in=people)
    sitting = Seat.objects.filter(mine, programme=programme).select_related("role", "group")
    return sitting.order_by("group__order", "role__order", "order", "pk")


def _given(people: tuple[int, ...], purpose: Purpose, programme: int) -> QuerySet[Consent]:
    human = Q(person__in=people) | Q(person__same_as__in=people)
    of_these = Consent.objects.filter(human, programme=programme, purpose=purpose)
    return of_these.select_related("given_by", "evidence", "person").order_by("pk")


def sealed(person: Person, seats: Iterable[Seat]) -> Q:
    """The lines of the record about consents, which only the secretariat and whoever acted read:
    an id that stands in other lines would tell who agreed."""
    if any(one.can("manage") for one in seats):
        return Q(pk__in=[])
    return Q(kind__startswith="consents.") & ~Q(actor_id=person.public_id)


def is_asked(person: Person, programme: Programme) -> bool:
    """Would the programme print or show this person? Whoever acts or acted in a seat of it, and
    whom a room shows."""
    if Seat.objects.filter(programme=programme).speaking(person).exists():
        return True
    return any(asks(programme, person) for asks in _asking)


def asked_of(person: Person) -> list[Programme]:
    """The programmes that would print the person, the newest first."""
    own = Seat.objects.speaking(person).values_list("programme_id", flat=True)
    return list(Programme.objects.filter(pk__in=set(own)).order_by("-pk"))
