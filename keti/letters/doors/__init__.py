"""Who comes in to the letters of a programme."""

from django.http import Http404, HttpRequest

from keti.groups.doors import Door, enter
from keti.letters.permissions import keeps_letters


def enter_letters(request: HttpRequest, slug: str) -> Door:
    """Let the secretariat and the commissioner in; for every other seat these pages do not
    exist."""
    door = enter(request, slug)
    if not keeps_letters(door.seat):
        raise Http404
    return door
