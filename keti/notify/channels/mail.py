"""Mail, by the server of the settings."""

import logging
from datetime import datetime

from django.conf import settings

from keti.notify.channels.smtp.packing import envelope
from keti.notify.channels.smtp.round import Round
from keti.notify.enums import DeliveryState, NewsWish, Way
from keti.notify.models import Delivery
from keti.notify.rules import Going, Start, next_morning

log = logging.getLogger("keti.post")


class Mail:
    """Letters to an address: a person's own, or one that the message names."""

    way = Way.MAIL

    def start(self, going: Going) -> Start | None:
        """Codes and personal links always go; the rest as its reader wishes. Who has no address is
        shown so, to be told in person."""
        state = DeliveryState.WAITING if going.address else DeliveryState.NO_ADDRESS
        wish = going.gathered if going.news else going.duties
        if going.personal:
            return Start(state, going.at)
        if wish == NewsWish.BOX:
            return None
        if wish == NewsWish.DIGEST:
            return Start(state, next_morning(going.at, going.zone), gathered=True)
        return Start(state, going.at)

    def deliver(self, due: list[int], now: datetime, seconds: float) -> int:
        """One run of sending; a sender that is no address costs no letter a try."""
        try:
            envelope(settings.DEFAULT_FROM_EMAIL)
        except (ValueError, IndexError):
            log.error("KETI_SMTP_FROM is no address; %d letters wait", len(due))
            return 0
        return Round(now, _bundles(due, now), seconds).run()


def _bundles(due: list[int], now: datetime) -> list[tuple[int, ...]]:
    """What goes in one letter: each alone; of who wishes it, all news that is due together."""
    rows = Delivery.objects.filter(way=Way.MAIL, state=DeliveryState.WAITING)
    who = dict(rows.filter(pk__in=due, gathered=True).values_list("pk", "message__recipient_id"))
    gathered: dict[str, list[int]] = {}
    news = rows.filter(gathered=True, next_attempt_at__lte=now)
    together = news.filter(message__recipient_id__in=set(who.values())).order_by("pk")
    for pk, person in together.values_list("pk", "message__recipient_id"):
        gathered.setdefault(person, []).append(pk)
    found = [gathered.pop(who[pk], []) if pk in who else [pk] for pk in due]
    return [tuple(bundle) for bundle in found if bundle]
