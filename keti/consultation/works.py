"""The form of work of this room."""

from keti.kernel.bound import Bound

WORKS = (Bound("consultation", "consultations", in_room=True, rail="consultations"),)
