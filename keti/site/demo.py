"""Moving the clock of a demo folder, and doing what falls due on the way."""

from datetime import datetime, timedelta

from keti.duties.queries import falling_due
from keti.kernel import clock
from keti.programmes.models import Programme
from keti.programmes.queries import living
from keti.site import tick

DAY = timedelta(days=1)


def advance(programme_slug: str = "", *, to_next_due: bool = False) -> datetime:
    """Let the simulated clock go on by one day, or to the next due instant; remind and deliver.

    With a slug the next due instant is that programme's; without, the nearest of all.
    """
    now = clock.instant()
    target = now + DAY
    if to_next_due:
        programmes = list(living())
        if programme_slug:
            programmes = list(Programme.objects.filter(slug=programme_slug))
        ahead = [falling_due(programme, after=now) for programme in programmes]
        target = min((at for at in ahead if at), default=target)
    clock.stand_at(target)
    tick.run()
    return target
