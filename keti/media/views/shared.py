"""What the pages of the room have in common: fetching by id."""

from django.http import Http404

from keti.groups.doors import Door
from keti.media import permissions
from keti.media.models import Recording


def recording_of(door: Door, public_id: str) -> Recording:
    """The recording of this id, where this seat or this person may see it."""
    rows = Recording.objects.select_related("programme", "file", "by", "decided_by")
    found = permissions.visible(door.sight, rows, door.person).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def kept_by(door: Door, public_id: str) -> Recording:
    """The recording of this id, for who keeps recordings; for others its work does not exist."""
    if not permissions.keeps_media(door.seat):
        raise Http404
    return recording_of(door, public_id)
