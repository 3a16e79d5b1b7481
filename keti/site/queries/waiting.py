"""What waits for the acting seat's acceptance, confirmation or judgement, beyond what it owes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from keti.consultation.enums import RoundState
from keti.consultation.models import Round
from keti.consultation.rules import waiting as unanswered
from keti.duties import permissions as duties
from keti.duties.doors import page_of
from keti.duties.enums import ClaimState
from keti.duties.models import Claim
from keti.groups.doors import Door, ask
from keti.groups.models import Seat
from keti.groups.queries import labels_in
from keti.intake.models import Application
from keti.kernel.refusals import sentence
from keti.meetings.queries import meetings, to_confirm
from keti.reports.queries import newest, to_decide
from keti.review import permissions as review
from keti.review.enums import GateState
from keti.review.models import Gate, Input, Opinion
from keti.review.queries import reopenable

MOST = 12
LISTS = {"reports": "reports:list", "meetings": "meetings:list", "duties": "duties:list"}
"""Where those stand that the desk has no line for."""
WITH_CLAIM = (
    "obligation__programme",
    "obligation__group",
    "seat__role",
    "seat__group",
    "seat__person__unit",
    "seat__organisation",
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: in which room, what, whose, since when or until when."""

    room: str
    verb: str
    title: str
    note: str
    url: str
    since: datetime | None = None
    due: datetime | None = None
    count: int = 1
    """How many things the line stands for: the last of a cut list stands for the rest."""


def waiting(door: Door) -> list[Waiting]:
    """Everything that waits for this seat, read once for a page; a fixed number of queries."""
    known: list[Waiting] | None = getattr(door.request, "waiting", None)
    if known is None:
        known = [
            *_reports(door),
            *_applications(door),
            *_minutes(door),
            *_reviews(door),
            *_comments(door),
            *_claims(door),
        ]
        door.request.waiting = known  # type: ignore[attr-defined]
    return known


def by_room(things: Iterable[Waiting]) -> Counter[str]:
    """How many wait in each room of the rail."""
    found: Counter[str] = Counter()
    for one in things:
        found[one.room] += one.count
    return found


def how_many(things: Iterable[Waiting]) -> int:
    """How many things wait, those included that have no line of their own."""
    return sum(one.count for one in things)


def _first(found: QuerySet[Any]) -> tuple[list[Any], int]:
    """The first of a list, and how many there are beside them."""
    first = list(found[: MOST + 1])
    return first[:MOST], found.count() - MOST if len(first) > MOST else 0


def _rest(door: Door, room: str, verb: str, more: int) -> list[Waiting]:
    """One line for those beyond the first."""
    if not more:
        return []
    url = reverse(LISTS[room], args=[door.programme.slug])
    title = sentence("site.more-wait", {"count": more}, door.lang)
    return [Waiting(room, verb, title, "", url, count=more)]


def _reports(door: Door) -> list[Waiting]:
    """Reports to accept; those laid before a gate are decided there."""
    judged = Input.objects.filter(gate__programme=door.programme).values("obligation")
    found, more = _first(to_decide(door.sight).exclude(obligation__in=judged))
    versions = newest(door.programme, [one.obligation_id for one in found])
    lang, label = door.lang, labels_in(door.programme, door.lang)
    made = []
    for report in found:
        version = versions.get(report.obligation_id)
        title = report.obligation.titled.in_(lang)
        facts = (report.group.title.in_(lang), label(version.seat_label) if version else "")
        note = " · ".join(part for part in facts if part)
        since = version.at if version else None
        made.append(Waiting("reports", "accept", title, note, report.path, since))
    return [*made, *_rest(door, "reports", "accept", more)]


def _applications(door: Door) -> list[Waiting]:
    """All undecided applications as one line: they are worked through in their own list."""
    if not door.seat.can("manage"):
        return []
    count = Application.objects.filter(programme=door.programme).undecided().count()
    if not count:
        return []
    title = sentence("site.applications-wait", {"count": count}, door.lang)
    url = f"/p/{door.programme.slug}/applications/"
    return [Waiting("applications", "decide", title, "", url)]


