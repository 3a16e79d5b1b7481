"""What holds whatever was done: limits, duties met once, frozen rows, the record, the doctor."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import combinations
from typing import Any

from django.db import connection

from keti.duties.enums import DutyState
from keti.duties.models import Obligation
from keti.groups.models import Seat
from keti.intake.models import Application
from keti.ledger.queries import export
from keti.ledger.rules import verify
from keti.site.doctor import examine
from tests.cast import Cast
from tests.house.test_database import KEPT

MOVING = {"duties.accept_claim", "duties.decline_claim"}
"""Acts that may say anew when a met duty was met."""
PUT_BESIDE = {"charter_charterversion": "notice", "intake_call": "closes_at"}
"""Columns of kept rows that are filled in later; a published call may close later."""

UNDRIVEN = {"post", "power cuts"}
"""What the doctor sees of letters, which nobody drives in these lives; and of a cluster made for
tests and thrown away, which does not wait for the disk."""


class Kept:
    """Rows that never change, as they were first seen; and duties, as they were first met."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, Any], Any] = {}
        self.met: dict[int, Any] = {}
        self.met_again("")

    def differ(self) -> list[str]:
        """Rows seen earlier that are gone or say something else."""
        now = dict(_kept_rows())
        faults = [
            f"{table} {pk} was frozen and is now {now.get((table, pk))}"
            for (table, pk), row in self.rows.items()
            if now.get((table, pk)) != row
        ]
        self.rows |= now
        return faults

    def met_again(self, name: str) -> list[str]:
        """Duties that were met before and are met now by something else, or at another moment."""
        rows = Obligation.objects.filter(state=DutyState.MET)
        met = {pk: rest for pk, *rest in rows.values_list("pk", "key", "met_at", "with_id")}
        again = [
            f"{key} was met {self.met[pk][1:]} and is met again {rest}"
            for pk, (key, *rest) in met.items()
            if pk in self.met and self.met[pk][1:] != rest and name not in MOVING
        ]
        self.met = met
        return again


def _kept_rows() -> Iterator[tuple[tuple[str, Any], Any]]:
    with connection.cursor() as cursor:
        for table in KEPT:
            cursor.execute(f'SELECT * FROM "{table}"')
            words = [one[0] for one in cursor.description]
            beside = PUT_BESIDE.get(table, "-")
            for row in cursor.fetchall():
                said = dict(zip(words, row, strict=True))
                frozen = {word: value for word, value in said.items() if beside not in word}
                yield (table, said["id"]), repr(frozen)


def broken(cast: Cast, now: datetime) -> list[str]:
    """Every rule over several rows that does not hold."""
    return [
        *(f"ledger line {at}: {code}" for at, code in verify(list(export(cast.programme)))),
        *_crowded(now),
        *_excluding(now),
        *_applied_twice(),
        *(f"doctor, {what}: {said}" for what, said in examine() if said and what not in UNDRIVEN),
    ]


def _standing(now: datetime) -> list[Seat]:
    return list(Seat.objects.standing(now).with_names())


def _crowded(now: datetime) -> Iterator[str]:
    """More hold a role in a group than the charter says."""
    for (role, group), count in Counter((one.role, one.group) for one in _standing(now)).items():
        if role.maximum is not None and count > role.maximum:
            yield f"{count} hold {role.key} in {group.key}"


def _excluding(now: datetime) -> Iterator[str]:
    """One person in two roles that exclude each other."""
    for one, other in combinations(_standing(now), 2):
        same = one.acting_person and one.acting_person == other.acting_person
        keys = {one.role.key, other.role.key}
        excluded = other.role.key in one.role.excludes or one.role.key in other.role.excludes
        if same and excluded:
            yield f"{one.acting_person} holds {sorted(keys)}"


def _applied_twice() -> Iterator[str]:
    """One live application an account and kind of track; one admitted a unit."""
    live = Application.objects.live()
    accounts = Counter(live.values_list("call", "applicant", "track_kind"))
    units = Counter(
        live.filter(state="admitted", track_kind="unit").values_list("call", "organisation")
    )
    seats = Counter(live.filter(state="admitted").values_list("seat", flat=True))
    for what, counts in (("account", accounts), ("unit", units), ("seat", seats)):
        yield from (f"{what} {key}: {n} applications" for key, n in counts.items() if n > 1)
