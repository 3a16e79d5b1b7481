"""The form of work of this room."""

from keti.kernel.bound import Binding

WORKS = (Binding("promise", "promises:for", in_room=True, rail="promises"),)
