"""The forms of work of this room."""

from keti.kernel.bound import Bound

WORKS = (
    Bound("closing", "release", rail="release"),
    Bound("publication", "release", rail="release"),
    Bound("roll", "release", rail="release"),
)
