"""Reads over obligations: desk, grid, what falls due."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from keti.accounts.models import Person
from keti.documents.rules.paper import tongue
from keti.documents.rules.placing import Part, placed
from keti.documents.rules.written import DOC, Body, as_body
from keti.duties import permissions, rules
from keti.duties.enums import FINDING, DutyState, DutyStatus, Nature, Pool
from keti.duties.models import STILL_OWED, Filing, NumberedPaper, Obligation, ObligationQuerySet
from keti.groups.models import Seat, SeatQuerySet
from keti.groups.permissions import Sight, sights
from keti.groups.queries import Turning
from keti.kernel.prepared import prepared
from keti.programmes.models import Programme

AHEAD = timedelta(days=10)
"""What falls due so soon is announced."""
FIRST = {Pool.LEADS: "lead", Pool.COMMISSIONER: "commission"}
"""For whom the secretariat only stands in."""
ANSWERING = {
    Pool.SECRETARIAT: ("manage",),
    Pool.LEADS: ("lead", "manage"),
    Pool.COMMISSIONER: ("commission", "manage"),
    Pool.WATCHERS: ("watch", "manage"),
}

STORY_OF: list[Callable[[int], Iterable[str]]] = []
"""What other rooms work on under a duty: the lines about it belong to what became of the duty."""


def tells_story_of(asks: Callable[[int], Iterable[str]]) -> None:
    """Let a room name the subjects it works on under a duty of that key; called once, when the
    house is put together."""
    STORY_OF.append(asks)


def story_of(duty: Obligation) -> list[str]:
    """The subjects whose lines in the record tell what became of the duty, besides its own."""
    met = [duty.with_id] if duty.with_id else []
    return [*met, *(one for asks in STORY_OF for one in asks(duty.pk))]


def of_programme(programme: Programme) -> ObligationQuerySet:
    """What the charter demands and what was taken on, named, by due instant; no responses."""
    return Obligation.objects.filter(programme=programme).apart_from_responses().with_names()


def number_of(duty: Obligation) -> str:
    """The number of what this duty produced; "" where the charter's series gave it none."""
    return next((one.number for one in prepared(("duties.number",), _numbered, duty.pk)), "")


def numbered_of(duty: Obligation) -> NumberedPaper | None:
    """The numbered paper of this duty, with what it says."""
    return NumberedPaper.objects.filter(obligation=duty).first()


def numbered_papers(programme: Programme, form: str) -> list[NumberedPaper]:
    """The numbered papers of the duties of one form, the oldest first."""
    found = NumberedPaper.objects.filter(programme=programme, obligation__form=form)
    return list(found.select_related("obligation").order_by("pk"))


def _numbered(duty: int) -> QuerySet[NumberedPaper]:
    return NumberedPaper.objects.filter(obligation=duty)


def any_of(programme: Programme) -> ObligationQuerySet:
    """Everything owed in the programme, responses as well, named, by due instant."""
    return Obligation.objects.filter(programme=programme).with_names()


def owed_of(sight: Sight) -> ObligationQuerySet:
    """What waits for this seat, as bare rows."""
    return permissions.waiting_for(sight, STILL_OWED)


def owed_by_others(sight: Sight) -> ObligationQuerySet:
    """What others still owe: for leads in their group, for the secretariat everywhere."""
    seat = sight.seat
    found = permissions.visible(sight, Obligation.objects.all()).open()
    if not (seat.can("manage") or seat.can("lead")):
        return found.none()
    if not seat.can("manage"):
        found = found.filter(group=seat.group_id)
    return found.exclude(permissions.owed_by_seat(sight))


def owed_by_person(person: Person) -> ObligationQuerySet:
    """What waits for this person in all programmes, in seats that still stand."""
    seats = Seat.objects.of(person).filter(ends_at=None).with_names()
    return Obligation.objects.filter(owed_by_seats(sights(list(seats)))).with_names()


def owed_by_seats(seen: Sequence[Sight]) -> Q:
    """What waits for any of these seats, each in its own programme."""
    found = Q(pk__in=[])
    for sight in seen:
        found |= Q(programme=sight.programme_id) & permissions.owed_by_seat(sight)
    return found


def asked(duty: Obligation, at: datetime) -> list[Seat]:
    """The seats a duty waits for: its holder, or those of its pool, in protocol order. Where no
    lead and no commissioner is there, the secretariat."""
    if duty.seat is not None:
        return [duty.seat]
    if not duty.pool:
        return []
    perhaps = sights(list(_perhaps(duty, at)))
    seats = [one.seat for one in perhaps if permissions.answers(one, duty)]
    verb = FIRST.get(Pool(duty.pool))
    first = [one for one in seats if verb and one.can(verb)]
    return first or seats


def _perhaps(duty: Obligation, at: datetime) -> SeatQuerySet:
    """The seats among which those are that answer for a pool (`permissions.answers`)."""
    seats = Seat.objects.filter(programme=duty.programme).standing(at).with_names()
    if duty.pool == Pool.ROLE:
        return seats.filter(role=duty.role_id)
    return seats.able(*ANSWERING[Pool(duty.pool)])


def falling_due(programme: Programme, *, after: datetime) -> datetime | None:
    """The next due instant later than `after` of anything still open, or None."""
    return (
        of_programme(programme)
        .open()
        .filter(due__gt=after)
        .order_by("due")
        .values_list("due", flat=True)
        .first()
    )


def by_key(programme: Programme, key: str) -> Obligation | None:
    """The obligation with this stable key, or None."""
    return of_programme(programme).filter(key=key).first()


def by_id(programme: Programme, public_id: str) -> Obligation | None:
    return any_of(programme).filter(public_id=public_id).first()


