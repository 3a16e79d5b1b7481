"""What was measured of the programme's reach, beside what was promised."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from keti.kernel.acts import Text
from keti.letters.rules.sheets import Problem
from keti.media.enums import UNITS
from keti.media.models import Clipping, MediaChannel, ReachValue
from keti.media.rules.press import ClippingLine, Counted, Item, count, counts, key_of, link_key
from keti.programmes.models import Programme
from keti.promises.queries import counted_in
from keti.promises.rules import Reach, Shown, reached

DAY = date.min
"""A report is counted whatever day it is of."""
ITEM = ("promise", "outlet_key", "tier", "reprint")


def standing_channels(programme: Programme) -> QuerySet[MediaChannel]:
    """The channels that were not withdrawn, by name."""
    found = MediaChannel.objects.filter(programme=programme, withdrawn_at=None)
    return found.order_by("name", "column", "pk")


def clippings(programme: Programme) -> QuerySet[Clipping]:
    """The reports that stand."""
    return Clipping.objects.filter(programme=programme, withdrawn_at=None)


def latest(programme: Programme) -> list[ReachValue]:
    """The last reading of each channel, what was shown on it, and unit; corrected ones left out,
    and what was taken away."""
    rows = ReachValue.objects.filter(programme=programme, corrected=None, value__isnull=False)
    newest: dict[tuple[object, ...], ReachValue] = {}
    for one in rows.select_related("channel", "file").order_by("captured_at", "pk"):
        one.programme = one.channel.programme = programme
        newest[one.promise, one.channel_id, one.what.casefold(), one.unit] = one
    return sorted(newest.values(), key=lambda one: (one.shown_on, one.unit))


@dataclass(frozen=True, slots=True)
class Measured:
    """One promise beside what stands here of it: its target unit by unit, the reports counted, the
    readings behind it."""

    kind: str
    title: Text
    reaches: tuple[Reach, ...]
    counted: Counted
    readings: tuple[ReachValue, ...]


@dataclass(frozen=True, slots=True)
class Here:
    """All of it: promise by promise, and how many reports and readings count for none."""

    rows: tuple[Measured, ...]
    reports: int
    readings: int

    def of(self, kind: str) -> Measured | None:
        """One promise; None where its target is not counted here."""
        return next((one for one in self.rows if one.kind == kind), None)


def measured(programme: Programme) -> Here:
    """Every promise whose target is counted here beside what stands of it."""
    kinds = counted_in(programme, UNITS)
    items: dict[str, list[Item]] = {kind: [] for kind in kinds}
    loose: list[Item] = []
    for kind, *row in clippings(programme).order_by("pk").values_list(*ITEM):
        items.get(kind, loose).append(Item(*row))
    every = latest(programme)
    rows = tuple(
        _measured(kind, said, items[kind], [one for one in every if one.promise == kind])
        for kind, said in kinds.items()
    )
    return Here(rows, len(loose), sum(1 for one in every if one.promise not in kinds))


def _measured(
    kind: str, said: tuple[Text, Mapping[str, Any]], items: list[Item], readings: list[ReachValue]
) -> Measured:
    title, target = said
    rows = [Shown("clipping", one.outlet, "", None, DAY) for one in items if counts(one)]
    rows += [Shown("measure", one.shown_on, one.unit, one.value, _day(one)) for one in readings]
    wanted = {unit: value for unit, value in target.items() if unit in UNITS}
    return Measured(kind, title, tuple(reached(rows, wanted)), count(items), tuple(readings))


def _day(one: ReachValue) -> date:
    return one.programme.local(one.captured_at).date()


def sorted_out(
    programme: Programme, lines: Iterable[ClippingLine], today: date
) -> tuple[list[ClippingLine], list[Problem]]:
    """Of a sheet the rows to enter, and why the others are not."""
    names = ("link_key", "outlet_key", "title_key", "day")
    known: dict[object, int] = {}
    for link, *keys in clippings(programme).values_list(*names):
        known |= dict.fromkeys(_marks(link, tuple(keys)), 0)
    fresh, problems = [], []
    for one in lines:
        marks = list(_marks(link_key(one.link), (key_of(one.outlet), key_of(one.title), one.day)))
        first = next((known[mark] for mark in marks if mark in known), None)
        if one.day > today:
            problems.append(Problem(one.row, one.day.isoformat(), "media.row-ahead"))
        elif first is None:
            known |= dict.fromkeys(marks, one.row)
            fresh.append(one)
        elif first:
            facts = {"first": first}
            problems.append(Problem(one.row, one.title[:60], "media.row-twice", facts))
        else:
            problems.append(Problem(one.row, one.title[:60], "media.row-there"))
    return fresh, problems


def _marks(link: str, keys: tuple[object, ...]) -> Iterator[object]:
    if link:
        yield link
    yield keys