def _minutes(door: Door) -> list[Waiting]:
    found, more = _first(to_confirm(meetings(door.programme), door.seat))
    lines = [
        Waiting(
            "meetings",
            "confirm",
            meeting.title.in_(door.lang),
            meeting.group.title.in_(door.lang),
            meeting.path,
            meeting.recorded_at,
        )
        for meeting in found
    ]
    return [*lines, *_rest(door, "meetings", "confirm", more)]


def _reviews(door: Door) -> list[Waiting]:
    """What waits at the gates that are open or sent back, read once."""
    under_way = Q(state=GateState.OPEN) | Q(state=GateState.WAITING, round__gt=1)
    gates = list(review.visible(door.sight, Gate.objects.with_names()).filter(under_way))
    return [*_gates(door, gates), *_rounds(door, gates)]


def _gates(door: Door, gates: list[Gate]) -> list[Waiting]:
    """Open gates at which this seat has a voice and has not given it; who must record the
    decision finds that among what it owes."""
    open_ones = [gate for gate in gates if gate.state == GateState.OPEN]
    mine = [gate for gate in open_ones if _has_voice(door.seat, gate)]
    if not mine:
        return []
    given = Opinion.objects.filter(seat=door.seat, gate__in=mine, round=F("gate__round"))
    told = set(given.values_list("gate_id", flat=True))
    return [
        Waiting(
            "reviews",
            "judge",
            gate.obligation.title.in_(door.lang),
            gate.group.title.in_(door.lang),
            gate.path,
            due=gate.obligation.due_instant,
        )
        for gate in mine
        if gate.pk not in told
    ]


def _rounds(door: Door, gates: list[Gate]) -> list[Waiting]:
    """Gates sent back whose inputs are in again: the secretariat opens the next round."""
    if not door.seat.can("manage"):
        return []
    return [
        Waiting(
            "reviews",
            "open",
            sentence(
                "site.round-opens",
                {"title": gate.obligation.title, "n": gate.round},
                door.lang,
            ),
            gate.group.title.in_(door.lang),
            gate.path,
            due=gate.obligation.due_instant,
        )
        for gate in reopenable(door.programme, gates)
    ]


def _has_voice(seat: Seat, gate: Gate) -> bool:
    return review.is_decider(seat, gate) and gate.obligation.seat_id != seat.pk


def _claims(door: Door) -> list[Waiting]:
    """Moments that others claimed for themselves, before whoever may accept their evidence."""
    if not (door.seat.can("manage") or door.seat.can("watch")):
        return []
    waits = Claim.objects.filter(programme=door.programme, state=ClaimState.WAITING)
    found = waits.select_related(*WITH_CLAIM)
    answers = [one for one in found if ask(partial(duties.may_confirm, door.act(), one))]
    lines = [
        Waiting(
            "duties",
            "confirm",
            sentence("duties.claim-waits", {"title": one.obligation.titled}, door.lang),
            one.obligation.group.title.in_(door.lang),
            page_of(one.obligation),
            one.recorded_at,
        )
        for one in answers[:MOST]
    ]
    return [*lines, *_rest(door, "duties", "confirm", max(len(answers) - MOST, 0))]


def _comments(door: Door) -> list[Waiting]:
    """Rounds whose comments this seat answers, while some have no answer."""
    own = Q(obligation__seat=door.seat) | Q(version__report__obligation__seat=door.seat)
    found = Round.objects.with_names().filter(own, programme=door.programme, state=RoundState.OPEN)
    counted = [
        (round, unanswered([one.disposition for one in round.comments.all()]))
        for round in found.prefetch_related("comments")
    ]
    return [
        Waiting(
            "consultations",
            "answer",
            sentence("site.comments-wait", {"count": count}, door.lang),
            round.title.in_(door.lang),
            round.path,
            due=round.obligation.due_instant,
        )
        for round, count in counted
        if count
    ]
