"""The form of work of this room: what stands on a channel against somebody's will is taken down."""

from keti.kernel.bound import Binding

WORKS = (Binding("takedown", "media:takedown_for", in_room=True, rail="media"),)
