"""Reading the outbox."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from django.db.models import Q, QuerySet

from keti.accounts.models import Person
from keti.kernel.prepared import prepared
from keti.notify.enums import SEALED, DeliveryState, DutyWish, NewsWish, Way
from keti.notify.models import Delivery, Message, Preference
from keti.notify.rules import Appointment
from keti.programmes.models import Programme


def mailbox(programme: Programme, person: Person, now: datetime) -> QuerySet[Message]:
    """What was written to this person in the programme, newest first; not what is held back or
    was recalled."""
    arrived = Q(held_until=None) | Q(held_until__lte=now)
    mine = Message.objects.filter(programme=programme, recipient_id=person.public_id)
    return mine.filter(arrived, recalled_at=None).order_by("-pk")


def outbox(programme: Programme) -> QuerySet[Message]:
    """All messages of the programme with how they fared, newest first: for the secretariat. Not the
    sealed ones, whose being sent already tells what only the recipient knows."""
    found = Message.objects.filter(programme=programme).exclude(kind__endswith=SEALED)
    return found.order_by("-pk").prefetch_related("deliveries")


@dataclass(frozen=True, slots=True)
class Wishes:
    """How one person wants to be told; who said nothing: by mail, at once. `zone` is the wall clock
    of the mornings of who wants their news gathered: of the programme that wrote to them first, so
    that it is one letter a day whatever programmes they are in."""

    duties: str = DutyWish.MAIL
    news: str = NewsWish.ONCE
    zone: tzinfo | None = None


def wishes_of(people: Iterable[Person]) -> dict[int, Wishes]:
    """The wishes of those of these people who said any, by primary key."""
    keys = sorted({one.pk for one in people})
    if len(keys) == 1:
        rows = prepared(("notify.wishes",), _wished, *keys)
    else:
        rows = list(_wished(*keys)) if keys else []
    return {one.person_id: Wishes(one.duties, one.news, _mornings(one)) for one in rows}


def _wished(*people: int) -> QuerySet[Preference]:
    return Preference.objects.filter(person__in=people).select_related("person")


def _mornings(one: Preference) -> tzinfo | None:
    if one.news != NewsWish.DIGEST:
        return None
    theirs = Message.objects.filter(recipient_id=one.person.public_id).order_by("pk")
    first = theirs.select_related("programme").first()
    return first.programme.tz if first else None


DatesOf = Callable[[Person, datetime, str], Iterable[Appointment]]
_elsewhere: list[DatesOf] = []


def register_dates(read: DatesOf) -> None:
    """Put what `read` finds (person, now, language) into the calendar feed of that person. Rooms
    that keep appointments call it when the installation starts."""
    _elsewhere.append(read)


def appointments(person: Person, now: datetime, lang: str) -> list[Appointment]:
    """What the rooms put into this person's calendar beside what is owed."""
    return [one for read in _elsewhere for one in read(person, now, lang)]


STUCK = timedelta(minutes=15)


def stuck(now: datetime) -> QuerySet[Delivery]:
    """Letters whose time came a quarter of an hour ago and that no server took: of all
    programmes, for it is the server that is away."""
    return Delivery.objects.filter(
        way=Way.MAIL, state=DeliveryState.WAITING, next_attempt_at__lt=now - STUCK
    ).order_by("next_attempt_at")
