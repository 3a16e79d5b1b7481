"""Letters that did not arrive, and letters that shall not go: sent again, recalled, readdressed."""

from datetime import datetime

from django.db.models import Q, QuerySet

from keti.accounts.actions import refreshed_way_in
from keti.accounts.models import Person
from keti.kernel.transactions import hold
from keti.notify.enums import DeliveryState, Way
from keti.notify.models import Delivery, Message
from keti.programmes.models import Programme

STRANDED = (DeliveryState.UNCERTAIN, DeliveryState.FAILED, DeliveryState.NO_ADDRESS)
"""What nothing sends any more by itself."""

UNTOUCHED = (DeliveryState.WAITING, DeliveryState.NO_ADDRESS)
"""What nobody has, and no server was told of."""


def readdress(person: Person, *, programme: Programme, at: datetime) -> int:
    """The record of this person was put right: letters of the programme that found no address, or
    failed by it, wait again; those that wait are said in the person's language. How many."""
    letters = Message.objects.filter(
        programme=programme, recipient_id=person.public_id, address="", recalled_at=None
    )
    mails = Delivery.objects.filter(message__in=letters, way=Way.MAIL)
    stranded = mails.filter(state__in=(DeliveryState.NO_ADDRESS, DeliveryState.FAILED))
    letters.filter(deliveries__in=stranded).update(recipient_label=person.label)
    woken = _wake(stranded, at, DeliveryState.WAITING if person.mail else DeliveryState.NO_ADDRESS)
    waiting = mails.filter(state=DeliveryState.WAITING)
    for message in letters.filter(deliveries__in=waiting).exclude(other_body=""):
        if message.language != person.language:
            message.turn(person.language)
    for message in letters.filter(deliveries__in=waiting).exclude(way_in=None):
        _carries_anew(message, at)
    return woken


def _carries_anew(message: Message, at: datetime) -> None:
    """The way in that a letter carries opens something at the address it goes to now."""
    if message.way_in:
        message.way_in = refreshed_way_in(message.way_in, at)
        message.save(update_fields=["way_in"])


def _wake(mails: QuerySet[Delivery], at: datetime, state: DeliveryState) -> int:
    """Let them wait as if they were new; what is still held back, or waits for the morning, keeps
    its time."""
    held = mails.filter(Q(message__held_until__gt=at) | Q(gathered=True, next_attempt_at__gt=at))
    keys = list(held.values_list("pk", flat=True))
    afresh = {"state": state, "attempts": 0, "fault": "", "error": ""}
    free = mails.exclude(pk__in=keys).update(next_attempt_at=at, **afresh)
    return free + Delivery.objects.filter(pk__in=keys).update(**afresh)


def send_again(message: Message, *, at: datetime) -> bool:
    """Let a letter wait again that failed, had no address or may not have arrived; False for any
    other. The calling room asks the right and records the act."""
    mail = Delivery.objects.filter(message=message, way=Way.MAIL, state__in=STRANDED)
    mail.filter(gathered=True).update(gathered=False)
    _carries_anew(message, at)
    return bool(_wake(mail, at, DeliveryState.WAITING))


def recall(programme: Programme, key: str, *, at: datetime) -> list[Message]:
    """Take back every letter of one cause that is still held back: nobody has it yet. Returns
    those that were taken back; the calling room asks the right and records the act."""
    held = Message.objects.filter(
        programme=programme, key=key, recalled_at=None, held_until__gt=at
    ).order_by("pk")
    rows = list(hold(Delivery.objects.filter(message__in=held)).order_by("pk"))
    gone = {one.message_id for one in rows if one.state not in UNTOUCHED}
    taken = [message for message in held if message.pk not in gone]
    for message in taken:
        message.recalled_at = at
    Message.objects.bulk_update(taken, ["recalled_at"])
    Delivery.objects.filter(message__in=taken).update(state=DeliveryState.RECALLED)
    return taken


def doubt_waiting() -> int:
    """Letters that wait in rows that were put back may have gone since: none goes by itself, each
    can be sent again by hand. How many; the calling room asks the right and records the act."""
    mails = Delivery.objects.filter(way=Way.MAIL, state=DeliveryState.WAITING)
    held = list(hold(mails).order_by("pk").values_list("pk", flat=True))
    doubted = Delivery.objects.filter(pk__in=held)
    return doubted.update(state=DeliveryState.UNCERTAIN, fault="notify.waited-when-restored")
