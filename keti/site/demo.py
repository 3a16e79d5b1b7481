"""Moving the clock of a demo folder, and doing what falls due on the way."""

from datetime import datetime, time, timedelta

from keti.duties.queries import falling_due
from keti.kernel import clock
from keti.kernel.templatetags.keti_dates import last_day
from keti.kernel.terms import end_of_day
from keti.programmes.models import Programme
from keti.programmes.queries import living
from keti.site import tick

DAY = timedelta(days=1)
MORNING = time(9)


def advance(programme_slug: str = "", *, to_next_due: bool = False) -> datetime:
    """Let the simulated clock go on by one day, or to the next due day; remind and deliver.

    With a slug the next due day is that programme's; without, the nearest of all.
    """
    now = clock.instant()
    target = now + DAY
    if to_next_due:
        programmes = list(living())
        if programme_slug:
            programmes = list(Programme.objects.filter(slug=programme_slug))
        ahead = [_next_morning(programme, now) for programme in programmes]
        target = min((at for at in ahead if at), default=target)
    clock.stand_at(target)
    tick.run()
    return target


def _next_morning(programme: Programme, now: datetime) -> datetime | None:
    """Nine o'clock of the next day on which something falls due and which is not yet begun."""
    for after in (now, end_of_day(programme.local(now).date(), programme.tz)):
        due = falling_due(programme, after=after)
        if due is None:
            return None
        day = last_day(due, programme.tz)
        morning = datetime.combine(day, MORNING, programme.tz)
        if morning > now:
            return morning
    return None
