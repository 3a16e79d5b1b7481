"""The form of work of this room: a gate is decided."""

from keti.kernel.bound import Bound

WORKS = (Bound("decision", "reviews", in_room=True, rail="reviews"),)
