"""What the programme home shows: the river's marks, counts, what comes next."""

from collections.abc import Sequence
from datetime import date, timedelta

from keti.charter.queries import compiled
from keti.charter.rules import Compiled
from keti.duties.doors import Seen, most_pressing
from keti.duties.enums import Standing
from keti.groups.doors import Door
from keti.kernel.templatetags.keti_dates import last_day
from keti.planning.rules import holidays
from keti.planning.rules.river import Band, Diamond, Dot, Holiday, Pin, River

EDGE = timedelta(days=3)
STATES = {
    Standing.DONE: "done",
    Standing.DOING: "doing",
    Standing.SOON: "soon",
    Standing.OVERDUE: "overdue",
    Standing.RETURNED: "returned",
    Standing.WAIVED: "waived",
}


def river(door: Door, duties: Sequence[Seen]) -> River:
    """The programme as marks on a line of days: the charter's plan, the database's states."""
    charter = compiled(door.programme)
    bands = _bands(door, charter)
    diamonds = _gates(door, duties)
    pins = tuple(
        Pin(event.title.in_(door.lang), event.at, f"/p/{door.programme.slug}/charter/")
        for event in charter.events
    )
    dots = _dots(door, charter, duties)
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


def _gates(door: Door, duties: Sequence[Seen]) -> tuple[Diamond, ...]:
    """One diamond for the gates of one kind on one day; it stands as the most pressing of them."""
    together: dict[tuple[str, date], list[Seen]] = {}
    for one in duties:
        if one.duty.form == "decision":
            day = last_day(one.duty.due_instant, door.programme.tz)
            together.setdefault((one.duty.kind, day), []).append(one)
    return tuple(
        Diamond(same[0].duty.title.in_(door.lang), day, _state(same), _link(door, same))
        for (_kind, day), same in together.items()
    )


def _dots(door: Door, charter: Compiled, duties: Sequence[Seen]) -> tuple[Dot, ...]:
    """One dot for each recurring report and period."""
    recurring = {work.key for work in charter.works if work.recurring and work.form == "report"}
    together: dict[tuple[str, str], list[Seen]] = {}
    for one in duties:
        if one.duty.kind in recurring:
            together.setdefault((one.duty.kind, one.duty.period), []).append(one)
    return tuple(
        Dot(
            same[0].duty.title.in_(door.lang),
            last_day(max(one.duty.due_at for one in same), door.programme.tz),
            _state(same),
            _link(door, same),
        )
        for same in together.values()
    )


def _state(same: Sequence[Seen]) -> str:
    return STATES.get(most_pressing(same).standing, "none")


def _link(door: Door, same: Sequence[Seen]) -> str:
    first = same[0]
    base = f"/p/{door.programme.slug}/"
    if len(same) == 1:
        return f"{base}do/{first.duty.public_id}/"
    return f"{base}duties/list/?kind={first.duty.kind}&month={first.month}"


def counts(duties: Sequence[Seen]) -> dict[str, int]:
    """How many duties stand how."""
    found = dict.fromkeys((standing.value for standing in Standing), 0)
    for one in duties:
        found[one.standing.value] += 1
    return found


def ahead(door: Door, duties: Sequence[Seen], most: int = 5) -> list[Seen]:
    """The next duties that fall due, one for each kind and day."""
    found: dict[tuple[str, object], Seen] = {}
    for one in duties:
        pending = one.standing not in (Standing.DONE, Standing.WAIVED)
        if pending and one.duty.due_instant > door.now:
            found.setdefault((one.duty.kind, one.duty.due_instant), one)
    return list(found.values())[:most]


def next_gate(door: Door, duties: Sequence[Seen]) -> Seen | None:
    """The first gate that is not decided."""
    for one in duties:
        if one.duty.form == "decision" and one.standing not in (Standing.DONE, Standing.WAIVED):
            return one
    return None


def decided(duties: Sequence[Seen]) -> list[Seen]:
    """The gates decided last: all of the kind whose decision is newest."""
    gates = [one for one in duties if one.duty.form == "decision" and one.duty.met_at]
    if not gates:
        return []
    newest = max(gates, key=lambda one: (one.duty.met_at, one.duty.pk))
    return [one for one in gates if one.duty.kind == newest.duty.kind]
