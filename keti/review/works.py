"""The form of work of this room: a gate is decided."""

from keti.kernel.bound import Binding

WORKS = (Binding("decision", "review:for_duty", in_room=True, rail="reviews"),)
