"""What a visitor asked a list for: words, choices, order."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.http import QueryDict

from keti.groups.doors import Door
from keti.kernel.prepared import Key
from keti.kernel.sought import holds
from keti.lists.doors.declaring import Listing, Rows

LONGEST = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What the visitor asked for; nothing that the list does not know."""

    words: str
    chosen: dict[str, str]
    sort: str = ""
    down: bool = False

    @classmethod
    def of(cls, listing: Listing, asked: QueryDict) -> "Asked":
        sort = asked.get("sort", "")
        known = {one.key for one in listing.columns if one.sort}
        key = sort.removeprefix("-")
        return cls(
            asked.get("q", "").strip()[:LONGEST],
            {one.key: asked.get(one.key, one.first) for one in listing.choices},
            key if key in known else "",
            key in known and sort.startswith("-"),
        )

    @property
    def key(self) -> Key:
        """All that was asked for, to keep an answer by."""
        return self.words, tuple(self.chosen.items()), self.sorting

    @property
    def sorting(self) -> str:
        """The order as an address says it."""
        return f"{'-' if self.down else ''}{self.sort}" if self.sort else ""

    def found(self, listing: Listing, door: Door, base: Rows) -> Rows:
        """The rows of `base` that were asked for, in a fixed order."""
        found = self.among(listing, door, base)
        for one in listing.choices:
            if value := self.chosen[one.key]:
                found = found.filter(one.where(door, value))
        where = [one for column in listing.columns for one in column.search]
        for word in self.words.split():
            found = found.filter(holds(word, *where))
        return found.order_by(*self._order(listing))

    def among(self, listing: Listing, door: Door, base: Rows) -> Rows:
        """The rows there are to be narrowed: those of the list, or what a choice puts instead."""
        for one in listing.choices:
            value = self.chosen[one.key]
            among = one.among(door, value) if value and one.among else None
            if among is not None:
                return among
        return base

    def _order(self, listing: Listing) -> list[Any]:
        """The column asked for, what has no value last; then as the list stands by itself."""
        sorted_by = next((one.sort for one in listing.columns if one.key == self.sort), ())
        asked = [
            F(path).desc(nulls_last=True) if self.down else F(path).asc(nulls_last=True)
            for path in sorted_by
        ]
        return [*asked, *listing.order, "pk"]

    def query(self, listing: Listing, **changed: str) -> str:
        """The same wish as an address, with something changed; "" where nothing was asked."""
        query = QueryDict(mutable=True)
        facts = {"q": self.words, **self.chosen, "sort": self.sorting} | changed
        firsts = {one.key: one.first for one in listing.choices}
        for name, value in (*listing.fixed, *facts.items()):
            if value or firsts.get(name):
                query[name] = value
        return f"?{query.urlencode()}" if query else ""
