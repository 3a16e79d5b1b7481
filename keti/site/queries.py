"""Reads over the whole house."""

from django.db.models import Count

from keti.duties.models import Obligation
from keti.groups.doors import Door

ROOM_OF_FORM = {
    "meeting": "meetings",
    "report": "reports",
    "task_book": "taskbooks",
    "acceptance": "taskbooks",
    "decision": "reviews",
    "finding": "findings",
    "verification": "findings",
    "consultation": "consultations",
    "admission": "applications",
    "appointment": "groups",
    "publication": "release",
    "closing": "release",
    "roll": "release",
}


def waiting_counts(door: Door) -> dict[str, int]:
    """How many duties of the acting seat wait in each room of the rail; one query."""
    rows = (
        Obligation.objects.filter(seat=door.seat)
        .open()
        .filter(form__isnull=False)
        .values("form")
        .annotate(n=Count("pk"))
        .order_by()
    )
    counts: dict[str, int] = {}
    for row in rows:
        room = ROOM_OF_FORM.get(row["form"], "")
        counts["desk"] = counts.get("desk", 0) + row["n"]
        if room:
            counts[room] = counts.get(room, 0) + row["n"]
    return counts
