"""Who agrees, who has withdrawn, who has not answered."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from keti.accounts.models import Person
from keti.accounts.rules import like_key, name_key
from keti.consents.enums import Answer, Purpose
from keti.consents.models import Consent
from keti.groups.models import Seat
from keti.kernel.acts import Text
from keti.kernel.refusals import sentence
from keti.programmes.models import Programme

Names = Callable[[Programme, Person], Iterable[str]]
_names: list[Names] = []


def also_called(names: Names) -> None:
    """A room where people write their own names says here which, before anybody entered them."""
    if names not in _names:
        _names.append(names)


def standing(programme: Programme, purpose: Purpose = Purpose.ROLL) -> QuerySet[Consent]:
    """The consents to `purpose` that stand now. The one place that says who may be printed."""
    return Consent.objects.filter(programme=programme, purpose=purpose, withdrawn_at=None)


def consenting(programme: Programme, purpose: Purpose = Purpose.ROLL) -> frozenset[str]:
    """The persons who agree, now, by public id."""
    return frozenset(standing(programme, purpose).values_list("person__public_id", flat=True))


def alike(programme: Programme, person: Person, purpose: Purpose = Purpose.ROLL) -> list[Consent]:
    """The standing consents of others who hold or held a seat under the same name, however written.

    One human may stand in the list twice, once with an account and once as an office entered them:
    who withdraws on one record is printed from the other until somebody who knows says so.
    """
    found = standing(programme, purpose).exclude(person=person).select_related("person__unit")
    names = {person.name} | {name for names in _names for name in names(programme, person)}
    keys = {name_key(name) for name in names if name}
    called = [one for one in found.order_by("pk") if name_key(one.person.name) in keys]
    return [one for one in called if is_asked(one.person, programme)]


def withdrawals(programme: Programme, purpose: Purpose = Purpose.ROLL) -> int:
    """How many consents were withdrawn so far: a page made at a lower count may name too many."""
    gone = Consent.objects.filter(programme=programme, purpose=purpose)
    return gone.exclude(withdrawn_at=None).count()


def of_person(person: Person) -> QuerySet[Consent]:
    """Everything the person agreed to, the newest first, withdrawn ones included."""
    found = Consent.objects.filter(person=person).select_related("programme", "given_by")
    return found.order_by("-pk")


def wording(programme: Programme, purpose: Purpose = Purpose.ROLL) -> Text:
    """The text in force of what is agreed to, in both languages."""
    facts = {"programme": programme.title, "recipient": recipient(programme)}
    code = f"consents.to-{purpose.value}"
    return Text(sentence(code, facts, "zh-hans"), sentence(code, facts, "en"))


def recipient(programme: Programme) -> Text:
    """Who publishes what is agreed to."""
    facts = {"programme": programme.title}
    return Text(*(sentence("consents.recipient", facts, lang) for lang in ("zh-hans", "en")))


@dataclass(frozen=True, slots=True)
class Line:
    """One person who is asked, with the seats that would print them and the newest consent."""

    person: Person
    seats: tuple[Seat, ...]
    consent: Consent | None

    @property
    def answer(self) -> Answer:
        if self.consent is None:
            return Answer.NONE
        return Answer.WITHDRAWN if self.consent.withdrawn_at else Answer.AGREED

    @property
    def key(self) -> str:
        """What a search looks into."""
        units = {str(seat.unit) for seat in self.seats if seat.unit}
        units |= {str(self.person.unit)} if self.person.unit else set()
        words = [name_key(self.person.name), like_key(self.person.name_en), *map(like_key, units)]
        return "\n".join(words)


def answers(programme: Programme, purpose: Purpose = Purpose.ROLL) -> list[Line]:
    """Everybody who would be printed, in protocol order, with how they answered."""
    seats: dict[int, list[Seat]] = {}
    people: dict[int, Person] = {}
    found = Seat.objects.filter(programme=programme).with_names().select_related("delegate__unit")
    for seat in found:
        person = seat.acting_person
        if person is not None:
            people.setdefault(person.pk, person)
            seats.setdefault(person.pk, []).append(seat)
    newest = {
        one.person_id: one
        for one in Consent.objects.filter(programme=programme, purpose=purpose)
        .select_related("given_by", "withdrawn_by", "evidence", "withdrawal_evidence")
        .order_by("pk")
    }
    return [Line(one, tuple(seats[pk]), newest.get(pk)) for pk, one in people.items()]


def narrowed(lines: Iterable[Line], *, answer: str = "", words: str = "") -> list[Line]:
    """The lines with this answer whose person or unit holds these words, however written."""
    wanted = [key for key in (name_key(words), like_key(words)) if key]
    return [
        one
        for one in lines
        if (not answer or one.answer == answer)
        and (not wanted or any(key in one.key for key in wanted))
    ]


def sealed(person: Person, seats: Iterable[Seat]) -> Q:
    """The lines of the record about consents, which only the secretariat and whoever acted read:
    an id that stands in other lines would tell who agreed."""
    if any(one.can("manage") for one in seats):
        return Q(pk__in=[])
    return Q(kind__startswith="consents.") & ~Q(actor_id=person.public_id)


def is_asked(person: Person, programme: Programme) -> bool:
    """Would the programme print this person? Whoever acts or acted in a seat of it."""
    return Seat.objects.filter(programme=programme).of(person).exists()


def asked_of(person: Person) -> list[Programme]:
    """The programmes that would print the person, the newest first."""
    own = Seat.objects.of(person).values_list("programme_id", flat=True)
    return list(Programme.objects.filter(pk__in=set(own)).order_by("-pk"))
