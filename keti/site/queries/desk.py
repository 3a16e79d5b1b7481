"""What the desk shows: owed, waiting, missed, and what others owe."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from keti.duties import queries
from keti.duties.enums import DutyState, Nature, Verb
from keti.duties.models import Obligation, ObligationQuerySet
from keti.duties.permissions import waiting_for
from keti.groups.doors import Door, turns
from keti.groups.queries import Turning
from keti.kernel.prepared import Key, prepared
from keti.ledger.queries import entries
from keti.programmes.models import Programme

WEEK = timedelta(days=7)
OTHERS_AHEAD = timedelta(days=10)
SHOWN = 12
REMINDED = "site.reminder.sent"


@dataclass(frozen=True, slots=True)
class DeskSection:
    """The first duties of one part of the desk, and how many it has in all."""

    first: list[Obligation]
    count: int


Parts = tuple[ObligationQuerySet, dict[str, Q]]


def sections(
    key: Key, names: Sequence[str], ask: Callable[..., Parts], *instants: datetime
) -> dict[str, DeskSection]:
    """Each part of some duties, first due first: one aggregate counts, one bounded read fetches
    the first few of every part. Of what is done only the number is told. `ask` gives the duties
    and the condition of each part of these names, at these instants; the key says all else it
    depends on."""

    def counted(*at: datetime) -> QuerySet[Obligation, dict[str, int]]:
        found, parts = ask(*at)
        counts = {name: Count("pk", filter=condition) for name, condition in parts.items()}
        return found.order_by().values("programme").annotate(**counts)

    def first(*at: datetime) -> ObligationQuerySet:
        found, parts = ask(*at)
        whens = [When(condition, then=Value(name)) for name, condition in parts.items()]
        part = Case(*whens, default=Value(""), output_field=CharField())
        place = Window(RowNumber(), partition_by=F("part"), order_by=("due", "pk"))
        numbered = found.open().annotate(part=part).exclude(part="").annotate(place=place)
        few = numbered.order_by().filter(place__lte=SHOWN).values("pk")
        return Obligation.objects.filter(pk__in=few).with_names().annotate(part=part)

    counts = next(iter(prepared((*key, "counted"), counted, *instants)), {})
    shown: dict[str, list[Obligation]] = {name: [] for name in names}
    for duty in prepared((*key, "first", SHOWN), first, *instants):
        shown[vars(duty)["part"]].append(duty)
    return {name: DeskSection(shown[name], counts.get(name, 0)) for name in names}


@dataclass(frozen=True, slots=True)
class Owed:
    """What waits for the acting seat, sorted by how it presses.

    `answers` are what others handed in or asked; of the applications only how many and the first:
    they are worked through in their own list.
    """

    overdue: DeskSection
    week: DeskSection
    later: DeskSection
    returned: DeskSection
    answers: DeskSection
    applications: DeskSection
    met: DeskSection

    def count(self) -> int:
        return sum(one.count for one in self._parts()) + self.applications.count

    def shown(self) -> list[Obligation]:
        """Every duty the desk shows with a line of its own."""
        return [duty for one in self._parts() for duty in one.first]

    def _parts(self) -> tuple[DeskSection, ...]:
        return (self.returned, self.answers, self.overdue, self.week, self.later)


def owed(door: Door) -> Owed:
    """Everything that waits for the acting seat. Returned work waits for it apart."""
    sight, answers, deciding = door.sight, Q(nature=Nature.RESPONSE), Q(form=Verb.DECIDE)
    fresh = Q(state=DutyState.OPEN) & ~deciding

    def ask(now: datetime, edge: datetime) -> Parts:
        return waiting_for(sight), {
            "overdue": fresh & queries.not_received(now),
            "week": fresh & ~answers & Q(due__gt=now, due__lte=edge),
            "later": fresh & ~answers & Q(due__gt=edge),
            "returned": Q(state=DutyState.RETURNED),
            "answers": fresh & answers & Q(due__gt=now),
            "applications": Q(state=DutyState.OPEN) & deciding,
            "met": Q(state=DutyState.MET),
        }

    names = [one.name for one in fields(Owed)]
    return Owed(**sections(("site.owed", *sight.key), names, ask, door.now, door.now + WEEK))


def next_due(door: Door) -> datetime | None:
    """The next due instant of the whole programme, for a desk with nothing on it."""
    return queries.falling_due(door.programme, after=door.now)


def owed_by_others(door: Door) -> dict[str, DeskSection]:
    """What others owe, by due instant: what is overdue, and what comes in the next days."""
    sight, names = door.sight, ("overdue", "ahead")

    def ask(now: datetime, edge: datetime) -> Parts:
        parts = {"overdue": Q(due__lte=now), "ahead": Q(due__gt=now, due__lte=edge)}
        return queries.owed_by_others(sight).filter(due__lte=edge), parts

    return sections(("site.others", *sight.key), names, ask, door.now, door.now + OTHERS_AHEAD)


@turns
def others_turn(now: datetime) -> list[Turning]:
    """When the next duty of others comes within the days that are shown of them."""
    return queries.next_within(now, OTHERS_AHEAD)


@dataclass(frozen=True, slots=True)
class Reminded:
    """Who was reminded last of a duty by hand, and when."""

    who: str
    at: datetime


def reminded(programme: Programme, duties: Sequence[Obligation]) -> dict[str, Reminded]:
    """Public id of a duty -> its newest reminder by hand; one query."""
    ids = [duty.public_id for duty in duties]
    if not ids:
        return {}
    found = entries(programme).filter(kind=REMINDED, subject_id__in=ids).order_by("seq")
    return {
        one.subject_id: Reminded(str(one.content["facts"]["to"]), one.happened_at) for one in found
    }


def blockers(door: Door, duties: Sequence[Obligation]) -> dict[str, Obligation]:
    """Stable key -> duty not yet met, of everything these duties wait for; one query."""
    keys = sorted({key for duty in duties for key in duty.needs})
    if not keys:
        return {}
    return {duty.key: duty for duty in queries.unmet(door.programme, keys)}
