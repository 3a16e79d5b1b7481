"""What the progress sheet shows: how each group stands, what was achieved, what is late and why,
what waits for the reader's decision. Every read takes the one sight of the door."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateTimeField,
    F,
    Max,
    Min,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, RowNumber

from keti.duties import permissions
from keti.duties.doors import (
    FIELDS,
    DutyLine,
    LatenessView,
    Seen,
    announced,
    line_of,
    seen,
    title_of,
)
from keti.duties.enums import DutyState, DutyStatus, Nature
from keti.duties.models import Obligation, ObligationQuerySet
from keti.duties.queries import late_at, not_received, owed_of, standing_at
from keti.groups.doors import Door
from keti.groups.models import Group, Seat
from keti.groups.queries import standing
from keti.kernel.acts import Text
from keti.kernel.alike import alike
from keti.site.queries.home import GATE

LAST, NEXT, LATE = "last", "next", "late"
SAID = ("said", "expected_on", "with_id")
HELD = ("seat__person", "seat__delegate", "seat__organisation")
HOLDERS = {"person": "name", "delegate": "name", "organisation": "name_zh"}
NAMES = [f"seat__{one}__{name}" for one, name in HOLDERS.items()] + [
    f"seat__{one}__name_en" for one in HOLDERS
]
GONE = (DutyStatus.WAIVED,)
DUE = (DutyStatus.OVERDUE, DutyStatus.MISSING)


@dataclass(frozen=True)
class DutyCounts:
    """How many charter duties of which group stand how, how many of what is done came late, and
    what was met of which kind."""

    by_group: dict[int, dict[str, int]]
    """Group row -> how many of its duties stand how."""
    came_late: int
    """As far as this seat may know."""
    kinds: list["Met"]

    def count(self, *standings: DutyStatus, group: int | None = None) -> int:
        """How many stand so, in the whole programme or in one group."""
        these = self.by_group.values() if group is None else [self.by_group.get(group, {})]
        return sum(one.get(standing, 0) for one in these for standing in standings)

    @property
    def done(self) -> int:
        return self.count(DutyStatus.DONE)

    @property
    def missing(self) -> int:
        """Due and not received, whatever this seat may call it."""
        return self.count(*DUE)

    @property
    def soon(self) -> int:
        return self.count(DutyStatus.SOON)


@dataclass(frozen=True, slots=True)
class Met:
    """Duties of one kind and title that were met: how many, and when last."""

    kind: str
    title: Text
    count: int
    newest: datetime


def tally(door: Door) -> DutyCounts:
    """The counts of everything announced, as this seat sees it; one statement, in two parts: how
    the duties of a group stand, and what was met of a kind. Neither has a row for each group and
    kind."""
    by_group: dict[int, dict[str, int]] = {}
    came_late, kinds = 0, []
    LatenessView.of(door)  # reads the charter, which no kept statement may do while it is built
    for group, name, count, late, zh, en, newest, place in door.read(("site.tally",), _counted):
        if group:
            by_group.setdefault(group, {})[name] = count
            came_late += late
        else:
            kinds.append((place, Met(name, Text(zh, en), count, newest)))
    kinds.sort(key=itemgetter(0))
    return DutyCounts(by_group, came_late, [one for _place, one in kinds])


def _counted(door: Door) -> QuerySet[Obligation, tuple[Any, ...]]:
    scope, nothing, never = (
        LatenessView.of(door).scope(),
        Value(0),
        Cast(Value(None), DateTimeField()),
    )
    late = Count("pk", filter=scope & late_at(door.now) & Q(state=DutyState.MET))
    every = announced(door).order_by()
    stands = every.annotate(stands=standing_at(door.now, scope)).values("group_id", "stands")
    done = every.filter(state=DutyState.MET).values("kind", "title_zh", "title_en")
    return (
        stands.annotate(n=Count("pk"), late=late)
        .values_list("group_id", "stands", "n", "late", Value(""), Value(""), never, nothing)
        .union(
            done.annotate(n=Count("pk"), newest=Max("met_at"), place=Min("pk")).values_list(
                nothing, "kind", "n", nothing, "title_zh", "title_en", "newest", "place"
            ),
            all=True,
        )
    )


@dataclass(frozen=True, slots=True)
class Achieved:
    """What was done of one kind: how often, and when last."""

    title: Text
    count: int
    newest: date


def achieved(door: Door, counted: DutyCounts) -> list[Achieved]:
    """The kinds of duties that were met, what came last first."""
    together: dict[str, list[Met]] = {}
    for one in counted.kinds:
        together.setdefault(one.kind, []).append(one)
    newest = {kind: max(one.newest for one in same) for kind, same in together.items()}
    return [
        Achieved(
            together[kind][0].title,
            sum(one.count for one in together[kind]),
            door.programme.local(newest[kind]).date(),
        )
        for kind in sorted(together, key=lambda one: newest[one], reverse=True)
    ]


@dataclass(frozen=True, slots=True)
class GroupStands:
    """How one group stands: who leads it, how much of what it owes is done, how much is due and
    not received, what it did last and does next."""

    group: Group
    lead: str
    owed: int
    done: int
    missing: int
    last: tuple[str, date] | None
    next: tuple[str, datetime] | None


@dataclass(frozen=True, slots=True)
class Late:
    """One thing due and not received; `why` and `expected` as its holder says, where the reader
    may hear it."""

    one: Seen
    why: str
    expected: date | None
    heard: bool


def busy_groups(door: Door, counted: DutyCounts) -> list[Group]:
    """Every group that has something to do, in the charter's order; one statement."""

    def every(door: Door) -> QuerySet[Group]:
        return Group.objects.filter(programme=door.programme.pk)

    found = [one for one in door.read(("site.groups",), every) if one.pk in counted.by_group]
    for one in found:
        one.programme = door.programme
    return found


