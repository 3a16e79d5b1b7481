"""What the pages of one meeting share."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from keti.groups.doors import Door
from keti.meetings import permissions
from keti.meetings.models import AttendanceNote, Meeting

Shown = dict[str, Any]


def fetch(door: Door, meeting_id: str) -> Meeting:
    """The meeting, if this seat may read it; 404 otherwise. `noted` tells whether attendance was
    corrected after the minutes were confirmed."""
    found = door.first(("meetings.meeting",), _seen, meeting_id)
    if found is None:
        raise Http404
    return found


def _seen(door: Door, meeting_id: str) -> QuerySet[Meeting]:
    noted = Exists(AttendanceNote.objects.filter(meeting=OuterRef("pk")))
    mine = permissions.visible(door.sight, Meeting.objects.all()).with_names()
    return mine.filter(public_id=meeting_id).annotate(noted=noted)
