"""What a visitor asked to see of the grid; what there is to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, tzinfo
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Max, Min, Q, QuerySet
from django.http import QueryDict

from keti.duties import queries
from keti.duties.doors import announced
from keti.duties.models import Obligation, ObligationQuerySet
from keti.groups.doors import Door
from keti.kernel.acts import Text
from keti.kernel.templatetags.keti_dates import last_day

MINE, OTHERS = "mine", "others"


@dataclass(frozen=True, slots=True)
class Wish:
    """The filters as they stand in the address."""

    kind: str = ""
    group: str = ""
    month: str = ""
    missing: str = ""

    @classmethod
    def of(cls, asked: QueryDict) -> "Wish":
        return cls(*(asked.get(one.name, "") for one in fields(cls)))

    def query(self, **more: str) -> str:
        """The same wish as an address, with something changed."""
        facts = {one.name: getattr(self, one.name) for one in fields(self)} | more
        return urlencode({name: value for name, value in facts.items() if value})

    def chosen(self, door: Door) -> ObligationQuerySet:
        """The duties asked for, as narrow rows by due instant."""
        return announced(door).filter(self.condition(door))

    def condition(self, door: Door) -> Q:
        """What kind, group, month and receipt ask for."""
        asked = Q()
        if self.kind:
            asked &= Q(kind=self.kind)
        if self.group:
            asked &= Q(group__public_id=self.group)
        if self.month:
            asked &= queries.in_month(self.month, door.programme.tz)
        if self.missing == "1":
            asked &= queries.not_received(door.now)
        return asked


@dataclass(frozen=True, slots=True)
class Span:
    """What there is to choose from: every month from the first due date the seat may see to the
    last, and the kinds that occur, each once, in the order of their first due date; and how many
    of all announced duties answer the wish."""

    months: list[str]
    kinds: list[tuple[str, str]]
    count: int

    @classmethod
    def of(cls, door: Door, wish: Wish) -> "Span":
        """One query, with a row for each kind; kept while nothing changes."""
        return door.unchanged(("duties.span", wish), lambda: cls._read(door, wish))

    @classmethod
    def _read(cls, door: Door, wish: Wish) -> "Span":
        def kinds_of(door: Door) -> QuerySet[Obligation, dict[str, Any]]:
            answer = Q(pk__isnull=False) & wish.condition(door)
            return (
                announced(door)
                .values("kind", "title_zh", "title_en")
                .annotate(first=Min("due"), last=Max("due"), place=Min("pk"))
                .annotate(n=Count("pk", filter=answer))
                .order_by("first", "place")
            )

        rows = door.read(("duties.span", wish), kinds_of)
        kinds: dict[str, str] = {}
        for row in rows:
            title = Text(row["title_zh"], row["title_en"])
            kinds.setdefault(row["kind"], title.in_(door.lang))
        edges = [edge for row in rows for edge in (row["first"], row["last"])]
        count = sum(row["n"] for row in rows)
        return cls(_months(edges, door.programme.tz), list(kinds.items()), count)


STRETCH = 12
"""So many months stand side by side on a screen and on a sheet; what is promised runs for years."""


def stretches(months: Sequence[str]) -> list[Sequence[str]]:
    """The months in whole years from the first one; all of them as one where a sheet holds them."""
    return [months[at : at + STRETCH] for at in range(0, len(months), STRETCH)]


def stretch_of(months: Sequence[str], asked: str, today: str) -> Sequence[str]:
    """The stretch that holds the month asked for; else today's, else the one nearest to it."""
    found = stretches(months)
    for month in (asked, today):
        for one in found:
            if month in one:
                return one
    return found[-1 if found[-1][-1] < today else 0] if found else []


def _months(edges: list[datetime], zone: tzinfo) -> list[str]:
    if not edges:
        return []
    days = [last_day(edge, zone) for edge in (min(edges), max(edges))]
    first, last = (day.year * 12 + day.month - 1 for day in days)
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(first, last + 1)]
