"""Who comes in to what was measured."""

from django.http import Http404, HttpRequest

from keti.groups.doors import Door, enter
from keti.media.permissions import sees_reach


def enter_reach(request: HttpRequest, slug: str) -> Door:
    """Let in who keeps or watches it; for every other seat these pages do not exist."""
    door = enter(request, slug)
    if not sees_reach(door.seat):
        raise Http404
    return door
