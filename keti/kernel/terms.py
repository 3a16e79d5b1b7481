"""When a term that began at some instant is over: the end of a local day."""

from datetime import datetime, time, timedelta, tzinfo


def term_ends(since: datetime, within: timedelta, zone: tzinfo) -> datetime:
    """24:00 of the local day on which `within` runs out, stored as the next day's 00:00."""
    last = (since + within).astimezone(zone).date()
    return datetime.combine(last + timedelta(days=1), time(), zone)