def late_and_groups(
    door: Door, counted: DutyCounts, groups: Sequence[Group], shown: Sequence[Group], most: int
) -> tuple[list[Late], list[GroupStands]]:
    """The first of what is due and not received, the longest due first, with why; and how those of
    the groups stand that are shown. Three statements in all."""
    pks = tuple(group.pk for group in shown)
    leads: dict[int, Seat] = {}
    for seat in door.read(("site.leads", pks), lambda door: _leads(door, pks)):
        leads.setdefault(seat.group_id, seat)
    picked = door.read(("site.picked", most, pks), lambda door: _picked(door, most, pks))
    ends: dict[str, dict[int, Obligation]] = {LAST: {}, NEXT: {}, LATE: {}}
    for one in picked:
        ends[vars(one)["part"]][one.group_id] = one
    late = [one for one in picked if vars(one)["part"] == LATE]
    stands = [_stands(door, group, counted, leads.get(group.pk), ends) for group in shown]
    return list(_why(door, late, groups)), stands


def _leads(door: Door, groups: Sequence[int]) -> QuerySet[Seat]:
    return standing(door.programme, door.now).able("lead").filter(group__in=groups)


def _picked(door: Door, most: int, groups: Sequence[int]) -> ObligationQuerySet:
    """Of these groups what each met last and what falls due next; of all what is due longest."""
    met, late = Q(state=DutyState.MET), not_received(door.now)
    coming = Q(state=DutyState.OPEN, due__gt=door.now)
    part = Case(
        When(met, then=Value(LAST)),
        When(late, then=Value(LATE)),
        default=Value(NEXT),
        output_field=CharField(),
    )
    place = Window(
        RowNumber(),
        partition_by=[F("group_id"), F("state")],
        order_by=(F("met_at").desc(), F("due").asc(), F("pk").asc()),
    )
    of_each = announced(door).order_by().filter(met | coming, group__in=groups)
    firsts = of_each.annotate(place=place).filter(place=1).values("pk")
    longest = Obligation.objects.filter(pk__in=announced(door).filter(late)[:most].values("pk"))
    both = firsts.union(longest.order_by().values("pk"), all=True)
    narrow = Obligation.objects.filter(pk__in=both).select_related(*HELD)
    narrow = narrow.only(*FIELDS, *SAID, *NAMES).order_by("due", "pk")
    return alike(narrow.annotate(part=part))


def _stands(
    door: Door,
    group: Group,
    counted: DutyCounts,
    lead: Seat | None,
    ends: Mapping[str, Mapping[int, Obligation]],
) -> GroupStands:
    last, coming = ends[LAST].get(group.pk), ends[NEXT].get(group.pk)
    return GroupStands(
        group,
        (lead.acting_person or lead.holder).called.in_(door.lang) if lead else "",
        counted.count(*(one for one in DutyStatus if one not in GONE), group=group.pk),
        counted.count(DutyStatus.DONE, group=group.pk),
        counted.count(*DUE, group=group.pk),
        (title_of(last, door.lang), door.programme.local(last.met_at).date())
        if last and last.met_at
        else None,
        (title_of(coming, door.lang), coming.due_instant) if coming else None,
    )


def _why(door: Door, late: list[Obligation], groups: Iterable[Group]) -> Iterable[Late]:
    watchers = LatenessView.of(door).watchers
    known = [one.seat for one in late if one.seat is not None]
    for one in seen(door, late, groups, known):
        heard = permissions.hears_why(door.sight, one.duty, watchers)
        why = one.duty.said if heard else ""
        yield Late(one, why, one.duty.expected_on if why else None, heard)


def to_decide(door: Door, most: int) -> tuple[list[DutyLine], int]:
    """What waits for the acting seat's own answer or decision, and how many there are."""

    def waits(door: Door) -> ObligationQuerySet:
        mine = Q(nature=Nature.RESPONSE) | Q(form=GATE)
        open_now = Q(opens_at=None) | Q(opens_at__lte=door.now)
        return owed_of(door.sight).filter(mine, open_now)

    def first(door: Door) -> ObligationQuerySet:
        return waits(door).with_names()[:most]

    duties = door.read(("site.to-decide", most), first)
    many = len(duties) == most
    count = door.count(("site.to-decide",), waits) if many else len(duties)
    sight = LatenessView.of(door)
    return [line_of(one, sight, door.lang) for one in duties], count
