"""One clock: the database's, or the simulated instant of a play or demo folder."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from keti.kernel import clock
from keti.kernel.acts import Act
from keti.kernel.models import SimulatedInstant
from tests.cast import local

pytestmark = pytest.mark.django_db


def test_a_normal_installation_reads_the_database():
    before = clock.database_instant()
    now = clock.instant()
    assert clock.simulated() is None
    assert before <= now <= clock.database_instant()
    assert now.tzinfo == UTC


def test_the_database_clock_goes_on_inside_a_transaction():
    """Waiting for a lock counts, so the instant may not be that of the transaction's start."""
    with transaction.atomic():
        first = clock.database_instant()
        while clock.database_instant() == first:
            pass
        assert clock.database_instant() > first


def test_the_simulated_clock_stands_where_it_was_put():
    at = datetime(2030, 3, 1, 1, 0, tzinfo=UTC)
    clock.stand_at(at)
    assert (clock.instant(), clock.instant()) == (at, at)


def test_a_request_is_stamped_once(django_assert_num_queries):
    request = HttpRequest()
    first = clock.received(request)
    with django_assert_num_queries(0):
        assert clock.received(request) == first


def test_waiting_for_a_worker_is_taken_off():
    request = HttpRequest()
    request.META[clock.ARRIVED] = time.monotonic() - 30.0
    assert clock.received(request) < clock.database_instant() - timedelta(seconds=29)


@pytest.mark.parametrize("told", [1e12, "1.0", "yesterday", None, b"x"])
def test_who_sends_a_header_or_nonsense_gains_nothing(told):
    request = HttpRequest()
    request.META |= {clock.ARRIVED: told, "HTTP_KETI_ARRIVED": "0.0", "HTTP_DATE": "x"}
    before = clock.database_instant()
    assert before <= clock.received(request) <= clock.database_instant()


def test_the_simulated_clock_stands_for_who_waits_too():
    at = datetime(2030, 3, 1, 1, 0, tzinfo=UTC)
    clock.stand_at(at)
    request = HttpRequest()
    request.META[clock.ARRIVED] = time.monotonic() - 30.0
    assert clock.received(request) == at


def test_the_simulated_clock_never_goes_back():
    at = datetime(2030, 3, 1, 1, 0, tzinfo=UTC)
    clock.stand_at(at)
    clock.stand_at(at)
    with pytest.raises(ValueError, match="cannot go back"):
        clock.stand_at(at - timedelta(milliseconds=1))
    assert clock.instant() == at


def test_there_is_one_simulated_instant_at_most():
    with pytest.raises(IntegrityError), transaction.atomic():
        SimulatedInstant.objects.create(pk=2, at=datetime(2030, 3, 1, tzinfo=UTC))


def test_an_act_happened_when_it_was_recorded_unless_it_says_otherwise(cast):
    now, before = local("2030-04-02T10:00"), local("2030-03-30T16:00")
    plain = Act(by=cast.lu.person, recorded_at=now)
    late = Act(by=cast.lu.person, recorded_at=now, happened=before)
    assert (plain.happened_at, plain.recorded_late) == (now, False)
    assert (late.happened_at, late.recorded_late) == (before, True)
