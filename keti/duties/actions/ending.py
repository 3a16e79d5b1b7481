"""What waits for an answer when a programme or a group is over: it ends, and who waited is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from keti.accounts.models import Person
from keti.duties import notices
from keti.duties.actions.responding import SOURCES, end
from keti.duties.enums import DutyState, Nature
from keti.duties.models import Obligation
from keti.groups.models import Group
from keti.kernel.acts import Text
from keti.kernel.transactions import hold
from keti.notify.actions import post
from keti.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An answer that will not be given any more, and who waited for it."""

    duty: Obligation
    asker: Person


@transaction.atomic
def end_answers(
    programme: Programme, at: datetime, *, groups: Iterable[Group] | None = None
) -> list[Unanswered]:
    """End what waits in the whole programme, or in these groups. Called by the act that ends
    them, while what waited still can be read, before its line; who waited is told after it."""
    rows = hold(Obligation.objects.all()).filter(
        programme=programme, nature=Nature.RESPONSE, state=DutyState.OPEN
    )
    if groups is not None:
        rows = rows.filter(group__in=[one.pk for one in groups])
    over = list(rows.order_by("pk"))
    if not over:
        return []
    asked = [one for room in sorted(SOURCES) for one in SOURCES[room](programme, "", at)]
    askers = {one.key: one.asker for one in asked}
    end(over)
    found = Obligation.objects.with_names().in_bulk([one.pk for one in over])
    pairs = [(found[one.pk], askers.get(one.key)) for one in over]
    return [Unanswered(duty, asker) for duty, asker in pairs if asker is not None]


def tell_unanswered(
    programme: Programme, ended: Iterable[Unanswered], why: Text, at: datetime
) -> None:
    """One letter to each who waited: what they no longer need wait for, and why."""
    by_person: dict[int, tuple[Person, list[Obligation]]] = {}
    for one in ended:
        by_person.setdefault(one.asker.pk, (one.asker, []))[1].append(one.duty)
    for person, waited in by_person.values():
        post(programme, notices.unanswered(waited, why, at), to=[person], at=at)
