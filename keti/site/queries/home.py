"""What the programme home shows: the river's marks, counts, what comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from keti.charter.queries import compiled
from keti.charter.rules import Compiled
from keti.duties.doors import LatenessView, Seen, announced, mark_of, seen, urgency
from keti.duties.enums import DutyState, DutyStatus
from keti.duties.models import Obligation, ObligationQuerySet
from keti.duties.queries import late_at, not_received, standing_at
from keti.groups.doors import Door
from keti.kernel.acts import Text
from keti.kernel.templatetags.keti_dates import last_day
from keti.planning.rules import holidays
from keti.planning.rules.river import Band, Diamond, Dot, Holiday, Pin, River

EDGE = timedelta(days=3)
GATE = "decision"
AHEAD = 5
SETTLED = (DutyStatus.DONE.value, DutyStatus.WAIVED.value)


def river(door: Door, plan: "Plan") -> River:
    """The programme as marks on a line of days: the charter's plan, the database's states."""
    charter = compiled(door.programme)
    bands = _bands(door, charter)
    diamonds = _gates(door, plan.gates)
    pins = tuple(
        Pin(event.title.in_(door.lang), event.at, f"/p/{door.programme.slug}/charter/")
        for event in charter.events
    )
    dots = _dots(door, plan.reports)
    days = [mark.start for mark in bands] + [mark.end for mark in bands]
    days += [one.date for one in diamonds] + [one.date for one in pins]
    days += [one.date for one in dots]
    first, last = min(days) - EDGE, max(days) + EDGE
    today = door.programme.local(door.now).date()
    shades = holidays.spans(charter.workdays, first, last, door.lang)
    return River(
        start=first,
        end=last,
        today=today if first <= today <= last else None,
        bands=bands,
        diamonds=diamonds,
        pins=pins,
        dots=dots,
        holidays=tuple(Holiday(*shade) for shade in shades),
        lang=door.lang,
    )


def _bands(door: Door, charter: Compiled) -> tuple[Band, ...]:
    zone = door.programme.tz
    keys = [phase.key for phase in charter.phases]
    stands = keys.index(door.programme.phase) if door.programme.phase in keys else 0
    marks = []
    for place, phase in enumerate(charter.phases):
        over = door.programme.closed_at is not None and phase.end <= door.now
        state = "done" if over or place < stands else "doing" if place == stands else "none"
        first = phase.start.astimezone(zone).date()
        title = phase.title.in_(door.lang)
        last: date = last_day(phase.end, zone)
        link = f"/p/{door.programme.slug}/duties/list/?month={first:%Y-%m}"
        marks.append(Band(title, first, last, state, link, title))
    return tuple(marks)


def _gates(door: Door, gates: Sequence["Lot"]) -> tuple[Diamond, ...]:
    """One diamond for the gates of one kind on one day; it stands as the most pressing of them."""
    together: dict[tuple[str, date], list[Lot]] = {}
    for lot in gates:
        day = last_day(lot.first_due, door.programme.tz)
        together.setdefault((lot.kind, day), []).append(lot)
    return tuple(
        Diamond(same[0].title.in_(door.lang), day, _state(same), _link(door, same))
        for (_kind, day), same in together.items()
    )


def _dots(door: Door, reports: Sequence["Lot"]) -> tuple[Dot, ...]:
    """One dot for each recurring report and period."""
    together: dict[tuple[str, str], list[Lot]] = {}
    for lot in reports:
        together.setdefault((lot.kind, lot.period), []).append(lot)
    return tuple(
        Dot(
            same[0].title.in_(door.lang),
            last_day(max(lot.last_due_at for lot in same), door.programme.tz),
            _state(same),
            _link(door, same),
        )
        for same in together.values()
    )


@dataclass(frozen=True, slots=True)
class Lot:
    """Duties of one kind that share period or due instant, and their standing. `public_id` leads
    to the duty where it is one alone."""

    kind: str
    period: str
    title: Text
    public_id: str
    first_due: datetime
    last_due_at: datetime
    standing: DutyStatus
    count: int
    decided: int
    decided_at: datetime | None
    late: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What one count of all announced duties tells: the gates, the recurring reports, how many
    stand how, and the rows of the next that fall due, one for each kind and instant."""

    gates: list[Lot]
    reports: list[Lot]
    counts: dict[str, int]
    ahead: list[int]


