"""Terms of office: how long a seat is held, and from when on its end is prepared. Pure."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta, tzinfo

from keti.charter.rules.dates import add_months, duration

AHEAD = timedelta(days=60)
"""So long before a term ends somebody is to see to it, or half the term where that is shorter."""


def term_end(terms: Sequence[str], renewed: int, since: datetime, zone: tzinfo) -> datetime | None:
    """When a term that began at `since` is over, after so many renewals: 00:00 of the local day so
    long after; that day is in it no more. None where the role has no terms."""
    if not terms:
        return None
    length = duration(terms[min(renewed, len(terms) - 1)])
    begun = since.astimezone(zone).date()
    day = add_months(begun, length.months, "up") + timedelta(days=length.days)
    return datetime.combine(day, time(), zone).astimezone(UTC)


def sees_to_it_from(began: datetime, ends: datetime) -> datetime:
    """From when on a term that runs out is renewed, or somebody else elected."""
    return ends - min(AHEAD, (ends - began) / 2)


def may_go_on(renewals: int | None, renewed: int) -> bool:
    """May the same holder be renewed once more?"""
    return renewals is None or renewed < renewals
