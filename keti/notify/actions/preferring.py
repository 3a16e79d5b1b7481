"""How somebody wants to be told."""

from django.db import transaction

from keti.accounts.models import Person
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.kernel.transactions import put
from keti.ledger import actions as ledger
from keti.notify.enums import DeliveryState, DutyWish, NewsWish
from keti.notify.models import Delivery, Preference


@transaction.atomic
def prefer(act: Act, *, person: Person, duties: str, news: str) -> None:
    """From now on this person is told so; codes and personal links always come by mail.

    Who wants news at once again gets at once what was being gathered; who wants it in the box only
    still gets that letter. Refuses everybody but the person.

    Taken back by: prefer (chosen again).
    """
    if act.by.public_id != person.public_id:
        raise Refused("notify.only-ones-own-wish", who=person.label)
    if ledger.repeated(act, "notify.preferences.changed", programme=None):
        return
    wanted = {"duties": DutyWish(duties), "news": NewsWish(news)}
    put(Preference.objects.all(), wanted, person=person)
    if news == NewsWish.ONCE:
        _release(act, person)
    facts = {"duties": str(duties), "news": str(news)}
    ledger.record(
        act, "notify.preferences.changed", programme=None, about=person.subject(), facts=facts
    )


def _release(act: Act, person: Person) -> None:
    """What waits for the morning goes now; what is still held back keeps its time."""
    waiting = Delivery.objects.filter(
        gathered=True, state=DeliveryState.WAITING, message__recipient_id=person.public_id
    )
    keys = list(waiting.values_list("pk", flat=True))
    for one in Delivery.objects.filter(pk__in=keys).select_related("message"):
        one.gathered = False
        one.next_attempt_at = max(act.recorded_at, one.message.held_until or act.recorded_at)
        one.save(update_fields=["gathered", "next_attempt_at"])
