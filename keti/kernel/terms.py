"""When a day, and a term that began at some instant, is over: 24:00 of a local day."""

from datetime import date, datetime, time, timedelta, tzinfo


def end_of_day(day: date, zone: tzinfo) -> datetime:
    """24:00 of this local day, as the next day's 00:00. What lasts a whole day ends there."""
    return datetime.combine(day + timedelta(days=1), time(), zone)


def term_ends(since: datetime, within: timedelta, zone: tzinfo) -> datetime:
    """24:00 of the local day on which `within` runs out, stored as the next day's 00:00."""
    return end_of_day((since + within).astimezone(zone).date(), zone)
