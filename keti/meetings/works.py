"""The form of work of this room."""

from keti.kernel.bound import Bound

WORKS = (Bound("meeting", "meetings", in_room=True, rail="meetings"),)
