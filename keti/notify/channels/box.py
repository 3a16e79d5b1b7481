"""The box on the pages: every message lies in it, from the moment it is no longer held back."""

from datetime import datetime

from keti.notify.enums import DeliveryState, Way
from keti.notify.models import Delivery
from keti.notify.rules import Going


class Box:
    """The in-app box. It takes everything, and nothing leaves the house by it."""

    way = Way.BOX

    def first(self, going: Going) -> DeliveryState | None:
        """Every message lies in the box."""
        return DeliveryState.WAITING

    def deliver(self, due: list[int], now: datetime, seconds: float) -> int:
        """The box has it as soon as its time has come."""
        waiting = Delivery.objects.filter(pk__in=due, state=DeliveryState.WAITING)
        waiting.update(state=DeliveryState.SENT, sent_at=now)
        return 0
