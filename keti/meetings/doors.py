"""What other rooms' pages ask of meetings."""

from keti.groups.doors import Door
from keti.meetings import permissions
from keti.meetings.models import Meeting


def reads(door: Door, meeting_id: str) -> bool:
    """May the acting seat read this meeting, by its public id?"""
    return permissions.visible(door.sight, Meeting.objects.filter(public_id=meeting_id)).exists()
