"""Posting messages into the outbox, and delivering what is due."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage

from keti.accounts.models import Person
from keti.kernel.acts import Act, Text
from keti.kernel.addresses import absolute
from keti.notify.enums import MessageState
from keti.notify.models import Announcement, Message
from keti.programmes.models import Programme

TRIES = 6


@dataclass(frozen=True, slots=True)
class Letter:
    """What is said: a kind, a key that makes it once-only, subject and body in both languages."""

    kind: str
    key: str
    subject: Text
    body: Text
    path: str = ""


def post(programme: Programme, letter: Letter, *, to: list[Person], at: datetime) -> list[Message]:
    """Write `letter` to each person in their language; never twice for the same key."""
    made = []
    told = set(
        Message.objects.filter(programme=programme, key=letter.key).values_list(
            "recipient_id", flat=True
        )
    )
    for person in to:
        if person.public_id in told:
            continue
        told.add(person.public_id)
        made.append(
            Message.objects.create(
                programme=programme,
                key=letter.key,
                kind=letter.kind,
                recipient_id=person.public_id,
                recipient_label=person.label,
                subject=letter.subject.in_(person.language)[:200],
                body=letter.body.in_(person.language),
                path=letter.path,
                state=MessageState.WAITING if person.mail else MessageState.NO_ADDRESS,
                created_at=at,
                next_attempt_at=at,
            )
        )
    return made


def note_announcement(act: Act, *, programme: Programme, text: str) -> Announcement:
    """Remember that this text was copied for a chat group. The calling room records the act."""
    return Announcement.objects.create(
        programme=programme,
        by_id=act.by.public_id,
        by_label=act.by.label,
        at=act.recorded_at,
        text=text,
    )


def deliver_due(now: datetime, *, programme: Programme | None = None, limit: int = 500) -> int:
    """Send every waiting message whose time has come; returns how many went out.

    A message is marked uncertain before it is handed to the mail server, so that a crash
    in between never sends it twice unseen. In play and demo folders it only reaches the
    mailbox page.
    """
    waiting = Message.objects.filter(state=MessageState.WAITING, next_attempt_at__lte=now)
    if programme:
        waiting = waiting.filter(programme=programme)
    if settings.KETI_MODE != "normal":
        return waiting.update(state=MessageState.SENT, sent_at=now)
    sent = 0
    for pk in list(waiting.values_list("pk", flat=True)[:limit]):
        sent += _deliver(pk, now)
    return sent


def _deliver(pk: int, now: datetime) -> int:
    claimed = Message.objects.filter(pk=pk, state=MessageState.WAITING).update(
        state=MessageState.UNCERTAIN
    )
    if not claimed:
        return 0
    message = Message.objects.get(pk=pk)
    error = _hand_over(message)
    if error:
        _retry_later(message, now, error)
        return 0
    Message.objects.filter(pk=pk).update(state=MessageState.SENT, sent_at=now, error="")
    return 1


def _hand_over(message: Message) -> str:
    person = Person.objects.filter(public_id=message.recipient_id).first()
    if person is None or not person.mail:
        return "no address"
    link = f"\n\n{absolute(message.path)}" if message.path else ""
    mail = EmailMessage(
        message.subject,
        message.body + link,
        to=[person.mail],
        headers={"Message-ID": f"<{message.public_id}@keti>"},
    )
    try:
        mail.send()
    except OSError as failure:
        return str(failure)[:300] or type(failure).__name__
    return ""


def _retry_later(message: Message, now: datetime, error: str) -> None:
    tried = message.attempts + 1
    message.attempts = tried
    message.error = error
    message.state = MessageState.FAILED if tried >= TRIES else MessageState.WAITING
    message.next_attempt_at = now + timedelta(minutes=2**tried)
    message.save(update_fields=["attempts", "error", "state", "next_attempt_at"])
