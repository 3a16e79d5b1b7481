"""What is asked of the database agrees with the rules, and reads no more than a page shows."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from django.db.models import Q

from keti.duties import permissions, queries, rules
from keti.duties.enums import DutyState, DutyStatus
from keti.duties.models import Obligation
from keti.kernel.ids import new_id
from keti.kernel.templatetags.keti_dates import last_day
from tests.cast import ZONE, Cast

pytestmark = pytest.mark.django_db

NOW = datetime(2030, 5, 2, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)
DUES = (
    NOW - timedelta(days=1),
    NOW - TICK,
    NOW,
    NOW + TICK,
    NOW + rules.SOON,
    NOW + rules.SOON + TICK,
    NOW + timedelta(days=30),
)


def states(due: datetime) -> Iterator[dict[str, object]]:
    """Every state with every moment it may have been begun, met or extended at."""
    for state, begun in product(DutyState.values, (None, due - timedelta(days=2))):
        met = [due - TICK, due, due + TICK]
        met += [] if state == DutyState.MET else [None]
        for met_at, later in product(met, (None, timedelta(hours=3))):
            extended = due if later else None
            yield {
                "state": state,
                "begun_at": begun,
                "met_at": met_at,
                "due_at": due - later if later else due,
                "extended_to": extended,
            }


def every_state(cast: Cast) -> list[Obligation]:
    """Obligations in every state around `NOW`, added to the cast's own."""
    pattern = cast.duty("moon", "cell.red", "2030-04")
    made = [
        Obligation(
            programme=cast.programme, key=f"x@{new_id()}", kind=pattern.kind, form=pattern.form,
            title_zh="甲", group=pattern.group, seat=pattern.seat, **facts,
        )
        for due in DUES
        for facts in states(due)
    ]  # fmt: skip
    Obligation.objects.bulk_create(made)
    return list(Obligation.objects.all())


@pytest.mark.parametrize("shown", [True, False])
def test_the_database_and_the_rules_say_the_same_of_every_state(cast: Cast, shown: bool) -> None:
    duties = every_state(cast)
    scope = Q(pk__isnull=False) if shown else Q(pk__in=[])
    found = Obligation.objects.annotate(stands=queries.standing_at(NOW, scope))
    stands = dict(found.values_list("pk", "stands"))
    late = set(Obligation.objects.filter(queries.late_at(NOW)).values_list("pk", flat=True))
    awaited = set(Obligation.objects.filter(queries.not_received(NOW)).values_list("pk", flat=True))
    ripe = set(Obligation.objects.filter(queries.ripe_at(NOW)).values_list("pk", flat=True))
    expected = {duty.pk: rules.standing(duty.clock(), NOW, lateness_shown=shown) for duty in duties}
    assert stands == {pk: standing.value for pk, standing in expected.items()}
    assert late == {duty.pk for duty in duties if rules.is_late(duty.clock(), NOW)}
    ways = (DutyStatus.OVERDUE, DutyStatus.MISSING)
    assert awaited == {pk for pk, standing in expected.items() if standing in ways}
    assert ripe == {
        duty.pk
        for duty in duties
        if expected[duty.pk] is not DutyStatus.WAIVED and (duty.due_instant <= NOW or duty.met_at)
    }
    assert set(expected.values()) == set(DutyStatus) - {ways[shown]}


@pytest.mark.parametrize("who", ["qin", "lu", "he", "mao", "ji", "ren", "gao", "fang"])
@pytest.mark.parametrize(
    "watchers",
    [
        frozenset(),
        frozenset({"holder"}),
        frozenset({"lead"}),
        frozenset({"holder", "lead", "manage", "watch"}),
    ],
)
def test_whose_lateness_is_shown_is_asked_alike(
    cast: Cast, who: str, watchers: frozenset[str]
) -> None:
    seat = getattr(cast, who).seat
    planned = Obligation.objects.filter(nature="charter")
    shown = planned.filter(permissions.announced_lateness(seat, watchers))
    assert set(shown) == {
        duty for duty in planned if permissions.sees_lateness(seat, duty, watchers)
    }


def test_a_month_holds_the_duties_whose_last_day_lies_in_it(cast: Cast) -> None:
    duties = every_state(cast)
    months = {f"{last_day(duty.due_instant, ZONE):%Y-%m}" for duty in duties}
    for month in sorted(months):
        found = set(Obligation.objects.filter(queries.in_month(month, ZONE)))
        assert found == {
            duty for duty in duties if f"{last_day(duty.due_instant, ZONE):%Y-%m}" == month
        }


@pytest.mark.parametrize(
    "words", ["", "2030", "2030-13", "2030-00", "0000-01", "２０３０-04", "x-y"]
)
def test_what_names_no_month_finds_nothing(words: str) -> None:
    assert rules.month_span(words, ZONE) is None
    assert not Obligation.objects.filter(queries.in_month(words, ZONE)).exists()
