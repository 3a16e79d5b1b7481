"""What findings ask for: no form of the charter, owed by acts of this room."""

from keti.kernel.bound import Binding

WORKS = (
    Binding("finding", "monitoring:for_duty", in_room=True, rail="findings"),
    Binding("verification", "monitoring:for_duty", in_room=True, rail="findings"),
)
