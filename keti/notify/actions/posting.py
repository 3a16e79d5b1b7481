"""Writing letters into the outbox, in the transaction of the act that causes them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from keti.accounts.models import Person
from keti.kernel.acts import Act, Ref, Text
from keti.kernel.prepared import prepared
from keti.kernel.texts import one_line, shortened
from keti.notify.channels import CHANNELS
from keti.notify.enums import Sort, Way
from keti.notify.models import Announcement, Delivery, Message, Written
from keti.notify.queries import Wishes, wishes_of
from keti.notify.rules import Going, Invited, held_until
from keti.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Letter:
    """What is said: a kind, a key that makes it once-only, subject and body in both languages;
    what it is to its reader; the instant, and the meeting, it is about, where it is about one;
    the personal way in (public id) that its mail carries."""

    kind: str
    key: str
    subject: Text
    body: Text
    path: str = ""
    sort: Sort = Sort.NEWS
    about: datetime | None = None
    invited: Invited | None = None
    written: Written | None = None
    way_in: str | None = None


@dataclass(frozen=True, slots=True)
class Outsider:
    """Somebody of whom there is no record and no account: what the caller knows them by, their
    name, where letters reach them, in which language."""

    public_id: str
    label: str
    mail: str
    language: str


def post(
    programme: Programme,
    letter: Letter,
    *,
    to: list[Person],
    at: datetime,
    address: str = "",
    by: Ref | None = None,
) -> list[Message]:
    """Write `letter` to each person in their language; never twice for the same key.

    With `address` it goes there and at once, whatever becomes of the record; `by` is who wrote it
    with their own hand. What was recalled and is written again is the same message. Returns the
    messages that were written.
    """
    return post_each(programme, [(person, letter) for person in to], at=at, address=address, by=by)


def post_each(
    programme: Programme,
    letters: Iterable[tuple[Person, Letter]],
    *,
    at: datetime,
    address: str = "",
    by: Ref | None = None,
) -> list[Message]:
    """Write to each person a letter of their own, all under one key; else like `post`."""
    written, going = [], []
    known: dict[str, Message] = {}
    for person, letter in letters:
        if not known:
            known = _written_before(programme, letter.key)
        before = known.get(person.public_id)
        if before is not None and before.recalled_at is None:
            continue
        message = _message(programme, person, letter, at)
        if address:
            message.address, message.held_until = address, None
        message.by_id = by.public_id if by else ""
        if before is not None:
            message.pk, message.public_id = before.pk, before.public_id
        known[person.public_id] = message
        written.append(message)
        going.append((message, person, letter.sort))
    _store(written)
    wishes = wishes_of([person for _message, person, _sort in going])
    Delivery.objects.bulk_create(
        one
        for message, person, sort in going
        for one in _deliveries(
            message, message.address or person.mail, sort, wishes.get(person.pk, Wishes())
        )
    )
    return written


def post_outside(
    programme: Programme, letter: Letter, *, to: Sequence[Outsider], at: datetime
) -> list[Message]:
    """Write to people without an account, by mail alone: never twice for the same key, held back
    and recalled like any letter of its sort. It leads to no page: they could not open it."""
    return post_outside_each(programme, [(one, letter) for one in to], at=at)


def post_outside_each(
    programme: Programme, letters: Sequence[tuple[Outsider, Letter]], *, at: datetime
) -> list[Message]:
    """Write to each of them a letter of their own, all under one key; else like `post_outside`."""
    known = _written_before(programme, letters[0][1].key) if letters else {}
    written, sorts = [], []
    for one, letter in letters:
        before = known.get(one.public_id)
        if before is not None and before.recalled_at is None:
            continue
        message = _message(programme, one, letter, at)
        message.address, message.path = one.mail, ""
        if before is not None:
            message.pk, message.public_id = before.pk, before.public_id
        written.append(message)
        sorts.append(letter.sort)
    _store(written)
    Delivery.objects.bulk_create(
        delivery
        for message, sort in zip(written, sorts, strict=True)
        for delivery in _deliveries(message, message.address, sort, Wishes())
        if delivery.way == Way.MAIL
    )
    return written


def _written_before(programme: Programme, key: str) -> dict[str, Message]:
    rows = prepared(("notify.written-before",), _under, programme.pk, key)
    return {one.recipient_id: one for one in rows}


def _under(programme: int, key: str) -> QuerySet[Message]:
    return Message.objects.filter(programme=programme, key=key)


def _store(messages: list[Message]) -> None:
    """New ones are made; one that was recalled is written over, its deliveries begin anew."""
    again = [one for one in messages if one.pk]
    Delivery.objects.filter(message__in=again).delete()
    for one in again:
        one.save()
    Message.objects.bulk_create([one for one in messages if not one.pk])


def _message(
    programme: Programme, person: Person | Outsider, letter: Letter, at: datetime
) -> Message:
    return Message(
        programme=programme,
        key=letter.key,
        kind=letter.kind,
        recipient_id=person.public_id,
        recipient_label=person.label,
        **_worded(letter, person.language),
        path=letter.path,
        invited=letter.invited.kept() if letter.invited else None,
        written=letter.written,
        way_in=letter.way_in,
        created_at=at,
        held_until=held_until(at, _hold(letter.sort), letter.about),
    )


def _hold(sort: Sort) -> timedelta:
    """How long a letter of this sort is held back: not at all where nothing leaves the house."""
    at_once = sort in (Sort.REMINDER, Sort.PERSONAL) or settings.KETI_MODE != "normal"
    return timedelta(minutes=0 if at_once else settings.KETI_MAIL_HOLD)


def _deliveries(message: Message, address: str, sort: Sort, wishes: Wishes) -> Iterable[Delivery]:
    news = sort == Sort.NEWS
    going = Going(
        address=address,
        at=message.held_until or message.created_at,
        personal=bool(message.address or message.way_in) or sort == Sort.PERSONAL,
        news=news,
        duties=wishes.duties,
        gathered=wishes.news,
        zone=wishes.zone or message.programme.tz,
    )
    for channel in CHANNELS:
        start = channel.start(going)
        if start is not None:
            yield Delivery(
                message=message,
                way=channel.way,
                state=start.state,
                gathered=start.gathered,
                rank=int(news),
                next_attempt_at=start.at,
            )


def _worded(letter: Letter, language: str) -> dict[str, str]:
    """The letter in the language of the person, and beside it in the other, should that change."""
    other = "zh-hans" if language.startswith("en") else "en"
    return {
        "language": language,
        "subject": shortened(one_line(letter.subject.in_(language)), 200),
        "body": letter.body.in_(language),
        "other_subject": shortened(one_line(letter.subject.in_(other)), 200),
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
