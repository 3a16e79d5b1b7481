"""Writing letters into the outbox, in the transaction of the act that causes them."""

from dataclasses import dataclass
from datetime import datetime

from keti.accounts.models import Person
from keti.kernel.acts import Act, Text
from keti.kernel.texts import one_line
from keti.notify.enums import MessageState
from keti.notify.models import Announcement, Message
from keti.programmes.models import Programme

STRANDED = (MessageState.UNCERTAIN, MessageState.FAILED, MessageState.NO_ADDRESS)
"""What nothing sends any more by itself."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is said: a kind, a key that makes it once-only, subject and body in both languages."""

    kind: str
    key: str
    subject: Text
    body: Text
    path: str = ""


def post(
    programme: Programme, letter: Letter, *, to: list[Person], at: datetime, address: str = ""
) -> list[Message]:
    """Write `letter` to each person in their language; never twice for the same key. With
    `address` it goes there, whatever becomes of the record."""
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
                address=address,
                **_worded(letter, person.language),
                path=letter.path,
                state=MessageState.WAITING if address or person.mail else MessageState.NO_ADDRESS,
                created_at=at,
                next_attempt_at=at,
            )
        )
    return made


def _worded(letter: Letter, language: str) -> dict[str, str]:
    """The letter in the language of the person, and beside it in the other, should that change."""
    other = "zh-hans" if language.startswith("en") else "en"
    return {
        "language": language,
        "subject": one_line(letter.subject.in_(language))[:200],
        "body": letter.body.in_(language),
        "other_subject": one_line(letter.subject.in_(other))[:200],
        "other_body": letter.body.in_(other),
    }


def note_announcement(
    act: Act, *, programme: Programme, text: str, group: str = ""
) -> Announcement:
    """Remember that this text was copied for a chat group. `group` is the public id of the group
    whose work it tells, "" for the whole programme. The calling room records the act."""
    return Announcement.objects.create(
        programme=programme,
        by_id=act.by.public_id,
        by_label=act.by.label,
        at=act.recorded_at,
        text=text,
        group=group,
    )


def readdress(person: Person, *, programme: Programme, at: datetime) -> int:
    """The record of this person was put right: letters of the programme that found no address, or
    failed by it, wait again; those that wait are said in the person's language. How many."""
    waiting = Message.objects.filter(programme=programme, recipient_id=person.public_id, address="")
    stranded = waiting.filter(state__in=(MessageState.NO_ADDRESS, MessageState.FAILED))
    woken = stranded.update(
        state=MessageState.WAITING if person.mail else MessageState.NO_ADDRESS,
        attempts=0, next_attempt_at=at, fault="", error="", recipient_label=person.label,
    )  # fmt: skip
    for message in waiting.filter(state=MessageState.WAITING).exclude(other_body=""):
        if message.language != person.language:
            message.turn(person.language)
    return woken


def send_again(message: Message, *, at: datetime) -> bool:
    """Let a letter wait again that failed, had no address or may not have arrived; False for any
    other. The calling room asks the right and records the act."""
    again = Message.objects.filter(pk=message.pk, state__in=STRANDED).update(
        state=MessageState.WAITING, attempts=0, next_attempt_at=at, fault="", error=""
    )
    return bool(again)
