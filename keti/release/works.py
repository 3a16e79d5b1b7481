"""The forms of work of this room."""

from keti.kernel.bound import Binding

WORKS = (
    Binding("closing", "release:for", rail="release"),
    Binding("publication", "release:for", rail="release"),
    Binding("proof", "release:proof_for", in_room=True, rail="release"),
    Binding("roll", "release:for", rail="release"),
)
