"""Reads over the whole house."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, QuerySet, Value

from keti.accounts.models import Person
from keti.charter.rules.promised import PROMISE
from keti.duties.doors import deed_of
from keti.duties.enums import Verb
from keti.duties.models import Obligation
from keti.duties.queries import owed_by_seats, owed_of
from keti.groups.doors import Door
from keti.groups.models import Seat
from keti.groups.permissions import sights
from keti.intake.models import Call
from keti.kernel.prepared import prepared
from keti.programmes.models import Programme
from keti.release.queries import readable
from keti.site.works import BOUND

ROOM_OF_FORM = {
    **{form: one.rail for form, one in BOUND.items() if one.rail},
    Verb.ACCEPT: "reports",
    Verb.DECIDE: "applications",
    Verb.CONFIRM: "meetings",
    Verb.ANSWER: "consultations",
    Verb.COMMENT: "consultations",
    Verb.APPROVE: "charter",
    Verb.JUDGE: "reviews",
    Verb.OPEN: "reviews",
    Verb.VOUCH: "duties",
    Verb.APPOINT: "groups",
    Verb.ENDORSE: "research",
}


def waiting_counts(door: Door) -> dict[str, int]:
    """How much there is to do for the acting seat in each room of the rail; one statement. The
    rooms in which promises are kept stand in it wherever the programme promises anything."""

    def counted() -> QuerySet[Any, tuple[str, int]]:
        owed = owed_of(door.sight).values_list("form").annotate(n=Count("pk")).order_by()
        promised = Exists(Obligation.objects.filter(programme=door.programme.pk, form=PROMISE))
        here = Programme.objects.filter(promised, pk=door.programme.pk).order_by()
        return owed.union(here.values_list(Value(PROMISE), Value(0)), all=True)

    def read() -> dict[str, int]:
        counts: Counter[str] = Counter()
        for form, n in prepared(("site.rail", *door.sight.key), counted):
            counts[ROOM_OF_FORM.get(form, "")] += n
        return {**counts, "desk": counts.total()}

    return door.unchanged(("site.rail",), read)


@dataclass(frozen=True, slots=True)
class Mine:
    """One programme of a person: in which seats, how much they owe, what comes first."""

    title: str
    slug: str
    phase: str
    seats: str
    count: int
    overdue: int
    first: str
    first_due: datetime | None
    zone: str


def own_programmes(person: Person, now: datetime, lang: str) -> list[Mine]:
    """The programmes in which the person holds a seat now, and what they owe in each."""
    seats = list(Seat.objects.of(person).standing(now).with_names())
    owed = Obligation.objects.filter(owed_by_seats(sights(seats)))
    duties = list(owed.open().with_names())
    found = []
    for programme in dict.fromkeys(seat.programme for seat in seats):
        own = [duty for duty in duties if duty.programme_id == programme.pk]
        first = own[0] if own else None
        titles = [seat.title.in_(lang) for seat in seats if seat.programme_id == programme.pk]
        found.append(
            Mine(
                programme.title.in_(lang),
                programme.slug,
                programme.phase_title.in_(lang),
                ("; " if lang.startswith("en") else "；").join(titles),
                len(own),
                sum(duty.due_instant <= now for duty in own),
                deed_of(first, lang) if first else "",
                first.due_instant if first else None,
                programme.zone,
            )
        )
    return found


NEWEST = 10
"""So many published reports stand on the front page; the shelf has them all."""


@dataclass(frozen=True, slots=True)
class Open:
    """One thing that everybody may read."""

    title: str
    url: str
    note: str
    zone: str
    closes_at: datetime | None = None


def public_things(now: datetime, lang: str) -> dict[str, Any]:
    """Open calls and the newest of the published reports, for everybody; whether there are more."""
    newest = list(readable()[: NEWEST + 1])
    calls = Call.objects.select_related("programme").filter(closes_at__gt=now).order_by("closes_at")
    return {
        "calls": [
            Open(
                one.title.in_(lang),
                f"/calls/{one.programme.slug}/",
                one.number,
                one.programme.zone,
                one.closes_at,
            )
            for one in calls
        ],
        "reports": [
            Open(
                f"{one.programme.title.in_(lang)} · {one.title.in_(lang)}",
                one.path,
                one.number,
                one.programme.zone,
            )
            for one in newest[:NEWEST]
        ],
        "more": newest[NEWEST:],
    }
