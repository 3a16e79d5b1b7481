"""Reading the outbox."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from keti.accounts.models import Person
from keti.notify.enums import SEALED, MessageState
from keti.notify.models import Message
from keti.programmes.models import Programme


def mailbox(programme: Programme, person: Person) -> QuerySet[Message]:
    """What was written to this person in the programme, newest first."""
    return Message.objects.filter(programme=programme, recipient_id=person.public_id).order_by(
        "-pk"
    )


def outbox(programme: Programme) -> QuerySet[Message]:
    """All messages of the programme, newest first: for the secretariat. Not the sealed ones, whose
    being sent already tells what only the recipient knows."""
    found = Message.objects.filter(programme=programme).exclude(kind__endswith=SEALED)
    return found.order_by("-pk")


STUCK = timedelta(minutes=15)


def stuck(now: datetime) -> QuerySet[Message]:
    """Letters whose time came a quarter of an hour ago and that no server took: of all
    programmes, for it is the server that is away."""
    return Message.objects.filter(
        state=MessageState.WAITING, next_attempt_at__lt=now - STUCK
    ).order_by("next_attempt_at")
