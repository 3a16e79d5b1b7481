"""Drafts of one person, and what they take together."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import accumulate, islice

from django.db.models import Q, QuerySet, Sum

from keti.accounts.models import Person
from keti.drafts.models import Draft
from keti.drafts.permissions import visible
from keti.drafts.rules import ALTOGETHER, MOST, REGRET, UNTOUCHED, WorkingCopy


def unsent(person: Person | None) -> QuerySet[Draft]:
    """What this person typed and neither sent nor discarded, the newest first."""
    return visible(person).filter(discarded_at=None)


CopiesOf = Callable[[Person, datetime], Iterable[WorkingCopy]]
_elsewhere: list[CopiesOf] = []


def register_copies(read: CopiesOf) -> None:
    """List what `read` finds among a person's unsent texts. Rooms whose texts have a working copy
    of their own call it when the installation starts; their own rules say what somebody sees."""
    _elsewhere.append(read)


def elsewhere(person: Person, at: datetime) -> list[WorkingCopy]:
    """The working copies this person has in other rooms, the newest first."""
    found = [one for read in _elsewhere for one in read(person, at)]
    return sorted(found, key=lambda one: one.saved_at, reverse=True)


def on_page(person: Person, place: str, named: Sequence[str]) -> QuerySet[Draft]:
    """The drafts of the forms of one page: begun there, or of forms that name themselves."""
    return unsent(person).filter(Q(place=place) | Q(form_key__in=list(named)))


def just_discarded(person: Person, at: datetime) -> QuerySet[Draft]:
    """What this person discarded lately and may still take back."""
    return visible(person).filter(discarded_at__gt=at - REGRET).order_by("-discarded_at")


def taken(person: Person, other_than: str) -> tuple[int, int]:
    """How many live drafts this person has besides that of this form, and their bytes."""
    found = unsent(person).exclude(form_key=other_than)
    return found.count(), found.aggregate(sum=Sum("size"))["sum"] or 0


def too_many_discarded(person: Person) -> list[int]:
    """Of what this person discarded the oldest rows, where all of it is more than may be kept."""
    found = visible(person).exclude(discarded_at=None).order_by("-discarded_at", "-pk")
    rows = list(found.values_list("pk", "size"))
    sums = accumulate(size for _pk, size in rows)
    fitting = sum(sum_ <= ALTOGETHER for sum_ in islice(sums, MOST))
    return [pk for pk, _size in rows[fitting:]]


def outlived(at: datetime) -> QuerySet[Draft]:
    """What nobody touched for half a year, and what was discarded for good."""
    return Draft.objects.filter(Q(saved_at__lt=at - UNTOUCHED) | Q(discarded_at__lt=at - REGRET))
