"""The box on the pages: every message lies in it, from the moment it is no longer held back."""

from datetime import datetime

from keti.notify.enums import DeliveryState, Way
from keti.notify.models import Delivery
from keti.notify.rules import Going, Start


class Box:
    """The in-app box. It takes everything, and nothing leaves the house by it."""

    way = Way.BOX

    def start(self, going: Going) -> Start:
        """Every message lies in the box."""
        return Start(DeliveryState.WAITING, going.at)

    def deliver(self, due: list[int], now: datetime, seconds: float) -> int:
        """The box has it as soon as its time has come."""
        waiting = Delivery.objects.filter(pk__in=due, state=DeliveryState.WAITING)
        waiting.update(state=DeliveryState.SENT, sent_at=now)
        return 0
