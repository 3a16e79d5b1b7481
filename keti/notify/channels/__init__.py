"""The ways by which a message reaches somebody. One more way is one more file here and one word
in `enums.Way`: it says whether a message goes by it, and hands over what is due."""

from datetime import datetime
from typing import Protocol

from keti.notify.channels.box import Box
from keti.notify.channels.mail import Mail
from keti.notify.enums import Way
from keti.notify.rules import Going, Start


class Channel(Protocol):
    """One way. What it does with a row is written on that row and on no other."""

    way: Way

    def start(self, going: Going) -> Start | None:
        """How a new message begins on this way; None where it does not go by it."""

    def deliver(self, due: list[int], now: datetime, seconds: float) -> int:
        """Hand over the deliveries of these keys, within so many seconds; returns how many left
        the house. No transaction is open."""


CHANNELS: tuple[Channel, ...] = (Box(), Mail())
