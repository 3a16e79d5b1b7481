"""What was reckoned for a page once, and is true until something is recorded or its time comes."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.db.models import OuterRef, QuerySet, Subquery

from keti.groups.models import Seat
from keti.groups.queries import Turning
from keti.kernel.once import once, within
from keti.kernel.prepared import Key, prepared
from keti.ledger.queries import sizes
from keti.programmes.models import Programme

if TYPE_CHECKING:
    from keti.groups.doors.entering import Door

T = TypeVar("T")
SIZES = 3
MOST = 160
"""So many are kept in a process; a page of the grid is the largest, a tenth of a megabyte."""

Turn = Callable[[datetime], list[Turning]]
_turns: list[Turn] = []
_kept: "OrderedDict[Key, _Kept]" = OrderedDict()
_lock = Lock()
checking = False
"""The tests reckon everything anew and compare: what changes without a line is found."""


class Stale(AssertionError):
    """What was kept is no longer what would be reckoned, and nothing was recorded meanwhile."""


@dataclass(frozen=True, slots=True)
class _Kept:
    since: datetime
    until: datetime
    value: Any


def turns(next_turn: Turn) -> Turn:
    """Declare what changes in a programme by time alone: rows, of which the first has the next
    instant after the one that is handed over, and how long before it the change is (`Turning`).
    The rows of one programme are chosen here. Each room names its own beside what it reads."""
    _turns.append(next_turn)
    return next_turn


def unchanged(door: "Door", name: Key, reckon: Callable[[], T], *, names: bool = False) -> T:
    """What `reckon` gives, kept for this visitor until anything is recorded in the programme or in
    the house, until the next moment at which something changes by time alone, or midnight.

    `name` says what it is and all it depends on beside the visitor and the moment. `names` where it
    says what people, units or other programmes are called: these are corrected in other books too,
    and so it is kept until anything is recorded anywhere. Not for what changes without a line: the
    post, drafts, what somebody has read. While an act runs, and outside a page, it is reckoned.
    Nobody writes into what comes back: others are given the same.
    """
    if not within():
        return reckon()
    now = door.now
    (own, house, every), until = once(
        ("groups.unchanged", door.programme.pk), lambda: _stands(door.programme, now)
    )
    key = (*name, door.programme.pk, own, house, every if names else 0, *door.who)
    kept = _known(key, now)
    if kept is not None and not checking:
        return cast(T, kept.value)
    value = reckon()
    if kept is not None and kept.value != value:
        raise Stale(f"{name}: another answer under the same record")
    _keep(key, _Kept(now, until, value))
    return value


def _stands(programme: Programme, now: datetime) -> tuple[tuple[int, ...], datetime]:
    """How long the books are, and the next moment at which anything changes by time alone; one
    statement."""

    def read(pk: int, book: str, now: datetime) -> QuerySet[Programme, tuple[Any, ...]]:
        firsts = (
            Subquery(rows.filter(programme=OuterRef("pk")).values(field)[:1])
            for turn in _turns
            for rows, field, _span in turn(now)
        )
        return Programme.objects.filter(pk=pk).values_list(*sizes(book), *firsts)

    key = ("groups.unchanged", len(_turns))
    [found] = prepared(key, read, programme.pk, programme.public_id, now)
    spans = _spans(len(_turns), now.tzinfo)
    tomorrow = programme.local(now).date() + timedelta(days=1)
    moments = [datetime.combine(tomorrow, time(), programme.tz)]
    for instant, span in zip(found[SIZES:], spans, strict=True):
        if instant is not None:
            moments.append(instant - span)
    return tuple(size or 0 for size in found[:SIZES]), min(moments)


@cache
def _spans(_turns_known: int, zone: tzinfo | None) -> list[timedelta]:
    """How long before its instant each declared change is: the same at every moment."""
    some_day = datetime(2000, 1, 1, tzinfo=zone)
    return [span for turn in _turns for _rows, _field, span in turn(some_day)]


def _known(key: Key, now: datetime) -> _Kept | None:
    with _lock:
        kept = _kept.get(key)
        if kept is None or not kept.since <= now < kept.until:
            return None
        _kept.move_to_end(key)
        return kept


def _keep(key: Key, kept: _Kept) -> None:
    with _lock:
        _kept[key] = kept
        while len(_kept) > MOST:
            _kept.popitem(last=False)


def forget() -> None:
    """Keep nothing of what was reckoned so far."""
    with _lock:
        _kept.clear()


@turns
def seats_turn(now: datetime) -> list[Turning]:
    """When the next seat begins or ends."""
    begin = Seat.objects.filter(starts_at__gt=now).order_by("starts_at")
    end = Seat.objects.filter(ends_at__gt=now).order_by("ends_at")
    return [(begin, "starts_at", timedelta()), (end, "ends_at", timedelta())]
