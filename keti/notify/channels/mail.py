"""Mail, by the server of the settings."""

import logging
from datetime import datetime

from django.conf import settings

from keti.notify.channels.smtp.packing import envelope
from keti.notify.channels.smtp.round import Round
from keti.notify.enums import DeliveryState, Way
from keti.notify.rules import Going

log = logging.getLogger("keti.post")


class Mail:
    """Letters to an address: a person's own, or one that the message names."""

    way = Way.MAIL

    def first(self, going: Going) -> DeliveryState | None:
        """Who has no address is told so, to be told in person."""
        return DeliveryState.WAITING if going.address else DeliveryState.NO_ADDRESS

    def deliver(self, due: list[int], now: datetime, seconds: float) -> int:
        """One run of sending; a sender that is no address costs no letter a try."""
        try:
            envelope(settings.DEFAULT_FROM_EMAIL)
        except (ValueError, IndexError):
            log.error("KETI_SMTP_FROM is no address; %d letters wait", len(due))
            return 0
        return Round(now, due, seconds).run()
