"""The form of work of this room."""

from keti.kernel.bound import Bound

WORKS = (Bound("video", "duties", rail="duties"),)
