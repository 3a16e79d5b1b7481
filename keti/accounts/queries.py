"""Finding people."""

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now

from keti.accounts.models import (
    DutyLink,
    NamedBy,
    Organisation,
    Person,
    SignedIn,
    User,
    WayIn,
    WayInMeans,
    factors,
)
from keti.accounts.rules import like_key, mail_key, name_key
from keti.kernel.prepared import prepared


def person_of(user: User | AnonymousUser | object) -> Person | None:
    """The person behind a signed-in user, or None."""
    if not getattr(user, "is_authenticated", False):
        return None
    person = cast(User, user).person
    return person.now if person is not None else None


def by_mail(mail: str) -> Person | None:
    """The person with this address, or None. The one look-up by address in the house."""
    found = row_of(mail)
    return found.now if found else None


def row_of(mail: str) -> Person | None:
    """The row that bears this address, also where it stands for somebody else today."""
    key = mail_key(mail)
    found = prepared(("accounts.by-mail",), _addressed, key) if key else []
    return found[0] if found else None


def _addressed(key: str) -> QuerySet[Person]:
    return (
        Person.objects.select_related("unit", "same_as__unit")
        .filter(mail_key=key)
        .order_by("pk")[:1]
    )


def namesakes(name: str, unit: Organisation | None) -> QuerySet[Person]:
    """Everybody whom an office entered under this name, however it is written, in this unit."""
    entered = Person.objects.filter(named_by=NamedBy.OFFICE, same_as=None)
    found = entered.filter(name_key=name_key(name), unit=unit)
    return found.select_related("unit").order_by("pk")


def rows_of(person: Person) -> list[int]:
    """Primary keys of the rows that stand for this human: their own, and those said to be them."""
    return [person.pk, *prepared(("accounts.rows-of",), _same_as, person.pk)]


def _same_as(person: int) -> "QuerySet[Person, int]":
    return Person.objects.filter(same_as=person).values_list("pk", flat=True)


def account_of(mail: str) -> User | None:
    """The account that signs in with this address, or None."""
    key = mail_key(mail)
    return User.objects.filter(email=key).first() if key else None


def has_second_factor(person: Person) -> bool:
    """Whether signing in as this person takes an app's code or a key besides."""
    return protected([person.pk]).exists() if person.has_factor is None else person.has_factor


def protected(people: Iterable[int]) -> QuerySet[Person]:
    """Those of these people (primary keys) who have a second factor."""
    return Person.objects.filter(Exists(factors("user__person")), pk__in=list(people))


def organisation_named(name: str) -> Organisation | None:
    """The unit of this name: as it is written, else however it may be written."""
    found = prepared(("accounts.unit-named",), _units_named, name.strip())
    found = found or prepared(("accounts.unit-like",), _units_like, like_key(name))
    found = found or prepared(("accounts.unit-once",), _units_once, like_key(name))
    return found[0].now if found else None


def _units_named(name: str) -> QuerySet[Organisation]:
    known = Organisation.objects.select_related("same_as")
    return known.filter(name_zh=name).order_by("pk")[:1]


def _units_like(key: str) -> QuerySet[Organisation]:
    known = Organisation.objects.select_related("same_as")
    return known.filter(name_key=key).order_by("pk")[:1]


def _units_once(key: str) -> QuerySet[Organisation]:
    """A unit that was called so before."""
    known = Organisation.objects.select_related("same_as")
    return known.filter(former_names__name_key=key).order_by("pk")[:1]


def link_by_hash(token_hash: str) -> DutyLink | None:
    return (
        DutyLink.objects.select_related("person", "person__unit")
        .filter(token_hash=token_hash)
        .first()
    )


def has_founder() -> bool:
    """True once somebody may found programmes: the installation is no longer empty."""
    return Person.objects.filter(may_found=True).exists()


def links_of(obligation_id: str) -> QuerySet[DutyLink]:
    """Every personal link that was issued for a duty, the newest first."""
    links = DutyLink.objects.select_related("person").filter(obligation_id=obligation_id)
    return links.order_by("-pk")


def has_proved_address(person: Person) -> bool:
    """Whether this person has signed in by an address that was proved to be theirs."""
    proved = EmailAddress.objects.filter(user__person=person, verified=True)
    return bool(proved.exists())


def way_in_by_hash(token_hash: str) -> WayIn | None:
    ways = WayIn.objects.select_related("person__unit", "person__same_as", "programme")
    return ways.filter(token_hash=token_hash).first()


def way_in_by_id(public_id: str) -> WayIn | None:
    ways = WayIn.objects.select_related("person__unit", "person__same_as", "programme")
    return ways.filter(public_id=public_id).first()


def why_ended(way: WayIn, at: datetime) -> str:
    """The code of why the way in opens nothing at `at` (UTC); "" while it does. One that was handed
    over ends when its person has proved an address: from then on they come in by that."""
    why = way.ended(at)
    if not why and way.means == WayInMeans.HAND and has_proved_address(way.person):
        return "accounts.way-in-by-hand"
    return why


def ways_of_seat(seat_id: str) -> QuerySet[WayIn]:
    """Every way in that was issued because of a seat (public id), the newest first."""
    ways = WayIn.objects.select_related("person", "programme").filter(seat_id=seat_id)
    return ways.order_by("-pk")


def handed_over(programme: int, at: datetime) -> list[WayIn]:
    """The ways in of a programme (primary key) that were handed over and still open something."""
    ways = prepared(("accounts.by-hand",), _by_hand, programme)
    return [one for one in ways if not why_ended(one, at)]


def _by_hand(programme: int) -> QuerySet[WayIn]:
    ways = WayIn.objects.select_related("person__unit", "programme").filter(
        programme=programme, means=WayInMeans.HAND, used_at=None, revoked_at=None, closed=False
    )
    return ways.order_by("pk")


def signed_in(person: Person) -> QuerySet[SignedIn]:
    """The devices on which this person is signed in now, the one used last first. A session runs
    out by the machine's own clock."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=Now())
    return SignedIn.objects.filter(Exists(alive), user__person=person).order_by("-used_at", "-pk")
