"""What findings ask for: no form of the charter, owed by acts of this room."""

from keti.kernel.bound import Bound

WORKS = (
    Bound("finding", "findings", in_room=True, rail="findings"),
    Bound("verification", "findings", in_room=True, rail="findings"),
)
