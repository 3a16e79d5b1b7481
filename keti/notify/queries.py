"""Reading the outbox."""

from django.db.models import QuerySet

from keti.accounts.models import Person
from keti.notify.models import Message
from keti.programmes.models import Programme


def mailbox(programme: Programme, person: Person) -> QuerySet[Message]:
    """What was written to this person in the programme, newest first."""
    return Message.objects.filter(programme=programme, recipient_id=person.public_id).order_by(
        "-pk"
    )


def outbox(programme: Programme) -> QuerySet[Message]:
    """All messages of the programme, newest first: for the secretariat."""
    return Message.objects.filter(programme=programme).order_by("-pk")
