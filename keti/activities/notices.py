"""Who is told: an activity announced -> who goes first; cancelled -> who took a place."""

from keti.activities.models import Activity
from keti.groups.models import Seat
from keti.groups.queries import people
from keti.kernel.acts import Act
from keti.kernel.refusals import both
from keti.notify.actions import Letter, post
from keti.notify.enums import Sort


def told(act: Act, name: str, activity: Activity, seats: list[Seat], **more: object) -> None:
    """Those who act in these seats learn what became of an activity."""
    programme = activity.programme
    facts: dict[str, object] = {"programme": programme.title, "title": activity.title} | more
    letter = Letter(
        f"activities.{name}",
        f"activity-{name}:{activity.public_id}",
        both(f"activities.told-{name}-subject", **facts),
        both(f"activities.told-{name}", **facts),
        activity.path,
        Sort.DUTY,
    )
    post(programme, letter, to=people(seats), at=act.recorded_at)