def on_the_river(door: Door) -> Plan:
    """Everything announced, counted by kind, period, due instant and standing; one query. Rows are
    as many as the charter has kinds and dates, however many groups owe them."""
    works = compiled(door.programme).works
    recurring = {work.key for work in works if work.recurring and work.form == "report"}
    rows = door.read(("site.on-the-river",), _counted)
    counts = {standing.value: 0 for standing in DutyStatus}
    firsts: dict[tuple[str, datetime], int] = {}
    for row in rows:
        counts[row["stands"]] += row["n"]
        if row["stands"] not in SETTLED and row["due"] > door.now:
            place = firsts.setdefault((row["kind"], row["due"]), row["place"])
            firsts[row["kind"], row["due"]] = min(place, row["place"])
    coming = sorted((due, place) for (_kind, due), place in firsts.items())
    return Plan(
        [_lot(row) for row in rows if row["form"] == GATE],
        [_lot(row) for row in rows if row["kind"] in recurring],
        counts,
        [place for _due, place in coming[:AHEAD]],
    )


def _counted(door: Door) -> QuerySet[Obligation, dict[str, Any]]:
    scope = LatenessView.of(door).scope()
    late = Count("pk", filter=scope & late_at(door.now) & Q(state=DutyState.MET))
    return (
        announced(door)
        .annotate(stands=standing_at(door.now, scope))
        .order_by()
        .values("kind", "form", "period", "due", "title_zh", "title_en", "stands")
        .annotate(n=Count("pk"), first=Min("due"), last_at=Max("due_at"))
        .annotate(place=Min("pk"), one=Min("public_id"), met=Count("met_at"), newest=Max("met_at"))
        .annotate(late=late)
        .order_by("first", "place")
    )


def _lot(row: Mapping[str, Any]) -> Lot:
    return Lot(
        row["kind"],
        row["period"],
        Text(row["title_zh"], row["title_en"]),
        row["one"],
        row["first"],
        row["last_at"],
        DutyStatus(row["stands"]),
        row["n"],
        row["met"],
        row["newest"],
        row["late"],
    )


def _state(same: Sequence[Lot]) -> str:
    """The most pressing of them; where all are done and one came late, that."""
    state = mark_of(min((lot.standing for lot in same), key=urgency))
    return "late" if state == "done" and any(lot.late for lot in same) else state


def _link(door: Door, same: Sequence[Lot]) -> str:
    first = same[0]
    base = f"/p/{door.programme.slug}/"
    if sum(lot.count for lot in same) == 1:
        return f"{base}do/{first.public_id}/"
    month = f"{last_day(first.first_due, door.programme.tz):%Y-%m}"
    return f"{base}duties/list/?kind={first.kind}&month={month}"


def missing_and_ahead(door: Door, plan: Plan, most: int) -> tuple[list[Seen], list[Seen]]:
    """The first of what is due and not received, and the next duties that fall due."""

    def first_late(door: Door) -> ObligationQuerySet:
        return announced(door).filter(not_received(door.now))[:most]

    def read() -> tuple[list[Seen], list[Seen]]:
        late = door.read(("site.late", most), first_late)
        shown = seen(door, [*late, *announced(door).filter(pk__in=plan.ahead)])
        return shown[: len(late)], shown[len(late) :]

    return door.unchanged(("site.late-and-ahead", most), read, names=True)


def next_gate(gates: Sequence[Lot]) -> Lot | None:
    """The first gate that is not decided."""
    return next((lot for lot in gates if lot.standing not in SETTLED), None)


@dataclass(frozen=True, slots=True)
class Decided:
    """The gates decided last: all of the kind whose decision is newest."""

    title: Text
    count: int
    newest: datetime


def decided(gates: Sequence[Lot]) -> Decided | None:
    """The kind of gate that was decided last, or None before the first decision."""
    moments = [(lot.decided_at, lot.kind) for lot in gates if lot.decided_at]
    if not moments:
        return None
    newest, kind = max(moments)
    same = [lot for lot in gates if lot.kind == kind and lot.decided]
    return Decided(same[0].title, sum(lot.decided for lot in same), newest)
