"""The form of work of this room."""

from keti.kernel.bound import Binding

WORKS = (Binding("consultation", "consultation:for", in_room=True, rail="consultations"),)
