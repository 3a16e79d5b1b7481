"""The form of work of this room."""

from keti.kernel.bound import Binding

WORKS = (Binding("meeting", "meetings:for", in_room=True, rail="meetings"),)