def by_ids(programme: Programme, public_ids: Sequence[str]) -> list[Obligation]:
    """The obligations of these ids, by due instant."""
    return list(of_programme(programme).filter(public_id__in=public_ids)) if public_ids else []


def next_word(programme: Programme, after: datetime) -> datetime | None:
    """The first instant later than `after` at which something is said about a duty, or None."""
    moments = [
        moment
        for _, due, _, steps, escalations in reminding(programme)
        for moment in rules.words_of(due, steps, escalations)
        if moment > after
    ]
    return min(moments, default=None)


def open_of(programme: Programme, *, form: str) -> ObligationQuerySet:
    """Open obligations of one form, by due instant."""
    return of_programme(programme).open().filter(form=form)


def soon(programme: int, edge: datetime) -> ObligationQuerySet:
    """Charter obligations and answers to findings of a programme (primary key) that are open and
    fall due before `edge`, or are not yet received."""
    announced = Q(nature=Nature.CHARTER) | Q(form=FINDING)
    found = Obligation.objects.filter(programme=programme).apart_from_responses().open()
    return found.filter(announced, due__lt=edge).order_by("due", "pk")


def unmet(programme: Programme, keys: Sequence[str]) -> list[Obligation]:
    """Of these stable keys, the obligations not yet met (needs of another obligation)."""
    if not keys:
        return []
    wanted = tuple(sorted(set(keys)))

    def found(programme: int) -> ObligationQuerySet:
        every = Obligation.objects.filter(programme=programme).apart_from_responses().with_names()
        settled = [DutyState.MET, DutyState.WAIVED, DutyState.CANCELLED]
        return every.filter(key__in=wanted).exclude(state__in=settled)

    return prepared(("duties.unmet", wanted), found, programme.pk)


def pending(programme: Programme) -> list[tuple[str, str]]:
    """(public id, form) of everything somebody owes now, but for responses, by due instant. A
    narrow read."""
    rows = Obligation.objects.filter(programme=programme, seat__isnull=False).open()
    rows = rows.apart_from_responses().order_by("due", "pk")
    return list(rows.values_list("public_id", "form"))


def reminding(programme: Programme) -> list[tuple[int, datetime, int, list[int], list[Any]]]:
    """(pk, due instant, sequence, reminders, escalations) of what is owed. A narrow read."""
    somebody = Q(seat__isnull=False) | ~Q(pool="")
    rows = Obligation.objects.filter(somebody, programme=programme).open()
    rows = rows.order_by("due", "pk")
    return list(rows.values_list("pk", "due", "sequence", "remind", "escalate"))


def to_say(now: datetime, programme: Programme | None = None) -> ObligationQuerySet:
    """What somebody owes and something may have to be said of by `now`, in every programme that is
    not closed, or in this one. Read along an index: what is not due costs nothing."""
    somebody = Q(seat__isnull=False) | ~Q(pool="")
    ripe = Obligation.objects.filter(next_word_at__lte=now).open()
    found = ripe.filter(somebody, programme__closed_at=None)
    found = found if programme is None else found.filter(programme=programme)
    return found.order_by("due", "pk")


def standing_at(now: datetime, shown: Q) -> Case:
    """How each duty stands at `now`, as `rules.standing` says it for one. `shown` tells where
    lateness is shown (`permissions.announced_lateness`)."""
    gone = Q(due__lte=now)
    return Case(
        When(state=DutyState.MET, then=Value(DutyStatus.DONE.value)),
        When(_CLEARED, then=Value(DutyStatus.WAIVED.value)),
        When(state=DutyState.RETURNED, then=Value(DutyStatus.RETURNED.value)),
        When(gone & shown, then=Value(DutyStatus.OVERDUE.value)),
        When(gone, then=Value(DutyStatus.MISSING.value)),
        When(begun_at__isnull=False, then=Value(DutyStatus.DOING.value)),
        When(due__lte=now + rules.SOON, then=Value(DutyStatus.SOON.value)),
        default=Value(DutyStatus.AHEAD.value),
        output_field=CharField(),
    )


_CLEARED = Q(state__in=[DutyState.WAIVED, DutyState.CANCELLED])


def next_within(now: datetime, span: timedelta) -> list[Turning]:
    """The next moment at which the span before the due instant of something owed begins."""
    return [
        (Obligation.objects.filter(state=one, due__gt=now + span).order_by("due"), "due", span)
        for one in STILL_OWED
    ]


def not_received(now: datetime) -> Q:
    """Due by `now` and not handed in: what stands as 逾期 or, to others, as 未交."""
    return Q(state=DutyState.OPEN, due__lte=now)


def late_at(now: datetime) -> Q:
    """The condition that agrees with `rules.is_late`."""
    return ~_CLEARED & (Q(met_at__gte=F("due")) | Q(met_at=None, due__lte=now))


def ripe_at(now: datetime) -> Q:
    """What counts for the share met on time: fallen due by `now`, or met already; not waived."""
    return ~_CLEARED & (Q(due__lte=now) | Q(met_at__isnull=False))


def in_month(month: str, zone: tzinfo) -> Q:
    """Duties whose last day lies in this month (`2022-07`) of the zone."""
    span = rules.month_span(month, zone)
    return Q(due__gt=span[0], due__lte=span[1]) if span else Q(pk__in=[])


def body_of(filing: Filing, lang: str) -> Body:
    """The text that was handed in, its tables and figures numbered; nothing where it has none."""
    body = as_body(filing.doc, DOC) if filing.doc else as_body(filing.text or "")
    return placed([Part(body)], tongue(lang)).bodies[0]
