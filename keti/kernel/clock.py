"""The one clock. Rules never read it; pages, commands and deadline acts do."""

from datetime import UTC, datetime
from typing import cast

from django.db import connection

from keti.kernel.models import SimulatedInstant

_NOW = {
    "sqlite": "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')",
    "postgresql": "SELECT clock_timestamp()",
}


def instant() -> datetime:
    """Now, in UTC: the simulated instant of a play or demo folder, else the database's clock.

    A deadline act reads it after taking its lock, so that waiting for the lock counts.
    """
    simulated = SimulatedInstant.objects.filter(pk=1).values_list("at", flat=True).first()
    return simulated or database_instant()


def database_instant() -> datetime:
    """The database's own clock, in UTC, to the millisecond on SQLite."""
    with connection.cursor() as cursor:
        cursor.execute(_NOW[connection.vendor])
        value = cursor.fetchone()[0]
    if isinstance(value, str):
        return datetime.strptime(value, "%Y-%m-%d %H:%M:%S.%f").replace(tzinfo=UTC)
    return cast(datetime, value).astimezone(UTC)


def simulated() -> datetime | None:
    """The simulated instant, or None in a normal installation."""
    return SimulatedInstant.objects.filter(pk=1).values_list("at", flat=True).first()


def stand_at(at: datetime) -> None:
    """Set the simulated clock. Only in play and demo folders; never backwards."""
    before = simulated()
    if before and at < before:
        raise ValueError(f"the simulated clock stands at {before}; it cannot go back to {at}")
    SimulatedInstant.objects.update_or_create(pk=1, defaults={"at": at})
