"""What a visitor asked to see of the duties: the filters of grid, list and files."""

from dataclasses import dataclass, fields
from urllib.parse import urlencode

from django.db.models import Max, Min
from django.http import QueryDict

from keti.duties import queries
from keti.duties.doors import FIELDS, announced
from keti.duties.models import ObligationQuerySet
from keti.groups.doors import Door
from keti.kernel.acts import Text
from keti.kernel.templatetags.keti_dates import last_day

MINE, OTHERS = "mine", "others"


@dataclass(frozen=True, slots=True)
class Wish:
    """The filters as they stand in the address; `whose` narrows to what the desk counts."""

    kind: str = ""
    group: str = ""
    month: str = ""
    missing: str = ""
    whose: str = ""

    @classmethod
    def of(cls, asked: QueryDict) -> "Wish":
        return cls(*(asked.get(one.name, "") for one in fields(cls)))

    def query(self, **more: str) -> str:
        """The same wish as an address, with something changed."""
        facts = {one.name: getattr(self, one.name) for one in fields(self)} | more
        return urlencode({name: value for name, value in facts.items() if value})

    def chosen(self, door: Door) -> ObligationQuerySet:
        """The duties asked for, as narrow rows by due instant."""
        found = self._whose(door)
        if self.kind:
            found = found.filter(kind=self.kind)
        if self.group:
            found = found.filter(group__public_id=self.group)
        if self.month:
            found = found.filter(queries.in_month(self.month, door.programme.tz))
        if self.missing == "1":
            found = found.filter(queries.not_received(door.now))
        return found

    def _whose(self, door: Door) -> ObligationQuerySet:
        if self.whose == MINE:
            found = queries.owed_of(door.seat)
        elif self.whose == OTHERS:
            found = queries.owed_by_others(door.seat)
        else:
            return announced(door)
        return found.order_by("due", "pk").only(*FIELDS)


def months_of(door: Door) -> list[str]:
    """Every month from the first due date the seat may see to the last."""
    edges = announced(door).order_by().aggregate(first=Min("due"), last=Max("due"))
    if edges["first"] is None:
        return []
    days = [last_day(edges[edge], door.programme.tz) for edge in ("first", "last")]
    first, last = (day.year * 12 + day.month - 1 for day in days)
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(first, last + 1)]


def kinds_of(door: Door) -> list[tuple[str, str]]:
    """The kinds that occur, each once, in the order of their first due date."""
    rows = (
        announced(door)
        .values("kind", "title_zh", "title_en")
        .annotate(first=Min("due"), place=Min("pk"))
        .order_by("first", "place")
    )
    found: dict[str, str] = {}
    for row in rows:
        title = Text(row["title_zh"], row["title_en"])
        found.setdefault(row["kind"], title.in_(door.lang))
    return list(found.items())
