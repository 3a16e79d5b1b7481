"""Delivering what is due, by every way."""

from datetime import datetime

from django.conf import settings

from keti.kernel.held import is_held
from keti.notify.channels import CHANNELS
from keti.notify.enums import DeliveryState, Way
from keti.notify.models import Delivery
from keti.programmes.models import Programme

RUN_SECONDS = 40.0
"""A run begins no letter after this."""


def deliver_due(
    now: datetime,
    *,
    programme: Programme | None = None,
    limit: int = 500,
    seconds: float = RUN_SECONDS,
) -> int:
    """Send what waits and whose time has come, at most `limit` by each way; returns how many
    letters left the house. What is asked of somebody goes before news, whatever their number.

    In play and demo folders nothing leaves it: a message only reaches the mailbox page. In a
    restored installation nothing goes before it is let go (`kernel.held`).
    """
    if is_held(settings.KETI_DATA):
        return 0
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING, next_attempt_at__lte=now)
    if programme:
        waiting = waiting.filter(message__programme=programme)
    sent = 0
    for channel in CHANNELS:
        due = waiting.filter(way=channel.way)
        if settings.KETI_MODE != "normal":
            gone = due.update(state=DeliveryState.SENT, sent_at=now, error="", fault="")
            sent += gone if channel.way == Way.MAIL else 0
            continue
        fresh_first = due.order_by("rank", "attempts", "pk").values_list("pk", flat=True)
        if todo := list(fresh_first[:limit]):
            sent += channel.deliver(todo, now, seconds)
    return sent
