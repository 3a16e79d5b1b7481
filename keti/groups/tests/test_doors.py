"""What a form takes for a moment."""

from datetime import UTC, datetime

import pytest
from django.test import RequestFactory

from keti.groups.doors import ActForm, Door
from keti.groups.permissions import sight_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def form(cast: Cast, typed: str) -> ActForm:
    qin = cast.qin
    now = datetime(2030, 4, 1, tzinfo=UTC)
    sight = sight_of(qin.seat)
    request = RequestFactory().get("/")
    door = Door(request, cast.programme, qin.person, qin.seat, [qin.seat], now, sight)
    return ActForm({"key": "k", "happened_at": typed}, door=door)


@pytest.mark.parametrize("typed", ["0001-01-01T00:00", "9999-12-31T23:59", "0001-01-01T00:00Z"])
def test_the_edge_of_the_calendar_is_no_date(cast: Cast, typed: str) -> None:
    assert set(form(cast, typed).errors) == {"happened_at"}


@pytest.mark.parametrize(
    "typed", ["2030-03-20T10:00", "2030-03-20T02:00Z", "2030-03-19T21:00-05:00"]
)
def test_typed_time_is_local_and_a_stated_offset_counts(cast: Cast, typed: str) -> None:
    sent = form(cast, typed)
    assert sent.is_valid()
    assert sent.cleaned_data["happened_at"] == datetime(2030, 3, 20, 2, tzinfo=UTC)
