"""Entries of a roll: their order and their fingerprint. Pure."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from keti.ledger.rules import canonical

LISTS = ("unit", "person", "aside")


@dataclass(frozen=True, slots=True)
class RollEntry:
    """One line of the roll before it is printed, in both languages.

    `seat` and `person` are opaque ids; `person` is whose consent the line needs: the holder of a
    personal seat, the delegate of a unit. `delegate` is empty where the delegate is not named.
    """

    list: str
    group_zh: str
    group_en: str
    role_zh: str
    role_en: str
    seat: str
    person: str
    name_zh: str
    name_en: str
    honorific: str
    unit_zh: str
    unit_en: str
    delegate_zh: str
    delegate_en: str
    former: bool
    place: tuple[int, ...] = ()


def in_protocol_order(entries: Iterable[RollEntry]) -> list[RollEntry]:
    """Units, persons, then who judged or advised; inside each by the order of groups, roles and
    seats."""
    return sorted(entries, key=lambda one: (LISTS.index(one.list), one.place))


def each_once(entries: Iterable[RollEntry]) -> list[RollEntry]:
    """A holder who had the same role of the same group twice is named once.

    A seat still held wins over a former one.
    """
    kept: dict[tuple[str, str, str, str], RollEntry] = {}
    for one in entries:
        holder = one.name_zh if one.list == "unit" else one.person
        key = (one.list, one.group_zh, one.role_zh, holder)
        if key not in kept or (kept[key].former and not one.former):
            kept[key] = one
    return list(kept.values())


def fingerprint(entries: Iterable[RollEntry]) -> str:
    """SHA-256 over everything the roll says, in its order."""
    facts = [
        {name: value for name, value in asdict(one).items() if name != "place"} for one in entries
    ]
    return hashlib.sha256(canonical(facts).encode()).hexdigest()
