"""The one clock. Rules and acts are handed the time; pages and commands read it."""

import time
from datetime import UTC, datetime, timedelta
from typing import cast

from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest

from keti.kernel.models import SimulatedInstant
from keti.kernel.once import forget, once
from keti.kernel.prepared import prepared

_NOW = {
    "sqlite": "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')",
    "postgresql": "SELECT clock_timestamp()",
}
STANDS = ("kernel.simulated",)


def instant() -> datetime:
    """Now, in UTC: the simulated instant of a play or demo folder, else the database's clock."""
    return simulated() or database_instant()


ARRIVED = "keti.arrived"
"""The key of a request's environment under which the server in front of the pages may say at
which `time.monotonic()` the last byte of the request was here. No header has such a name."""


def received(request: HttpRequest) -> datetime:
    """When the whole request was here, before it waited for any lock: what in time means.

    Read once a request, after its body, and kept on it. Time that the request waited for a free
    worker is taken off, where the server says since when it was here; the simulated clock stands.
    """
    known: datetime | None = getattr(request, "received_at", None)
    if known is None:
        stands = simulated()
        known = stands or database_instant() - _waited(request)
        request.received_at = known  # type: ignore[attr-defined]
    return known


def _waited(request: HttpRequest) -> timedelta:
    since = request.META.get(ARRIVED)
    if not isinstance(since, float):
        return timedelta(0)
    return timedelta(seconds=max(0.0, time.monotonic() - since))


def database_instant() -> datetime:
    """The database's own clock, in UTC, to the millisecond on SQLite."""
    with connection.cursor() as cursor:
        cursor.execute(_NOW[connection.vendor])
        value = cursor.fetchone()[0]
    if isinstance(value, str):
        return datetime.strptime(value, "%Y-%m-%d %H:%M:%S.%f").replace(tzinfo=UTC)
    return cast(datetime, value).astimezone(UTC)


def simulated() -> datetime | None:
    """The simulated instant, or None in a normal installation; read once for a page."""
    return once(STANDS, lambda: next(iter(prepared(STANDS, _standing_still)), None))


def _standing_still() -> QuerySet[SimulatedInstant, datetime]:
    return SimulatedInstant.objects.filter(pk=1).values_list("at", flat=True)


def stand_at(at: datetime) -> None:
    """Set the simulated clock. Only in play and demo folders; never backwards."""
    before = simulated()
    if before and at < before:
        raise ValueError(f"the simulated clock stands at {before}; it cannot go back to {at}")
    SimulatedInstant.objects.update_or_create(pk=1, defaults={"at": at})
    forget(STANDS)
